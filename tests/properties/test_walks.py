"""Random walks over every process: whatever is done in whatever order, the record holds together."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import pairwise
from random import Random
from uuid import UUID

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from righthelp.engine.journal import Journal
from righthelp.engine.process import Process, process, processes
from righthelp.engine.rebuilding import rebuild
from righthelp.guard.viewers import DEMONSTRATION, STEP, looking
from righthelp.record.models import CaseEntry, Holding, TimelineEvent
from tests.properties.snapshots import everything, put_back, written
from tests.properties.walking import Walk, again, every_page
from tests.properties.world import World

walked: defaultdict[str, set[str]] = defaultdict(set)  # steps that walks have taken so far
PAGES = pytest.mark.parametrize("of", [pytest.param(page, id=page.kind()) for page in every_page()])
seeds = st.randoms(use_true_random=False)
walks = settings(
    max_examples=4,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.large_base_example],
)


@pytest.mark.county
@PAGES
@walks
@given(random=seeds)
def test_after_any_walk_the_record_holds_together(world: World, of: type[Process], random: Random) -> None:
    """And the same steps, written all together, write the same as one by one."""
    with put_back():
        walk = Walk(world, random, of).go()
        walked[of.kind()] |= {one.step for one in walk.taken}
        with looking(STEP):
            entries = {entry.pk: process(entry.kind) for entry in CaseEntry.objects.filter(pk__in=written_on())}
            for key, page in entries.items():
                holds_together(page.objects.get(pk=key))
            if walk.row:
                tells_every_step(walk)
        for page in with_deadlines_after(set(entries.values())):
            assert rebuild(page, mend=False).differed == 0
        singly = everything(world.keys)
    if not walk.taken:
        return
    with put_back():
        with looking(DEMONSTRATION):
            gathered = Journal()
            again(of, walk.taken, into=gathered)
            gathered.write(DEMONSTRATION)
        together = everything(world.keys)
    for table in singly.keys() | together.keys():
        one, other = singly.get(table, Counter()), together.get(table, Counter())
        assert one == other, f"{table}: " + "".join(f"\n{row}" for row in [*(one - other), "but", *(other - one)])


def written_on() -> set[UUID]:
    """The entries on which the walk has written."""
    return {
        row["id"] if model is CaseEntry else row["entry_id"]
        for model, rows in written().items()
        for row in rows
        if model is CaseEntry or "entry_id" in row
    }


def with_deadlines_after(pages: set[type[Process]]) -> set[type[Process]]:
    """These, and those whose deadlines may come from a fact of theirs: they point at them."""
    return pages | {
        page
        for page in processes().values()
        if any(field.related_model in pages for field in page._meta.concrete_fields)
    }


def holds_together(row: Process) -> None:
    """What must be true of any row, whatever process it is of."""
    assert row.state in row.State.values
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


@pytest.mark.county
@PAGES
def test_every_step_is_taken_by_some_walk(world: World, of: type[Process]) -> None:
    """The walks go everywhere: a step that no walk can take is one that nobody can, or that wants help in answering."""
    taken = walked[of.kind()]
    told: dict[str, str] = {}
    for seed in range(60):
        left = frozenset(of.steps.keys() - taken)
        if not left:
            return
        with put_back():
            walk = Walk(world, Random(seed), of, longed_for=left).go(longest=14)
            taken |= {one.step for one in walk.taken}
            told |= walk.told
    never = sorted(of.steps.keys() - taken)
    assert not never, "never taken:" + "".join(f"\n{name}: {told.get(name, 'not tried')}" for name in never)
