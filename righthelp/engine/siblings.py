"""The same step for several brothers and sisters at once: one event, one set of deadlines and one record for each.

What a page says is each child's own (`Step.own`) is answered for each; the rest is answered once and written on every
record. It is taken for all or for none. A brother or sister whom the viewer may not see does not exist, here as
everywhere: `offered` is asked again when the step is taken, so that nobody is brought in by a forged name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

from django.utils import timezone

from righthelp.engine.answers import ROW, parts
from righthelp.engine.process import Process
from righthelp.engine.refusals import Clash, NotAllowed, NotTaken
from righthelp.engine.taking import begin, may_begin, take
from righthelp.engine.timeline import sentence
from righthelp.guard.viewers import AsWorker, looking
from righthelp.kernel.page import Fault, Step
from righthelp.people.merging import record_now
from righthelp.people.models import Person
from righthelp.people.siblings import siblings_of

P = TypeVar("P", bound=Process)
NOT_OFFERED = "A child whom you ticked is not offered here. Nothing was written for anybody. Check who is ticked."


@dataclass(frozen=True)
class Sibling:
    """A brother or sister for whom a step may be taken too: on a row of theirs, or beginning one."""

    person: Person
    row: Process | None = None

    @property
    def pk(self) -> UUID:
        """By what a form, and `begin_for_all` and `take_for_all`, know them: their row, or where one begins, they."""
        return self.row.pk if self.row else self.person.pk

    @property
    def name(self) -> str:
        return str(self.person)

    def words(self, on: date) -> str:
        """Their name and age: brothers and sisters may share a name with somebody, and not both."""
        age = self.person.age_on(on)
        if age is not None:
            return f"{self.name}, {'under 1' if age == 0 else f'aged {age}'}"
        return f"{self.name}, {'not yet born' if self._unborn(on) else 'age not known'}"

    def _unborn(self, on: date) -> bool:
        born = self.person.born_on
        return born > on if born else self.person.expected_on is not None


@dataclass(frozen=True)
class Own:
    """What is one child's own in a step for several: their answers, and the version of their row last seen."""

    answers: Mapping[str, Any] = field(default_factory=dict)
    seen: int | None = None


class NotTakenForAll(NotTaken):
    """A step for several was refused for one of them. `clashed` are those whose row somebody else has changed."""

    def __init__(self, faults: Iterable[Fault], clashed: Iterable[UUID]) -> None:
        super().__init__(faults)
        self.clashed = frozenset(clashed)


def offered(
    viewer: AsWorker,
    page: type[Process],
    step: Step,
    *,
    person: Person | None = None,
    row: Process | None = None,
    ticked: Iterable[UUID] = (),
) -> list[Sibling]:
    """Brothers and sisters for whom this step may be begun, or (of a `row`) taken, too. Ask as the viewer.

    Of those who are `ticked` already, also one whose row has moved on meanwhile: who takes the step is told so by name.
    A role that opens no child's record is offered nobody: whom a child lives with is on that record.
    """
    if not step.siblings or not viewer.opens_children:
        return []
    person = row.person if row else person
    if person is None:
        return []
    family = siblings_of(record_now(person), timezone.localdate())
    if row is None:
        return [Sibling(one) for one in family] if may_begin(step, viewer) else []
    number = {one.pk: place for place, one in enumerate(family)}
    theirs = page.objects.filter(entry__person__in=list(number)).exclude(pk=row.pk).select_related("entry__person")
    now = step.leaves - {str(end) for end in page.ENDS}
    rows = [one for one in theirs if one.state in now or one.pk in set(ticked)]
    rows.sort(key=lambda one: (number[one.person.pk], one.entry.begun_at))
    return [Sibling(one.person, one) for one in rows]


def begin_for_all(
    page: type[P],
    step: str,
    *,
    by: AsWorker,
    person: Person,
    others: Mapping[UUID, Own],
    on: datetime | None = None,
    **answers: Any,
) -> list[P]:
    """Begin a process for a child and for others of their family (`Sibling.pk`: own answers), or for none of them.

    The first of the rows is the child's. Raises `NotTaken`.
    """
    if not others:
        return [begin(page, step, by=by, on=on, person=person, **answers)]
    declared = page.steps[step]
    with looking(by):
        chosen = _chosen(offered(by, page, declared, person=person), others)

        def of(one: Sibling | None, own: Mapping[str, Any]) -> P:
            return begin(page, step, by=by, on=on, person=one.person if one else person, **own)

        return _for_all(declared, str(person), chosen, others, answers, of)


def take_for_all(
    row: P,
    step: str,
    *,
    by: AsWorker,
    others: Mapping[UUID, Own],
    on: datetime | None = None,
    seen: int | None = None,
    **answers: Any,
) -> list[P]:
    """Take a step of a child's row and of rows of others of their family, or of none.

    The first of the rows is the child's. Raises `NotTaken`: `Clash` when it is the child's own row that has changed.
    """
    if not others:
        return [take(row, step, by=by, on=on, seen=seen, **answers)]
    declared = row.steps[step]
    with looking(by):
        found = offered(by, type(row), declared, row=row, ticked=others)
        chosen = _chosen(found, others)
        # Two who take the same step for the same children wait for each other in one order.
        in_order = sorted([None, *chosen], key=lambda one: one.pk if one else row.pk)

        def of(one: Sibling | None, own: Mapping[str, Any]) -> P:
            version = others[one.pk].seen if one else seen
            theirs: Any = one.row if one else row
            taken: P = take(theirs, step, by=by, on=on, seen=version, **(_of_theirs(row, theirs, own) if one else own))
            return taken

        return _for_all(declared, str(row.person or ""), chosen, others, answers, of, in_order)


def _chosen(found: list[Sibling], others: Mapping[UUID, Own]) -> list[Sibling]:
    if others.keys() - {one.pk for one in found}:
        raise NotTaken([Fault(NOT_OFFERED, at="also_for")])
    return [one for one in found if one.pk in others]


def _for_all(
    step: Step,
    first: str,
    chosen: list[Sibling],
    others: Mapping[UUID, Own],
    answers: Mapping[str, Any],
    of: Callable[[Sibling | None, Mapping[str, Any]], P],
    in_order: list[Sibling | None] | None = None,
) -> list[P]:
    """Each in turn, so that every refusal is told at once. Whatever is refused takes all back: an exception leaves."""
    shared = {name: answer for name, answer in answers.items() if name not in step.own}
    done: dict[UUID | None, P] = {}
    refused: dict[Sibling | None, list[Fault]] = {}
    clashed = []
    for one in in_order or [None, *chosen]:
        try:
            done[one.pk if one else None] = of(one, _own(step, others[one.pk], shared) if one else answers)
        except NotTaken as why:
            if one is None and isinstance(why, (Clash, NotAllowed)):
                raise
            refused[one] = why.faults
            if one and isinstance(why, Clash):
                clashed.append(one.pk)
    if refused:
        raise NotTakenForAll(_named(step, first, refused, 1 + len(chosen)), clashed)
    return [done[None], *(done[one.pk] for one in chosen)]


def _of_theirs(row: Process, theirs: Process, answers: Mapping[str, Any]) -> dict[str, Any]:
    """Of what is said of each row that is there (who came, of all who were invited), what is said of like rows of a
    sibling's: theirs are told by the same words. What has no like is left as it is."""
    made = dict(answers)
    for name, part in parts(type(row)).items():
        if part.of_each and made.get(name):
            words = {str(one.pk): str(one) for one in part.of(part.key_of(row))}
            like = {str(one): str(one.pk) for one in part.of(part.key_of(theirs))}
            said = [(like.get(words.get(one[ROW], "")), one) for one in made[name]]
            made[name] = [{**one, ROW: key} for key, one in said if key]
    return made


def _own(step: Step, own: Own, shared: Mapping[str, Any]) -> dict[str, Any]:
    """A sibling's answers: what is each child's own is never filled in from another's."""
    if unknown := sorted(own.answers.keys() - step.own):
        raise NotTaken([Fault(f"{step.title} does not ask {', '.join(unknown)} of each child.")])
    return {**shared, **own.answers}


def _named(step: Step, first: str, refused: Mapping[Sibling | None, list[Fault]], many: int) -> list[Fault]:
    """Each fault with the name of the child it is of; one that is found of all alike is said once, of nobody."""
    found = [(one, fault) for one, faults in refused.items() for fault in faults]
    alike = [fault for fault in dict.fromkeys(fault for _, fault in found) if fault.at not in step.own]
    of_all = [fault for fault in alike if sum(other == fault for _, other in found) == many]
    said = [(one, fault) for one, fault in found if fault not in of_all]
    return [
        *of_all,
        *(
            replace(
                fault,
                sentence=f"{one.name if one else first}: {fault.sentence}",
                at=own_name(one.pk, fault.at) if one and fault.at in step.own else fault.at,
            )
            for one, fault in said
        ),
    ]


def own_name(pk: UUID, name: str) -> str:
    """What a form calls the question that is asked of one sibling."""
    return f"of-{pk.hex}-{name}"


def what_was_done(step: Step, rows: list[Any]) -> str:
    """What the timelines now say, with the name of every child on whose record it stands."""
    if len(rows) == 1:  # perhaps of a child whose record whoever took the step may not open
        return f"{sentence(rows[0], step)}."
    said: dict[str, list[str]] = {}
    for row in rows:
        said.setdefault(sentence(row, step), []).append(str(row.person or ""))
    return " ".join(f"{words}: {in_a_row(names)}." for words, names in said.items())


def in_a_row(names: list[str]) -> str:
    """Names as they are said: "Ada, Ben and Cal"."""
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last
