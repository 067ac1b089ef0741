"""A guessed address: the same answer whether there is no such record or it is not theirs; logged with who it was."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest

from righthelp.guard.models import AccessLog
from tests.county import County

Refusals = Callable[[str], list[Any]]
# An address, and what it names that is there but not for whoever asks.
NOT_THEIRS = [
    ("partner", "/contact/{}/", "immediate"),  # another agency sent it
    ("partner", "/child/{}/", "known"),
    ("partner", "/child/{}/documents/", "known"),
    ("partner", "/referral/{}/", "referral"),
    ("partner", "/information_request/{}/", "asked"),
    ("asked", "/contact/{}/", "screening"),
    ("asked", "/contact/{}/receipt/", "screening"),
    ("uninvolved", "/information_request/{}/reply/", "asked"),
    ("front door manager", "/contact/{}/", "locked"),
    ("front door manager", "/contact/{}/decide/", "locked"),
    ("front door manager", "/contact/{}/who/", "locked"),
    ("front door manager", "/child/{}/", "locked child"),
    ("front door manager", "/child/{}/chronology/", "locked child"),
    ("front door manager", "/child/{}/looked/", "locked child"),
    ("front door manager", "/locked_circle/{}/", "lock"),
    ("front door manager", "/drafts/{}/1/", "draft of a worry"),
    ("user administrator", "/contact/{}/", "received"),
    ("user administrator", "/child/{}/", "known"),
]


def number(county: County, key: str) -> UUID:
    if key in county.rows and hasattr(county.rows[key], "pk"):
        if key == "known":
            return UUID(str(county.people["known"].pk))
        return UUID(str(county.rows[key].pk))
    return UUID(str(county.people[key.removesuffix(" child")].pk))


def plain(page: bytes) -> str:
    """A page without what is different at every request."""
    text = page.decode()
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", text)
    return re.sub(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "", text)


@pytest.mark.parametrize(("who", "address", "key"), NOT_THEIRS)
def test_what_is_not_theirs_is_as_if_it_were_not_there(
    who: str, address: str, key: str, county: County, refusals: Refusals, for_real: None
) -> None:
    browser, there, nowhere = county.client(who), number(county, key), uuid4()
    answers = [browser.get(address.format(each)) for each in (there, nowhere)]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert plain(answers[0].content) == plain(answers[1].content)
    assert set(answers[0].headers) == set(answers[1].headers)
    logged = refusals(who)
    assert [row.entry for row in logged[-2:]] == [there, nowhere]
    assert {row.worker_name for row in logged[-2:]} == {county.worker(who).name}
    assert logged[-2].what == logged[-1].what
    assert [row.request for row in logged[-2:]] == [answer.headers["X-Request-Id"] for answer in answers]


@pytest.mark.parametrize(("who", "address", "key"), [line for line in NOT_THEIRS if line[1].startswith("/contact/{}/")])
def test_nor_can_anything_be_handed_in_there(
    who: str, address: str, key: str, county: County, refusals: Refusals, for_real: None
) -> None:
    for typed in ({}, {"outcome": "ADVICE", "level": "1"}):
        assert county.client(who).post(address.format(number(county, key)), typed).status_code == 404
    assert len(refusals(who)) == 2


def test_the_question_why_does_not_tell_that_a_locked_record_is_there(county: County, for_real: None) -> None:
    browser = county.client("front door manager")
    for name, there in (("person", county.people["locked"].pk), ("entry", county.rows["locked"].pk)):
        answers = [browser.get(f"/why/?{name}={each}") for each in (there, uuid4())]
        assert [answer.status_code for answer in answers] == [404, 404]
        assert plain(answers[0].content) == plain(answers[1].content)


@pytest.mark.parametrize(
    ("who", "step", "row"),
    [
        ("front door social worker", "decide", "screening"),
        ("contact worker", "decide", "screening"),
        ("contact worker", "start", "received"),
        ("partner", "decide", "screening"),
        ("partner", "note", "screening"),
        ("social worker", "decide", "screening"),
        ("without relation", "start", "received"),
    ],
)
def test_a_step_of_another_role_is_refused_and_logged(
    who: str, step: str, row: str, county: County, refusals: Refusals, for_real: None
) -> None:
    browser, pk = county.client(who), county.rows[row].pk
    browser.post(f"/why/?entry={pk}", {"reason": "To see whether I may take the step"})
    before = again(county, row)
    typed = {
        "outcome": "ADVICE", "level": "2", "decision_reason": "Enough is done", "parents_told": "YES",
        "urgency": "GREEN", "urgency_reason": "Nothing to see", "screening_note": "Nothing",
    }  # fmt: skip
    answer = browser.post(f"/contact/{pk}/{step}/", typed)
    assert answer.status_code in {302, 403}
    if answer.status_code == 302:  # asked why first; whoever says why is refused all the same
        assert answer.headers["Location"].startswith("/why/")
        browser.post(answer.headers["Location"], {"reason": "To see whether I may take the step"})
        assert browser.post(f"/contact/{pk}/{step}/", typed).status_code == 403
    assert again(county, row) == before
    logged = refusals(who)[-1]
    assert logged.kind == AccessLog.Kind.REFUSED
    assert logged.entry == pk
    assert logged.worker_name == county.worker(who).name


def again(county: County, row: str) -> dict[str, Any]:
    """A row as it is on record now."""
    from righthelp.guard.viewers import STEP, looking

    with looking(STEP):
        return dict(type(county.rows[row]).objects.filter(pk=county.rows[row].pk).values()[0])
