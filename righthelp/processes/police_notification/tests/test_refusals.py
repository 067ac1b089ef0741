"""Each rule of a notification, with one that passes it and one that does not."""

from datetime import date

import pytest

from righthelp.engine.process import process
from righthelp.guard.viewers import looking
from righthelp.processes.police_notification.models import PoliceNotification
from righthelp.processes.police_notification.tests.making import HUB, TOLD, known, notified
from righthelp.record.models import Deadline

FUTURE = "2 1 2044"


def test_only_the_police_send_them(workplace, refused):
    with refused("from_worker", saying="Say who in the police sent it"):
        workplace.begin("police_notification", "notify", HUB, **TOLD)
    with refused("from_worker"):
        workplace.begin("police_notification", "notify", HUB, from_worker=workplace.worker("Ruth Adeyemi"), **TOLD)
    row = workplace.begin("police_notification", "notify", HUB, from_worker=workplace.worker("Imran Qureshi"), **TOLD)
    assert row.from_agency.name == "Border Counties Police"


@pytest.mark.parametrize(
    ("told", "at"),
    [
        ({"attended_at": [FUTURE, "9:00"]}, "attended_at"),
        ({"child_born_on": "1 1 2027"}, "child_born_on"),
        ({"child_postcode": "HERE"}, "child_postcode"),
        ({"address_is_secret": "yes", "child_lives_at": "", "child_postcode": ""}, "address_is_secret"),
        ({"category": "BURGLARY"}, "category"),
        ({"officers_saw": ""}, "officers_saw"),
        ({"incident_number": ""}, "incident_number"),
        ({"child_given": ""}, "child_given"),
    ],
)
def test_what_cannot_be_so_is_refused_at_its_question(workplace, refused, told, at):
    with refused(at):
        notified(workplace, **told)


def test_a_child_of_an_incident_is_sent_once(workplace, refused):
    notified(workplace)
    with refused("incident_number", saying="sent already"):
        notified(workplace, incident_number=" 0001-090626 ", child_given="ADA")
    notified(workplace, incident_number="0002-090626")
    notified(workplace, child_given="Bob")
    assert PoliceNotification.objects.count() == 3


def test_it_is_said_first_who_the_child_is(workplace, refused):
    row = workplace.take(notified(workplace), "tell_school", HUB)
    with refused(saying="Say first which child Ada Pugh is"):
        workplace.take(row, "close", HUB, outcome_reason="Loud, and no more.")
    workplace.take(known(workplace, row), "close", HUB, outcome_reason="Loud, and no more.")


def test_the_school_is_dealt_with_before_anything_is_decided(workplace, refused):
    row = known(workplace, notified(workplace))
    with refused(saying="The school of Ada Pugh has not been told"):
        workplace.take(row, "close", HUB, outcome_reason="Loud, and no more.")
    row = workplace.take(row, "leave_school", HUB, school_not_told_because="Her father teaches there.")
    assert not Deadline.objects.filter(entry=row.pk, clock="school told").exists()
    workplace.take(row, "close", HUB, outcome_reason="Loud, and no more.")


@pytest.mark.parametrize(
    ("told", "to_be_told"),
    [
        ({}, True),
        ({"category": "MISSING"}, False),
        ({"child_was": "ELSEWHERE"}, False),
        ({"child_was": "NOT_KNOWN"}, False),
        ({"child_born_on": "1 1 2025", "school_named": "", "school": None}, False),
        ({"child_born_on": "", "school_named": "", "school": None}, True),
        ({"child_born_on": "1 1 2025", "school_named": "Little Acorns", "school": None}, True),
    ],
)
def test_which_schools_are_told(workplace, refused, told, to_be_told):
    """Domestic abuse at which the child was there, and a child who goes to one."""
    row = notified(workplace, **told)
    assert row.school_must_know is to_be_told
    if not to_be_told:
        with refused(saying="No school is told"):
            workplace.take(row, "tell_school", HUB)


def test_a_school_that_nobody_named_is_rung_or_named(workplace, refused):
    row = notified(workplace, school=None, school_named="St Nobody's")
    with refused(saying="Say first which school"):
        workplace.take(row, "tell_school", HUB)
    with refused("school"):
        workplace.take(row, "name_school", HUB, school=workplace.staff.agencies["Border Counties Police"])
    row = workplace.take(row, "name_school", HUB, school=workplace.staff.schools[1])
    row = workplace.take(row, "tell_school", HUB)
    with refused(saying="The school has been told already"):
        workplace.take(row, "ring_school", HUB, school_spoken_to="The head")


def test_an_adult_is_no_child(workplace, refused):
    child = workplace.person("Ada", "Pugh")
    grown = workplace.person("Ada", "Pugh", born_on=date(1980, 1, 1))
    row = notified(workplace)
    with refused("matched_to", saying="is an adult"):
        workplace.take(row, "match", HUB, matched_to=grown, match_reason="Same name")
    workplace.take(row, "match", HUB, matched_to=child, match_reason="Same name")


def test_whoever_wants_help_is_reached_safely(workplace, refused):
    row = notified(workplace)
    offered = {"service_offered_to": "Beth Pugh", "service_offered": "Safe Harbour"}
    with refused("safe_contact"):
        workplace.take(row, "offer_service", HUB, service_answer="WANTED", **offered)
    workplace.take(row, "offer_service", HUB, service_answer="NOT_REACHED", **offered)


def test_what_is_not_domestic_abuse_has_a_time_of_its_own(workplace):
    row = notified(workplace, category="NEGLECT")
    assert {deadline.clock for deadline in Deadline.objects.filter(entry=row.pk)} == {"first look"}
    row = known(workplace, row)
    row = workplace.take(row, "close", HUB, outcome_reason="Seen by the health visitor today.")
    assert Deadline.objects.get(entry=row.pk).stopped_at


def test_a_day_whose_terms_are_not_known_stops_nothing(workplace):
    """The county's term dates end: a notification is still taken, and has no made-up time."""
    row = notified(workplace, attended_at=["1 5 2022", "9:00"])
    assert row.school_must_know
    assert not Deadline.objects.filter(entry=row.pk, clock="school told").exists()


class TestLocked:
    """A notification about a locked child is locked from the first moment, with all children of the incident."""

    def lock(self, workplace):
        child = workplace.person("Nye", "Lock", lines="4 Mill Road", postcode="HR4 9AA")
        workplace.begin(
            "locked_circle", "lock", "Sylvia Marchetti", person=child, why="Her own nephew",
            members=[{"worker": workplace.worker("Marian Blythe")}],
        )  # fmt: skip
        return child

    def test_nobody_outside_the_circle_sees_it_or_its_siblings(self, workplace):
        self.lock(workplace)
        notified(workplace, child_given="Ada")
        notified(workplace, child_given="Nye", child_family="Lock")
        notified(workplace, child_given="Cy")
        with looking(workplace.as_(HUB)):
            assert not PoliceNotification.objects.exists()
        with looking(workplace.as_("Marian Blythe")):
            assert PoliceNotification.objects.count() == 3

    def test_its_school_is_rung(self, workplace, refused):
        self.lock(workplace)
        row = notified(workplace, child_given="Nye", child_family="Lock")
        with refused(saying="is locked. Ring the school"):
            workplace.take(row, "tell_school", "Marian Blythe")
        workplace.take(row, "ring_school", "Marian Blythe", school_spoken_to="Ruth Adeyemi")

    def test_what_it_leads_to_is_locked(self, workplace):
        self.lock(workplace)
        row = notified(workplace, child_given="Nye", child_family="Lock", category="HARM")
        row = workplace.take(row, "not_known", "Marian Blythe", match_reason="Not yet")
        workplace.take(row, "pass_on", "Marian Blythe", outcome_reason="Hurt.", significant_harm_likely="yes")
        with looking(workplace.as_(HUB)):
            assert not process("contact").objects.exists()
        with looking(workplace.as_("Marian Blythe")):
            assert process("contact").objects.exists()
