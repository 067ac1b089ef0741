"""What an assessment calls for: a plan for a child in need, early help, a strategy discussion, or nothing."""

from __future__ import annotations

from typing import Any

from righthelp.engine.process import process
from righthelp.record.models import Deadline
from tests.assessed import ADE, authorised, begun


def test_a_child_in_need_gets_a_plan(workplace: Any) -> None:
    assessment = authorised(workplace, begun(workplace), outcome="CHILD_IN_NEED")
    help_now = process("family_help").objects.get(assessment=assessment.pk)
    assert (help_now.is_in_need, help_now.social_worker, help_now.referral_id) == (
        True, workplace.worker(ADE), assessment.referral_id,
    )  # fmt: skip
    assert help_now.entry.person == assessment.entry.person
    assert Deadline.objects.filter(entry=help_now.pk, clock="plan agreed").exists()


def test_early_help_is_asked_for_where_it_is_enough(workplace: Any) -> None:
    assessment = authorised(workplace, begun(workplace), outcome="EARLY_HELP")
    help_now = process("family_help").objects.get(assessment=assessment.pk)
    assert (help_now.state, help_now.asked_for) == ("ASKED", assessment.outcome_because)


def test_a_strategy_discussion_is_called_for(workplace: Any) -> None:
    assessment = authorised(workplace, begun(workplace), outcome="STRATEGY")
    discussion = process("strategy_discussion").objects.get(assessment=assessment.pk)
    assert (discussion.state, discussion.concern) == ("DUE", assessment.outcome_because)
    assert Deadline.objects.get(entry=discussion.pk).clock == "strategy discussion"


def test_no_further_action_calls_for_nothing(workplace: Any) -> None:
    authorised(workplace, begun(workplace), outcome="NO_FURTHER_ACTION")
    assert not process("family_help").objects.exists()
    assert not process("strategy_discussion").objects.exists()


def test_help_that_there_is_goes_on_as_a_child_in_need_s_with_their_social_worker(workplace: Any) -> None:
    first = authorised(workplace, begun(workplace), outcome="EARLY_HELP")
    again = workplace.begin("assessment", "assess_again", ADE, person=first.person, anew_because="He hit her.")
    authorised(workplace, again, outcome="CHILD_IN_NEED")
    help_now = process("family_help").objects.get()
    assert (help_now.is_in_need, help_now.social_worker) == (True, workplace.worker(ADE))
