"""A plan on one page, in plain words, for a parent or a young person: the same for every kind of plan.

`of` reads the plan as whoever looks, or as the step that gives it to the family; `sections` are the page as a document.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from righthelp.engine.composing import Passage, Section
from righthelp.engine.deadlines import derive
from righthelp.engine.meeting import Meeting, in_short
from righthelp.engine.process import processes
from righthelp.engine.visit import Visit
from righthelp.guard.guarded import NotShown
from righthelp.kernel.moments import local_day
from righthelp.kernel.written import write_date, write_moment
from righthelp.packs import pack
from righthelp.record.models import Action, Holding, Outcome

if TYPE_CHECKING:
    from righthelp.engine.plan import Plan

WRONG = (
    "Something here may be wrong, or you may not agree. Tell us, or ask somebody you trust to tell us. We write "
    "down what you say in your own words, and keep it with the plan."
)
AHEAD = {"DUE", "ARRANGED"}  # of a meeting or a visit: it has not been
STANDS = {
    Outcome.Reached.NOT_YET: "Not yet.",
    Outcome.Reached.PARTLY: "Some of the way.",
    Outcome.Reached.REACHED: "It is so now.",
}


@dataclass(frozen=True)
class Wanted:
    """Something that is to be different, in the family's words, and where it stands."""

    words: str
    known_by: str
    stands: str
    now: str


@dataclass(frozen=True)
class ToDo:
    """Who does what by when."""

    what: str
    who: str
    by: str
    done: bool
    late: bool

    @property
    def stands(self) -> str:
        return "Done." if self.done else "Late." if self.late else ""

    def __str__(self) -> str:
        words = f"{self.who}: {self.what}".rstrip(".")
        return " ".join(filter(None, [f"{words}. By {self.by}.", self.stands]))


@dataclass
class PlanPage:
    """What the page says."""

    about: str
    title: str
    why: str
    what_if: str
    wanted: list[Wanted] = field(default_factory=list)
    to_do: list[ToDo] = field(default_factory=list)
    meets: list[str] = field(default_factory=list)
    visits: list[str] = field(default_factory=list)
    ring: str = ""
    danger: str = ""
    wrong: str = WRONG


def of(plan: Plan, today: date, *, outside: bool = False) -> PlanPage:
    """The page of a plan. From `outside` the county, somebody who takes part is told who it is about, and not why."""
    return PlanPage(
        about=str(getattr(plan, "about", "") or ("" if outside else in_short(plan.person))),
        title=f"{plan.title()}: on one page",
        why="" if outside else plan.because(),
        what_if=plan.what_if,
        wanted=list(_wanted(plan)),
        to_do=list(_to_do(plan, today)),
        meets=[_meets(row, today) for row in _next(plan, Meeting)],
        visits=[_visits(row, today) for row in _next(plan, Visit)],
        ring=" ".join(filter(None, [_ring_first(plan), _ring(plan)])),
        danger=f"If somebody is in danger now, ring 999. At night or at a weekend: {pack().word('out_of_hours_team')}, "
        f"{pack().word('out_of_hours_telephone')}.",
    )


def sections(page: PlanPage) -> list[Section]:
    """The page as a document that the family keeps."""
    return [
        Section("", [Passage(page.about)]),
        Section("Why there is a plan", [Passage(page.why)]),
        *standing(page),
        Section("When we meet, and who visits", [Passage(one, item=True) for one in [*page.meets, *page.visits]]),
        Section("If things get better, or worse", [Passage(page.what_if)]),
        Section("Whom to ring", [Passage(page.ring), Passage(page.danger)]),
        Section("If something is wrong", [Passage(page.wrong)]),
    ]


def standing(page: PlanPage) -> list[Section]:
    """What is to be different and who does what, and where each stands: of the page, and of a report on the plan."""
    return [
        Section("What we want to be different", [_said(one) for one in page.wanted], "We have not said yet."),
        Section("Who does what", [Passage(str(one), item=True) for one in page.to_do], "Nothing has been agreed yet."),
    ]


def _said(one: Wanted) -> Passage:
    return Passage("\n".join(filter(None, [one.words, f"Now: {one.stands} {one.now}".strip()])), item=True)


def _rows(plan: Plan, model: type[Outcome] | type[Action]) -> list[Any]:
    """What the plan is made of, as the step in hand leaves it."""
    rows = {one.pk: one for one in model.objects.filter(entry=plan.pk)}
    if journal := plan._doing and plan.also.journal:
        changed = (kept for (made, _), (kept, _) in journal.changed.items() if made is model)
        rows |= {one.pk: one for one in (*journal.rows(model), *changed) if one.entry_id == plan.pk}
    return sorted(rows.values(), key=lambda one: (one.number, one.pk))


def _wanted(plan: Plan) -> Iterator[Wanted]:
    for one in _rows(plan, Outcome):
        if one.reached != Outcome.Reached.GIVEN_UP:
            yield Wanted(one.words, one.known_by, STANDS[Outcome.Reached(one.reached)], one.reached_says)


def _to_do(plan: Plan, today: date) -> Iterator[ToDo]:
    """What is still to be done first, the soonest at the top."""
    actions = [one for one in _rows(plan, Action) if one.done != Action.Done.DROPPED]
    for one in sorted(actions, key=lambda action: (not action.is_open, action.due_on)):
        yield ToDo(one.what, one.who, write_date(one.due_on), not one.is_open, one.is_open and one.due_on < today)


def _next(plan: Plan, kind: type[Meeting] | type[Visit]) -> Iterator[Any]:
    """Meetings, or visits, that this plan calls for and that have not been."""
    journal = plan._doing and plan.also.journal
    for page in processes().values():
        names = [field.name for field in page._meta.concrete_fields if field.related_model is type(plan)]
        if not (issubclass(page, kind) and names):
            continue
        rows = {row.pk: row for row in page.objects.filter(**{names[0]: plan.pk}, state__in=AHEAD)}
        if journal:
            rows |= {row.pk: row for row in journal.rows(page) if getattr(row, f"{names[0]}_id") == plan.pk}
            rows = {pk: journal.touched.get(pk, row) for pk, row in rows.items()}
        yield from (row for row in sorted(rows.values(), key=lambda row: row.pk) if row.state in AHEAD)


def _meets(row: Meeting, today: date) -> str:
    if row.meets_at:
        where = ", ".join(row.place.split("\n")).rstrip(".")
        return " ".join(filter(None, [f"{row.title()}: {write_moment(row.meets_at)}.", where and f"{where}."]))
    return f"{row.title()}: {_by(row, today)}."


def _visits(row: Visit, today: date) -> str:
    return f"{row.title()}: {_by(row, today)}."


def _by(row: Any, today: date) -> str:
    due = min((local_day(one.due_at) for one in derive(row) if one.stopped_at is None), default=None)
    if due is None:
        return "the day is not yet set"
    return f"by {write_date(due)}{', and it is late' if due < today else ''}"


def _ring_first(plan: Plan) -> str:
    """Whoever asked for help, and takes no part in it, is not told who leads."""
    try:
        return plan.ring_first
    except NotShown:
        return ""


def _ring(plan: Plan) -> str:
    holding = plan.also.journal.holdings.get(plan.pk) if plan._doing else None
    if holding is None:
        found = Holding.objects.filter(entry=plan.pk, until__isnull=True)
        holding = found.select_related("team", "worker").first()
    front_door = f"{pack().word('front_door')}: {pack().word('front_door_telephone')}."
    if holding is None or holding.worker is None:
        return front_door if holding is None else f"{holding.team}. {front_door}"
    number = holding.worker.telephone or pack().word("front_door_telephone")
    return f"{holding.worker}, {holding.worker.job_title}, {holding.team}: {number}."
