"""What the steps of a notification do beside changing it: whom it is about, what it belongs with, what goes on."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import NAMESPACE_URL, UUID, uuid5

from righthelp.engine.deadlines import fact
from righthelp.engine.learning import join as join_record
from righthelp.engine.process import processes
from righthelp.guard.models import Agency
from righthelp.guard.viewers import AsWorker
from righthelp.kernel.moments import local, local_day
from righthelp.kernel.page import Expect
from righthelp.kernel.written import write_moment
from righthelp.packs import pack
from righthelp.people.keys import plain
from righthelp.people.matching import Locked, locked_match
from righthelp.people.models import Involvement, Person
from righthelp.people.rows import Source
from righthelp.people.told import Told
from righthelp.record.models import CaseEntry

if TYPE_CHECKING:
    from righthelp.processes.police_notification.models import PoliceNotification

FROM_NURSERY, GROWN_UP = 3, 19  # years: before and after these a child of no named school goes to none


def as_told(notification: PoliceNotification) -> Told:
    """The child as the police told of them."""
    return Told(
        given=notification.child_given,
        family=notification.child_family,
        born_on=notification.child_born_on,
        sex=notification.child_sex,
        lines=notification.child_lives_at,
        postcode=notification.child_postcode,
    )


def tells_schools(category: str) -> bool:
    """Whether the child's school is told of an incident of this kind: the nation's code set says so."""
    codes = pack().codes("police_category")
    return category in codes and codes[category].also["school"] == "told"


def was_there(presence: str) -> bool:
    """Whether the child saw it, heard it or was in the home."""
    codes = pack().codes("police_presence")
    return presence in codes and codes[presence].also["there"] == "yes"


def written_number(number: str) -> str:
    """An incident number as it is compared: its letters and figures."""
    return "".join(number.split()).upper()


def incident_of(agency: UUID, number: str) -> UUID:
    """What all children of one incident of one force have in common, whenever they are told of."""
    return uuid5(NAMESPACE_URL, f"police-incident:{agency}:{written_number(number)}")


def child_key(notification: PoliceNotification) -> str:
    """The child within the incident: by name and date of birth, however they are written."""
    born = notification.child_born_on.isoformat() if notification.child_born_on else ""
    return f"{plain(notification.child_given)} {plain(notification.child_family)} {born}"[:220]


def take_down(notification: PoliceNotification, on: datetime) -> None:
    """Who sent it and when, which incident it belongs to, and whether the child's school is to be told."""
    notification.received_at = on
    name_sender(notification)
    notification.school_must_know = (
        notification.is_domestic_abuse and was_there(notification.child_was) and _goes_to_school(notification)
    )


def name_sender(notification: PoliceNotification) -> None:
    """The force and its worker: whoever is signed in, or whom the hub names as having sent the file."""
    by = notification.also.by
    if isinstance(by, AsWorker) and not by.is_county:
        notification.from_agency, notification.from_worker_id = agency_of(notification, by), by.worker
    elif notification.from_worker_id:
        notification.from_agency = notification.from_worker.agency
    if notification.from_agency_id:
        notification.incident = incident_of(notification.from_agency_id, notification.incident_number)
        notification.child_key = child_key(notification)


def agency_of(notification: PoliceNotification, by: AsWorker) -> Agency:
    """The agency of whoever is signed in, read once for a file."""
    journal = notification.also.journal
    agency: Agency = journal.once(("agency", by.agency), lambda: Agency.objects.get(pk=by.agency))
    return agency


def _goes_to_school(notification: PoliceNotification) -> bool:
    if notification.school_id or notification.school_named or notification.child_born_on is None:
        return True
    years = (local_day(notification.attended_at) - notification.child_born_on).days / 365.25
    return FROM_NURSERY <= years < GROWN_UP


LOCKED, TOLD_BEFORE = "locked people", "incidents told of before"


def read_once(force: UUID, numbers: Iterable[str]) -> dict[Hashable, Any]:
    """What a file asks of the record for each of its rows, read once: see `Journal.known`."""
    from righthelp.processes.police_notification.models import PoliceNotification

    incidents = {incident_of(force, number) for number in numbers}
    before = PoliceNotification.objects.filter(incident__in=incidents).values_list("incident", flat=True)
    return {LOCKED: Locked(), TOLD_BEFORE: set(before)}


def told_of_before(notification: PoliceNotification) -> bool:
    """Whether the record may hold other children of the incident."""
    known = notification.also.journal.known
    return TOLD_BEFORE not in known or notification.incident in known[TOLD_BEFORE]


def keep_within_a_locked_circle(notification: PoliceNotification) -> None:
    """A notification that is likely about a locked child is locked from the first moment, before anybody reads it.

    So are those of the other children of the incident: each holds the same words.
    """
    page = type(notification)
    journal = notification.also.journal
    waiting = [row for row in journal.rows(page) if row.incident == notification.incident]
    match = (
        journal.known[LOCKED].match(notification.told) if LOCKED in journal.known else locked_match(notification.told)
    )
    circle = match.person.circle_id if match else None
    others = [row.entry for row in waiting if row.pk != notification.pk]
    if told_of_before(notification):
        others += CaseEntry.objects.filter(pk__in=page.objects.filter(incident=notification.incident).values("pk"))
    circle = circle or next((entry.circle_id for entry in others if entry.circle_id), None)
    if circle is None:
        return
    for entry in (notification.entry, *others):
        if entry.circle_id is None:
            notification.also.keep_within(circle, entry)


def join(notification: PoliceNotification) -> None:
    """Join the child's record, and add to it what was told and is not there; a secret address stays where it is."""
    assert notification.matched_to is not None  # the step asks for it
    notification.is_not_known = False
    told = notification.told
    if notification.address_is_secret:
        told = Told(given=told.given, family=told.family, born_on=told.born_on, sex=told.sex)
    source = Source(f"Police notification from {notification.from_agency}"[:200], local_day(notification.received_at))
    person = notification.matched_to = join_record(notification.also, notification.matched_to, told, source)
    # Where the police named another, a person says which it is.
    if notification.school_id is None and not notification.school_named:
        notification.school = school_of(person)


def school_of(person: Person) -> Agency | None:
    """The school that a child goes to, by their record."""
    found = (
        Involvement.objects.filter(
            person=person, kind=Involvement.Kind.SCHOOL, until__isnull=True, agency__kind="school"
        )
        .select_related("agency")
        .order_by("-recorded_on", "pk")
        .first()
    )
    return found.agency if found else None


def decide(notification: PoliceNotification, outcome: str, on: datetime) -> None:
    """What the hub decided, and as much of it as the police are told."""
    told = notification.ToldPolice
    nothing = outcome == notification.Outcome.NO_FURTHER_ACTION
    notification.outcome = outcome
    notification.told_police = told.NO_FURTHER_ACTION if nothing else told.PASSED_ON
    notification.triaged_at = on


def pass_to_worker(notification: PoliceNotification) -> None:
    """It goes the front door's own way to who holds the child's open case, and is counted as no worry."""
    carried = {name: fact(notification, path) for name, path in to_the_front_door(notification).carries.items()}
    contact = notification.also.begin(
        processes()["contact"],
        "receive",
        notification.entry.person,
        {**carried, "notification": notification},
        arose_from=notification.entry,
    )
    notification.also.take(contact, "pass_on", {"passed_on_because": notification.outcome_reason[:2000]})


def to_the_front_door(notification: PoliceNotification) -> Expect:
    """What of a notification becomes what of a worry."""
    return next(expect for expect in notification.expects if expect.of == "contact")


def worry_to_pass_on(notification: PoliceNotification) -> str:
    """The worry, as the front door reads it: what officers saw, and what the hub made of it."""
    parts = [notification.officers_saw, f"The hub: {notification.outcome_reason}"]
    if notification.own_view:
        parts.append(f"For {notification.child_given}: {notification.own_view}")
    return "\n\n".join(parts)[:8000]


def what_happened(notification: PoliceNotification) -> str:
    """What happened, when and where, and who was there; no address where that is secret."""
    lines = [
        f"{notification.label('category', notification.category)}, incident {notification.incident_number}, attended "
        f"on {write_moment(local(notification.attended_at))}. "
        f"Risk as the police graded it: {notification.label('risk_grading', notification.risk_grading)}.",
        f"The child: {notification.label('child_was', notification.child_was)}.",
    ]
    if notification.place and not notification.address_is_secret:
        lines.append(f"Where: {notification.place}")
    if notification.people_there:
        lines.append(f"Who was there: {notification.people_there}")
    return "\n".join(lines)[:8000]


def must_not_be_told(notification: PoliceNotification) -> str:
    """What the front door must not pass to the family."""
    secret = "The address is secret: it is on the police notification only." if notification.address_is_secret else ""
    return "\n".join(part for part in (notification.safety_note, secret) if part)[:2000]
