"""Random walks over every process: whatever is done in whatever order, the record holds together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from random import Random
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from righthelp.engine.deadlines import FACTS, derive
from righthelp.engine.journal import Journal
from righthelp.engine.process import Process, process, processes
from righthelp.engine.rebuilding import rebuild
from righthelp.guard.viewers import DEMONSTRATION, STEP, looking
from righthelp.record.models import CaseEntry, Deadline, Holding, TimelineEvent
from tests.databases import a_database_of_its_own
from tests.properties.snapshots import everything
from tests.properties.walking import Walk, again, every_page
from tests.properties.world import World, make_world

PAGES = pytest.mark.parametrize("of", [pytest.param(page, id=page.kind()) for page in every_page()])
seeds = st.randoms(use_true_random=False)
walks = settings(
    max_examples=7,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.large_base_example],
)


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """One for all walks: each puts back what it wrote."""
    with django_db_blocker.unblock(), a_database_of_its_own("walks"):
        yield make_world()


class put_back:
    """Whatever is written inside is taken back at the end."""

    def __enter__(self) -> None:
        self.atomic = transaction.atomic()
        self.atomic.__enter__()

    def __exit__(self, kind: object, *rest: object) -> None:
        if kind is None:
            transaction.set_rollback(True)
        self.atomic.__exit__(kind, *rest)  # type: ignore[arg-type]


@pytest.mark.county
@PAGES
@walks
@given(random=seeds)
def test_after_any_walk_the_record_holds_together(world: World, of: type[Process], random: Random) -> None:
    with put_back():
        walk = Walk(world, random, of).go()
        with looking(STEP):
            for entry in CaseEntry.objects.all():
                holds_together(process(entry.kind).objects.get(pk=entry.pk))
            if walk.row:
                tells_every_step(walk)
            for other in processes().values():
                assert rebuild(other, mend=False).differed == 0


def holds_together(row: Process) -> None:
    """What must be true of any row, whatever process it is of."""
    assert row.state in row.State.values
    kept = {deadline.clock: deadline for deadline in Deadline.objects.filter(entry=row.pk)}
    made = {deadline.clock: deadline for deadline in derive(row)}
    assert kept.keys() == made.keys()
    for clock in made:
        assert [getattr(kept[clock], name) for name in FACTS] == [getattr(made[clock], name) for name in FACTS]
    assert TimelineEvent.objects.filter(entry=row.pk).count() == row.version
    holdings = list(Holding.objects.filter(entry=row.pk).order_by("since", "id"))
    for one, after in pairwise(holdings):
        assert one.until is not None
        assert one.since <= one.until <= after.since
    assert not (row.ended and any(holding.until is None for holding in holdings))
    if type(row).team_receives and not row.ended:
        assert holdings, "somebody holds it until it has ended"
        assert holdings[-1].until is None


def tells_every_step(walk: Walk) -> None:
    """One event a step, in the order in which they were taken, with whoever took it and when."""
    assert walk.row is not None
    events = TimelineEvent.objects.filter(entry=walk.row.pk).order_by("recorded_at", "id")
    told = [(event.step, event.at, event.by_name.split(", ")[0]) for event in events]
    began = walk.row.entry.begun_at  # what was told or held before it was written down began then
    assert began <= walk.taken[0].on
    moments = [began, *(taken.on for taken in walk.taken[1:])]
    assert told == [(taken.step, at, taken.by.name) for taken, at in zip(walk.taken, moments, strict=True)]
    assert all(
        event.says.strip() and "{" not in walk.page.steps[event.step].past.format_map(Blank()) for event in events
    )
    assert walk.row.version == len(walk.taken)


class Blank(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return ""


@PAGES
@walks
@given(random=seeds)
def test_one_by_one_or_all_together_writes_the_same(world: World, of: type[Process], random: Random) -> None:
    with put_back():
        steps = Walk(world, random, of).go().taken
        singly = everything()
    if not steps:
        return
    with put_back():
        with looking(DEMONSTRATION):
            gathered = Journal()
            again(of, steps, into=gathered)
            gathered.write(DEMONSTRATION)
        together = everything()
    for table, rows in singly.items():
        assert together[table] == rows, f"{table}: {list((together[table] - rows) + (rows - together[table]))}"


@pytest.mark.county
@PAGES
def test_every_step_is_taken_by_some_walk(world: World, of: type[Process]) -> None:
    """The walks go everywhere: a step that no walk can take is one that nobody can, or that wants help in answering."""
    taken: Counter[str] = Counter()
    for seed in range(150):
        with put_back():
            left = frozenset(of.steps.keys() - taken.keys())
            walk = Walk(world, Random(seed), of, longed_for=left).go(longest=12)
            taken.update(one.step for one in walk.taken)
        if taken.keys() == of.steps.keys():
            return
    assert taken.keys() == of.steps.keys(), f"never taken: {sorted(of.steps.keys() - taken.keys())}"
