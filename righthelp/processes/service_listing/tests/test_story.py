"""A service is listed, kept by whoever runs it, paused, and closed; and what each of its steps refuses."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from righthelp.engine.refusals import NotAllowed, NotTaken
from righthelp.guard.viewers import DIRECTORY, looking
from righthelp.packs import pack
from righthelp.processes.service_listing.listing import bring_in
from righthelp.processes.service_listing.models import ServiceListing
from righthelp.record.models import Deadline, TimelineEvent

pytestmark = pytest.mark.county

MONTH = timedelta(days=30.5)


def test_whoever_runs_a_service_keeps_its_listing(workplace: Any, kept: Any, as_typed: Any) -> None:
    assert kept.confirmed_at is None
    row = workplace.take(kept, "change", "Helen Marsh", **{**as_typed, "opening": "Mondays"})
    assert (row.opening, row.confirmed_at) == ("Mondays", row.changed_at)
    row = workplace.take(row, "pause", "Grace Okoro", paused_because="Full until spring")
    assert row.state == row.State.PAUSED
    row = workplace.take(row, "resume", "Helen Marsh")
    assert (row.state, row.paused_because) == (row.State.LISTED, "")
    row = workplace.take(row, "close", "Helen Marsh", closed_because="Ask at the library instead.")
    assert row.ended
    row = workplace.take(row, "reopen", "Petra Lind")
    assert (row.state, row.closed_at) == (row.State.LISTED, None)
    assert [event.says for event in TimelineEvent.objects.filter(entry=row.pk)] == [
        "Listed, as the county's pack says",
        "The listing was changed",
        "No places for now",
        "There are places again",
        "The service closed",
        "The listing was opened again",
    ]


def test_another_agency_keeps_its_hands_off(workplace: Any, kept: Any, refused: Any, as_typed: Any) -> None:
    with refused(kind=NotAllowed):
        workplace.take(kept, "confirm", "Ruth Adeyemi")  # of a school: not theirs, and so not there
    with refused(kind=NotAllowed):
        workplace.take(kept, "confirm", "Marian Blythe")  # the front door keeps no directory
    workplace.take(kept, "confirm", "Jo Ferris")  # the county's early help team may always


def test_a_listing_may_be_handed_to_the_agency_that_runs_it(workplace: Any, listed: Any) -> None:
    row, school = listed(), workplace.worker("Ruth Adeyemi").agency
    with pytest.raises(NotTaken):
        workplace.take(row, "confirm", "Ruth Adeyemi")
    row = workplace.take(row, "hand_over", "Petra Lind", agency=school)
    assert workplace.take(row, "confirm", "Ruth Adeyemi").confirmed_at


@pytest.mark.parametrize(
    ("answers", "at"),
    [
        ({"youngest": 12, "oldest": 4}, "oldest"),
        ({"oldest": 40}, "oldest"),
        ({"places": ["COUNTY", "HARBOUR" if pack().name == "elsewhere" else "LEDBURY"]}, "places"),
        ({"places": []}, "places"),
        ({"helps_with": ["NOTHING_SUCH"]}, "helps_with"),
        ({"asked_by": ["TELEPHONE"], "telephone": ""}, "telephone"),
        ({"asked_by": ["WEB"]}, "web"),
        ({"telephone": "ring us"}, "telephone"),
        ({"postcode": "nowhere"}, "postcode"),
        ({"web": "javascript:alert(1)"}, "web"),
        ({"email": "not an address"}, "email"),
        ({"what": ""}, "what"),
    ],
)
def test_what_cannot_be_right_is_refused(
    workplace: Any, kept: Any, refused: Any, as_typed: Any, answers: dict[str, Any], at: str
) -> None:
    with refused(at):
        workplace.take(kept, "change", "Helen Marsh", **{**as_typed, **answers})


def test_what_may_be_is_taken(workplace: Any, kept: Any, as_typed: Any) -> None:
    said = {"youngest": 0, "oldest": 0, "asked_by": ["WEB"], "web": "harbour.invalid", "postcode": "hr12ab"}
    row = workplace.take(kept, "change", "Helen Marsh", **{**as_typed, **said})
    assert (row.web, row.postcode, row.ages) == ("https://harbour.invalid", "HR1 2AB", "Babies under 1 year")


def test_places_are_expected_in_the_future(workplace: Any, kept: Any, refused: Any) -> None:
    today = f"{timezone.localdate():%d %m %Y}"
    with refused("places_expected_on"):
        workplace.take(kept, "pause", "Helen Marsh", paused_because="Full", places_expected_on=today)
    ahead = f"{timezone.localdate() + timedelta(days=40):%d %m %Y}"
    assert workplace.take(kept, "pause", "Helen Marsh", paused_because="Full", places_expected_on=ahead)


def test_it_is_confirmed_every_six_months(workplace: Any, listed: Any) -> None:
    now = timezone.now()
    row = listed(on=now - 14 * MONTH, agency=workplace.worker("Helen Marsh").agency)
    assert row.is_late
    row = workplace.take(row, "confirm", "Helen Marsh", on=now - 7 * MONTH)
    assert row.is_late
    assert row.waits_for_agency
    deadline = Deadline.objects.get(entry=row.pk)
    assert deadline.started_at == row.confirmed_at
    assert deadline.due_at < now
    row = workplace.take(row, "confirm", "Helen Marsh", on=now - 5 * MONTH)
    assert not row.is_late
    assert not row.waits_for_agency
    assert Deadline.objects.get(entry=row.pk).due_at > now


def test_the_pack_is_listed_once_and_never_over_its_keeper(workplace: Any) -> None:
    first = bring_in(pack().directory())
    assert (first.listed, first.changed) == (len(pack().directory()), 0)
    again = bring_in(pack().directory())
    assert (again.listed, again.changed, again.let_be) == (0, 0, first.listed)

    rows = list(ServiceListing.objects.order_by("pk"))
    workplace.take(rows[0], "confirm", "Petra Lind")
    for row in rows[:2]:
        with looking(DIRECTORY):
            ServiceListing.objects.filter(pk=row.pk).update(for_whom="As the pack said it before")
    third = bring_in(pack().directory())
    assert (third.listed, third.changed) == (0, 1)
    assert workplace.again(rows[0]).for_whom == "As the pack said it before"  # confirmed: its keeper's word stands
    assert workplace.again(rows[1]).for_whom != "As the pack said it before"


def test_the_command_says_what_it_did(workplace: Any, capsys: Any) -> None:
    call_command("list_services")
    call_command("list_services")
    said = capsys.readouterr().out.splitlines()
    number = len(pack().directory())
    assert said == [f"{number} listed, 0 changed, 0 as they were.", f"0 listed, 0 changed, {number} as they were."]


def test_a_touched_listing_is_not_taken_over(workplace: Any, kept: Any, refused: Any, as_typed: Any) -> None:
    row = workplace.take(kept, "confirm", "Helen Marsh")
    with refused(saying="what they say stands"):
        workplace.take(row, "bring_in_again", DIRECTORY, **as_typed, source="A newer paper")
