"""What early help is asked and answers: its states, who rings, what comes of it, and who may do what."""

from django.db import models

EARLY_HELP = {"early help worker", "early help manager"}
LEVELS = [(level, f"Level {level}") for level in (1, 2, 3, 4)]
SOCIAL_CARE = 4  # the level of need at which children's social care decides
CHILD = ["child_given", "child_family", "child_born_on", "child_lives_at", "child_postcode"]


class State(models.TextChoices):
    """How far early help is with a family."""

    WAITING = "WAITING", "waiting for early help"
    WORKING = "WORKING", "with an early help worker"
    AT_FRONT_DOOR = "AT_FRONT_DOOR", "stepped up, with the front door"
    ANSWERED = "ANSWERED", "answered"
    DECIDED_THERE = "DECIDED_THERE", "decided by the front door"


OPEN_HERE = {State.WAITING, State.WORKING}


class WhoRang(models.TextChoices):
    """Who rings early help's own line."""

    FAMILY = "FAMILY", "A parent, a carer or somebody else of the family"
    YOUNG_PERSON = "YOUNG_PERSON", "A child or young person"
    PROFESSIONAL = "PROFESSIONAL", "A professional"


class Outcome(models.TextChoices):
    """What comes of it."""

    ADVICE = "ADVICE", "Advice and guidance given"
    SIGNPOSTED = "SIGNPOSTED", "Pointed to a service, with help to reach it"
    ASSESSMENT = "ASSESSMENT", "An early help assessment is recommended"
    ALREADY_HELPED = "ALREADY_HELPED", "The right help is already there"
    DECLINED = "DECLINED", "The family does not want help now"


class Answer(models.TextChoices):
    """What a family says of the help."""

    YES = "YES", "Yes"
    PARTLY = "PARTLY", "Partly"
    NO = "NO", "No"
