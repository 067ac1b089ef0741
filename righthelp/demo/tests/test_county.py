"""The county made is that of the papers: its volumes, its shares, and a board with something of everything."""

import re
from collections import Counter
from collections.abc import Iterable
from datetime import timedelta
from math import sqrt
from typing import Any

import pytest
from django.db.models import F

from righthelp.demo.days import Figures
from righthelp.demo.models import PlannedStep
from righthelp.demo.months import decisions_between
from righthelp.demo.plan import Plan
from righthelp.demo.staff import Staff, staff_on_record
from righthelp.demo.tests.conftest import MONTHS, SEED, WEDNESDAY, some_children
from righthelp.engine.deadlines import FACTS, derive
from righthelp.engine.process import processes
from righthelp.guard.models import Circle, Worker
from righthelp.guard.viewers import AsWorker, looking, worker_looking
from righthelp.packs import pack
from righthelp.people.keys import place_key
from righthelp.people.models import Person
from righthelp.processes.break_glass.models import BreakGlass
from righthelp.processes.contact.models import Contact, ContactDecision
from righthelp.processes.help_request.models import HelpRequest
from righthelp.processes.information_request.models import InformationRequest
from righthelp.processes.referral.models import Referral
from righthelp.record.models import Deadline, Document, Holding, TimelineEvent

pytestmark = [pytest.mark.county, pytest.mark.usefixtures("the_county")]
AT_OTHER_DOORS = 8  # worries by telephone and form, written by hand beside the drawn ones
SCENES = 33  # worries written by hand among the drawn ones: in a small county they weigh


def wanted() -> dict[str, int]:
    """How many of each decision this county should have."""
    plan = Plan(SEED, some_children(), MONTHS, WEDNESDAY)
    return dict(decisions_between(plan, plan.begins, plan.now))


def shares(found: Iterable[Any]) -> dict[Any, float]:
    counted = Counter(found)
    return {one: number / counted.total() for one, number in counted.items()}


def staff() -> Staff:
    return staff_on_record()


def named(name: str) -> AsWorker:
    viewer = worker_looking(Worker.objects.get(name=name).pk)
    assert viewer is not None
    return viewer


def test_as_many_worries_as_the_papers_say_for_a_county_of_this_size() -> None:
    assert Contact.objects.count() == pytest.approx(sum(wanted().values()) + AT_OTHER_DOORS, abs=5)
    first = Plan(SEED, some_children(), MONTHS, WEDNESDAY).begins
    drawn = Contact.objects.exclude(received_at__lt=first)
    assert drawn.count() >= Contact.objects.count() - SCENES
    assert not Contact.objects.filter(received_at__gt=WEDNESDAY).exists()


def test_decisions_in_the_papers_shares() -> None:
    first = list(ContactDecision.objects.filter(number=1).values_list("outcome", flat=True))
    counted, whole = Counter(first), wanted()
    still_open = Contact.objects.filter(decided_at__isnull=True).count()
    assert sum(counted.values()) + still_open == Contact.objects.count()
    for outcome, number in whole.items():
        assert number - still_open - 3 <= counted[outcome] <= number + 3, outcome
    assert shares(first)["EARLY_HELP"] == pytest.approx(whole["EARLY_HELP"] / sum(whole.values()), abs=0.09)


def test_in_time_as_often_as_the_figures_say_and_some_late() -> None:
    decided = list(Contact.objects.filter(decided_at__isnull=False))
    due = {row.entry_id: row.due_at for row in Deadline.objects.filter(clock="decision")}
    in_time = [row.decided_at <= due[row.pk] for row in decided]
    assert False in in_time
    expected = pack().demonstration().value("timeliness", "decided_in_24_hours")
    assert sum(in_time) / len(in_time) == pytest.approx(expected, abs=0.07)


def test_early_help_answers_as_it_did() -> None:
    figures = pack().demonstration()
    answered = HelpRequest.objects.filter(state=HelpRequest.State.ANSWERED, who_rang="")
    in_time = [row.answered_at - row.asked_at <= timedelta(hours=72) for row in answered]
    expected = figures.value("timeliness", "early_help_in_72_hours")
    assert sum(in_time) / len(in_time) == pytest.approx(expected, abs=0.1)
    for outcome, share in shares(row.outcome for row in answered).items():
        expected = figures.shares("early_help_outcomes")[outcome]
        chance = sqrt(expected * (1 - expected) / len(answered))  # of few, one more or less is much
        assert share == pytest.approx(expected, abs=max(0.12, 2 * chance))


def test_early_help_is_rung_as_often_as_the_papers_say() -> None:
    figures, calls = pack().demonstration(), list(HelpRequest.objects.exclude(who_rang=""))
    size = some_children() / figures.value("population", "children")
    assert len(calls) == pytest.approx(figures.over("volumes", MONTHS)["calls_to_early_help"] * size, rel=0.15, abs=4)
    by_families = sum(row.who_rang != HelpRequest.WhoRang.PROFESSIONAL for row in calls) / len(calls)
    assert 0.4 < by_families < 0.8


def test_early_help_steps_up_and_hears_back() -> None:
    assert HelpRequest.objects.filter(state=HelpRequest.State.AT_FRONT_DOOR).exists()
    for back in HelpRequest.objects.filter(came_back_at__isnull=False):
        assert back.stepped_up_because
        assert back.front_door_says


def test_urgency_consent_and_sources() -> None:
    figures, rows = pack().demonstration(), list(Contact.objects.select_related("from_agency"))
    rated = shares(row.urgency for row in rows if row.urgency)
    for colour, share in figures.shares("urgency").items():
        assert rated[colour] == pytest.approx(share, abs=0.09)
    agreed = shares(row.consent for row in rows if row.consent)
    for code, share in figures.shares("consent").items():
        assert agreed.get(code, 0) == pytest.approx(share, abs=0.1)
    kinds = shares(row.from_agency.kind for row in rows if row.from_agency)
    for kind, share in Figures(staff(), figures).sources.items():
        # The hand-written ones are from the named partners, whatever a small county's share of them would be.
        assert abs(kinds.get(kind, 0) - share) < 0.04 + SCENES / 2 / len(rows), kind
    assert max(kinds, key=lambda kind: kinds[kind]) in {"police", "school"}


def test_children_of_one_family_are_told_of_together_and_some_again() -> None:
    number = Contact.objects.count()
    together = Contact.objects.filter(sent_together__isnull=False).count() / number
    expected = pack().demonstration().value("record", "contacts_about_siblings")
    # The hand-written ones are mostly about one child, whatever the share of those that are drawn.
    assert together == pytest.approx(expected, abs=0.12 + SCENES / 3 / number)
    children = Counter(Contact.objects.values_list("entry__person", flat=True))
    assert max(number for person, number in children.items() if person) > 1


def test_the_board_has_every_state_one_red_and_one_or_two_late() -> None:
    rows = list(Contact.objects.filter(state__in=Contact.open_states()))
    assert {row.state for row in rows} == {"RECEIVED", "SCREENING", "HELD"}
    assert 19 <= len(rows) <= 36
    assert 1 <= sum(row.urgency == "RED" for row in rows) <= 2
    late = [row for row in rows if WEDNESDAY - row.received_at > timedelta(hours=24)]
    assert 1 <= len(late) <= 2
    holders = set(
        Holding.objects.filter(entry__in=[row.pk for row in rows], until=None).values_list("worker__name", flat=True)
    )
    assert {"Nia Prosser", "Sam Holt"} <= holders
    asked = InformationRequest.objects.filter(contact__in=[row.pk for row in rows])
    assert {"ASKED", "ANSWERED"} <= set(asked.values_list("state", flat=True))


def test_brothers_and_sisters_and_one_address_stand_together_on_the_board() -> None:
    rows = list(Contact.objects.filter(state__in=Contact.open_states()))
    assert max(Counter(row.sent_together for row in rows if row.sent_together).values()) > 1
    forms = {(place_key(row.child_lives_at, row.child_postcode), row.sent_together or row.pk) for row in rows}
    assert max(Counter(place for place, _ in forms).values()) > 1


def test_each_named_partner_has_something_to_do_and_to_read() -> None:
    asked = InformationRequest.objects.filter(state="ASKED").values_list("agency__name", flat=True)
    assert {"Hill Lane Primary School", "Border Counties Police", "Wyeside Community Health"} <= set(asked)
    with looking(named("Ruth Adeyemi")):
        mine = Contact.objects.filter(from_agency__name="Hill Lane Primary School")
        outcomes = set(mine.values_list("outcome", flat=True))
        assert len(outcomes - {""}) >= 4
        assert mine.filter(outcome="").count() >= 3
        assert Document.objects.count() >= 5
        assert InformationRequest.objects.filter(state="ASKED").count() == 1


def test_every_deadline_is_what_the_facts_make_it() -> None:
    kept = {(row.entry_id, row.clock): row for row in Deadline.objects.all()}
    made = [deadline for page in processes().values() for row in page.objects.all() for deadline in derive(row)]
    assert {(row.entry_id, row.clock) for row in made} == set(kept)
    for row in made:
        before = kept[row.entry_id, row.clock]
        assert [getattr(before, name) for name in FACTS] == [getattr(row, name) for name in FACTS]


def test_what_happens_is_in_order_and_nothing_lies_ahead() -> None:
    assert not TimelineEvent.objects.filter(at__gt=WEDNESDAY).exists()
    assert not Contact.objects.filter(decided_at__lt=F("received_at")).exists()
    assert not InformationRequest.objects.filter(answered_at__lt=F("asked_at")).exists()
    assert not HelpRequest.objects.filter(answered_at__lt=F("asked_at")).exists()
    assert not Referral.objects.filter(allocated_at__lt=F("received_at")).exists()
    assert PlannedStep.objects.filter(at__gt=WEDNESDAY).count() == PlannedStep.objects.count() > 20


def test_children_at_risk_today_are_seen_and_some_of_them_late() -> None:
    seen = Referral.objects.filter(immediate=True, child_seen_at__isnull=False)
    assert seen.exists()
    assert Referral.objects.filter(state="CLOSED").exists()
    assert ContactDecision.objects.filter(number=2).exists()


def test_locked_families_are_kept_from_those_outside_the_circle() -> None:
    assert Circle.objects.count() >= 2
    hers = Person.objects.filter(called__endswith=" Garrick")
    assert {person.circle_id is None for person in hers} == {False}
    worry = Contact.objects.get(entry__person__in=hers)
    assert worry.state == Contact.State.SCREENING
    with looking(named("Fiona Garrick")):
        assert not Person.objects.filter(called__endswith=" Garrick").exists()
        assert not Contact.objects.filter(pk=worry.pk).exists()
    with looking(named("Marian Blythe")):
        assert Contact.objects.filter(pk=worry.pk).exists()


def test_one_emergency_opening_waits_for_its_review() -> None:
    assert set(BreakGlass.objects.values_list("state", flat=True)) == {"OPENED", "REVIEWED"}
    with looking(named("Nia Prosser")):
        assert not Person.objects.filter(called__endswith=" Garrick").exists()  # it closed again after some hours


def test_nothing_reads_like_a_form_half_filled_in() -> None:
    words = [
        *Contact.objects.values_list("worry", "happened", "going_well", "tried", "decision_reason", "screening_note"),
        *InformationRequest.objects.values_list("question", "answer"),
        *HelpRequest.objects.values_list("family_spoken_to", "outcome_reason"),
    ]
    for text in (text for row in words for text in row):
        assert not re.search(r"[{}]|  |None", text), text
    assert len({worry for worry, *_ in words}) > 30
    known = {row.id for row in pack().levels().rows if row.choosable}
    assert all(set(ticked) <= known for ticked in Contact.objects.values_list("indicators", flat=True))
