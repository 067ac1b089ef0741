"""A family is pointed to a service, takes a sheet away, and is asked whether it helped."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from righthelp.engine.refusals import NotAllowed, NotTaken
from righthelp.guard.viewers import DIRECTORY
from righthelp.kernel.moments import local_day
from righthelp.processes.signposting.models import Signposting
from righthelp.record.models import Deadline, Document, Holding, TimelineEvent

pytestmark = pytest.mark.county

WEEK = timedelta(weeks=1)
POINTED = {"why": "Company for the mother", "agreed": "yes"}


@pytest.fixture
def listing(workplace: Any) -> Any:
    return workplace.begin(
        "service_listing",
        "bring_in",
        DIRECTORY,
        name="Harbour Room",
        organisation="Friends of the Harbour",
        what="A warm room with tea, toys and somebody who listens",
        for_whom="Anybody with a small child",
        how="Walk in.",
        helps_with=["COMPANY"],
        asked_by=["DROP_IN"],
        places=["COUNTY"],
        telephone="01632 960101",
        agency=workplace.worker("Helen Marsh").agency,
        source="Invented",
        pack_key="harbour_room",
    )


@pytest.fixture
def ada(workplace: Any) -> Any:
    return workplace.person("Ada", "Pugh")


def point(workplace: Any, who: str, **said: Any) -> Any:
    return workplace.begin("signposting", "point", who, **{**POINTED, **said})


def test_a_family_is_pointed_given_a_sheet_and_asked(workplace: Any, ada: Any, listing: Any) -> None:
    row = point(workplace, "Jo Ferris", person=ada, service=listing, own_words="And the club at school.")
    sheet = Document.objects.get(entry=row.pk)
    for told in ("Harbour Room", "Walk in.", "01632 960101", "And the club at school.", "999", "Jo Ferris"):
        assert told in sheet.words
    assert "Ada" not in sheet.words
    assert "Pugh" not in sheet.words
    assert "Nobody who runs this service has confirmed" in sheet.words
    assert Holding.objects.get(entry=row.pk, until__isnull=True).worker == workplace.worker("Jo Ferris")
    row = workplace.take(row, "attempt", "Jo Ferris", tried_how="Rang twice; no answer")
    assert row.state == row.State.POINTED
    row = workplace.take(row, "hear", "Jo Ferris", outcome="WAITING", told_by_whom="Her mother")
    assert row.ended
    first = row.answered_at
    row = workplace.take(
        row, "hear", "Jo Ferris", outcome="HELPED", told_by_whom="Her mother", outcome_says="She sings"
    )
    assert (row.outcome, row.answered_at) == ("HELPED", first)
    assert TimelineEvent.objects.get(entry=row.pk, step="point").says == "The family was pointed to a service"


def test_the_front_doors_decision_is_followed_up(workplace: Any) -> None:
    contact = workplace.decided(
        outcome="SIGNPOSTING", signposted_to="The young carers' group on Mondays, at the library"
    )
    row = Signposting.objects.get(contact=contact)
    assert row.own_words == contact.signposted_to
    assert row.why == contact.decision_reason
    assert row.entry.person_id == workplace.again(contact).entry.person_id
    assert Holding.objects.get(entry=row.pk).team.key == "early_help"
    assert Deadline.objects.get(entry=row.pk).started_at == contact.decided_at
    assert not Document.objects.filter(entry=row.pk).exists()  # nobody has yet said that the family wants it


@pytest.mark.parametrize("outcome", ["ADVICE", "NO_FURTHER_ACTION"])
def test_no_other_decision_points_anybody_anywhere(workplace: Any, outcome: str) -> None:
    workplace.decided(outcome=outcome)
    assert not Signposting.objects.exists()


def test_what_the_front_door_wrote_becomes_a_sheet(workplace: Any, listing: Any) -> None:
    workplace.decided(outcome="SIGNPOSTING", signposted_to="The room by the harbour")
    row = Signposting.objects.get()
    row = workplace.take(row, "give", "Petra Lind", service=listing, own_words="", agreed="yes")
    assert row.to == "Harbour Room"
    assert "Harbour Room" in Document.objects.get(entry=row.pk).words


@pytest.mark.parametrize(
    ("answers", "at"),
    [
        ({"agreed": "no"}, "agreed"),
        ({"agreed": ""}, "agreed"),
        ({"service": None, "own_words": "  "}, "service"),
        ({"why": ""}, "why"),
    ],
)
def test_nobody_is_sent_who_does_not_want_to(
    workplace: Any, ada: Any, listing: Any, refused: Any, answers: dict[str, Any], at: str
) -> None:
    with refused(at):
        point(workplace, "Jo Ferris", person=ada, **{"service": listing, **answers})


def test_it_stands_on_a_childs_record(workplace: Any, listing: Any, refused: Any) -> None:
    with refused(saying="Open the child's record first"):
        point(workplace, "Jo Ferris", service=listing)


def test_a_school_does_not_point(workplace: Any, listing: Any, refused: Any) -> None:
    with refused(kind=NotAllowed):
        point(workplace, "Ruth Adeyemi", service=listing)


def test_a_closed_service_is_not_offered(workplace: Any, ada: Any, listing: Any) -> None:
    workplace.take(listing, "close", "Petra Lind", closed_because="No more")
    browser = Client()
    browser.post("/demonstration/sign-in/", {"worker_id": workplace.worker("Petra Lind").pk})
    form = browser.get(f"/signposting/new/point/?person={ada.pk}&service=", follow=True).content.decode()
    if "Why do you need to open this record?" in form:
        browser.post(f"/why/?person={ada.pk}&next=/signposting/new/point/", {"reason": "Early help with the family"})
        form = browser.get(f"/signposting/new/point/?person={ada.pk}&service=").content.decode()
    assert "Point the family to a service" in form
    assert "Harbour Room" not in form


@pytest.mark.parametrize(
    ("answers", "refused_at"),
    [
        ({"outcome": "HELPED"}, "told_by_whom"),
        ({"outcome": "", "told_by_whom": "Her mother"}, "outcome"),
        ({"outcome": "NOT_REACHED"}, None),
        ({"outcome": "STARTED", "told_by_whom": "Ada"}, None),
    ],
)
def test_somebody_said_whether_it_helped(
    workplace: Any, ada: Any, listing: Any, answers: dict[str, str], refused_at: str | None
) -> None:
    row = point(workplace, "Jo Ferris", person=ada, service=listing)
    if refused_at is None:
        assert workplace.take(row, "hear", "Jo Ferris", **answers).ended
        return
    with pytest.raises(NotTaken) as caught:
        workplace.take(row, "hear", "Jo Ferris", **answers)
    assert refused_at in [fault.at for fault in caught.value.faults]


def test_it_is_asked_after_six_weeks(workplace: Any, ada: Any, listing: Any) -> None:
    now = timezone.now()
    row = point(workplace, "Jo Ferris", person=ada, service=listing, on=now - 7 * WEEK)
    deadline = Deadline.objects.get(entry=row.pk)
    assert local_day(deadline.due_at) - local_day(deadline.started_at) == 6 * WEEK
    assert deadline.due_at < now
    row = workplace.take(row, "leave", "Jo Ferris", left_because="They do not want to be asked")
    assert row.ended
    assert not Deadline.objects.filter(entry=row.pk).exists()


def test_those_not_asked_are_a_list(workplace: Any, ada: Any, listing: Any) -> None:
    point(workplace, "Jo Ferris", person=ada, service=listing, on=timezone.now() - 7 * WEEK)
    browser = Client()
    browser.post("/demonstration/sign-in/", {"worker_id": workplace.worker("Petra Lind").pk})
    listed = browser.get("/signposting/").content.decode()
    assert "Ada Pugh" in listed
    assert "Asked whether it helped" in listed


def test_a_service_knows_how_many_and_never_who(workplace: Any, ada: Any, listing: Any) -> None:
    browser = Client()
    browser.post("/demonstration/sign-in/", {"worker_id": workplace.worker("Helen Marsh").pk})
    assert "Nobody" in browser.get("/signposting/counts/").content.decode()
    rows = [point(workplace, "Jo Ferris", person=ada, service=listing) for _ in range(4)]
    few = browser.get("/signposting/counts/").content.decode()
    assert "Fewer than 5" in few
    assert "Ada" not in few
    point(workplace, "Jo Ferris", person=ada, service=listing)
    point(workplace, "Jo Ferris", person=ada, service=listing, on=timezone.now() - 60 * WEEK)
    assert ">5<" in browser.get("/signposting/counts/").content.decode().replace("\n", "").replace(" ", "")
    assert browser.get(f"/signposting/{rows[0].pk}/").status_code == 404


def test_the_service_is_looked_for_first_and_then_chosen(workplace: Any, ada: Any, listing: Any) -> None:
    browser = Client()
    browser.post("/demonstration/sign-in/", {"worker_id": workplace.worker("Jo Ferris").pk})
    first = browser.get(f"/signposting/new/point/?person={ada.pk}", follow=True)
    assert first.request["PATH_INFO"] == "/services/"
    words = first.content.decode()
    assert "Choose this" in words
    assert f"person={ada.pk}&amp;service={listing.pk}" in words
