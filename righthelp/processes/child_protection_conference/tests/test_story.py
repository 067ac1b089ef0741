"""A child's way to a conference, and what it decides."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from righthelp.engine.deadlines import asked
from righthelp.engine.process import process
from righthelp.kernel.moments import local
from righthelp.kernel.timing import Answer
from righthelp.record.models import (
    Action,
    Deadline,
    Document,
    Holding,
    Invitation,
    Issue,
    Outcome,
    Quotation,
    TimelineEvent,
)


def due(row: Any, clock: str) -> Any:
    return local(Deadline.objects.get(entry=row.pk, clock=clock).due_at).date()


def says(row: Any) -> list[str]:
    return [event.says for event in TimelineEvent.objects.filter(entry=row.pk)]


@pytest.mark.county
def test_from_strategy_discussion_to_record_sent(workplace: Any, chain: Any) -> None:
    conference = chain.called_for()
    assert (conference.state, due(conference, "initial conference")) == ("DUE", date(2026, 6, 22))
    assert Holding.objects.get(entry=conference.pk, until__isnull=True).worker.name == "Ade Bankole"
    conference = chain.arranged(conference)
    assert Holding.objects.get(entry=conference.pk, until__isnull=True).team.key == "child_protection"
    letters = Issue.objects.filter(document__entry=conference.pk)
    assert {letter.to.split(",")[0] for letter in letters} == {
        "Ade Bankole", "Kate Lomas", "Helen Marsh", "Ruth Adeyemi", "Ann Moss",
    }  # fmt: skip
    conference = chain.conference(conference)
    assert conference.state == "HELD"
    plan = process("child_protection_plan").objects.get(conference=conference.pk)
    assert (plan.category, plan.social_worker.name, plan.previous_plans) == ("PHY", "Ade Bankole", 0)
    assert [one.words for one in Outcome.objects.filter(entry=plan.pk)] == ["Nobody hurts Cy."]
    assert {one.worker.name for one in Action.objects.filter(entry=plan.pk)} == {"Ade Bankole", "Ruth Adeyemi"}
    review = process("child_protection_conference").objects.get(plan=plan.pk)
    group = process("core_group").objects.get(plan=plan.pk)
    visit = process("child_protection_visit").objects.get(plan=plan.pk)
    held = local(conference.held_at).date()
    assert (due(review, "first review"), review.state) == (held.replace(month=held.month + 3), "DUE")
    assert {due(group, "first core group"), due(visit, "visit")} == {date(2026, 6, 30)}
    conference = workplace.take(conference, "send_decisions", "Colin Ember", on=chain.later(hours=5))
    conference = workplace.take(conference, "send_record", "Colin Ember", on=chain.later(days=10))
    assert (conference.state, conference.ended) == ("SENT", True)
    record = Document.objects.get(entry=conference.pk, title__startswith="Record:")
    for words in ("Nobody hurts Cy.", "Ade brought his drawing", "Physical abuse", "Ruth Adeyemi", "did not come"):
        assert words in record.words
    late = [clock.name for clock, _, timing in asked(conference, chain.on) if timing.answer is Answer.MISSED]
    assert late == []
    assert says(conference)[-3:] == [
        "The conference was held: A child protection plan is made",
        "The decisions of the conference were sent",
        "The record of the meeting was sent to everybody who was invited",
    ]


def test_three_reminders_and_then_it_is_the_managers(workplace: Any, chain: Any, refused: Any) -> None:
    conference = chain.called_for()
    with refused(saying="request to convene is not in"):
        workplace.take(
            conference, "arrange", "Colin Ember", on=chain.on, meets_at=chain.on + timedelta(days=9), minutes=90,
            place="Room 1", chair=workplace.worker("Beverley Ashdown"),
        )  # fmt: skip
    for _ in range(3):
        conference = workplace.take(conference, "remind", "Colin Ember", on=chain.later(days=1))
    with refused(saying="three times"):
        workplace.take(conference, "remind", "Colin Ember", on=chain.later(days=1))
    assert conference.reminders == 3


@pytest.mark.parametrize(
    ("answer", "fault", "at"),
    [
        ({"decision": "PLAN_ENDS", "end_reason": "SAFE"}, "has no plan yet", "decision"),
        ({"category": ""}, "", "category"),
        ({"decided": ""}, "", "decided"),
        ({"child_part": ""}, "", "child_part"),
    ],
)
def test_a_decision_is_whole(chain: Any, refused: Any, answer: Any, fault: str, at: str) -> None:
    conference = chain.arranged(chain.called_for())
    with refused(at, saying=fault):
        chain.conference(conference, **answer)


def test_every_agency_says_whether_it_agrees_and_a_dissent_its_reason(workplace: Any, chain: Any, refused: Any) -> None:
    conference = chain.arranged(chain.called_for())
    came = chain.came(conference, view="AGREES")
    with refused("attendance-0-view"):
        chain.conference(conference, attendance=[{**came[0], "view": ""}, *came[1:]])
    with refused("attendance-1-view_because"):
        chain.conference(conference, attendance=[came[0], {**came[1], "view": "DISAGREES"}, *came[2:]])
    dissent = {**came[1], "view": "DISAGREES", "view_because": "The police would have him away from home."}
    conference = chain.conference(conference, attendance=[came[0], dissent, *came[2:]])
    conference = workplace.take(conference, "send_record", "Colin Ember", on=chain.later(days=1))
    record = Document.objects.get(entry=conference.pk, title__startswith="Record:")
    assert "The police would have him away from home." in record.words
    assert "Kate Lomas" in record.words.split("Who does not agree")[1]


def test_it_is_quorate_or_says_why_not(chain: Any, refused: Any) -> None:
    conference = chain.arranged(chain.called_for())
    away = chain.came(conference, view="AGREES", away=("Kate Lomas",))
    with refused("went_ahead_because", saying="police"):
        chain.conference(conference, attendance=away)
    held = chain.conference(conference, attendance=away, went_ahead_because="The police sent their view in writing.")
    assert held.state == "HELD"


def test_parents_are_met_before_or_it_is_said_why_not(workplace: Any, chain: Any, refused: Any) -> None:
    conference = chain.called_for()
    conference = workplace.take(
        conference, "convene", "Ade Bankole", on=chain.on, asked_because="He was burned.", invitations=chain.who
    )
    conference = workplace.take(
        conference, "arrange", "Colin Ember", on=chain.on, meets_at=chain.on + timedelta(days=1), minutes=90,
        place="Room 1", chair=workplace.worker("Beverley Ashdown"),
    )  # fmt: skip
    with refused("parents_not_met_because"):
        chain.conference(conference)


def test_who_was_at_the_meeting_before_stands_ready_to_be_invited_and_nobody_of_the_family(
    workplace: Any, chain: Any
) -> None:
    conference = chain.called_for()
    step = conference.steps["convene"]
    ready = conference.stands_ready(step)["invitations"]
    assert [one["name"] for one in ready] == [one["name"] for one in chain.who]
    conference = chain.arranged(conference)
    assert conference.stands_ready(step) == {}, "it is asked for once"
    chain.conference(conference)
    review = process("child_protection_conference").objects.get(plan__isnull=False)
    again = [one["name"] for one in review.stands_ready(step)["invitations"]]
    assert again == [one["name"] for one in chain.who]
    assert not {"Ann Moss", "Lee Moss"} & set(again)


def test_the_form_has_them_and_takes_none_that_is_emptied(client: Any, workplace: Any, chain: Any) -> None:
    conference = chain.called_for()
    workplace.signed_in("Ade Bankole", client)
    place = f"/child_protection_conference/{conference.pk}/convene/"
    page = client.get(place).content.decode()
    for one in chain.who:
        assert f'value="{one["name"]}"' in page
    police = chain.who[1]
    typed = {
        "asked_because": "He was burned.",
        "invitations-TOTAL_FORMS": "2",
        "invitations-INITIAL_FORMS": "2",
        "invitations-0-name": "",
        "invitations-0-who": "",
        **{f"invitations-1-{name}": police[name] for name in ("name", "who")},
        "invitations-1-agency": str(police["agency"].pk),
    }
    client.post(place, typed)
    assert [one.name for one in Invitation.objects.filter(entry=conference.pk)] == [police["name"]]


def test_the_report_is_put_together_and_does_not_say_what_was_not_given_for_the_parents(chain: Any) -> None:
    conference = chain.arranged(chain.called_for())
    report = Document.objects.get(entry=conference.pk, title__startswith="Report of the social worker")
    enquiry = conference.enquiry
    for said in ("He was burned.", enquiry.parents_say, "He wants his mother to come.", "A child protection plan."):
        assert said in report.words
    for kept_back in (enquiry.child_says, enquiry.agencies_say, enquiry.found):
        assert kept_back
        assert kept_back not in report.words
    got = {issue.to: issue.how for issue in Issue.objects.filter(document=report)}
    assert got["Ann Moss, Mother"] == "HAND"
    assert not any("Lee Moss" in to for to in got), "whoever is left out for a reason gets nothing"
    quoted = {(one.entry_id, one.field) for one in Quotation.objects.filter(document=report)}
    assert {(enquiry.pk, "parents_say"), (conference.pk, "report_analysis")} <= quoted


def test_the_report_to_a_review_says_where_the_plan_stands(workplace: Any, chain: Any) -> None:
    plan = chain.planned()
    review = process("child_protection_conference").objects.get(plan=plan.pk)
    review = workplace.take(
        review, "convene", "Ade Bankole", on=chain.later(days=3), asked_because="Three months.", invitations=chain.who
    )
    workplace.take(
        review, "write_report", "Ade Bankole", on=chain.later(days=3), report_child="Go on.",
        report_analysis="It is calmer.", report_proposes="The plan goes on.",
    )  # fmt: skip
    words = Document.objects.get(entry=review.pk, title__startswith="Report").words
    assert "Nobody hurts Cy." in words
    assert "See Cy every week" in words


def test_nobody_gets_a_report_before_it_is_said_who_comes(workplace: Any, chain: Any, refused: Any) -> None:
    conference = chain.called_for()
    with refused(saying="who is to be invited"):
        said = {"report_child": "-", "report_analysis": "-", "report_proposes": "-"}
        workplace.take(conference, "write_report", "Ade Bankole", on=chain.on, **said)
    with refused(saying="Write the report first"):
        got = {"report_shared_at": chain.on, "report_shared_how": "-"}
        workplace.take(conference, "share_report", "Ade Bankole", on=chain.on, **got)


def test_an_invited_school_sees_what_it_is_part_of_and_sends_its_report(
    workplace: Any, chain: Any, refused: Any, client: Any
) -> None:
    conference = chain.arranged(chain.called_for())
    one = Invitation.objects.get(entry=conference.pk, name="Ruth Adeyemi")
    other = Invitation.objects.get(entry=conference.pk, name="Helen Marsh")
    with refused(saying="not of this record"):
        workplace.take(
            conference, "report", "Ruth Adeyemi", on=chain.on, report=[{"row": str(other.pk), "report": "Mine"}]
        )
    workplace.take(
        conference, "report", "Ruth Adeyemi", on=chain.on, report=[{"row": str(one.pk), "report": "He is often tired."}]
    )
    assert Invitation.objects.get(pk=one.pk).report_in_at == chain.on
    client.post("/demonstration/sign-in/", {"worker_id": workplace.worker("Ruth Adeyemi").pk})
    page = client.get(f"/child_protection_conference/{conference.pk}/").content.decode()
    assert "Cy Moss" in page
    assert "He was burned." not in page
    client.post("/demonstration/sign-in/", {"worker_id": workplace.worker("Tom Fairley").pk})
    assert client.get(f"/child_protection_conference/{conference.pk}/").status_code == 404
