"""A board's numbers, what each opens, for whom, and what nobody learns from them."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from righthelp.engine.deadlines import answer as clock_answer
from righthelp.guard.models import AccessLog
from righthelp.guard.viewers import looking
from righthelp.measures import analysis
from righthelp.measures.fact_sheets import MONTH, sheet_for
from righthelp.measures.registry import measure
from righthelp.measures.taken_away import safe
from righthelp.packs import pack
from righthelp.record.models import Deadline

PAGE = "/measures/board/front_door/"
OF_MEASURES = (
    "/measures/", "/measures/matter/", "/measures/matter/pdf/", PAGE, f"{PAGE}csv/", "/measures/contacts/",
    "/measures/contacts/rows/", "/measures/contacts/definition/", "/measures/contacts/file/xlsx/",
)  # fmt: skip


@pytest.fixture(autouse=True)
def _afresh() -> None:
    caches["figures"].clear()


def hours_ago(hours: float) -> Any:
    return timezone.now() - timedelta(hours=hours)


def decided(workplace: Any, name: str, sent: float, on: float) -> Any:
    """A decided worry about another child."""
    contact = workplace.registered(on=hours_ago(sent), child_given=name)
    return workplace.decide(contact, on=hours_ago(on))


def rows(client: Any, measure: str, **more: str) -> str:
    return str(client.get(f"/measures/{measure}/rows/", more).content.decode())


def total(page: str) -> int:
    return int(re.search(r"<strong>(\d+)</strong> row", page)[1])  # type: ignore[index]


def test_each_number_opens_just_what_it_counts(client: Any, workplace: Any) -> None:
    workplace.decided(on=hours_ago(1), outcome="EARLY_HELP", level=3, early_help_agreed="yes")
    decided(workplace, "Bryn", 1, 1)
    workplace.worry(child_given="Cerys")
    browser = workplace.signed_in("Marian Blythe", client)
    page = browser.get(PAGE).content.decode()
    assert "Contacts that led to a service" in page
    assert total(rows(browser, "contacts")) == 3
    assert total(rows(browser, "led_to_service")) == 2
    only = rows(browser, "led_to_service", counting="yes")
    assert total(only) == 1
    assert "Ada Pugh" in only
    assert "Bryn Pugh" not in only
    assert AccessLog.objects.filter(what__startswith="the rows behind a number").count() == 3


def test_a_decision_that_was_changed_is_counted_with_from_what_to_what(client: Any, workplace: Any) -> None:
    contact = workplace.decided(on=hours_ago(3))
    changed = {"outcome": "REFERRAL", "level": 4, "decision_reason": "New facts.", "parents_told": "YES"}
    workplace.take(contact, "decide_again", "Marian Blythe", why_changed="The school rang.", **changed)
    decided(workplace, "Bryn", 2, 2)
    browser = workplace.signed_in("Marian Blythe", client)
    assert total(rows(browser, "redecided")) == 2
    assert total(rows(browser, "redecided", counting="yes")) == 1
    page = browser.get("/measures/redecided/", {"team": ""}).content.decode()
    assert "Advice and information, then Referral to children&#x27;s social care for assessment" in page


def test_what_is_passed_on_is_no_contact(client: Any, workplace: Any) -> None:
    workplace.passed_on(workplace.registered(on=hours_ago(2)))
    browser = workplace.signed_in("Marian Blythe", client)
    assert total(rows(browser, "contacts")) == 0
    assert total(rows(browser, "passed_as_information")) == 1


def test_a_locked_child_is_in_no_number_of_whoever_is_outside(client: Any, workplace: Any) -> None:
    contact = workplace.decided(on=hours_ago(2))
    browser = workplace.signed_in("Marian Blythe", client)
    before = browser.get(PAGE).content.decode()
    assert total(rows(browser, "contacts")) == 1
    workplace.begin(
        "locked_circle", "lock", "Sylvia Marchetti", person=contact.entry.person, why="A worker is her aunt."
    )
    after = browser.get(PAGE).content.decode()
    assert total(rows(browser, "contacts")) == 0
    assert "Ada Pugh" not in rows(browser, "contacts")
    assert before != after
    workplace.signed_in("Sylvia Marchetti", client)
    assert total(rows(client, "contacts")) == 1


@pytest.mark.parametrize("who", ["Ruth Adeyemi", "Nia Prosser", "Dale Winters", "Una Kelleher"])
def test_it_is_for_those_who_answer_for_the_work(client: Any, workplace: Any, who: str) -> None:
    browser = workplace.signed_in(who, client)
    for place in OF_MEASURES:
        assert browser.get(place).status_code == 403


@pytest.mark.parametrize("who", ["Marian Blythe", "Sylvia Marchetti", "Ivan Brandt", "Petra Lind"])
def test_managers_leaders_and_information_governance_read_it(client: Any, workplace: Any, who: str) -> None:
    browser = workplace.signed_in(who, client)
    assert browser.get(PAGE).status_code == 200
    assert "A worked example" in browser.get("/measures/repeat_contacts/definition/").content.decode()


def test_the_file_says_what_the_page_says(client: Any, workplace: Any) -> None:
    workplace.decided(on=hours_ago(1))
    browser = workplace.signed_in("Marian Blythe", client)
    lines = browser.get(f"{PAGE}csv/").content.decode().splitlines()
    month = f"{timezone.localdate():%B %Y}"
    assert any(line.startswith(f"Contacts,contacts,1,number,,,{month},") and ",no,1,1,," in line for line in lines)


def test_odd_questions_are_answered_without_an_error(client: Any, workplace: Any) -> None:
    browser = workplace.signed_in("Marian Blythe", client)
    assert browser.get(PAGE, {"agency": "'; DROP TABLE contact; --"}).status_code == 200
    assert (
        browser.get("/measures/contacts/rows/", {"since": "yesterday", "page": "x", "agency": "nobody"}).status_code
        == 200
    )
    assert browser.get("/measures/no_such_measure/").status_code == 404


def test_no_more_questions_for_more_rows(client: Any, workplace: Any) -> None:
    browser = workplace.signed_in("Marian Blythe", client)

    def asked() -> int:
        caches["figures"].clear()
        with CaptureQueriesContext(connection) as questions:
            browser.get(PAGE)
            rows(browser, "contacts")
        return len(questions)

    workplace.worry()
    asked()
    few = asked()
    for name in ("Bryn", "Cerys", "Dewi", "Elin"):
        workplace.worry(child_given=name)
    assert asked() == few


def test_a_view_answers_as_the_clock_itself(workplace: Any) -> None:
    workplace.decided(sent=hours_ago(60), on=hours_ago(2))
    decided(workplace, "Bryn", 5, 2)
    workplace.worry(child_given="Cerys", on=hours_ago(100))
    workplace.worry(child_given="Dewi")
    with connection.cursor() as cursor:
        cursor.execute("SELECT entry, clock, answer FROM analysis.clock")
        told = {(entry, clock): how for entry, clock, how in cursor.fetchall()}
    kept = {(row.entry_id, row.clock): clock_answer(row, timezone.now()).answer.value for row in Deadline.objects.all()}
    assert told == kept
    assert set(told.values()) == {"MET", "MISSED", "RUNNING"}


def test_a_view_names_nobody(workplace: Any) -> None:
    """Words that somebody typed, names and references are in no view."""
    typed = {"worry", "child_given", "child_family", "decision_reason", "reference", "from_name", "told_sender"}
    for view in analysis.views():
        assert not typed & {column.name for column in view.columns}, view.name


def test_a_partner_reads_no_view(workplace: Any) -> None:
    workplace.worry()
    for who, sees in (("Ruth Adeyemi", 0), ("Marian Blythe", 1)):
        with looking(workplace.as_(who)), connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM analysis.contact")
            assert cursor.fetchone() == (sees,)


def test_links_to_where_the_front_doors_measures_were_still_lead_there(client: Any, workplace: Any) -> None:
    browser = workplace.signed_in("Marian Blythe", client)
    for old, new in (
        ("", PAGE),
        ("csv/", f"{PAGE}csv/"),
        ("contacts/", "/measures/contacts/definition/"),
        ("contacts/rows/?source=Police", "/measures/contacts/rows/?source=Police"),
    ):
        assert browser.get(f"/measures/front-door/{old}").headers["Location"] == new


def test_a_manager_is_shown_their_own_team_first_and_may_ask_for_the_county(client: Any, workplace: Any) -> None:
    workplace.decided(on=hours_ago(1))
    browser = workplace.signed_in("Marian Blythe", client)
    assert "Only the work that your team holds" in browser.get(PAGE).content.decode()
    assert "Only the work that your team holds" in browser.get("/measures/contacts/").content.decode()
    assert "Only the work that your team holds" not in browser.get(PAGE, {"team": ""}).content.decode()
    leader = workplace.signed_in("Sylvia Marchetti", client)
    assert "Only the work that your team holds" not in leader.get(PAGE).content.decode()


def test_how_a_worker_is_supervised_is_in_no_number_of_who_does_not_answer_for_them(workplace: Any) -> None:
    """Nor is it once somebody who does has read the page: what is kept of it is theirs."""
    worker = workplace.worker("Ade Bankole")
    row = workplace.begin("supervision", "call_for", "Leonard Swann", worker=worker)
    workplace.take(row, "record", "Leonard Swann", held_at=timezone.now(), summary="Ten children.", worker_is="Well.")
    workplace.worry(child_given="Bryn")  # what was done last is what everybody may see
    of, now = measure("clock_supervision_supervision"), timezone.now()
    read = {}
    for who in ("Sylvia Marchetti", "Leonard Swann", "Marian Blythe"):
        viewer = workplace.as_(who)
        with looking(viewer):
            read[who] = sum(line.number.figure.of or 0 for line in sheet_for(viewer, of, (), MONTH, now).rows)
    assert read == {"Sylvia Marchetti": 1, "Leonard Swann": 1, "Marian Blythe": 0}


def test_what_a_team_did_is_not_lost_when_it_lets_go(client: Any, workplace: Any) -> None:
    """A decided contact is held by nobody any more: it is the work of the team that decided it."""
    workplace.decided(on=hours_ago(1))
    browser = workplace.signed_in("Marian Blythe", client)
    assert total(rows(browser, "contacts", team=pack().teams()["front_door"].title)) == 1


def test_a_measures_page_shows_its_splits_and_leads_to_each(client: Any, workplace: Any) -> None:
    workplace.decided(on=hours_ago(1))
    browser = workplace.signed_in("Sylvia Marchetti", client)
    page = browser.get("/measures/hours_to_decision/", {"every": "financial"}).content.decode()
    for words in (
        "By age",
        "By team",
        "Period by period",
        "Financial years",
        "Nothing was counted in any finished month",
    ):
        assert words in page, words
    assert browser.get("/measures/hours_to_decision/", {"every": "nonsense", "age": "<b>"}).status_code == 200


@pytest.mark.parametrize("place", [PAGE, "/measures/matter/", "/measures/contacts/file/"])
def test_every_page_is_taken_away_three_ways(client: Any, workplace: Any, place: str) -> None:
    workplace.decided(on=hours_ago(1))
    browser = workplace.signed_in("Sylvia Marchetti", client)
    begins = {"csv": b"measure,name,version", "xlsx": b"PK", "pdf": b"%PDF"}
    for kind, first in begins.items():
        answer = browser.get(f"{place}{kind}/", {"by": "team"})
        assert answer.content.startswith(first)
        assert answer.headers["Content-Disposition"].endswith(f'.{kind}"')
    assert browser.get(f"{place}exe/").status_code == 404
    assert AccessLog.objects.filter(kind=AccessLog.Kind.PRINTED).count() == len(begins)


def test_nothing_typed_becomes_a_formula() -> None:
    assert [safe(value) for value in ("=1+1", "+1", "-1", "@x", "Hill School", 3, 2.5)] == [
        "'=1+1", "'+1", "'-1", "'@x", "Hill School", "3", "2.5",
    ]  # fmt: skip
