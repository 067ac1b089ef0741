"""What is done to assess a child, for the tests of assessments, of agencies' parts in them and of their visits."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from righthelp.engine.process import process
from righthelp.kernel.moments import LONDON

ADE, LEONARD, RUTH, PETRA = "Ade Bankole", "Leonard Swann", "Ruth Adeyemi", "Petra Lind"
AGREED: dict[str, Any] = {
    "looks_at": "Food at home, and who looks after her.",
    "speaks_to": "Ada, her mother, her school.",
    "agencies_agreed": "yes",
    "agreed_by": "Her mother, today",
}
SAYS: dict[str, Any] = {
    "child_says": "I get my own tea.",
    "child_day": "She gets up alone.",
    "parents_say": "Her mother works nights.",
    "others_say": "",
}
MEANS: dict[str, Any] = {
    "analysis": "She is alone too much, and her mother wants help.",
    "factors": ["4B", "16A"],
    "proposes": "A child in need plan.",
}
QUESTION = "What have you seen of her being hungry?"


def at(*when: int) -> datetime:
    return datetime(*when, tzinfo=LONDON)  # type: ignore[arg-type]


def begun(workplace: Any, on: datetime | None = None) -> Any:
    """An assessment that began because a referral from Ruth's school was allocated to Ade."""
    workplace.decided(on=on, sent=on, outcome="REFERRAL", level=4)
    referral = process("referral").objects.get()
    workplace.take(referral, "allocate", LEONARD, on=on, social_worker=workplace.worker(ADE))
    return process("assessment").objects.get()


def agreed(workplace: Any, assessment: Any, on: datetime | None = None, days: int = 20, **more: Any) -> Any:
    finish = (on or timezone.now()).date() + timedelta(days=days)
    return workplace.take(assessment, "agree", ADE, on=on, **{"finish_agreed_on": finish, **AGREED, **more})


def visited(workplace: Any, assessment: Any, on: datetime | None = None, **more: Any) -> Any:
    visit = process("assessment_visit").objects.get(assessment=assessment.pk, state="DUE")
    said = {
        "visited_at": on or timezone.now(), "purpose": "To hear her", "place": "HOME", "expected": "yes",
        "seen_alone": "yes", "child_says": "I get my own tea.", "finds": "She is often alone.",
    }  # fmt: skip
    return workplace.take(visit, "record", ADE, on=on, **{**said, **more})


def written(workplace: Any, assessment: Any, on: datetime | None = None, who: str = ADE, **more: Any) -> Any:
    domain = assessment.domains.get(domain="CARE_AND_SAFETY")
    said = {"row": str(domain.pk), "strengths": "Warm clothes", "worries": "No tea", "to_change": "Somebody is there"}
    workplace.take(assessment, "write", who, on=on, domains=[said])
    workplace.take(assessment, "hear", who, on=on, **SAYS)
    return workplace.take(workplace.again(assessment), "analyse", who, on=on, **{**MEANS, **more})


def handed_in(workplace: Any, assessment: Any, on: datetime | None = None, **more: Any) -> Any:
    agreed(workplace, assessment, on)
    visited(workplace, assessment, on)
    written(workplace, assessment, on, **more)
    return workplace.take(workplace.again(assessment), "hand_in", ADE, on=on)


def authorised(workplace: Any, assessment: Any, on: datetime | None = None, outcome: str = "CHILD_IN_NEED") -> Any:
    row = handed_in(workplace, assessment, on)
    return workplace.take(row, "authorise", LEONARD, on=on, outcome=outcome, outcome_because="She needs a plan.")


def asked_of(workplace: Any, assessment: Any, agency: str = "Wyeside Community Health", name: str = "") -> Any:
    return workplace.begin(
        "assessment_part", "ask", ADE, assessment=workplace.again(assessment),
        agency=workplace.staff.agencies[agency], name=name, question=QUESTION,
        answer_by_on=timezone.localdate() + timedelta(days=7),
    )  # fmt: skip
