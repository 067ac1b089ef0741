"""To everybody outside its circle a locked family is not there: every page is as it was before the family came."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.utils import timezone

from tests.county import VIEWERS, County, lock_a_family, make_county
from tests.county_families import CHILDREN, NHS, POSTCODES
from tests.databases import a_database_of_its_own

# Those to whom something of the family is their own: the circle, the agency that told of it, the agency that was asked.
CONCERNED = {"circle member", "head of service", "partner", "partner lead", "asked", "lead of the asked"}
OUTSIDE = [who for who in VIEWERS if who not in CONCERNED]
Pages = dict[str, tuple[int, str]]

LISTS = (
    "/", "/my-work/", "/team/", "/contact/", "/contact/?state=SCREENING", "/contact/?urgency=RED",
    "/contact/?held=nobody", "/contact/?awaiting=awaited", "/referral/", "/help_request/", "/information_request/",
    "/break_glass/", "/locked_circle/", "/workers/", "/workers/?name=a", "/roles/",
)  # fmt: skip
THEIR_OWN = {"/", "/my-work/", "/team/"}
FAMILY = "Varnadoe"


def searches() -> Iterator[str]:
    given, family, born = CHILDREN["locked"]
    yield f"/find/?given={given}&family={family}"
    yield f"/find/?family={family}"
    yield f"/find/?given={given[:4]}&family=Varnado"
    yield f"/find/?born_on={born:%d+%m+%Y}"
    yield f"/find/?postcode={POSTCODES[FAMILY].replace(' ', '+')}"
    yield f"/find/?number={NHS['locked']}"
    yield "/find/?family=Quillfeather"


def rows(county: County) -> Iterator[str]:
    """Pages of others, on which the family might be counted, listed or offered."""
    contact, known = county.rows["screening"].pk, county.people["known"].pk
    yield from (f"/contact/{contact}/", f"/contact/{contact}/who/", f"/contact/{contact}/who/?family={FAMILY}")
    yield from (f"/contact/{contact}/note/", f"/contact/{county.rows['received'].pk}/")
    yield from (
        f"/child/{known}/",
        f"/child/{known}/chronology/",
        f"/child/{known}/known/",
        f"/child/{known}/documents/",
    )
    yield f"/referral/{county.rows['referral'].pk}/"


def plain(page: bytes) -> str:
    """A page without what is different at every request."""
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page.decode())
    return re.sub(r"quote this number.*?</p>", "", text)


def drawn(who: str, place: str, order: int) -> bool:
    """Whether somebody looks at a page: everybody does at those that gather what is their own, a third at each other.

    What lists, searches and records leave out goes by one rule for all who look: each page is looked at by five.
    """
    return place in THEIR_OWN or (OUTSIDE.index(who) + order) % 3 == 0


def looked_over(who: str, browser: Client, county: County) -> Pages:
    found = {}
    for order, place in enumerate((*LISTS, *searches(), *rows(county))):
        if not drawn(who, place, order):
            continue
        answer = browser.get(place, follow=True)
        found[place] = (answer.status_code, plain(answer.content))
    return found


@pytest.fixture(scope="module")
def before_and_after(
    django_db_setup: None, django_db_blocker: Any
) -> Iterator[tuple[County, dict[str, Pages], dict[str, Pages]]]:
    """What each sees before the family came and after, at the very same moment."""
    moment = timezone.now()
    with (
        pytest.MonkeyPatch.context() as patched,
        django_db_blocker.unblock(),
        a_database_of_its_own("not_there"),
    ):
        county = make_county(now=moment, locked=False)
        browsers = {who: county.client(who) for who in OUTSIDE}
        for browser in browsers.values():
            browser.get("/about/")
        stop_the_clock(patched, moment)
        before = {who: looked_over(who, browser, county) for who, browser in browsers.items()}
        patched.undo()
        lock_a_family(county)
        stop_the_clock(patched, moment)
        yield county, before, {who: looked_over(who, browser, county) for who, browser in browsers.items()}


def stop_the_clock(patched: pytest.MonkeyPatch, moment: datetime) -> None:
    """What is left of a deadline is the same at both looks."""
    patched.setattr(timezone, "now", lambda: moment)


@pytest.mark.parametrize("who", OUTSIDE)
def test_every_page_is_as_it_was_before_the_family_came(
    who: str, before_and_after: tuple[County, dict[str, Pages], dict[str, Pages]]
) -> None:
    _, before, after = before_and_after
    assert before[who].keys() == after[who].keys()
    changed = {place: first_difference(before[who][place], after[who][place]) for place in before[who]}
    assert {place: what for place, what in changed.items() if what} == {}


def first_difference(before: tuple[int, str], after: tuple[int, str]) -> str:
    """The first line that is not as it was."""
    if before == after:
        return ""
    if before[0] != after[0]:
        return f"answered {before[0]}, and now {after[0]}"
    lines = zip(before[1].splitlines(), after[1].splitlines(), strict=False)
    return next((f"{one.strip()[:300]} => {other.strip()[:300]}" for one, other in lines if one != other), "longer")


def test_the_family_is_there_for_its_circle(
    before_and_after: tuple[County, dict[str, Pages], dict[str, Pages]],
) -> None:
    """Else the equality above says nothing."""
    county, _, after = before_and_after
    number: UUID = county.people["locked"].pk
    assert str(number) in county.client("circle member").get(f"/find/?family={FAMILY}").content.decode()
    assert {status for status, _ in after["front door manager"].values()} >= {200}
