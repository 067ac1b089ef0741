"""A protected child in the small county, from the discussion to the core group; and a discussion of a locked child."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from righthelp.engine.process import process
from righthelp.processes.conftest import Chain
from righthelp.record.models import Invitation, Outcome
from tests.county_saying import Saying

if TYPE_CHECKING:
    from tests.county import County

DAY = timedelta(days=1)


def protection(county: County) -> None:
    """A plan in force; its core group has met and its record is sent; a visit was tried and then made."""
    at = Saying(county)
    way = Chain(at, county.people["known sibling"], on=county.now - 40 * DAY)
    plan = way.planned()
    rows = county.rows
    rows["protection plan"] = plan
    for key, kind in (
        ("strategy discussion", "strategy_discussion"), ("section 47", "section_47"),
        ("conference", "child_protection_conference"),
    ):  # fmt: skip
        rows[key] = process(kind).objects.filter(entry__person=way.child.pk).order_by("entry__begun_at")[0]
    group = process("core_group").objects.get(plan=plan.pk)
    group = at.take(
        group, "arrange", "Ade Bankole", on=way.later(hours=3), meets_at=way.on + 5 * DAY, minutes=60,
        place="At school", invitations=[{"name": "Ann Moss", "who": "Mother"}],
    )  # fmt: skip
    group = at.take(group, "invite", "Ade Bankole", on=way.later(hours=1))
    theirs = Invitation.objects.get(entry=group.pk, name="Helen Marsh")
    group = at.take(
        group, "report", "Helen Marsh", on=way.later(days=1), report=[{"row": str(theirs.pk), "report": "He grows"}]
    )
    held = way.later(days=5)
    group = at.take(
        group, "hold", "Ade Bankole", on=held, held_at=held - timedelta(hours=2), attendance=way.came(group),
        child_part="He drew the house", family_part="It is quieter", summary="Mornings go well", decided="Go on so",
        outcomes_now=[{"row": str(one.pk), "reached": "PARTLY", "reached_says": "He says so"} for one in
                      Outcome.objects.filter(entry=plan.pk)],
        progress=[], outcomes=[], actions=[],
    )  # fmt: skip
    rows["core group"] = at.take(group, "send_record", "Ade Bankole", on=way.later(days=1))
    visit = process("child_protection_visit").objects.get(plan=plan.pk)
    visit = at.take(
        visit, "attempt", "Ade Bankole", on=way.later(hours=2),
        tries=[{"tried_at": way.on - timedelta(hours=1), "tried_how": "Nobody came to the door"}],
    )  # fmt: skip
    rows["protection visit"] = at.take(
        visit, "record", "Ade Bankole", on=way.later(days=1), visited_at=way.on - timedelta(hours=1),
        purpose="To see him", place="HOME", expected=False, who_was_seen="His aunt", seen_alone="yes",
        child_says="I like the club", child_shows="He smiled", home="Warm and tidy", finds="The plan works",
    )  # fmt: skip
    at.take(
        plan, "give_plan", "Ade Bankole", on=way.later(hours=1),
        copies=[{"name": "Ann Moss", "who": "Mother", "how": "HAND"}],
    )  # fmt: skip


def enquiries(county: County) -> None:
    """Enquiries under section 47 that are under way, and an agency's part in an assessment that is awaited."""
    at, rows = Saying(county), county.rows
    way = Chain(at, county.people["twin"], on=county.now - 3 * DAY)
    way.held(way.discussion())
    rows["enquiry"] = process("section_47").objects.get(entry__person=way.child.pk)
    assessment = process("assessment").objects.get(referral=rows["referral"].pk)
    assessment = at.take(
        assessment, "agree", "Leonard Swann", on=county.now - DAY, finish_agreed_on=(county.now + 30 * DAY).date(),
        agencies_agreed="yes", agreed_by="Her mother", looks_at="Home", speaks_to="Everybody",
    )  # fmt: skip
    rows["assessment"] = at.take(
        assessment, "look", "Leonard Swann", on=county.now - DAY, looks=[{"found": "Not yet seen", "asks_for": "Go"}]
    )
    asked = county.worker("asked")
    rows["part"] = at.begin(
        "assessment_part", "ask", "Ade Bankole", on=county.now - DAY, assessment=assessment, agency=asked.agency,
        name=asked.name, question="What have you seen of her?", answer_by_on=(county.now + 9 * DAY).date(),
    )  # fmt: skip


def locked_discussion(county: County) -> None:
    """A discussion that was called before the family's records were locked, by a worker who is outside the circle."""
    way = Chain(Saying(county), county.people["locked"], on=county.now - 15 * DAY)
    county.rows["locked discussion"] = way.discussion()
