"""What an assessment is, where it can stand, what can come of it, and who does what."""

from __future__ import annotations

from django.db import models


class State(models.TextChoices):
    """Where an assessment stands."""

    UNDER_WAY = "UNDER_WAY", "under way"
    WITH_MANAGER = "WITH_MANAGER", "waiting for a manager"
    AUTHORISED = "AUTHORISED", "authorised, outcome not told yet"
    TOLD = "TOLD", "finished"
    STOPPED = "STOPPED", "stopped before its end"


class OfKind(models.TextChoices):
    """In law: section 17 of the Children Act 1989; or early help, by agreement, under section 10 of that of 2004."""

    CHILD_AND_FAMILY = "CHILD_AND_FAMILY", "Child and family assessment"
    WHOLE_FAMILY = "WHOLE_FAMILY", "Whole-family assessment"


class Outcome(models.TextChoices):
    """What comes of it."""

    CHILD_IN_NEED = "CHILD_IN_NEED", "Child in need: a plan under section 17"
    STRATEGY = "STRATEGY", "A strategy discussion: the child may be suffering significant harm"
    PROTECTION = "PROTECTION", "The child protection plan goes on"
    EARLY_HELP = "EARLY_HELP", "Early help: a plan with the family, by agreement"
    STEP_UP = "STEP_UP", "Told to the front door: more than early help is needed"
    NO_FURTHER_ACTION = "NO_FURTHER_ACTION", "No further action"


OUTCOMES = {
    OfKind.CHILD_AND_FAMILY: {
        Outcome.CHILD_IN_NEED, Outcome.STRATEGY, Outcome.PROTECTION, Outcome.EARLY_HELP, Outcome.NO_FURTHER_ACTION,
    },
    OfKind.WHOLE_FAMILY: {Outcome.EARLY_HELP, Outcome.STEP_UP, Outcome.NO_FURTHER_ACTION},
}  # fmt: skip
OPEN = {State.UNDER_WAY, State.WITH_MANAGER}
PARTNERS = {"partner", "partner lead"}  # who leads a whole-family assessment, and sees the row by that alone
COUNTY_WRITERS = {"social worker", "team manager", "early help worker", "early help manager"}
WRITERS = {*COUNTY_WRITERS, *PARTNERS}
MANAGERS = {"team manager", "early help manager"}
MANAGER_OF = {OfKind.CHILD_AND_FAMILY: "team manager", OfKind.WHOLE_FAMILY: "early help manager"}
LAW_OF = {OfKind.CHILD_AND_FAMILY: "assessment.completed", OfKind.WHOLE_FAMILY: "early_help.assessment_authorised"}
WRITING = {"write", "hear", "analyse"}  # the steps in which an assessment is written
NO_FACTORS = "21"  # of the code set `assessment_factors`: none was found
