"""A role edited by its holder: refused by the page, by the function and by the database, and logged."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from righthelp.guard.appointing import end_role, give_role
from righthelp.guard.guarded import new_id
from righthelp.guard.models import Appointment
from righthelp.guard.viewers import STEP, Refused, looking
from tests.county import ROLE_HOLDERS, County

ADMINISTRATOR = "user administrator"
GIVEN = {"role": "head of service", "since": "1 9 2024", "team": ""}
Refusals = Callable[[str], list[Any]]


def held(county: County, who: str) -> set[tuple[str, date | None]]:
    with looking(STEP):
        return set(Appointment.objects.filter(worker=county.worker(who).pk).values_list("role", "until"))


def appointment(county: County, who: str) -> Appointment:
    with looking(STEP):
        return Appointment.objects.select_related("worker__agency").filter(worker=county.worker(who).pk)[0]


def test_nobody_gives_themselves_a_role_by_the_page(county: County, refusals: Refusals) -> None:
    before, worker = held(county, ADMINISTRATOR), county.worker(ADMINISTRATOR)
    answer = county.client(ADMINISTRATOR).post(f"/workers/{worker.pk}/", GIVEN)
    assert answer.status_code == 403
    assert held(county, ADMINISTRATOR) == before
    logged = refusals(ADMINISTRATOR)[-1]
    assert logged.entry == worker.pk
    assert "Nobody changes their own roles" in logged.reason


def test_nobody_ends_their_own_role_by_the_page(county: County, refusals: Refusals) -> None:
    before = held(county, ADMINISTRATOR)
    address = f"/workers/role/{appointment(county, ADMINISTRATOR).pk}/end/"
    assert county.client(ADMINISTRATOR).post(address).status_code == 403
    assert held(county, ADMINISTRATOR) == before
    assert "Nobody changes their own roles" in refusals(ADMINISTRATOR)[-1].reason


def test_an_administrator_changes_somebody_elses(county: County) -> None:
    """So that the refusals above are of the holder, and not of everybody."""
    worker = county.worker("contact worker")
    answer = county.client(ADMINISTRATOR).post(f"/workers/{worker.pk}/", GIVEN)
    assert answer.status_code == 302
    assert ("head of service", None) in held(county, "contact worker")


@pytest.mark.parametrize("who", [role for role in ROLE_HOLDERS if role != ADMINISTRATOR])
def test_nobody_but_an_administrator_gives_or_ends_a_role(who: str, county: County, refusals: Refusals) -> None:
    before, browser = held(county, who), county.client(who)
    own = appointment(county, who)
    for address in (f"/workers/{county.worker(who).pk}/", f"/workers/role/{own.pk}/end/"):
        assert browser.get(address).status_code == 403
        assert browser.post(address, GIVEN).status_code == 403
    assert held(county, who) == before
    assert len(refusals(who)) == 4
    with pytest.raises(Refused, match="Nobody changes their own"):
        give_role(county.as_(who), county.worker(who), "head of service", None, timezone.localdate())


def test_nobody_changes_their_own_by_the_function(county: County) -> None:
    by, own = county.as_(ADMINISTRATOR), appointment(county, ADMINISTRATOR)
    with pytest.raises(Refused, match="Nobody changes their own"):
        give_role(by, county.worker(ADMINISTRATOR), "head of service", None, timezone.localdate())
    with pytest.raises(Refused, match="Nobody changes their own"):
        end_role(by, own, timezone.localdate())


@pytest.mark.parametrize("who", [ADMINISTRATOR, "partner", "head of service"])
def test_nobody_changes_any_role_by_a_statement_of_their_own(who: str, county: County) -> None:
    before, worker = held(county, who), county.worker(who).pk
    with looking(county.as_(who)), connection.cursor() as cursor:
        cursor.execute("UPDATE appointment SET role = 'head of service'")
        assert cursor.rowcount == 0
        cursor.execute("UPDATE appointment SET until = NULL, since = '2000-01-01'")
        assert cursor.rowcount == 0
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            cursor.execute(
                "INSERT INTO appointment (id, worker_id, role, since) VALUES (%s, %s, 'head of service', '2020-01-01')",
                [new_id(), worker],
            )
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            cursor.execute("DELETE FROM appointment")
        assert Appointment.objects.update(role="head of service") == 0
    assert held(county, who) == before


def test_not_even_a_step_writes_that_somebody_appointed_themselves(county: County) -> None:
    worker = county.worker(ADMINISTRATOR)
    with pytest.raises(IntegrityError, match="nobody_appoints_themselves"), looking(STEP):
        Appointment.objects.create(worker=worker, role="head of service", since=timezone.localdate(), given_by=worker)


def test_a_partner_is_not_appointed_to_a_role_of_the_county(county: County) -> None:
    with pytest.raises(Refused, match="not the kind of agency"):
        give_role(county.as_(ADMINISTRATOR), county.worker("partner"), "social worker", None, timezone.localdate())
    answer = county.client(ADMINISTRATOR).post(f"/workers/{county.worker('partner').pk}/", GIVEN)
    assert answer.status_code == 200, "the form is shown again: such a role is not offered"
    assert {role for role, _ in held(county, "partner")} == {"partner"}


@pytest.mark.parametrize("who", ["contact worker", "partner", ADMINISTRATOR])
def test_a_role_that_ended_yesterday_opens_nothing_in_the_next_request(who: str, county: County) -> None:
    browser = county.client(who)
    assert browser.get("/", follow=True).status_code == 200
    with looking(STEP):
        yesterday = timezone.localdate() - timedelta(days=1)
        Appointment.objects.filter(worker=county.worker(who).pk).update(until=yesterday)
    for address in (
        "/",
        "/my-work/",
        "/find/?family=Quillfeather",
        "/workers/",
        f"/contact/{county.rows['received'].pk}/",
    ):
        answer = browser.get(address)
        assert answer.status_code == 403, address
        assert "Quillfeather" not in answer.content.decode()
