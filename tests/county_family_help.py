"""The small county's family help: a plan that a school leads with a health visitor, what waits, and what is claimed."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from righthelp.engine.journal import Journal
from righthelp.engine.process import process
from righthelp.engine.taking import begin, take
from righthelp.kernel.moments import local_day
from tests.county_saying import Saying

if TYPE_CHECKING:
    from tests.county import County

DAY = timedelta(days=1)
EARLY_HELP, MANAGER = "early help worker", "early help manager"


def family_help(county: County, journal: Journal) -> None:
    """A teacher leads; one child waits for the panel."""
    county.rows["plan"] = plan = _led_by_school(county, journal, county.people["known"])
    _claimed(county, journal, plan)
    county.rows["plan asked"] = _asked(county, journal, county.people["known sibling"], county.now - 2 * DAY)


def met_and_seen(county: County) -> None:
    """The team is invited to its first meeting; a visit was tried, and then made."""
    at, plan, lead = Saying(county), county.rows["plan"], "sender"
    meeting = process("family_meeting").objects.get(plan=plan.pk)
    meeting = at.take(
        meeting, "arrange", lead, on=county.now - 4 * DAY, meets_at=county.now + DAY, minutes=60, place="At school",
        family_needs="An interpreter", invitations=[{"name": "An aunt", "who": "Aunt"}],
    )  # fmt: skip
    county.rows["family meeting"] = at.take(meeting, "invite", lead, on=county.now - 3 * DAY)
    visit = process("family_visit").objects.get(plan=plan.pk)
    visit = at.take(
        visit, "attempt", lead, on=county.now - 3 * DAY,
        tries=[{"tried_at": county.now - 3 * DAY, "tried_how": "Nobody answered the bell"}],
    )  # fmt: skip
    county.rows["family visit"] = at.take(
        visit, "record", lead, on=county.now - DAY, visited_at=county.now - DAY, purpose="To see Wren", place="HOME",
        expected=True, who_was_seen="The mother", seen_alone="yes", child_says="I sleep now", child_shows="She sang",
        home="There are beds now", finds="The club helps",
    )  # fmt: skip
    at.take(plan, "give_plan", lead, on=county.now - DAY, copies=[{"name": "Marigold", "who": "Mother", "how": "HAND"}])


def _asked(county: County, journal: Journal, person: Any, on: Any) -> Any:
    say = county.say
    return begin(
        process("family_help"), "ask", by=county.as_(EARLY_HELP), on=on, person=person, into=journal,
        asked_for=say("Mornings are hard"), child_wants=say("I want it to be quiet"), consent="GIVEN",
        consent_from=say("Her mother"), consent_on=local_day(on), consent_for=say("School and health"),
    )  # fmt: skip


def _led_by_school(county: County, journal: Journal, person: Any) -> Any:
    say, on = county.say, county.now - 5 * DAY
    lead, helper = county.worker("sender"), county.worker("asked")
    row = _asked(county, journal, person, on)
    row = take(
        row, "decide_at_panel", by=county.as_(MANAGER), on=on, into=journal, panel_on=local_day(on),
        panel_decision="TAKE_UP", help_by="PARTNER", panel_reason=say("Two agencies already help"),
    )  # fmt: skip
    row = take(
        row, "allocate", by=county.as_(EARLY_HELP), on=on, into=journal, lead_agency=lead.agency, lead_name=lead.name
    )
    row = take(
        row, "begin_work", by=county.as_("sender"), on=on, into=journal, started_on=local_day(on),
        outcomes=[{"words": say("Mornings without shouting"), "known_by": say("She is in school by nine")}],
        actions=[{"what": say("Breakfast club"), "who": say("Her teacher"), "due_on": local_day(county.now + 9 * DAY)}],
    )  # fmt: skip
    team = [{"name": helper.name, "agency": helper.agency, "who": say("Health visitor")}]
    return take(row, "add_to_team", by=county.as_("sender"), on=on, into=journal, team=team)


def _claimed(county: County, journal: Journal, plan: Any) -> None:
    county.rows["claim"] = begin(
        process("outcome_claim"), "claim", by=county.as_(MANAGER), on=county.now - DAY, person=plan.entry.person,
        into=journal, area="EDUCATION", evidence=county.say("The school's register"),
        sustained_until=local_day(county.now - DAY),
    )  # fmt: skip
