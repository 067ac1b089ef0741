"""Whose a step is, beside the role: that of who leads, of who is of the team, of the level that the help is at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from righthelp.guard.viewers import AsWorker
from righthelp.kernel.page import Step
from righthelp.processes.family_help.questions import EARLY_HELP, IN_NEED, ONE_AGENCY, SOCIAL_CARE
from righthelp.record.models import Participant
from righthelp.record.taking_part import takes_part

if TYPE_CHECKING:
    from righthelp.processes.family_help.models import FamilyHelp

OF_THE_TEAM = {"review"}  # what everybody who helps writes; the rest is for whoever leads
BY_SOCIAL_CARE = {"begin_work", "close", "add", "withdraw"}  # once the child is in need


def not_for(row: FamilyHelp, step: Step, viewer: AsWorker) -> str:
    """Why this worker may not take this step of this row, though their role takes it of others."""
    if not viewer.is_county:
        return _not_for_partner(row, step, viewer)
    if step.name in {"match", "register"} and row.entry.person_id:
        return "It has been said already which child this is."
    if row.level == IN_NEED:
        if step.name in BY_SOCIAL_CARE and not viewer.roles & SOCIAL_CARE:
            return "The child is in need: this is for their social worker, or the team manager."
        if step.name in {"step_up", "allocate", "decide_at_panel"}:
            return "The child is in need: their social worker leads."
    elif step.name == "allocate_social_worker":
        return "The child has no social worker at this level. Step the help up first."
    elif step.name == "step_down" and not viewer.roles & EARLY_HELP:
        return "At this level an early help manager decides."
    if step.name == "step_down" and row.level == ONE_AGENCY:
        return "This is the lowest level at which there is a plan. Close it when it is done."
    if step.name == "review_single_agency" and row.level != ONE_AGENCY:
        return "A team around the family reviews its plan when it meets."
    if step.name == "begin_work" and not row.lead_agency_id:
        return "Name first who leads: the family must know who their lead practitioner is."
    return ""


def _not_for_partner(row: FamilyHelp, step: Step, viewer: AsWorker) -> str:
    if step.name in OF_THE_TEAM:
        return (
            "" if takes_part(row.pk, viewer, Participant.Part.LEADS, Participant.Part.TEAM) else "You do not take part."
        )
    if row.level == IN_NEED or not takes_part(row.pk, viewer, Participant.Part.LEADS):
        return "This is for whoever leads the plan with the family."
    if step.name == "review_single_agency" and row.level != ONE_AGENCY:
        return "A team around the family reviews its plan when it meets."
    return ""
