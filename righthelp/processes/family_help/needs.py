"""What the steps of family help need, each a rule with its reason in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from righthelp.guard.models import Appointment
from righthelp.kernel.moments import local_day
from righthelp.kernel.page import Fault
from righthelp.people.matching import is_child
from righthelp.processes.family_help.questions import (
    AGREED,
    IN_NEED,
    SOCIAL_CARE,
    Decision,
    HelpBy,
)
from righthelp.record.models import Outcome

if TYPE_CHECKING:
    from righthelp.processes.family_help.models import FamilyHelp

ENDED_OTHERWISE = {"MOVED", "DIED", "LOOKED_AFTER", "PROTECTION"}  # reasons after which another plan, or none, goes on
WITHOUT_THEM = {*ENDED_OTHERWISE, "NO_AGREEMENT"}  # nobody can be given a plan of their own


def family_agrees(row: FamilyHelp) -> Fault | None:
    """Help at levels 2 and 3 rests on agreement; without it nothing goes on."""
    if row.level >= IN_NEED or row.consent in AGREED:
        return None
    at = "consent" if "consent" in row.steps[row.also.step].fields else ""
    return Fault(
        "Early help goes on only with the family's agreement. Talk with them, and write down who agreed, when, and to "
        "what. If you fear significant harm, step this up to the front door.",
        at=at,
    )


def agreement_is_dated(row: FamilyHelp) -> Fault | None:
    """Who agreed, and when: a day that has been."""
    if row.consent not in AGREED:
        return None
    if not row.consent_from.strip():
        return Fault("Write who agreed.", at="consent_from")
    if row.consent_on is None or row.consent_on > local_day(row.also.on):
        return Fault("Write the day on which they agreed: today or earlier.", at="consent_on")
    return None


def not_helped_already(row: FamilyHelp) -> Fault | None:
    """One child, one record of family help: a second plan beside it would be unknown to those of the first."""
    if row.entry.person_id and type(row).open_of(row.entry.person_id, besides=row.pk, also=row.also):
        return Fault("This child has family help already. Open it from their page, and go on there.")
    return None


def nobody_matched_is_helped(row: FamilyHelp) -> Fault | None:
    """A plan that a partner began is not put beside one that is there."""
    if row.matched_to_id and type(row).open_of(row.matched_to_id, besides=row.pk):
        return Fault("This child has family help already. Ask whoever sent this to join it.", at="matched_to")
    return None


def is_a_child_of_ours(row: FamilyHelp) -> Fault | None:
    """Family help is recorded for each child."""
    if row.matched_to and not is_child(row.matched_to, local_day(row.also.on)):
        return Fault(f"{row.matched_to} is an adult. Choose the child.", at="matched_to")
    return None


def not_matched_yet(row: FamilyHelp) -> Fault | None:
    """A second record of one child is how facts are lost."""
    return Fault("It has been said already which child this is.") if row.entry.person_id else None


def named_child(row: FamilyHelp) -> Fault | None:
    """The child can be looked for."""
    if row.child_given.strip() and row.child_family.strip():
        return None
    return Fault("Write the child's first and last name.", at="child_given")


def born_by_now(row: FamilyHelp) -> Fault | None:
    """A date of birth lies behind us."""
    if row.child_born_on and row.child_born_on > local_day(row.also.on):
        return Fault("The date of birth is in the future.", at="child_born_on")
    return None


def which_child_is_said(row: FamilyHelp) -> Fault | None:
    """What is decided for a child stands on their record."""
    if row.entry.person_id:
        return None
    return Fault("Say first which child this is, or make a new record for them.")


def met_by_now(row: FamilyHelp) -> Fault | None:
    """A panel decides once it has met."""
    if row.panel_on and row.panel_on > local_day(row.also.on):
        return Fault("The panel has not met yet on that day.", at="panel_on")
    return None


def agreed_if_taken_up(row: FamilyHelp) -> Fault | None:
    """The panel may decide anything of a family that does not agree, but not that they are helped."""
    return family_agrees(row) if row.panel_decision == Decision.TAKE_UP else None


def service_is_named(row: FamilyHelp) -> Fault | None:
    """Whoever waits, waits for somebody."""
    if row.panel_decision != Decision.TAKE_UP or row.help_by != HelpBy.COMMISSIONED or row.service.strip():
        return None
    return Fault("Write which service the family waits for.", at="service")


def somebody_leads(row: FamilyHelp) -> Fault | None:
    """Before work begins, the family knows who leads it."""
    if row.lead_agency_id:
        return None
    return Fault("Name first who leads: the family must know who their lead practitioner is.")


def leads_for_the_county(row: FamilyHelp) -> Fault | None:
    """The county's own lead is somebody by name: its work has somebody who holds it."""
    if row.lead_agency and row.lead_agency.kind == "county" and not row.lead_worker(row.also.on):
        return Fault(
            "Nobody of the county bears just this name. Write the lead's full name as it stands in the list of "
            "workers.",
            at="lead_name",
        )
    return None


def begun_by_now(row: FamilyHelp) -> Fault | None:
    """Work that will begin has not begun."""
    if row.started_on and row.started_on > local_day(row.also.on):
        return Fault("Work has begun today, or began before.", at="started_on")
    return None


def reviewed_later(row: FamilyHelp) -> Fault | None:
    """A plan says when it is looked at again."""
    if row.review_due_on and row.review_due_on <= local_day(row.also.on):
        return Fault("The next review is after today.", at="review_due_on")
    return None


def upwards(row: FamilyHelp) -> Fault | None:
    """A step up is to a higher level."""
    if row.to_level and row.to_level > row.level:
        return None
    return Fault("This is not higher than the level now. To go down, step down.", at="to_level")


def downwards(row: FamilyHelp) -> Fault | None:
    """A step down is to a lower level."""
    if row.to_level and row.to_level < row.level:
        return None
    return Fault("This is not lower than the level now. To go up, step up.", at="to_level")


def social_worker_where_in_need(row: FamilyHelp) -> Fault | None:
    """A child in need has a social worker, who is one."""
    if (row.to_level or row.level) < IN_NEED:
        return None
    held = Appointment.objects.filter(worker=row.social_worker_id, role__in=SOCIAL_CARE, until__isnull=True)
    if row.social_worker_id and held.exists():
        return None
    return Fault("Choose the social worker who is responsible from now on.", at="social_worker")


def outcomes_are_agreed(row: FamilyHelp) -> Fault | None:
    """A plan is a plan by what is to be different, in the family's words."""
    if row.also.several.get("outcomes") or row.also.rows_at(Outcome, row.pk):
        return None
    return Fault("Write what is to be different, in the family's own words, and who does what.")


def every_outcome_is_said(row: FamilyHelp) -> Fault | None:
    """At closing, of each outcome it is said whether it was reached: by that the needs met are counted."""
    said = {answer["row"]: answer["reached"] for answer in row.also.several.get("outcomes_now", [])}
    there = row.also.rows_at(Outcome, row.pk)
    missing = [one.words for one in there if one.is_wanted and str(one.pk) not in said]
    return Fault(f"Say whether this was reached: {'; '.join(missing)}") if missing else None


def wellbeing_plan_is_given(row: FamilyHelp) -> Fault | None:
    """A family that is left to itself leaves with a plan of its own (the county's closing check EH-13)."""
    if row.wellbeing_plan.strip() or row.closing_reason in WITHOUT_THEM:
        return None
    return Fault(
        "Write the family's wellbeing plan: what keeps things well, what to look out for, and whom to turn to. They "
        "get it as a letter.",
        at="wellbeing_plan",
    )


def family_is_asked(row: FamilyHelp) -> Fault | None:
    """What the family says of the help, in their words, or why nobody asked."""
    if row.family_says.strip() or row.family_not_asked_because.strip():
        return None
    return Fault("Write what the family says of the help, or why they were not asked.", at="family_says")


def closed_by_now(row: FamilyHelp) -> Fault | None:
    """It is closed today, or was closed before, and after it began."""
    if row.closed_on and row.closed_on > local_day(row.also.on):
        return Fault("It is closed today, or was closed before.", at="closed_on")
    if row.closed_on and row.started_on and row.closed_on < row.started_on:
        return Fault("It cannot have closed before it began.", at="closed_on")
    return None


def withdrawn_by_now(row: FamilyHelp) -> Fault | None:
    """What a family will say they have not said."""
    if row.consent_withdrawn_on and row.consent_withdrawn_on > local_day(row.also.on):
        return Fault("They said so today, or earlier.", at="consent_withdrawn_on")
    return None


def family_agrees_to_less(row: FamilyHelp) -> Fault | None:
    """From section 17 down, help goes on by agreement only."""
    if row.consent in AGREED:
        return None
    return Fault(
        "Below level 4 help goes on only with the family's agreement. Without it, close the plan, or write down who "
        "agreed, when, and to what.",
        at="consent",
    )
