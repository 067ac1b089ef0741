"""Anybody says that a listing is wrong, without saying who they are; whoever keeps it answers."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.cache import cache
from django.test import Client

from righthelp.engine.refusals import NotAllowed
from righthelp.guard.viewers import DIRECTORY, PASSER_BY
from righthelp.kernel.moments import local_day
from righthelp.processes.listing_report.models import ListingReport
from righthelp.record.models import Deadline, Holding

pytestmark = pytest.mark.county

WORDS = "The number rings at a bakery"


@pytest.fixture
def listing(workplace: Any) -> Any:
    """A listing that the agency of Grace Okoro and Helen Marsh keeps."""
    return workplace.begin(
        "service_listing",
        "bring_in",
        DIRECTORY,
        name="Harbour Room",
        organisation="Friends of the Harbour",
        what="A warm room with tea, toys and somebody who listens",
        for_whom="Anybody",
        how="Walk in.",
        helps_with=["COMPANY"],
        asked_by=["DROP_IN"],
        places=["COUNTY"],
        agency=workplace.worker("Helen Marsh").agency,
        source="Invented",
        pack_key="harbour_room",
    )


@pytest.fixture
def report(workplace: Any, listing: Any) -> Any:
    return workplace.begin("listing_report", "say", PASSER_BY, listing=listing, wrong="CONTACT", says=WORDS)


def test_it_goes_to_whoever_keeps_the_listing(workplace: Any, report: Any) -> None:
    assert report.agency == workplace.worker("Helen Marsh").agency
    assert Holding.objects.get(entry=report.pk).team.key == "early_help"
    row = workplace.take(report, "answer", "Helen Marsh", finding="MENDED", finding_says="It was the old number")
    assert row.ended
    assert row.answered_by == "Helen Marsh"
    assert not Holding.objects.filter(entry=report.pk, until__isnull=True).exists()


def test_the_county_may_answer_and_another_agency_may_not(workplace: Any, report: Any, refused: Any) -> None:
    with refused(kind=NotAllowed):
        workplace.take(report, "answer", "Ruth Adeyemi", finding="RIGHT")
    assert workplace.take(report, "answer", "Jo Ferris", finding="RIGHT").ended


def test_nobody_who_is_signed_in_needs_to_say_it_as_themselves(workplace: Any, listing: Any, refused: Any) -> None:
    with refused(kind=NotAllowed):
        workplace.begin("listing_report", "say", "Petra Lind", listing=listing, wrong="CONTACT", says=WORDS)


@pytest.mark.parametrize(
    ("answers", "at"), [({"says": "Wrong"}, "says"), ({"wrong": ""}, "wrong"), ({"says": ""}, "says")]
)
def test_it_says_what_is_wrong(workplace: Any, listing: Any, refused: Any, answers: dict[str, str], at: str) -> None:
    with refused(at):
        workplace.begin(
            "listing_report", "say", PASSER_BY, **{"listing": listing, "wrong": "CONTACT", "says": WORDS, **answers}
        )


def test_it_is_answered_in_five_working_days(workplace: Any, listing: Any) -> None:
    sent = datetime(2024, 3, 4, 10, tzinfo=ZoneInfo("Europe/London"))  # a Monday
    row = workplace.begin(
        "listing_report", "say", PASSER_BY, on=sent, listing=listing, wrong="CLOSED", says="There is a bakery now"
    )
    deadline = Deadline.objects.get(entry=row.pk)
    assert local_day(deadline.due_at) == date(2024, 3, 11)
    assert deadline.stopped_at is None
    workplace.take(row, "answer", "Helen Marsh", finding="NOT_ABOUT_IT")
    assert Deadline.objects.get(entry=row.pk).stopped_at is not None


def test_the_form_takes_it_down_and_refuses_a_flood(workplace: Any, listing: Any) -> None:
    cache.clear()
    address, browser = f"/services/{listing.pk}/wrong/", Client()
    assert "Something here is wrong" in browser.get(address).content.decode()
    empty = browser.post(address, {})
    assert "There is a problem" in empty.content.decode()
    assert not ListingReport.objects.exists()
    for number in range(5):
        answer = browser.post(address, {"wrong": "CONTACT", "says": f"{WORDS} ({number})"})
        assert "Thank you" in answer.content.decode()
    sixth = browser.post(address, {"wrong": "CONTACT", "says": "And one more of these"})
    assert sixth.status_code == 429
    assert "And one more of these" in sixth.content.decode()  # what was typed is not lost
    assert ListingReport.objects.count() == 5
    cache.clear()


def test_the_keeper_finds_it_in_their_workspace(workplace: Any, report: Any) -> None:
    browser = Client()
    browser.post("/demonstration/sign-in/", {"worker_id": workplace.worker("Grace Okoro").pk})
    assert "Harbour Room: The telephone number" in browser.get("/").content.decode()
    assert WORDS in browser.get(f"/listing_report/{report.pk}/").content.decode()


def test_the_county_finds_it_in_its_list(workplace: Any, report: Any) -> None:
    browser = Client()
    browser.post("/demonstration/sign-in/", {"worker_id": workplace.worker("Petra Lind").pk})
    assert "Harbour Room" in browser.get("/listing_report/").content.decode()
    assert WORDS in browser.get(f"/listing_report/{report.pk}/").content.decode()  # and nobody asks why
