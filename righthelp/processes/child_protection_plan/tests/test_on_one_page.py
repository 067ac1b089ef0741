"""The plan on one page in plain words: what it says, to whom it is given, who reads it."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest

from righthelp.engine import plan_page
from righthelp.engine.process import process
from righthelp.kernel.moments import local_day
from righthelp.record.letters import as_pdf
from righthelp.record.models import Action, Document, Issue, Outcome

pytestmark = pytest.mark.county
MOTHER = {"name": "Mary Pugh", "who": "Mother", "how": "HAND"}


@pytest.fixture
def plan(chain: Any) -> Any:
    """A plan with something to reach and something to do."""
    row = chain.planned()
    due_on = local_day(chain.on) + timedelta(days=10)
    return chain.at.take(
        row, "add", "Ade Bankole", on=chain.later(hours=1),
        outcomes=[{"words": "We want mornings without shouting.", "known_by": "He is at school by nine."}],
        actions=[{"what": "Walk to school with him", "who": "His grandmother", "due_on": due_on}],
    )  # fmt: skip


def test_it_says_what_a_parent_asks(plan: Any, chain: Any) -> None:
    page = plan_page.of(plan, local_day(chain.on))
    assert page.why == plan.because()
    assert "We want mornings without shouting." in [one.words for one in page.wanted]
    assert "Walk to school with him" in [one.what for one in page.to_do]
    assert not any(one.late for one in page.to_do if one.who == "His grandmother")
    assert page.meets
    assert page.visits
    assert all(re.search(r"\d{4}\.$|, .+\.$", line) for line in [*page.meets, *page.visits]), "each says when"
    assert page.ring.startswith("Ade Bankole")
    assert "999" in page.danger


def test_what_is_late_is_marked_and_what_nobody_wants_any_more_is_left_out(plan: Any, chain: Any) -> None:
    action, outcome = Action.objects.get(who="His grandmother"), Outcome.objects.get(words__startswith="We want morn")
    late = plan_page.of(plan, action.due_on + timedelta(days=1))
    assert [one.stands for one in late.to_do if one.who == "His grandmother"] == ["Late."]
    chain.at.take(
        plan, "review", "Ade Bankole", on=chain.later(days=1),
        outcomes_now=[{"row": str(outcome.pk), "reached": "GIVEN_UP"}],
        progress=[{"row": str(action.pk), "done": "DROPPED"}],
    )  # fmt: skip
    page = plan_page.of(plan, action.due_on + timedelta(days=1))
    assert "We want mornings without shouting." not in [one.words for one in page.wanted]
    assert "Walk to school with him" not in [one.what for one in page.to_do]


def test_it_is_given_by_name_and_kept_as_it_was_given(plan: Any, chain: Any, refused: Any) -> None:
    with refused("copies", saying="at least one copy of the plan"):
        chain.at.take(plan, "give_plan", "Ade Bankole", on=chain.later(hours=1), copies=[])
    chain.at.take(plan, "give_plan", "Ade Bankole", on=chain.later(hours=1), copies=[MOTHER])
    document = Document.objects.get(entry=plan.pk, title__endswith="on one page")
    assert "We want mornings without shouting." in document.words
    issue = Issue.objects.get(document=document)
    assert (issue.to, issue.how) == ("Mary Pugh, Mother", "HAND")
    assert as_pdf(document).startswith(b"%PDF")


def test_its_page_is_read_by_county_staff_and_by_those_who_take_part(client: Any, workplace: Any, plan: Any) -> None:
    shown = {}
    for who in ("Ade Bankole", "Ruth Adeyemi", "Tom Fairley"):
        client.post("/demonstration/sign-in/", {"worker_id": workplace.worker(who).pk})
        answer = client.get(f"/child_protection_plan/{plan.pk}/plan/")
        words = answer.content.decode()
        shown[who] = (answer.status_code, "Walk to school with him" in words, plan.because() in words)
    assert shown["Ade Bankole"] == (200, True, True)
    assert shown["Ruth Adeyemi"] == (200, True, False)
    assert shown["Tom Fairley"][0] == 404


def test_whoever_takes_part_reads_who_leads_it_and_whoever_opens_no_child_has_no_link_to_one(
    client: Any, workplace: Any, plan: Any
) -> None:
    """A worker of another agency sees no worker of the county's but whom the plan names to them."""
    child = f"/child/{plan.entry.person.pk}/"
    shown = {}
    conference = f"/child_protection_conference/{plan.conference_id}/"
    for who, place in (
        ("Ruth Adeyemi", f"/child_protection_plan/{plan.pk}/"), ("Colin Ember", conference),
        ("Beverley Ashdown", conference),
    ):  # fmt: skip
        client.post("/demonstration/sign-in/", {"worker_id": workplace.worker(who).pk})
        answer = client.get(place)
        shown[who] = (answer.status_code, "Ade Bankole" in answer.content.decode(), child in answer.content.decode())
    assert shown["Ruth Adeyemi"] == (200, True, False)
    assert shown["Colin Ember"][::2] == (200, False)
    assert shown["Beverley Ashdown"][::2] == (200, True)


def test_our_own_sentences_are_short(plan: Any) -> None:
    page = plan_page.of(plan, date(2026, 6, 30))
    for sentence in re.split(r"(?<=[.!?])\s", f"{page.what_if} {page.wrong}"):
        assert len(sentence.split()) <= 20, sentence


def test_what_meets_and_visits_is_found_by_what_it_arises_from(plan: Any) -> None:
    called_for = {"core_group", "child_protection_visit"}
    assert called_for <= {kind for kind in called_for if process(kind).objects.filter(plan=plan.pk).exists()}
