"""What is asked about the help that a family gets: its states, levels, who does it, and who may do what."""

from django.db import models

EARLY_HELP = {"early help worker", "early help manager"}
SOCIAL_CARE = {"social worker", "team manager"}
PARTNERS = {"partner", "partner lead"}
MANAGERS = {"early help manager", "team manager"}
HELPERS = EARLY_HELP | SOCIAL_CARE | PARTNERS

ONE_AGENCY, TEAM_AROUND, IN_NEED = 2, 3, 4  # levels of need at which a family gets help by a plan
LEVELS = [(level, f"Level {level}") for level in (ONE_AGENCY, TEAM_AROUND, IN_NEED)]
CHILD = ["child_given", "child_family", "child_born_on", "child_lives_at", "child_postcode"]
CONSENT = ["consent", "consent_from", "consent_on", "consent_for"]
AGREED = {"GIVEN", "IN_PART"}  # codes of the pack's set "consent" with which help goes on
WHO_LEADS = ["lead_agency", "lead_name", "supporter"]


class State(models.TextChoices):
    """How far the help is."""

    ASKED = "ASKED", "waiting for the panel"
    WAITING = "WAITING", "waiting for somebody to begin"
    ACTIVE = "ACTIVE", "under way"
    CLOSED = "CLOSED", "closed"
    NOT_AGREED = "NOT_AGREED", "not begun"


BEFORE = {State.ASKED, State.WAITING}
OPEN = {*BEFORE, State.ACTIVE}


class Decision(models.TextChoices):
    """What the panel decides."""

    TAKE_UP = "TAKE_UP", "A team helps this family"
    NEXT_TIME = "NEXT_TIME", "More must be known: back at the next panel"
    NOT_NOW = "NOT_NOW", "No team is needed"


class HelpBy(models.TextChoices):
    """Whom the family waits for."""

    INTERNAL = "INTERNAL", "The county's own early help"
    COMMISSIONED = "COMMISSIONED", "A service that the county pays for"
    PARTNER = "PARTNER", "An agency that knows the family"


class AfterConsent(models.TextChoices):
    """What follows when a family no longer agrees."""

    ENDS = "ENDS", "Help ends: nothing calls for going on without them"
    FRONT_DOOR = "FRONT_DOOR", "The front door decides: a child may be harmed without help"
