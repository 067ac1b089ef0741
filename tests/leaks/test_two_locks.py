"""The managers alone and row-level security alone hide the same rows from everybody; and nothing leaks by joins."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import Count, Exists, F, Max, OuterRef, Subquery
from django.utils import timezone

from righthelp.guard.guarded import guarded_models
from righthelp.guard.models import Appointment, Opening, Worker
from righthelp.guard.viewers import STEP, NoViewer, Viewer, looking
from righthelp.people.models import HouseholdMember, Person, Relationship
from righthelp.processes.contact.models import Contact, ContactAdult
from righthelp.record.models import CaseEntry, Document, TimelineEvent
from tests.county import VIEWERS, County
from tests.databases import by_the_owner

Rows = dict[str, set[Any]]
OPENED_NOW = "opened in an emergency that goes on"


@pytest.fixture(scope="module")
def county(lasting_county: County) -> County:
    """The county, with an emergency opening that has not closed."""
    now = timezone.now()
    with looking(STEP):
        Opening.objects.create(
            circle=lasting_county.people["locked"].circle,
            worker=lasting_county.worker("Leonard Swann"),
            opened_at=now - timedelta(hours=1),
            closes_at=now + timedelta(hours=1),
        )
    return lasting_county


@pytest.fixture(scope="module")
def viewers(county: County) -> dict[str, Viewer]:
    """Everybody who looks, as they are now."""
    everybody: dict[str, Viewer] = {who: county.as_(who) for who in VIEWERS}
    assert county.as_("team manager").circles, "The opening that goes on is of the team manager."
    return everybody | {"a purpose": STEP}


def behind_the_second_lock(viewer: Viewer) -> Rows:
    """What the database gives to plain SQL: only row-level security stands before it."""
    found = {}
    with looking(viewer), connection.cursor() as cursor:
        for model in guarded_models():
            cursor.execute(f'SELECT "{model._meta.pk.column}" FROM "{model._meta.db_table}"')
            found[model._meta.label] = {row[0] for row in cursor.fetchall()}
    return found


def behind_the_first_lock(viewer: Viewer) -> Rows:
    """What the managers give. For the owner no policy holds, and they stand alone."""
    with looking(viewer):
        return {model._meta.label: set(model.objects.values_list("pk", flat=True)) for model in guarded_models()}


@pytest.fixture(scope="module")
def first_alone(county: County, viewers: dict[str, Viewer]) -> dict[str, Rows]:
    with by_the_owner():
        return {who: behind_the_first_lock(viewer) for who, viewer in viewers.items()}


@pytest.fixture(scope="module")
def second_alone(county: County, viewers: dict[str, Viewer]) -> dict[str, Rows]:
    return {who: behind_the_second_lock(viewer) for who, viewer in viewers.items()}


def test_policies_do_not_bind_the_owner(first_alone: dict[str, Rows], county: County) -> None:
    with by_the_owner(), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM person")
        assert cursor.fetchone()[0] == len(first_alone["a purpose"]["people.Person"]) > 0


@pytest.mark.parametrize("who", [*VIEWERS, "a purpose"])
def test_each_lock_alone_hides_the_same_rows(
    who: str, first_alone: dict[str, Rows], second_alone: dict[str, Rows]
) -> None:
    differ = {
        label: (len(rows - second_alone[who][label]), len(second_alone[who][label] - rows))
        for label, rows in first_alone[who].items()
        if rows != second_alone[who][label]
    }
    assert not differ, "more by the managers, more by the database"


@pytest.mark.parametrize("who", VIEWERS)
def test_both_locks_together_hide_no_more_than_each(
    who: str, viewers: dict[str, Viewer], second_alone: dict[str, Rows]
) -> None:
    assert behind_the_first_lock(viewers[who]) == second_alone[who]


def test_every_model_has_a_row_that_somebody_may_not_see(second_alone: dict[str, Rows]) -> None:
    """Else the equality above says nothing of it."""
    everything = second_alone["a purpose"]
    seen_by_all = {"guard.Agency", "guard.Team"}
    for model in guarded_models():
        label = model._meta.label
        rows = everything[label]
        if not model.seen_by:
            assert all(not second_alone[who][label] for who in VIEWERS), f"{label} is for purposes alone"
            continue
        assert rows, f"{label} has no row in the county"
        if label not in seen_by_all:
            assert any(second_alone[who][label] < rows for who in VIEWERS), f"everybody sees every {label}"


# What each may see, in plain words, counted apart from the rules.
LOCKED_PEOPLE = {"locked", "locked sibling", "locked father", "locked relative herself"}
INSIDE = {"circle member", "head of service", "team manager"}  # a member, the locksmith, who opened it just now
PARTNERS = {
    "partner", "partner lead", "police notifier", "asked", "lead of the asked", "uninvolved", "lead of the uninvolved",
}  # fmt: skip
LOCKED_ROWS = {
    "locked", "locked before", "locked unmatched", "locked asked", "locked referral", "lock", "emergency opening",
    "locked relative", "locked duplicate",
}  # fmt: skip


@pytest.mark.parametrize("who", VIEWERS)
def test_people_are_seen_by_those_whose_work_is_with_children_but_for_the_locked(
    who: str, county: County, second_alone: dict[str, Rows]
) -> None:
    everybody = second_alone["a purpose"]["people.Person"]
    locked = {county.people[key].pk for key in LOCKED_PEOPLE}
    expected = set() if who in {*PARTNERS, "user administrator"} else everybody if who in INSIDE else everybody - locked
    assert second_alone[who]["people.Person"] == expected


@pytest.mark.parametrize("who", VIEWERS)
def test_entries_of_a_locked_family_are_seen_only_inside_its_circle(
    who: str, county: County, second_alone: dict[str, Rows]
) -> None:
    locked = {county.rows[key].pk for key in LOCKED_ROWS}
    seen = second_alone[who]["record.CaseEntry"] & locked
    assert seen == (locked if who in INSIDE else set())


SENT_BY_THE_SCHOOL = {
    "received", "received sibling", "screening", "held", "known", "helped", "changed", "locked", "locked before",
    "locked unmatched", "call", "call confirmed", "call untold", "form joined", "news", "news read", "locked call",
    "sent by a system",
}  # fmt: skip
TOLD_BY_OTHERS = {"held", "call untold", "sent by a system"}  # of the same school
ASKED_OF_HEALTH = {"asked", "answered", "locked asked"}


@pytest.mark.parametrize(
    ("who", "model", "expected"),
    [
        ("partner", "contact.Contact", SENT_BY_THE_SCHOOL - TOLD_BY_OTHERS),
        ("partner lead", "contact.Contact", SENT_BY_THE_SCHOOL),
        ("asked", "contact.Contact", set()),
        ("uninvolved", "contact.Contact", set()),
        ("lead of the uninvolved", "contact.Contact", set()),
        ("user administrator", "contact.Contact", set()),
        ("asked", "information_request.InformationRequest", ASKED_OF_HEALTH),
        ("lead of the asked", "information_request.InformationRequest", ASKED_OF_HEALTH),
        ("partner lead", "information_request.InformationRequest", set()),
        ("uninvolved", "information_request.InformationRequest", set()),
        *((who, "referral.Referral", set()) for who in sorted(PARTNERS)),
        *((who, "locked_circle.LockedCircle", set()) for who in sorted(PARTNERS)),
        *((who, "record.TimelineEvent", set()) for who in sorted(PARTNERS)),
        *((who, "contact.ContactDecision", set()) for who in sorted(PARTNERS)),
    ],
)
def test_partners_see_what_they_sent_and_what_they_are_asked(
    who: str, model: str, expected: set[str], county: County, second_alone: dict[str, Rows]
) -> None:
    assert second_alone[who][model] == {county.rows[key].pk for key in expected}


# Ways round a lock that sees only the table a query starts from.
JOINS: dict[str, Any] = {
    "related rows": lambda: {
        row.entry.person.called for row in Contact.objects.select_related("entry__person") if row.entry.person
    },
    "values of a join": lambda: set(Contact.objects.values_list("entry__person__called", flat=True)),
    "the other end of a relationship": lambda: set(Relationship.objects.values_list("other__called", flat=True)),
    "prefetched": lambda: {
        member.person.called
        for home in HouseholdMember.objects.prefetch_related("household__members__person")
        for member in home.household.members.all()
    },
    "from a worker backwards": lambda: set(
        CaseEntry.objects.filter(holdings__worker__isnull=False).values_list("person__called", flat=True)
    ),
    "annotated": lambda: set(
        Document.objects.annotate(child=F("entry__person__called")).values_list("child", flat=True)
    ),
    "the greatest": lambda: {
        Contact.objects.filter(child_family=F("child_family")).aggregate(one=Max("entry__person__called"))["one"]
    },
    "a subquery": lambda: set(
        TimelineEvent.objects.annotate(
            child=Subquery(Person.objects.filter(entries=OuterRef("entry")).values("called")[:1])
        ).values_list("child", flat=True)
    ),
    "a union": lambda: set(
        Person.objects.values_list("called").union(Contact.objects.values_list("entry__person__called"))
    ),
    "parts of a worry": lambda: {
        adult.contact.entry.person.called
        for adult in ContactAdult.objects.select_related("contact__entry__person")
        if adult.contact.entry.person_id
    },
}


@pytest.mark.parametrize("way", JOINS)
@pytest.mark.parametrize("who", ["front door manager", "without relation", "early help worker", "user administrator"])
def test_no_join_leads_to_a_locked_person(way: str, who: str, county: County) -> None:
    with looking(STEP):
        locked = {Person.objects.get(pk=county.people[key].pk).called for key in LOCKED_PEOPLE}
    with looking(county.as_(who)):
        assert not locked & {str(found[0] if isinstance(found, tuple) else found) for found in JOINS[way]()}


@pytest.mark.parametrize("who", ["partner", "lead of the asked", "uninvolved"])
def test_no_join_leads_a_partner_to_anybody(who: str, county: County) -> None:
    with looking(county.as_(who)):
        assert not Document.objects.filter(entry__person__isnull=False).exists()
        assert not Contact.objects.filter(entry__person__called__contains="").exists()
        assert Contact.objects.aggregate(seen=Count("entry__person"))["seen"] == 0


def test_counting_through_a_join_counts_nothing_that_is_locked(county: County) -> None:
    viewer = county.as_("front door manager")
    with looking(viewer):
        worker = Worker.objects.filter(pk=county.worker("sender").pk)
        found = worker.annotate(
            locked=Exists(Contact.objects.filter(from_worker=OuterRef("pk"), entry__circle__isnull=False))
        ).get()
        assert found.locked is False


def test_nobody_asks_without_saying_who_looks(county: County) -> None:
    for model in guarded_models():
        with pytest.raises(NoViewer):
            model.objects.count()
        with pytest.raises(NoViewer):
            model._base_manager.first()


def test_a_lost_setting_opens_nothing(county: County) -> None:
    with connection.cursor() as cursor:
        for model in guarded_models():
            cursor.execute(f'SELECT count(*) FROM "{model._meta.db_table}"')
            assert cursor.fetchone() == (0,), model._meta.label


def test_a_viewer_ends_with_the_transaction_on_the_same_connection(county: County) -> None:
    viewer = county.as_("front door manager")
    with looking(viewer), connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid(), current_setting('righthelp.worker', true)")
        before = cursor.fetchone()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid(), coalesce(current_setting('righthelp.worker', true), '')")
        assert cursor.fetchone() == (before[0], "")
        cursor.execute("SELECT count(*) FROM person")
        assert cursor.fetchone() == (0,)


def test_a_viewer_of_one_request_is_gone_in_the_next(county: County, for_real: None) -> None:
    """The server keeps its connection from one request to the next."""
    browser = county.client("front door manager")
    assert county.people["known"].called in browser.get("/find/?family=Quillfeather").content.decode()
    answer = county.client().get("/find/?family=Quillfeather")
    assert answer.status_code == 302
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(current_setting('righthelp.worker', true), ''),"
            " coalesce(current_setting('righthelp.purpose', true), '')"
        )
        assert cursor.fetchone() == ("", "")
    other = county.client("uninvolved").get("/")
    assert county.people["known"].called not in other.content.decode()


@pytest.mark.parametrize("who", ["partner", "early help worker", "user administrator"])
def test_the_database_alone_gives_nothing_to_somebody_whose_role_ended(who: str, county: County) -> None:
    viewer = county.as_(who)
    with transaction.atomic():
        with looking(STEP):
            yesterday = timezone.localdate() - timedelta(days=1)
            Appointment.objects.filter(worker=viewer.worker).update(until=yesterday)
        found = behind_the_second_lock(viewer)
        transaction.set_rollback(True)
    assert {label for label, rows in found.items() if rows} == set()
