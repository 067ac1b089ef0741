"""A police force's system sends notifications: each child of each incident once, whole or not at all."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from righthelp.api.examples import notifications
from righthelp.api.tests.conftest import POLICE, SCHOOL, Doors, Partner
from righthelp.conftest import counted
from righthelp.guard.viewers import STEP, looking
from righthelp.processes.police_notification.models import PoliceNotification

PATH = "/api/v1/police-notifications"
NOTIFICATIONS = notifications()
LISTED = NOTIFICATIONS["notifications"]


def rows() -> list[Any]:
    with looking(STEP):
        return list(PoliceNotification.objects.select_related("from_agency", "school").order_by("child_given"))


def listed(*changes: dict[str, Any]) -> dict[str, Any]:
    """The example, with changes to each of its notifications in turn; None takes a name out."""
    made = deepcopy(LISTED)
    for one, change in zip(made, changes, strict=False):
        one.update(change)
        for name in [name for name, value in change.items() if value is ...]:
            del one[name]
    return {"notifications": made}


def faults(answer: Any) -> dict[str, str]:
    assert answer.status_code == 422, answer.content
    return {fault["pointer"]: fault["sentence"] for fault in answer.json()["faults"]}


def test_the_children_of_an_incident_arrive_together(police: Partner) -> None:
    answer = police.post(PATH, NOTIFICATIONS)
    assert answer.status_code == 201, answer.content
    assert answer.json() == {"received": 2, "incidents": 1, "sent_already": []}
    alfie, mollie = rows()
    assert alfie.incident == mollie.incident
    assert mollie.from_agency.name == POLICE
    assert mollie.from_worker_id == police.system.pk
    assert mollie.category == "DOMESTIC_ABUSE"
    assert mollie.address_is_secret is False
    assert mollie.school.name == SCHOOL
    assert alfie.address_is_secret is False


def test_what_was_sent_before_is_not_sent_twice(police: Partner) -> None:
    police.post(PATH, listed())
    police.post(PATH, NOTIFICATIONS, number="again-and-again")
    more = listed()
    more["notifications"].append({**LISTED[1], "child_given": "Wren"})
    answer = police.post(PATH, more)
    assert answer.json() == {
        "received": 1, "incidents": 1, "sent_already": ["/notifications/0", "/notifications/1"],
    }  # fmt: skip
    assert [row.child_given for row in rows()] == ["Alfie", "Mollie", "Wren"]
    answer = police.post(PATH, more)
    assert (answer.status_code, answer.json()["received"]) == (200, 0)


def test_the_same_request_is_answered_as_before(police: Partner) -> None:
    first = police.post(PATH, NOTIFICATIONS, number="lost-answer")
    again = police.post(PATH, NOTIFICATIONS, number="lost-answer")
    assert (again.status_code, again.json()) == (first.status_code, first.json())
    assert police.post(PATH, listed({"place": "Elsewhere"}), number="lost-answer").status_code == 409


def test_one_fault_stops_them_all_and_every_fault_is_told(police: Partner) -> None:
    before = counted()
    told = faults(
        police.post(
            PATH,
            listed(
                {"category": "Nonsense", "child_postcode": "HR4", "nonsense": 1, "child_family": ...},
                {"attended_time": "half past", "risk_grading": 7, "address_is_secret": "no"},
            ),
        )
    )
    assert set(told) == {
        "/notifications/0/category", "/notifications/0/nonsense", "/notifications/0/child_family",
        "/notifications/1/attended_time", "/notifications/1/risk_grading", "/notifications/1/address_is_secret",
    }  # fmt: skip
    assert "is not one of" in told["/notifications/0/category"]
    assert counted() == before


def test_the_rules_of_a_row_and_between_rows_are_those_of_a_file(police: Partner) -> None:
    told = faults(police.post(PATH, listed({"child_postcode": "HR4"}, {"child_born_on": "1 1 2999"})))
    assert set(told) == {"/notifications/0/child_postcode", "/notifications/1/child_born_on"}
    told = faults(police.post(PATH, listed({}, {"place": "Elsewhere", "risk_grading": "High"})))
    assert told == {"/notifications/1/risk_grading": "Item 1 says something else of the same incident."}
    told = faults(police.post(PATH, {"notifications": [LISTED[0], LISTED[0]]}))
    assert told == {"/notifications/1/child_given": "This child of this incident is on item 1 already."}
    assert rows() == []


@pytest.mark.parametrize("sent", [{}, [], {"notifications": []}, {"notifications": None}, {"notifications": [None]},
                                  {"notifications": {}}, {"notifications": [[]]}, None, {"notifications": [{}]},
                                  {"notifications": [{"incident_number": None}]}, {"other": []}])  # fmt: skip
def test_what_is_no_list_is_refused_with_a_sentence(police: Partner, sent: Any) -> None:
    assert all(sentence.strip() for sentence in faults(police.post(PATH, sent)).values())


def test_too_many_at_once_are_refused(police: Partner) -> None:
    many = {"notifications": [{**LISTED[0], "incident_number": str(number)} for number in range(1001)]}
    assert "at most 1000" in faults(police.post(PATH, many))["/notifications"]


def test_nobody_else_sends_them(doors: Doors, school: Partner) -> None:
    assert school.post(PATH, NOTIFICATIONS).status_code == 403
    assert rows() == []
