"""Two workers at the same moment, each with a connection of their own: one step is taken, and the other is told so."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from righthelp.engine import drafts
from righthelp.engine.process import Process, process
from righthelp.engine.refusals import Clash, NotTaken
from righthelp.engine.taking import begin, take
from righthelp.guard.guarded import GuardedModel
from righthelp.guard.models import Circle
from righthelp.guard.viewers import DEMONSTRATION, STEP, AsWorker, looking
from righthelp.people.models import Person
from righthelp.record.models import CaseEntry, Document, Draft, Holding, TimelineEvent
from tests.properties.world import World, viewer_of

DECISION = {"outcome": "REFERRAL", "level": 4, "decision_reason": "Twice this month.", "parents_told": "YES"}
URGENCY = {"urgency": "AMBER", "urgency_reason": "No harm today."}
WAITING = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
Told = NotTaken | None


def viewer(world: World, name: str) -> AsWorker:
    return viewer_of(world.staff.workers[name])


@pytest.fixture
def contact(world: World) -> Process:
    """A worry about a child who is on record, that nobody has taken on."""
    sent = {
        "child_given": "Di", "child_family": "Marsh", "worry": "She is alone.", "significant_harm_likely": "no",
        "child_says_basis": "NOT_ASKED", "consent": "GIVEN", "consent_from": "Her mother", "family_knows": "yes",
        "sender_telephone": "1",
    }  # fmt: skip
    with looking(DEMONSTRATION):
        row = begin(process("contact"), "send", by=viewer(world, "Ruth Adeyemi"), **sent)
        return take(row, "register", by=viewer(world, "Nia Prosser"), match_reason="New to us")


def both(one: Callable[[], object], other: Callable[[], object], *, over: GuardedModel) -> tuple[Told, Told]:
    """What two workers are told who do something at the same moment: both wait at the row, then both go on."""

    def do(something: Callable[[], object]) -> Told:
        try:
            something()
        except NotTaken as refusal:
            return refusal
        finally:
            connection.close()
        return None

    with ThreadPoolExecutor(2) as two:
        with looking(STEP):
            type(over).objects.select_for_update().get(pk=over.pk)
            tasks = [two.submit(do, something) for something in (one, other)]
            until_two_wait()
        return tasks[0].result(timeout=30), tasks[1].result(timeout=30)


def until_two_wait() -> None:
    """Wait until two connections of this database wait for a lock."""
    for _ in range(3000):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_stat_clear_snapshot()")  # else one transaction sees one moment
            cursor.execute(WAITING)
            if cursor.fetchone()[0] == 2:
                return
        time.sleep(0.01)
    raise AssertionError("The two never met.")


def told(answers: tuple[Told, Told]) -> NotTaken:
    """The refusal of the one who was second. Fails unless just one was."""
    refusals = [answer for answer in answers if answer is not None]
    assert len(refusals) == 1, refusals
    return refusals[0]


@pytest.mark.parametrize("seen", [True, False])
def test_two_managers_decide_at_once_and_the_sender_is_told_once(world: World, contact: Process, seen: bool) -> None:
    marian, carl = viewer(world, "Marian Blythe"), viewer(world, "Carl Denny")
    saw = contact.version if seen else None

    def decide(by: AsWorker) -> Callable[[], object]:
        return lambda: take(contact, "decide", by=by, seen=saw, **DECISION)

    refusal = told(both(decide(marian), decide(carl), over=contact))
    assert isinstance(refusal, Clash) == seen
    with looking(STEP):
        row = process("contact").objects.get(pk=contact.pk)
        assert row.version == contact.version + 1
        assert TimelineEvent.objects.filter(entry=contact.pk, step="decide").count() == 1
        assert Document.objects.filter(entry=contact.pk).count() == 1
        assert process("referral").objects.filter(contact=contact.pk).count() == 1
        assert row.decisions.count() == 1


def test_two_social_workers_start_at_once_and_one_holds_it(world: World, contact: Process) -> None:
    nia, sam = viewer(world, "Nia Prosser"), viewer(world, "Sam Holt")
    with looking(DEMONSTRATION):
        fresh = begin(
            process("contact"), "send", by=viewer(world, "Ruth Adeyemi"), child_given="Eve", child_family="Marsh",
            worry="She is alone.", significant_harm_likely="no", child_says_basis="NOT_ASKED", consent="GIVEN",
            consent_from="Her mother", family_knows="yes", sender_telephone="1",
        )  # fmt: skip
    told(
        both(
            lambda: take(fresh, "start", by=nia, **URGENCY), lambda: take(fresh, "start", by=sam, **URGENCY), over=fresh
        )
    )
    with looking(STEP):
        held = Holding.objects.filter(entry=fresh.pk, until__isnull=True)
        assert held.get().worker_id in {nia.worker, sam.worker}


def test_two_take_it_over_at_once_and_one_holds_it(world: World, contact: Process) -> None:
    nia, sam = viewer(world, "Nia Prosser"), viewer(world, "Sam Holt")
    answers = both(lambda: take(contact, "take_over", by=nia), lambda: take(contact, "take_over", by=sam), over=contact)
    assert answers == (None, None), "either may, and the later one holds it"
    with looking(STEP):
        assert Holding.objects.filter(entry=contact.pk, until__isnull=True).count() == 1


def test_two_lock_a_child_at_once_and_there_is_one_circle(world: World) -> None:
    """Each has opened the child's page before the other's lock was there."""
    sylvia, ivan = viewer(world, "Sylvia Marchetti"), viewer(world, "Ivan Brandt")
    child = world.children[0]

    def lock(by: AsWorker) -> Callable[[], object]:
        with looking(by):
            person = Person.objects.get(pk=child.pk)

        def locks() -> object:
            with looking(by):
                return begin(process("locked_circle"), "lock", by=by, person=person, why="Her own niece")

        return locks

    with looking(STEP):
        before = Circle.objects.count()
    refusal = told(both(lock(sylvia), lock(ivan), over=child))
    assert "This record is locked already." in str(refusal)
    with looking(STEP):
        assert Circle.objects.count() == before + 1
        assert CaseEntry.objects.filter(kind="locked_circle", person=child).count() == 1


def test_a_form_sent_twice_at_once_is_one_worry(world: World, settings: Any) -> None:
    """Whoever presses twice, or whose browser asks again, sends one worry."""
    settings.DEMONSTRATION, settings.SECURE_SSL_REDIRECT = True, False
    ruth = world.staff.workers["Ruth Adeyemi"]
    page = process("contact")
    typed = {
        "child_given": ["Twice"], "child_family": ["Marsh"], "worry": ["She is alone."],
        "child_says_basis": ["NOT_ASKED"],
        "significant_harm_likely": ["no"], "consent": ["GIVEN"], "consent_from": ["Her mother"],
        "family_knows": ["yes"],
        "sender_telephone": ["1"],
    }  # fmt: skip
    by = viewer(world, "Ruth Adeyemi")
    with looking(by):
        draft = drafts.begin(by, page, page.steps["send"], **typed)
    answers: list[int] = []

    def send() -> None:
        browser = Client(raise_request_exception=False)
        browser.force_login(ruth.account)
        answers.append(browser.post(f"/drafts/{draft.pk}/check/").status_code)

    both(send, send, over=draft)
    assert sorted(answers) == [302, 404]
    with looking(STEP):
        assert page.objects.filter(child_given="Twice").count() == 1


def test_what_was_typed_last_is_kept_once_when_the_button_is_pressed_as_it_saves_itself(
    world: World, contact: Process, settings: Any
) -> None:
    """Leaving the last box saves, and pressing the button saves or clashes: two requests, and one draft."""
    settings.DEMONSTRATION, settings.SECURE_SSL_REDIRECT = True, False
    nia = world.staff.workers["Nia Prosser"]
    answers: list[int] = []

    def posts(address: str, **also: str) -> Callable[[], object]:
        def post() -> None:
            browser = Client(raise_request_exception=False)
            browser.force_login(nia.account)
            typed = {"note": "Her aunt rang.", "seen": str(contact.version), **also}
            answers.append(browser.post(f"/contact/{contact.pk}/note/{address}", typed).status_code)

        return post

    both(posts("draft/"), posts("", save="yes"), over=contact.entry)
    assert sorted(answers) == [200, 302]
    with looking(STEP):
        kept = [draft.answers["note"] for draft in Draft.objects.filter(entry=contact.pk)]
    assert kept == [["Her aunt rang."]]
