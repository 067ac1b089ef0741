"""A locked record opens to its circle, to whoever breaks the glass for some hours, and to nobody else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from righthelp.engine.process import process
from righthelp.engine.refusals import NotTaken
from righthelp.engine.taking import take
from righthelp.guard.models import CircleMember, Opening
from righthelp.guard.viewers import STEP, looking
from tests.county import County

WHO = "Jo Ferris"
Refusals = Callable[[str], list[Any]]


@pytest.fixture
def hours(lasting_county: County) -> Iterator[County]:
    """The county, where each request has a moment of its own: for the database a whole transaction is one moment."""
    yield lasting_county
    with looking(STEP):
        long_ago = timezone.now() - timedelta(days=1)
        Opening.objects.filter(closes_at__gt=timezone.now()).update(opened_at=long_ago, closes_at=long_ago)


def locked_page(county: County) -> str:
    return f"/child/{county.people['locked'].pk}/"


def sees(browser: Client, county: County) -> bool:
    """Whether the locked child is there for this browser: its page, or the question why, and the search."""
    page = browser.get(locked_page(county))
    given, family, *_ = county.rows["names of locked"]
    found = browser.get(f"/find/?given={given}&family={family}").content.decode()
    listed = locked_page(county) in found
    assert listed == (page.status_code != 404)
    return listed


def break_glass(county: County, who: str, **more: str) -> Any:
    given, family, *_ = county.rows["names of locked"]
    born = county.people["locked"].born_on
    typed = {
        "child_given": given, "child_family": family, "child_born_on": f"{born:%d %m %Y}",
        "why": "A neighbour hears crying and nobody answers the door", **more,
    }  # fmt: skip
    return county.client(who).post("/break_glass/new/open/", typed)


def the_opening(county: County, who: str) -> Any:
    with looking(STEP):
        return process("break_glass").objects.filter(opened_by=county.worker(who).pk).order_by("-opened_at").first()


def test_breaking_the_glass_opens_for_its_hours_and_then_closes(hours: County, for_real: None) -> None:
    browser = hours.client(WHO)
    assert not sees(browser, hours)
    assert break_glass(hours, WHO).status_code == 302
    assert sees(browser, hours)
    opening = the_opening(hours, WHO)
    assert timedelta(hours=1) <= opening.closes_at - opening.opened_at <= timedelta(days=1)
    with looking(STEP):
        kept = Opening.objects.get(worker=hours.worker(WHO).pk, opened_at=opening.opened_at)
        assert kept.closes_at == opening.closes_at
        kept.closes_at = timezone.now() - timedelta(seconds=1)
        kept.opened_at = kept.closes_at - timedelta(hours=4)
        kept.save()
    assert not sees(browser, hours)


def test_it_opens_for_whoever_broke_it_alone(hours: County, for_real: None) -> None:
    break_glass(hours, WHO)
    assert not sees(hours.client("front door manager"), hours)


def test_a_child_who_is_not_there_or_not_locked_opens_nothing_and_says_the_same(county: County, for_real: None) -> None:
    before = the_opening(county, "front door manager")
    given, family, *_ = county.rows["names of known"]
    born = f"{county.people['known'].born_on:%d %m %Y}"
    said = []
    for typed in (
        {"child_given": given, "child_family": family, "child_born_on": born},
        {"child_given": "Nobody", "child_family": "Atall"},
    ):
        answer = break_glass(county, "front door manager", **typed)
        assert answer.status_code == 200
        said.append("No locked record was found for this child" in answer.content.decode())
    assert said == [True, True]
    assert the_opening(county, "front door manager") == before


@pytest.mark.parametrize("who", ["partner", "partner lead", "user administrator"])
def test_whoever_does_not_work_with_children_cannot_break_it(who: str, county: County, refusals: Refusals) -> None:
    assert break_glass(county, who).status_code == 403
    assert len(refusals(who)) == 1


def test_it_is_reviewed_by_somebody_else(hours: County, for_real: None) -> None:
    """A member of the circle opens it too, so that the refusal is for whose it is and not for their role."""
    typed = {"finding": "NEEDED", "finding_reason": "The child was alone"}
    break_glass(hours, "information governance")
    opening = the_opening(hours, "information governance")
    with looking(hours.as_("information governance")), pytest.raises(NotTaken, match="Somebody else must review"):
        take(opening, "review", by=hours.as_("information governance"), **typed)
    with looking(hours.as_("head of service")):
        reviewed = take(opening, "review", by=hours.as_("head of service"), **typed)
    assert reviewed.state == "REVIEWED"
    with looking(STEP):
        assert the_opening(hours, "information governance").finding == "NEEDED"


def test_membership_takes_effect_in_the_next_request(county: County, for_real: None) -> None:
    inside, outside = county.client("circle member"), county.client("without relation")
    assert sees(inside, county)
    assert not sees(outside, county)
    locksmith = county.as_("locksmith")
    with looking(locksmith):
        lock = process("locked_circle").objects.get(pk=county.rows["lock"].pk)
        lock = take(lock, "let_in", by=locksmith, member=county.worker("without relation"))
        take(lock, "take_out", by=locksmith, member=county.worker("circle member"))
    assert not sees(inside, county)
    assert sees(outside, county)


def test_nobody_lets_themselves_in(county: County, refusals: Refusals, for_real: None) -> None:
    circle = county.people["locked"].circle_id
    for who in ("front door manager", "team manager", "partner"):
        worker = county.worker(who)
        answer = county.client(who).post(f"/locked_circle/{county.rows['lock'].pk}/let_in/", {"member": str(worker.pk)})
        assert answer.status_code == 404
        assert refusals(who)[-1].entry == county.rows["lock"].pk
        with looking(STEP):
            assert not CircleMember.objects.filter(circle=circle, worker=worker.pk).exists()


def test_a_governance_officer_outside_the_circle_does_not_get_in_by_their_role(county: County, for_real: None) -> None:
    who = "information governance"
    answer = county.client(who).post(
        f"/locked_circle/{county.rows['lock'].pk}/let_in/", {"member": str(county.worker(who).pk)}
    )
    assert answer.status_code == 404
    assert not sees(county.client(who), county)
