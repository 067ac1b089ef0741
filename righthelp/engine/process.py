"""A process: the plain model that is its page, and what the engine reads from it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any, ClassVar

from django.apps import apps
from django.db import models

from righthelp.engine.codes import code_set_of
from righthelp.engine.doing import Doing
from righthelp.engine.part import Several
from righthelp.guard.guarded import GuardedBase, GuardedModel
from righthelp.guard.rules import Anybody, OwnAgency, Rule, Through
from righthelp.guard.viewers import AsPublic, AsWorker
from righthelp.kernel.page import Clock, Expect, Step
from righthelp.packs import pack
from righthelp.record.models import CaseEntry, Involved


class ProcessBase(GuardedBase):
    """Reads the page: its states become a constraint and an index, its readers among the agencies rules of sight."""

    def __new__(mcs, name: str, bases: tuple[type, ...], attrs: dict[str, Any], **kwargs: Any) -> Any:
        states = attrs.get("State") or next((base.State for base in bases if hasattr(base, "State")), None)
        if states and not getattr(attrs.get("Meta"), "abstract", False):
            table = attrs["__module__"].split(".")[-2]
            above = next((base.Meta for base in bases if hasattr(base, "Meta")), object)
            meta = attrs.setdefault("Meta", type("Meta", (above,), {"abstract": False}))
            meta.db_table = table
            meta.constraints = [
                *getattr(meta, "constraints", []),
                models.CheckConstraint(name=f"{table}_state_is_known", condition=models.Q(state__in=states.values)),
            ]
            # What is open is found without reading what has ended.
            meta.indexes = [*getattr(meta, "indexes", []), models.Index(fields=["state"], name=f"{table}_state"[:30])]
            attrs["seen_by"] = [Through("entry"), *_rules_for_others(attrs.get("Shown"))]
        made = super().__new__(mcs, name, bases, attrs, **kwargs)
        declared = {
            name: member.declared
            for base in reversed(made.__mro__)
            for name, member in vars(base).items()
            if hasattr(member, "declared")
        }
        made.steps = {
            name: replace(
                step,
                title=pack().label(f"{made._meta.app_label}.{name}", step.title),
                by=frozenset(getattr(made, step.by_those_of, ())) if step.by_those_of else step.by,
            )
            for name, step in declared.items()
        }
        return made


def _rules_for_others(shown: Any) -> list[Rule]:
    rules: list[Rule] = []
    for reader in getattr(shown, "agencies", {}):
        agency, own = reader if isinstance(reader, tuple) else (reader, None)
        rules.append(OwnAgency(agency, own=own))
    if getattr(shown, "involved", None):
        rules.append(Involved())
    if getattr(shown, "public", None):
        rules.append(Anybody(since=getattr(shown, "public_since", "")))
    return rules


class Process(GuardedModel, metaclass=ProcessBase):
    """Something done with or for one child, from a first step to an end.

    `Shown` says who sees which fields: `everyone` among county staff wherever the row is listed; `team` once the
    record has been opened, with a relation to the child or a reason; `restricted` only to those who hold the entry and
    those who manage them; `agencies` maps the field that names an agency (or a pair: agency, and the worker whose own
    it is) to the fields that its workers see; `involved` those that workers of other agencies see who take part in it
    (`Participant`); `public` those that anybody may read without signing in, from the moment on that the fact named
    `public_since` is there, or always.
    """

    State: ClassVar[type[models.TextChoices]]
    ENDS: ClassVar[set[Any]]
    Shown: ClassVar[type]
    steps: ClassVar[dict[str, Step]]
    clocks: ClassVar[list[Clock]] = []
    expects: ClassVar[list[Expect]] = []
    queue_says: ClassVar[str] = ""  # a template of its own above its list
    queue_title: ClassVar[str] = ""  # what its list is called, where that is not its plural
    asked_afresh: ClassVar[frozenset[str]] = frozenset()  # questions whose boxes never begin with what is on record
    # Whether it is begun from a child's page; or which of its steps are offered there, others being on another page.
    begins_from_child: ClassVar[bool | frozenset[str]] = False
    # Steps by which it is begun from another row's page while that is open, and the field that names that row.
    begins_from: ClassVar[Mapping[str, str]] = {}
    nobody_is: ClassVar[str] = "register"  # the step by which it is said that nobody on record is this child
    # What stands beside a page of a long form, by its heading: a function of what was typed that gives the context of
    # a template, and the template's name as "beside".
    beside: ClassVar[dict[str, Callable[[Any], dict[str, Any]]]] = {}
    agency_page: ClassVar[str] = "engine/record.html"  # how a row is shown to the agency that sent it or is asked
    workspace_list: ClassVar[str] = "engine/workspace_list.html"  # how a partner's workspace lists its rows
    receipt_says: ClassVar[str] = ""  # a template of its own on the receipt
    written_at_once: ClassVar[bool] = False  # its steps read, and change, what the steps of others read: none waits
    attempts_logged: ClassVar[bool] = False  # a beginning that is refused is logged, with what was asked
    # The step by which its row ends, or waits no more, when what it arose from ends: a visit that the plan called for.
    ends_with_origin: ClassVar[str] = ""
    about_nobody: ClassVar[bool] = False  # it concerns no child or family: nobody is asked why they open it
    # Rows of the record that its steps ask for together: who is invited, what is agreed (`part.several`).
    several: ClassVar[Mapping[str, Several]] = {}
    team_receives: ClassVar[str] = ""  # the kind of work by which a new row finds the team that holds it

    id = None  # type: ignore[assignment]
    entry = models.OneToOneField(CaseEntry, primary_key=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=20)
    version = models.PositiveIntegerField(default=0)  # one more with every step: who saw an older one is told

    do_not_call_in_templates = True  # a template that is given the page itself must not make a row of it
    _doing: Doing | None = None

    class Meta:
        abstract = True

    @property
    def also(self) -> Doing:
        """What else the step in hand does: whom the entry is about, who holds it, what other rows it writes."""
        if self._doing is None:
            raise RuntimeError(f"{self._meta.verbose_name} is changed only by taking a step.")
        return self._doing

    @classmethod
    def kind(cls) -> str:
        """The name of the process: that of its folder."""
        return str(cls._meta.app_label)

    @classmethod
    def title(cls) -> str:
        """What the county calls it, one of them."""
        return _capital(pack().label(cls.kind(), str(cls._meta.verbose_name)))

    @classmethod
    def titles(cls) -> str:
        """What the county calls it, several of them."""
        return _capital(pack().label(f"{cls.kind()}s", str(cls._meta.verbose_name_plural)))

    @classmethod
    def list_title(cls) -> str:
        """What the list of its open rows is called."""
        return _capital(cls.queue_title or cls.titles())

    @classmethod
    def label(cls, field: str, code: Any) -> str:
        """A code of a field in words, as the county says it."""
        column: Any = cls._meta.get_field(field)
        if (codes := code_set_of(column)) is not None:
            return codes.label(code) if code in codes else str(code)
        choices = dict(column.flatchoices)
        return pack().label(f"{cls.kind()}.{field}.{code}", str(choices.get(code, code)))

    @property
    def state_label(self) -> str:
        """The state in words."""
        return str(self.State(self.state).label)

    @property
    def ended(self) -> bool:
        return self.state in self.ENDS

    @classmethod
    def open_states(cls) -> list[str]:
        return [state for state in cls.State.values if state not in cls.ENDS]

    @property
    def person(self) -> Any:
        """The child it is about, once somebody has said so."""
        return self.entry.person

    @classmethod
    def readers_by_agency(cls) -> Mapping[Any, set[str]]:
        return dict(getattr(cls.Shown, "agencies", {}))

    @classmethod
    def shown_to_involved(cls) -> set[str]:
        """The fields that workers of other agencies see who take part."""
        return set(getattr(cls.Shown, "involved", ()))

    @classmethod
    def reaches_agencies(cls) -> bool:
        """Whether workers of other agencies may come to see a row of it."""
        return bool(cls.readers_by_agency() or cls.shown_to_involved())

    @classmethod
    def fields_hidden_from(cls, viewer: Any) -> frozenset[str]:
        """Fields that a worker of another agency, or the public, never sees, whatever the row."""
        if isinstance(viewer, AsPublic):
            shown = {"entry", "state", "version"} | getattr(cls.Shown, "public", set())
        elif not isinstance(viewer, AsWorker) or viewer.works_with_children:
            return frozenset()
        else:
            shown = {"entry", "state", "version"}.union(*cls.readers_by_agency().values(), cls.shown_to_involved())
        return frozenset(field.name for field in cls._meta.concrete_fields) - shown

    @classmethod
    def begun_in_pages(cls, step: Step) -> bool:
        """Whether it is begun by a long form, kept page by page; what is begun from a child's page is not."""
        return step.begins and len(step.asks) > 1 and not cls.is_begun_from_child(step)

    @classmethod
    def is_begun_from_child(cls, step: Step) -> bool:
        """Whether it is begun from a child's page."""
        return cls.begins_from_child is True or step.name in (cls.begins_from_child or ())

    @property
    def heading(self) -> str:
        """What its own page is headed."""
        return self.title()

    @property
    def workspace_words(self) -> str:
        """How a partner's workspace lists the row, from what its agency is shown."""
        return self.title()

    @property
    def waits_for_agency(self) -> bool:
        """Whether a step that its agency may take now is one that somebody waits for."""
        return True

    def not_for(self, step: Step, viewer: AsWorker) -> str:
        """Why somebody whose role takes this step may not take it of this very row; empty where they may."""
        return ""

    def stands_ready(self, step: Step) -> Mapping[str, Sequence[Mapping[str, Any]]]:
        """Rows that stand ready in a step's form, by the name under which it asks for them: each is kept, changed or
        taken out by whoever takes the step, and is nothing until then."""
        return {}

    def happening(self) -> str:
        """One sentence for the child's summary: what is going on."""
        return f"{self.title()}: {self.state_label}"

    def because(self) -> str:
        """Why it is going on, in words shown to those who may open the record; empty when there is nothing to add."""
        return ""

    def __str__(self) -> str:
        return self.title()


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def processes() -> dict[str, type[Process]]:
    """Every process of the project, by kind. The engine knows none by name."""
    return _switched_on(frozenset(pack().switched_off()), tuple(apps.get_models()))


@lru_cache(maxsize=4)
def _switched_on(off: frozenset[str], models_: tuple[Any, ...]) -> dict[str, type[Process]]:
    pages = sorted((model for model in models_ if issubclass(model, Process)), key=lambda page: page._meta.label)
    return {page.kind(): page for page in pages if page.kind() not in off}


def process(kind: str) -> type[Process]:
    """The process of this kind. Raises `LookupError`."""
    found = processes().get(kind)
    if found is None:
        raise LookupError(f"There is no process called {kind}.")
    return found
