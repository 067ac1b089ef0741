"""No step of any process is taken by a role that its page does not name, whatever is answered."""

from __future__ import annotations

from functools import cache
from random import Random

import pytest

from righthelp.engine.process import Process
from righthelp.engine.refusals import NotAllowed
from righthelp.engine.taking import begin, may_begin, may_take, take
from righthelp.guard.roles import ROLES
from righthelp.guard.viewers import PURPOSES, STEP, AsWorker, Viewer, looking
from righthelp.kernel.page import Step
from tests.properties.snapshots import counts
from tests.properties.walking import Walk, every_page
from tests.properties.world import World, viewer_of

PAGES = pytest.mark.parametrize("of", [pytest.param(page, id=page.kind()) for page in every_page()])


def others(world: World, step: Step) -> list[Viewer]:
    """Somebody of each role that the step is not for, and every purpose that it is not for."""
    workers: list[Viewer] = [
        viewer_of(world.staff.in_role[role][0]) for role in sorted(ROLES.keys() - step.by) if world.staff.in_role[role]
    ]
    return workers + [purpose for name, purpose in sorted(PURPOSES.items()) if name not in step.by]


@cache
def a_row(world: World, of: type[Process]) -> Process:
    """One of each page for both rules: of some, as a decision's review, the world has no second."""
    with looking(STEP):
        return next(walk.row for seed in range(20) if (walk := Walk(world, Random(seed), of).go(longest=2)).row)


@pytest.mark.county
@PAGES
def test_a_step_is_for_whom_its_page_names(world: World, of: type[Process]) -> None:
    row = a_row(world, of)
    before = counts()
    for step in of.steps.values():
        for by in others(world, step):
            assert not may_take(row, step, by)
            assert not may_begin(step, by)
            with looking(by), pytest.raises(NotAllowed) as refusal:
                begin(of, step.name, by=by) if step.begins else take(row, step.name, by=by)
            assert all(fault.sentence.strip() for fault in refusal.value.faults)
    assert counts() == before


@pytest.mark.county
@PAGES
def test_a_step_leaves_the_states_that_its_page_names(world: World, of: type[Process]) -> None:
    """In every other state its button is not shown, to those least of all whose step it is."""
    row = a_row(world, of)
    for state in of.State.values:
        row.state = state
        for step in of.steps.values():
            by = world.who_may(Random(1), step)
            if by is None:
                continue
            with looking(by):
                refused = state not in step.leaves or (isinstance(by, AsWorker) and bool(row.not_for(step, by)))
                assert may_take(row, step, by) != refused
