"""What the police told the hub of the small county, and what the hub did with it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from righthelp.engine.journal import Journal
from righthelp.engine.taking import begin, take
from righthelp.processes.contact.models import Contact
from righthelp.processes.police_notification.models import PoliceNotification
from righthelp.processes.school_notice.models import SchoolNotice

if TYPE_CHECKING:
    from tests.county import County

HOUR = timedelta(hours=1)
HUB = "front door social worker"


def _take(county: County, journal: Journal, row: Any, step: str, by: str, when: datetime, **answers: Any) -> None:
    take(row, step, by=county.as_(by), on=when, into=journal, **answers)


def _notify(county: County, journal: Journal, key: str, number: str, when: datetime) -> PoliceNotification:
    """The police tell the hub of a child of an incident."""
    say = county.say
    row = begin(
        PoliceNotification,
        "notify",
        by=county.as_("police notifier"),
        on=when,
        into=journal,
        incident_number=number,
        attended_at=when - 4 * HOUR,
        category="DOMESTIC_ABUSE",
        risk_grading="MEDIUM",
        place=say("The flat above the shop"),
        officers_saw=say("A plate was broken"),
        people_there=say("Ermintrude and Lee"),
        safety_note=say("Do not ring the house"),
        officer=say("PC Nobody"),
        child_given=say(key.title()),
        child_family=say("Hobblethwaite"),
        child_born_on="4 4 2014",
        child_lives_at=say("3 Weir Lane"),
        child_was="HEARD",
        child_said=say("I hid in the wardrobe"),
        school_named=say("Hill Lane"),
        school=county.staff.agencies["Hill Lane Primary School"],
    )
    county.rows[key] = row
    return row


def notifications(county: County, journal: Journal) -> None:
    """An incident of two children who wait; one passed to the front door; one of a child with an open case."""
    say, now = county.say, county.now
    number = say("N1")
    _notify(county, journal, "notified", number, now - 5 * HOUR)
    _notify(county, journal, "notified sibling", number, now - 5 * HOUR)
    passed = _notify(county, journal, "notified passed on", say("N2"), now - 30 * HOUR)
    told = _notify(county, journal, "notified worker", say("N3"), now - 30 * HOUR)
    for row in (passed, told):
        _take(county, journal, row, "tell_school", HUB, now - 20 * HOUR)
        _take(
            county, journal, row, "offer_service", HUB, now - 20 * HOUR, service_offered_to=say("Ermintrude"),
            service_offered=say("Safe Harbour"), service_answer="WANTED", safe_contact=say("At work, on Mondays"),
        )  # fmt: skip
    _take(county, journal, passed, "not_known", HUB, now - 20 * HOUR, match_reason=say("Nobody is like them"))
    _take(
        county, journal, passed, "pass_on", HUB, now - 19 * HOUR, outcome_reason=say("It was the third time"),
        own_view=say("The child rang themselves"), significant_harm_likely="yes",
    )  # fmt: skip
    by_number = {row.notification_id: row for row in journal.rows(SchoolNotice)}
    county.rows["school notice"], county.rows["school notice read"] = by_number[passed.pk], by_number[told.pk]
    _take(county, journal, by_number[told.pk], "acknowledge", "lead of the sender", now - 18 * HOUR)
    child = county.people["known"]
    _take(county, journal, told, "match", HUB, now - 17 * HOUR, matched_to=child, match_reason=say("Same birth"))
    _take(
        county,
        journal,
        told,
        "inform",
        HUB,
        now - 17 * HOUR,
        outcome_reason=say("He helps her"),
        significant_harm_likely="yes",
    )
    for row in journal.rows(Contact):
        if row.notification_id:
            county.rows["passed on" if row.notification_id == passed.pk else "told to who holds the case"] = row
