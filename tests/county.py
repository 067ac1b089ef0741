"""A small county with something of everything in it, made through steps: for tests that cross rooms.

`make_county()` needs an empty database and nobody looking. Everybody in it is invented. A text that somebody writes
passes through `say`, so that a test can put its own words in place of each.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from django.test import Client
from django.utils import timezone

from righthelp.demo.staff import Staff, make_staff
from righthelp.engine.journal import Journal
from righthelp.engine.notices.planning import plan
from righthelp.engine.notices.post import ShownOnly
from righthelp.guard.models import Account, Appointment, Worker
from righthelp.guard.roles import ROLES
from righthelp.guard.viewers import DEMONSTRATION, AsWorker, looking, worker_looking
from righthelp.people.models import Person
from righthelp.record.models import NoticeMessage
from righthelp.returns.cin.at_entry import ask_of_everybody
from tests import (
    county_daily,
    county_documents,
    county_doors,
    county_families,
    county_family_help,
    county_oversight,
    county_police,
    county_protection,
    county_services,
    county_statistics,
    county_systems,
    county_worries,
)

Say = Callable[[str], str]
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
LEFT = "somebody who has left"
SECOND_FACTOR = {"secret": "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"}  # of every account, as the sign-in library keeps it

# Who plays which part: a name of the demonstration's staff, or the first of a role or of a kind of agency.
CAST = {
    "sender": "Tom Fairley",  # a partner; sent most of the worries
    "lead of the sender": "Ruth Adeyemi",  # of the same school; sent one herself
    "asked": "Helen Marsh",  # a partner of the agency that is asked what it knows
    "lead of the asked": "Grace Okoro",
    "circle member": "Nia Prosser",
    "locksmith": "Sylvia Marchetti",
    "allocated": "Ade Bankole",  # the social worker who holds a referral
    "without relation": "Fiona Garrick",  # a social worker who holds nothing
    "opened in an emergency": "Jo Ferris",
}
# One worker of each role, none of whom is a member of the locked circle or has opened it, but the locksmith.
ROLE_HOLDERS = {
    "partner": "sender",
    "partner lead": "lead of the sender",
    "police notifier": "Gwen Tarrant",
    "contact worker": "Dale Winters",
    "front door social worker": "Sam Holt",
    "front door manager": "Marian Blythe",
    "early help worker": "Jo Ferris",
    "early help manager": "Petra Lind",
    "social worker": "allocated",
    "team manager": "Leonard Swann",
    "conference chair": "Beverley Ashdown",
    "business support": "Colin Ember",
    "head of service": "locksmith",
    "information governance": "Ivan Brandt",
    "user administrator": "Una Kelleher",
}

# Everybody whose part differs from that of the others: who they are is said in `CAST` and `ROLE_HOLDERS`.
VIEWERS = (
    *ROLE_HOLDERS,
    "asked",
    "lead of the asked",
    "uninvolved",
    "lead of the uninvolved",
    "circle member",
    "without relation",
)


@dataclass
class County:
    """The county: who works there, the children by what they are there for, and what was done, by name."""

    staff: Staff
    now: datetime
    say: Say
    people: dict[str, Person] = field(default_factory=dict)
    rows: dict[str, Any] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)  # of partners' systems, as they hold them

    def worker(self, who: str) -> Worker:
        """A worker by name, by part (`CAST`) or by role; `LEFT` is one whose role ended yesterday."""
        name = CAST.get(ROLE_HOLDERS.get(who, who), ROLE_HOLDERS.get(who, who))
        if name == "uninvolved":
            return self.staff.by_kind["housing"][0]
        if name == "lead of the uninvolved":
            return self.staff.in_role["partner lead"][-1]
        return self.staff.workers[name]

    def as_(self, who: str) -> AsWorker:
        """Who looks when this worker does, as things stand now."""
        viewer = worker_looking(self.worker(who).pk)
        assert viewer is not None, f"{who} holds no role"
        return viewer

    def client(self, who: str | None = None, **headers: str) -> Client:
        """A browser, signed in as somebody."""
        browser = Client(raise_request_exception=False, headers=headers or None)
        if who is not None:
            account = self.worker(who).account
            assert account is not None, f"{who} has no account"
            browser.force_login(account)
        return browser

    def account(self, who: str) -> Account:
        account = self.worker(who).account
        assert isinstance(account, Account)
        return account


def plain(words: str) -> str:
    """As written."""
    return words


def make_county(say: Say = plain, *, now: datetime | None = None, locked: bool = True) -> County:
    """The county. Without `locked` there is no locked family; `lock_a_family` adds it later."""
    moment = now or timezone.now()
    with looking(DEMONSTRATION):
        county = County(_staff(), moment, say)
        with gathering(county) as journal:
            county_families.known(county, journal)
        with gathering(county) as journal:
            county_worries.worries(county, journal)
            county_worries.relatives(county, journal)
        with gathering(county) as journal:
            county_police.notifications(county, journal)
        with gathering(county) as journal:
            county_doors.doors(county, journal)
        with gathering(county) as journal:
            county_doors.early_help(county, journal)
        with gathering(county) as journal:
            county_doors.on_open_cases(county, journal)
        with gathering(county) as journal:
            county_services.services(county, journal)
        with gathering(county) as journal:
            county_systems.systems(county, journal)
        with gathering(county) as journal:
            county_documents.reports(county, journal)
        with gathering(county) as journal:
            county_family_help.family_help(county, journal)
        county_family_help.met_and_seen(county)
        county_protection.protection(county)
        county_protection.enquiries(county)
        with gathering(county) as journal:
            county_oversight.called_for(county, journal)
        with gathering(county) as journal:
            county_oversight.oversight(county, journal)
        county_statistics.releases(county)
        county_daily.sent(county)
        if locked:
            lock_a_family(county)
    ask_of_everybody()  # what was done by the journal was not asked step by step
    # Whoever is told that something waits has wishes, and messages that were made for them.
    plan(moment, {NoticeMessage.By.EMAIL: ShownOnly()})
    return county


def lock_a_family(county: County) -> None:
    """A family whose records are locked, told of before and after; and an emergency opening that has closed again."""
    with looking(DEMONSTRATION):
        with gathering(county) as journal:
            county_families.to_be_locked(county, journal)
        county_protection.locked_discussion(county)
        with gathering(county) as journal:
            county_worries.lock(county, journal)
        for key in ("locked", "locked sibling", "locked father"):
            county.people[key].refresh_from_db()
        with gathering(county) as journal:
            county_worries.locked_worries(county, journal)
            county_worries.locked_relatives(county, journal)
            county_doors.locked_doors(county, journal)
        with gathering(county) as journal:
            county_documents.locked_report(county, journal)
        county_daily.refused(county, "locked")
    ask_of_everybody()


class gathering:
    """A journal of the demonstration, written when the block ends."""

    def __init__(self, county: County) -> None:
        self.journal = Journal(now=county.now)

    def __enter__(self) -> Journal:
        return self.journal

    def __exit__(self, kind: object, *_: object) -> None:
        if kind is None:
            self.journal.write(DEMONSTRATION)


def _staff() -> Staff:
    """The demonstration's named workers with a second factor each; one who has left; nobody more than is needed."""
    journal = Journal()
    staff = make_staff(journal, schools=4, practices=2)
    for worker in (staff.by_kind["housing"][0], staff.in_role["partner lead"][-1]):
        worker.account = _account(f"{worker.pk}@demonstration.invalid")
    left = Worker(
        agency=staff.agencies["county"],
        name=LEFT,
        job_title="Social worker",
        since=date(2020, 1, 1),
        account=_account("left@demonstration.invalid"),
    )
    yesterday = timezone.localdate() - DAY
    journal.add(left, Appointment(worker=left, role="social worker", since=left.since, until=yesterday))
    staff.workers[LEFT] = left
    journal.write(DEMONSTRATION)
    accounts = [worker.account for worker in staff.workers.values() if worker.account]
    Authenticator.objects.bulk_create(
        [Authenticator(user=account, type=Authenticator.Type.TOTP, data=SECOND_FACTOR) for account in accounts]
    )
    return staff


def _account(email: str) -> Account:
    account = Account(email=email)
    account.set_unusable_password()
    account.save()
    return account


def every_role() -> Iterator[str]:
    """Each role that there is: a role without a holder here fails whoever asks for one."""
    yield from ROLES
