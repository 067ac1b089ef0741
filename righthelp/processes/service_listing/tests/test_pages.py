"""What everybody sees, what whoever keeps a listing sees, and what is said of a listing that nobody confirmed."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from righthelp.guard.guarded import NotShown
from righthelp.guard.models import Agency
from righthelp.guard.viewers import PUBLIC, AsPublic, Refused, looking
from righthelp.people.models import Person
from righthelp.processes.service_listing.models import ServiceListing
from righthelp.record.models import CaseEntry

YEAR = timedelta(days=365)


def page(address: str, browser: Client | None = None) -> str:
    answer = (browser or Client()).get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_anybody_searches_and_reads(listed: Any) -> None:
    row = listed()
    found = page("/services/?words=toys")
    assert "Harbour Room" in found
    assert "1 service that may help" in found
    one = page(f"/services/{row.pk}/")
    assert "Anybody with a child under five" in one
    assert "Walk in." in one
    assert "01632 960101" in one


def test_what_was_mistyped_is_said_and_nothing_is_listed(listed: Any) -> None:
    listed()
    said = page("/services/?words=toys&age=seven")
    assert "Enter the age in whole years, such as 7" in said
    assert "Harbour Room" not in said
    assert 'value="toys"' in said


def test_what_was_not_found_is_said(listed: Any) -> None:
    listed()
    assert "Nothing was found" in page("/services/?words=xylophone")


@pytest.mark.parametrize(
    ("confirmed", "says"),
    [(None, "Not confirmed yet"), (YEAR, "Not confirmed since"), (timedelta(days=3), "Confirmed on")],
)
def test_everybody_is_told_whether_it_is_confirmed(
    workplace: Any, listed: Any, confirmed: timedelta | None, says: str
) -> None:
    now = timezone.now()
    row = listed(on=now - 2 * YEAR)
    if confirmed:
        workplace.take(row, "confirm", "Petra Lind", on=now - confirmed)
    assert says in page(f"/services/{row.pk}/")


def test_a_pause_and_an_end_are_said_to_everybody(workplace: Any, listed: Any) -> None:
    row = listed()
    row = workplace.take(row, "pause", "Petra Lind", paused_because="Full until spring")
    assert "Full until spring" in page(f"/services/{row.pk}/")
    assert "Not taking anybody on now" in page("/services/")
    workplace.take(row, "close", "Petra Lind", closed_because="Ask at the library.")
    assert "Ask at the library." in page(f"/services/{row.pk}/")
    assert "Harbour Room" not in page("/services/")
    assert Client().get(f"/services/{row.pk}/wrong/").status_code == 404


def test_the_public_sees_what_is_published_and_nothing_else(workplace: Any, kept: Any) -> None:
    workplace.registered()
    with looking(PUBLIC):
        row = ServiceListing.objects.get(pk=kept.pk)
        assert row.name == "Harbour Room"
        assert not Person.objects.exists()
        assert not Agency.objects.exists()
        assert not CaseEntry.objects.exists()
        with pytest.raises(NotShown):
            ServiceListing.objects.values_list("pack_key")
        with pytest.raises(Refused):
            _ = row.agency_id


def test_the_public_is_one(listed: Any) -> None:
    assert AsPublic() == PUBLIC


def test_whoever_keeps_a_listing_sees_what_it_lacks(workplace: Any, kept: Any, listed: Any) -> None:
    other = listed(name="The Boat Shed", pack_key="boat_shed")
    browser = workplace.signed_in("Grace Okoro")
    keeping = page("/service_listing/", browser)
    assert "Harbour Room" in keeping
    assert "The Boat Shed" not in keeping
    record = page(f"/service_listing/{kept.pk}/", browser)
    assert "Nobody who runs the service has confirmed it yet" in record
    assert "Confirm that it is right" in record
    assert browser.get(f"/service_listing/{other.pk}/").status_code == 404
    assert browser.post(f"/service_listing/{kept.pk}/confirm/", {}, follow=True).status_code == 200
    assert "It is in the open data" in page(f"/service_listing/{kept.pk}/", browser)


def test_the_county_sees_every_listing_and_adds_to_them(workplace: Any, kept: Any, listed: Any) -> None:
    listed(name="The Boat Shed", pack_key="boat_shed")
    browser = workplace.signed_in("Petra Lind")
    keeping = page("/service_listing/", browser)
    assert "The Boat Shed" in keeping
    assert "Add a service" in keeping
    assert "The Boat Shed" not in page("/service_listing/?only=published", browser)
    # Nobody is asked why they open what is about no child.
    assert "The Boat Shed" in page(f"/service_listing/{ServiceListing.objects.get(pack_key='boat_shed').pk}/", browser)


def test_a_worker_who_keeps_nothing_is_told_so(workplace: Any) -> None:
    assert workplace.signed_in("Ade Bankole").get("/service_listing/").status_code == 403


def test_a_listing_waits_in_a_partners_workspace_only_when_it_is_time(workplace: Any, kept: Any) -> None:
    browser = workplace.signed_in("Grace Okoro")
    assert "waiting for you" in page("/", browser)
    workplace.take(kept, "confirm", "Grace Okoro")
    assert "waiting for you" not in page("/", browser)


def test_only_a_page_of_ours_is_led_back_to(workplace: Any, listed: Any) -> None:
    listed()
    browser = workplace.signed_in("Petra Lind")
    assert "Choose this" in page("/services/?choose=/signposting/new/point/", browser)
    for elsewhere in ("https://elsewhere.invalid/", "//elsewhere.invalid/", "javascript:alert(1)"):
        assert "Choose this" not in page(f"/services/?choose={elsewhere}", browser)
    assert "Choose this" not in page("/services/?choose=/signposting/new/point/")  # nobody signed in chooses nothing


def test_no_more_queries_for_more_listings(workplace: Any, listed: Any, django_assert_max_num_queries: Any) -> None:
    for number in range(15):
        listed(name=f"Room {number}", pack_key=f"room_{number}", agency=workplace.worker("Helen Marsh").agency)
    browser = workplace.signed_in("Petra Lind")
    page("/service_listing/", browser)
    with django_assert_max_num_queries(25):
        page("/service_listing/", browser)
    with django_assert_max_num_queries(12):
        page("/services/?words=room")
