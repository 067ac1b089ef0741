"""`begin` and `take`: the only writers of the record.

State, role, answers, needs, the write, the timeline event, the deadlines and the audit row, in one transaction. Each
refusal is a sentence.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import cache, partial
from typing import Any, TypeVar

from righthelp.engine import timeline
from righthelp.engine.answers import ROW, Asked, asked_by, clean, parts
from righthelp.engine.deadlines import clocked_facts, fact
from righthelp.engine.doing import Doing
from righthelp.engine.journal import Journal
from righthelp.engine.notices.giving import news_of
from righthelp.engine.part import Several
from righthelp.engine.process import Process, processes
from righthelp.engine.refusals import Clash, NotAllowed, NotTaken
from righthelp.guard.made_once import MadeOnce
from righthelp.guard.viewers import STEP, AsWorker, Purpose, Viewer, anybody, looking, still_looking
from righthelp.kernel.page import Expect, Fault, Step
from righthelp.people.merging import record_now
from righthelp.people.models import Person
from righthelp.record.models import CaseEntry

P = TypeVar("P", bound=Process)
# Clocks of two machines differ by seconds; a step taken further ahead than this is a mistyped date.
AHEAD = timedelta(minutes=5)


@contextmanager
def journal(by: Viewer, now: datetime | None = None) -> Iterator[Journal]:
    """Many steps, written together when the block ends: the bulk form, which writes the same rows."""
    gathered = Journal(now=now)
    yield gathered
    gathered.write(by)


def begin(
    page: type[P],
    step: str,
    *,
    by: Viewer,
    on: datetime | None = None,
    person: Person | None = None,
    into: Journal | None = None,
    **answers: Any,
) -> P:
    """Begin a process by one of its first steps. Raises `NotTaken`."""
    declared = page.steps[step]
    if not declared.begins:
        raise NotTaken([Fault(f"{declared.title} does not begin a {page.title()}.")])
    gathered = into or Journal()
    when = on or gathered.moment()
    if person is not None and into is None:
        person = record_now(person)
    entry = CaseEntry(kind=page.kind(), person=person, begun_at=when)
    row = page(entry=entry, state=declared.reaches or "")
    _allow(row, declared, by)
    # Still as the viewer: what they may not see they cannot name.
    cleaned, faults = clean(page, declared, answers, _asked_of_many(page, declared, into))
    with _inside(by, into):
        _nothing_waits(page, by, into)
        gathered.add(entry, row)
        _do(row, declared, by, when, gathered, cleaned, faults)
        if into is None:
            gathered.write(by)
        _nothing_waits(page, by, into)
    return row


def take(
    row: P,
    step: str,
    *,
    by: Viewer,
    on: datetime | None = None,
    seen: int | None = None,
    into: Journal | None = None,
    **answers: Any,
) -> P:
    """Take a step of a process. `seen` is the version that the worker last saw. Raises `NotTaken`."""
    declared = row.steps[step]
    gathered = into or Journal()
    with _as(by, into):  # one transaction: they take it of what they see
        if not gathered.holds(row):
            _allow_sight(row, by)
        cleaned, faults = clean(type(row), declared, answers, _asked_of_many(type(row), declared, into))
        with _inside(by, into):
            _nothing_waits(type(row), by, into)
            _on_record_that_they_take_part(row, by, into)
            if row.pk in gathered.touched:  # as the steps before it in this journal left it
                row = gathered.touched[row.pk]  # type: ignore[assignment]
            elif not gathered.holds(row):
                row = _locked(row)
                if seen is not None and seen != row.version:
                    raise Clash(row)
            _allow(row, declared, by, its_own=gathered.holds(row))
            if row.state not in declared.leaves:
                raise NotTaken([Fault(f"{declared.title} cannot be done now: this is {row.state_label}.")])
            _do(row, declared, by, on or gathered.moment(), gathered, cleaned, faults)
            if into is None:
                gathered.write(by)
            _nothing_waits(type(row), by, into)
    return row


def _locked(row: P) -> P:
    """The row as it is now, under its lock from here to the end: the second of two steps at once sees the first."""
    return _locking(type(row)).row(row.pk)  # type: ignore[no-any-return]


@cache
def _locking(page: type[Process]) -> MadeOnce:
    # Both rows are locked, because a join shows what is not locked as it was before the wait; the child is read after.
    return MadeOnce(lambda: page.objects.select_for_update(of=("self", "entry"), no_key=True).select_related("entry"))


def may_take(row: Process, step: Step, by: Viewer) -> bool:
    """Whether this viewer's role and the row's state allow the step; its needs are asked when it is taken."""
    return row.state in step.leaves and _may(step, by) and not _not_for(row, step, by)


def may_begin(step: Step, by: Viewer) -> bool:
    """Whether this viewer's role allows beginning by this step."""
    return step.begins and _may(step, by)


def _may(step: Step, by: Viewer) -> bool:
    return bool(step.by & (by.roles if isinstance(by, AsWorker) else {by.name}))


@contextmanager
def _as(by: Viewer, into: Journal | None) -> Iterator[None]:
    """The transaction of one step, as who takes it; a bulk job has opened its own, under its own purpose."""
    if into is not None and isinstance(anybody(), Purpose):
        yield
        return
    with still_looking(by):
        yield


@contextmanager
def _inside(by: Viewer, into: Journal | None) -> Iterator[None]:
    try:
        if into is not None and isinstance(anybody(), Purpose):
            yield  # a bulk job has opened its own transaction, under its own purpose
            return
        with looking(STEP, on_behalf_of=by if isinstance(by, AsWorker) else None):
            yield
    except NotTaken:
        if into is not None:
            into.spoilt = True
        raise


def _nothing_waits(page: type[Process], by: Viewer, into: Journal | None) -> None:
    """A process whose steps read what others write finds it on record, in a journal of many steps as in one of one."""
    if into is not None and page.written_at_once:
        _write_so_far(by, into)


def _on_record_that_they_take_part(row: Process, by: Viewer, into: Journal | None) -> None:
    """A worker of another agency may take a step of a row because they take part in it, and the record says whether
    they do. Of a row that is itself not written yet, the job that begins it knows (`_allow`)."""
    partner = isinstance(by, AsWorker) and not by.is_county and bool(row.shown_to_involved())
    if into is not None and partner and not into.holds(row):
        _write_so_far(by, into)


def _write_so_far(by: Viewer, into: Journal) -> None:
    job = anybody()
    into.write(job if isinstance(job, Purpose) and job != STEP else by)


def _asked_of_many(page: type[Process], step: Step, into: Journal | None) -> Asked | None:
    """What a step asks that a job takes many times over, made once: a job sees the same rows all along."""
    if into is None or not isinstance(anybody(), Purpose):
        return None
    return into.once(("asked", page, step.name), lambda: asked_by(page, step))


def _allow(row: Process, step: Step, by: Viewer, *, its_own: bool = False) -> None:
    """`its_own`: the row is new in the journal at hand. Who takes part in it is not on record yet, and whose its steps
    are is known to the job that takes them."""
    if not _may(step, by):
        who = by.name if isinstance(by, AsWorker) else f"The purpose {by.name}"
        raise NotAllowed([Fault(f"{who} may not do this: {step.title} is for {', '.join(sorted(step.by))}.")])
    if not step.begins and not its_own and (why := _not_for(row, step, by)):
        raise NotAllowed([Fault(why)])


def _not_for(row: Process, step: Step, by: Viewer) -> str:
    return row.not_for(step, by) if isinstance(by, AsWorker) else ""


def _allow_sight(row: Process, by: Viewer) -> None:
    with still_looking(by):
        if not type(row).objects.shows(row.pk):
            raise NotAllowed([Fault("There is no such record, or you may not see it.")])


def _do(
    row: Process,
    step: Step,
    by: Viewer,
    on: datetime,
    gathered: Journal,
    cleaned: dict[str, Any],
    faults: list[Fault],
) -> None:
    if on > gathered.moment() + AHEAD:
        raise NotTaken([Fault(f"{step.title} cannot be dated in the future.")])
    if on < row.entry.begun_at:
        raise NotTaken([Fault(f"{step.title} cannot be dated before this began.")])
    page = type(row)
    listed = {name: cleaned.pop(name) for name in parts(page) if name in cleaned}
    if faults:
        raise NotTaken(faults)
    expected = [expect for expect in row.expects if fact(row, expect.when)]
    before, clocked_before = _values(row), [] if step.begins else clocked_facts(row)
    was = row.state
    for name, value in cleaned.items():
        setattr(row, name, value)
    begin_another = partial(_begin_another, by=by, on=on, gathered=gathered)
    take_another = partial(_take_another, by=by, on=on, gathered=gathered)
    row._doing = doing = Doing(
        journal=gathered,
        row=row,
        by=by,
        on=on,
        begin=begin_another,
        take=take_another,
        several=listed,
        step=step.name,
    )
    try:
        if faults := _faults_of_needs(row, step):
            raise NotTaken(faults)
        for name, rows in listed.items():
            doing.told[name] = _say_parts(gathered, row, parts(page)[name], rows)
        if step.begins and page.team_receives:
            doing.hold(team=gathered.team_that_receives(page.team_receives))
        if step.reaches:
            row.state = step.reaches
        if step.body:
            step.body(row, on)
        row.version += 1
        gathered.change(row, *(name for name, value in _values(row).items() if value != before[name]))
        doing.event(step.name, timeline.sentence(row, step), significant=step.significant)
        gathered.touched[row.pk] = row
        if step.begins or clocked_facts(row) != clocked_before:
            gathered.reclocked.add(row.pk)
        _begin_what_is_expected(row, expected, by, on, gathered)  # which whoever holds this may hold after it
        if row.ended:
            doing.let_go()
        gathered.news += news_of(row, step, doing, was=was)
    finally:
        row._doing = None


def _faults_of_needs(row: Process, step: Step) -> list[Fault]:
    found = (need(row) for need in step.needs)
    return [Fault(fault) if isinstance(fault, str) else fault for fault in found if fault]


def _values(row: Process) -> dict[str, Any]:
    """What the columns of a row hold; of a list a copy, because a step may add to it."""
    held = ((field.name, getattr(row, field.attname)) for field in row._meta.concrete_fields if not field.primary_key)
    return {name: list(value) if isinstance(value, list) else value for name, value in held}


def _say_parts(gathered: Journal, row: Process, part: Several, answers: list[dict[str, Any]]) -> list[Any]:
    """Add the rows that were asked for together, or change those that are there. Gives them."""
    key = part.key_of(row)
    fresh = gathered.parts[(part.model, key)]
    there = [*fresh, *(() if gathered.holds_entry(key) else part.of(key))]
    if not part.of_each:
        own_entry = part.field == "entry" and not part.at  # which may be as new as they are
        whose: dict[str, Any] = {"entry": row.entry} if own_entry else {f"{part.field}_id": key}
        added = [
            part.model(**whose, number=number, **said) for number, said in enumerate(answers, start=len(there) + 1)
        ]
        gathered.add(*added)
        fresh += added
        return added
    known = {str(one.pk): one for one in part.whom(there, row.also.by)}
    changed = []
    for said in answers:
        if (one := known.get(said[ROW])) is None:
            raise NotTaken([Fault(f"This {part.title} is not of this record. Load the page anew.")])
        names = [name for name in said if name != ROW]
        for name in names:
            setattr(one, name, said[name])
        gathered.change(one, *names)
        changed.append(one)
    return changed


def _begin_what_is_expected(row: Process, before: list[Expect], by: Viewer, on: datetime, gathered: Journal) -> None:
    """Begin what this step calls for: what a step `before` it called for has had its turn, and may be over."""
    for expect in row.expects:
        if expect in before or not fact(row, expect.when):
            continue
        page = processes().get(expect.of)
        if page is None:
            continue  # the county does not use it: the pack switches it off
        carried = {name: fact(row, path) for name, path in expect.carries.items()}
        if _is_open_already(row, expect, page, carried, gathered):
            continue
        _begin_another(
            page,
            expect.step,
            row.entry.person,
            {expect.link: row, **carried},
            by=by,
            on=on,
            gathered=gathered,
            arose_from=row.entry,
        )


def _is_open_already(
    row: Process, expect: Expect, page: type[Process], carried: dict[str, Any], gathered: Journal
) -> bool:
    alike = {f"{expect.link}_id": row.pk, **{name: carried[name] for name in expect.apart}}
    here = (other for other in gathered.rows(page) if not other.ended)
    if any(all(getattr(other, name) == value for name, value in alike.items()) for other in here):
        return True
    return not gathered.holds(row) and page.objects.filter(**alike, state__in=page.open_states()).exists()


def _begin_another(
    page: type[Process],
    step: str,
    person: Person | None,
    answers: dict[str, Any],
    *,
    by: Viewer,
    on: datetime,
    gathered: Journal,
    arose_from: CaseEntry | None = None,
) -> Process:
    """Begin what the step in hand calls for, in the same transaction and in the name of the same worker."""
    declared = page.steps[step]
    entry = CaseEntry(kind=page.kind(), person=person, begun_at=on, arose_from=arose_from)
    if arose_from:
        entry.circle_id = arose_from.circle_id
    row = page(entry=entry, state=declared.reaches or "")
    gathered.add(entry, row)
    gathered.note_origin(entry)
    _do(row, declared, by, on, gathered, *clean(page, declared, answers, _asked_of_many(page, declared, gathered)))
    return row


def _take_another(
    row: Process, step: str, answers: dict[str, Any], *, by: Viewer, on: datetime, gathered: Journal
) -> Process:
    """Take a step of another row that the step in hand calls for, in its transaction and in the same worker's name."""
    declared = row.steps[step]
    if row.pk in gathered.touched:
        row = gathered.touched[row.pk]  # type: ignore[assignment]
    elif not gathered.holds(row):
        row = type(row).objects.select_for_update().get(pk=row.pk)
        row.entry = CaseEntry.objects.select_related("person").get(pk=row.pk)
    if row.state not in declared.leaves:
        raise NotTaken([Fault(f"{declared.title} cannot be done now: this is {row.state_label}.")])
    _do(
        row,
        declared,
        by,
        on,
        gathered,
        *clean(type(row), declared, answers, _asked_of_many(type(row), declared, gathered)),
    )
    return row
