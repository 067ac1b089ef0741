"""Every kind of plan can be read on one page, and given to the family."""

import pytest
from django.urls import reverse

from righthelp.engine.plan import Plan
from righthelp.engine.process import processes
from righthelp.guard.guarded import new_id

PLANS = [page for page in processes().values() if issubclass(page, Plan)]


@pytest.mark.parametrize("page", PLANS, ids=lambda page: page.kind())
def test_every_plan_has_its_page_and_is_given(page: type[Plan]) -> None:
    key = new_id()
    assert reverse(f"{page.kind()}_plan", args=[key]) == f"/{page.kind()}/{key}/plan/"
    assert page.steps["give_plan"].by == frozenset(page.planners)
    assert page.what_if.strip()
