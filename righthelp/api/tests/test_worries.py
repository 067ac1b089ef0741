"""A school's system sends a worry: it arrives once, by the rules of the form, and the system reads what came of it."""

from __future__ import annotations

from typing import Any

import pytest

from righthelp.api.examples import WORRY
from righthelp.api.models import SentOnce
from righthelp.api.tests.conftest import SCHOOL, Doors, Partner
from righthelp.conftest import counted
from righthelp.guard.models import AccessLog
from righthelp.guard.viewers import STEP, looking
from righthelp.processes.contact.models import Contact
from righthelp.record.models import TimelineEvent

PATH = "/api/v1/worries"


def contacts() -> list[Any]:
    with looking(STEP):
        return list(Contact.objects.order_by("entry"))


def pointers(answer: Any) -> set[str]:
    assert answer.status_code == 422, answer.content
    assert answer.headers["Content-Type"] == "application/problem+json"
    faults = answer.json()["faults"]
    assert all(fault["sentence"].strip() for fault in faults)
    return {fault["pointer"] for fault in faults}


def without(*names: str, **more: Any) -> dict[str, Any]:
    return {name: value for name, value in (WORRY | more).items() if name not in names}


def test_a_worry_arrives_as_from_the_form(school: Partner) -> None:
    answer = school.post(PATH, WORRY)
    assert answer.status_code == 201, answer.content
    said = answer.json()
    assert answer.headers["Location"] == said["what_came_of_it"] == f"{PATH}/{said['reference']}"
    (contact,) = contacts()
    assert contact.reference == said["reference"]
    assert contact.came_by == "FORM"
    assert contact.from_worker_id == school.system.pk
    assert contact.from_name == "Bethan Rowe, class teacher"
    assert contact.significant_harm_likely is False
    assert contact.child_born_on.isoformat() == "2017-04-03"
    with looking(STEP):
        assert contact.from_agency.name == SCHOOL
        assert contact.adults.get().name == "Carys Tranter"
        assert contact.other_children.get().worried_too is False
        event = TimelineEvent.objects.get(entry=contact.pk)
    assert event.says == f"{SCHOOL} told the front door of a worry"
    assert event.by_id == school.system.pk


def test_a_child_of_the_family_has_a_worry_of_its_own(school: Partner) -> None:
    other = {"given": "Alfie", "family": "Tranter-Vale", "born_on": "2021-09-20", "worried_too": True}
    said = school.post(PATH, {**WORRY, "other_children": [other]}).json()
    assert {contact.child_given for contact in contacts()} == {"Mollie", "Alfie"}
    (one,) = said["about_other_children"]
    assert school.get(one["what_came_of_it"]).json()["reference"] == one["reference"]
    assert {contact.from_name for contact in contacts()} == {"Bethan Rowe, class teacher"}


def test_the_same_sent_again_is_one_worry(school: Partner) -> None:
    first = school.post(PATH, WORRY, number="a-lost-answer")
    turned_round = dict(reversed(WORRY.items()))
    again = school.post(PATH, turned_round, number="a-lost-answer")
    assert (again.status_code, again.json()) == (201, first.json())
    assert "Idempotent-Replayed" not in first.headers
    assert again.headers["Idempotent-Replayed"] == "true"
    assert again.headers["Location"] == first.headers["Location"]
    assert len(contacts()) == 1


def test_something_else_under_the_same_number_is_refused(school: Partner) -> None:
    school.post(PATH, WORRY, number="used-twice")
    before = counted()
    answer = school.post(PATH, {**WORRY, "child_given": "Alfie"}, number="used-twice")
    assert answer.status_code == 409
    assert "another" in answer.json()["detail"]
    assert counted() == before


def test_a_number_is_each_systems_own(doors: Doors, school: Partner) -> None:
    other = doors.system("Wyeside Community Health", "partner")
    assert school.post(PATH, WORRY, number="12345678").status_code == 201
    assert other.post(PATH, WORRY, number="12345678").status_code == 201
    assert len(contacts()) == 2


def test_what_was_refused_is_sent_again_when_it_is_mended(school: Partner) -> None:
    assert school.post(PATH, without("worry"), number="to-be-mended").status_code == 422
    assert school.post(PATH, WORRY, number="to-be-mended").status_code == 201


@pytest.mark.parametrize("number", ["", "short", "x" * 101, "with a space", "naïve-number"])
def test_without_a_number_of_its_own_nothing_is_sent(school: Partner, number: str) -> None:
    answer = school.browser.post(
        PATH, WORRY, content_type="application/json", headers=school.headers(**{"Idempotency-Key": number})
    )
    assert answer.status_code == 400
    assert "Idempotency-Key" in answer.json()["detail"]
    assert contacts() == []


def test_every_fault_is_told_at_once_where_it_stands(school: Partner) -> None:
    before = counted()
    answer = school.post(
        PATH,
        without(
            "child_family", "from_name",
            child_born_on="3 April 2017",
            sender_level="two",
            significant_harm_likely="no",
            worry="x" * 8001,
            chidl_school="Hill Lane",
            other_children=[{"given": "Alfie", "worried_too": True}],
            adults=[{}],
            indicators=["L1", 7],
        ),
    )  # fmt: skip
    assert pointers(answer) == {
        "/child_family", "/from_name", "/child_born_on", "/sender_level", "/significant_harm_likely", "/worry",
        "/chidl_school", "/other_children/0/family", "/adults/0", "/indicators/1",
    }  # fmt: skip
    assert counted() == before


def test_the_rules_are_those_of_the_form(school: Partner) -> None:
    def sentence(**more: Any) -> str:
        (fault,) = school.post(PATH, {**without("consent_from"), **more}).json()["faults"]
        return str(fault["sentence"])

    assert "without consent" in sentence(consent="REFUSED")
    assert "due, not both" in sentence(consent_from="Her mother", child_expected_on="2026-12-24")
    assert "is not in the levels of need" in sentence(consent_from="Her mother", indicators=["nonsense"])
    assert "in the future" in sentence(consent_from="Her mother", child_born_on="2999-01-01")
    assert contacts() == []


def test_an_answer_to_what_is_not_asked_is_refused_and_not_lost(school: Partner) -> None:
    assert pointers(school.post(PATH, {**WORRY, "child_says_basis": "NOT_ASKED"})) == {"/child_says"}
    assert contacts() == []


@pytest.mark.parametrize("sent", [b" ", b"{", b"\xff", b'"\xed\xa0\x80"', b"[" * 100_000, b'{"worry": 1e', b"NaN",
                                  b'{"worry": "a", "worry": "b"}', b"9" * 5000])  # fmt: skip
def test_what_is_no_json_is_refused_with_a_sentence(school: Partner, sent: bytes) -> None:
    answer = school.post(PATH, sent)
    assert answer.status_code == 400
    assert answer.json()["detail"].strip()


@pytest.mark.parametrize("sent", ["[]", "null", '"a worry"', "7", r'{"worry": "\ud800"}', r'{"worry": "a\u0000b"}',
                                  r'{"\ud800": 1}', '{"adults": [[[[]]]]}', '{"sender_level": 1e400}'])  # fmt: skip
def test_what_is_no_worry_is_refused_with_a_sentence(school: Partner, sent: str) -> None:
    assert pointers(school.post(PATH, sent))


def test_what_is_too_large_or_no_json_is_refused(school: Partner) -> None:
    assert school.post(PATH, {**WORRY, "worry": "x" * 1_100_000}).status_code == 413
    assert school.post(PATH, {**WORRY, "worry": "x" * 6_000_000}).status_code == 413
    assert school.post(PATH, "child_given=Mollie", content_type="application/x-www-form-urlencoded").status_code == 415
    assert contacts() == []


def test_a_system_reads_what_came_of_its_worry(doors: Doors, school: Partner) -> None:
    where = school.post(PATH, WORRY).headers["Location"]
    first = school.get(where).json()
    assert first["outcome"] is None
    assert first["letters"] == []
    assert first["state"]["code"] == "RECEIVED"
    (contact,) = contacts()
    with looking(STEP):
        contact = doors.work.take(contact, "start", "Nia Prosser", urgency="AMBER", urgency_reason="A kept secret.")
        contact = doors.work.take(contact, "register", "Nia Prosser", match_reason="A kept secret.")
        doors.work.decide(contact, decision_reason="A kept secret.")
    answer = school.get(where)
    said = answer.json()
    assert said["outcome"]["code"] == "ADVICE"
    assert said["what_happens_next"]
    assert said["told_at"]
    assert said["reference"] in said["letters"][0]["words"]
    assert "A kept secret." not in answer.content.decode()
    assert set(said) == {
        "reference", "received_at", "state", "outcome", "what_happens_next", "told_at", "letters",
    }  # fmt: skip
    with looking(STEP):
        look = AccessLog.objects.filter(worker=school.system.pk, entry=contact.pk).latest("at")
    assert look.relation == "sent or asked"


def test_nobody_else_reads_it(doors: Doors, school: Partner) -> None:
    reference = school.post(PATH, WORRY).json()["reference"]
    colleague = doors.system(SCHOOL, "partner", name="Another system of the school")
    stranger = doors.system("Wyeside Community Health", "partner")
    for other in (colleague, stranger):
        answer = other.get(f"{PATH}/{reference}")
        nothing = other.get(f"{PATH}/W-0000-0000")
        assert answer.status_code == nothing.status_code == 404
        assert answer.json()["detail"] == nothing.json()["detail"]
    with looking(STEP):
        refusals = AccessLog.objects.filter(kind=AccessLog.Kind.REFUSED, worker=stranger.system.pk)
        assert refusals.count() == 2


def test_a_system_without_the_role_sends_nothing(police: Partner) -> None:
    answer = police.post(PATH, WORRY)
    assert answer.status_code == 403
    assert contacts() == []
    with looking(STEP):
        assert AccessLog.objects.filter(kind=AccessLog.Kind.REFUSED, worker=police.system.pk).exists()


def test_nothing_is_kept_of_what_broke_on_the_way(doors: Doors, school: Partner, monkeypatch: Any) -> None:
    before = counted()
    school.browser.raise_request_exception = False
    monkeypatch.setattr(SentOnce.objects, "bulk_create", lambda rows: 1 / 0)
    answer = school.post(PATH, WORRY, number="broke-on-the-way")
    assert answer.status_code == 500
    assert answer.json()["request"] == answer.headers["X-Request-Id"]
    assert "division" not in answer.content.decode()
    assert counted() == before
