"""What is asked of whoever tells the front door of a worry, and the answers that there are."""

from django.db import models

FRONT_DOOR = {"front door social worker", "front door manager"}
TAKES_CALLS = {*FRONT_DOOR, "contact worker"}
LEVELS = [(level, f"Level {level}") for level in (1, 2, 3, 4)]

CHILD = [
    "child_given", "child_family", "child_known_as", "child_born_on", "child_expected_on", "child_sex",
    "child_upn", "child_nhs_number", "child_lives_at", "child_postcode", "child_school", "child_language",
]  # fmt: skip
# Of a child whom the person who tells us may hardly know.
CHILD_AS_FAR_AS_KNOWN = [
    "child_given", "child_family", "child_known_as", "child_born_on", "child_age_told", "child_expected_on",
    "child_sex", "child_lives_at", "child_postcode", "child_school", "child_language",
]  # fmt: skip
WORRY = ["worry", "happened", "going_well", "tried", "significant_harm_likely"]
NEED = ["sender_level", "indicators"]
VOICE = ["child_says_basis", "child_says"]
CONSENT = [
    "consent", "consent_from", "without_consent", "without_consent_because", "family_knows", "family_must_not_know",
]  # fmt: skip
NOT_AGREED = {"IN_PART", "REFUSED", "NOT_SOUGHT", "WITHDRAWN"}
REACH = [
    "sender_telephone", "sender_email", "sender_lives_at", "safe_to_call", "safe_to_text", "safe_to_write",
    "reach_safely",
]  # fmt: skip
CALLER = ["came_by", "received_at", "who_told", "from_agency", "from_name", *REACH, "sender_not_named"]
FROM_POLICE = [
    "child_given", "child_family", "child_born_on", "child_sex", "child_lives_at", "child_postcode", "child_school",
    "worry", "happened", "significant_harm_likely", "child_says_basis", "child_says", "consent", "without_consent",
    "without_consent_because", "family_must_not_know",
]  # fmt: skip
FROM_EARLY_HELP = [
    "child_given", "child_family", "child_born_on", "child_lives_at", "child_postcode", "worry", "happened",
    "significant_harm_likely", "sender_level", "urgency", "urgency_reason",
]  # fmt: skip
AS_TOLD = {
    *CHILD, *WORRY, *NEED, *VOICE, *CONSENT, "child_age_told", "came_by", "from_name", "sender_telephone", "confirms",
}  # fmt: skip
DECISION = [
    "outcome", "level", "decision_reason", "early_help_agreed", "signposted_to", "parents_told",
    "parents_not_told_because", "told_sender",
]  # fmt: skip

AGENCY, ANONYMOUS, CHILD_THEMSELVES = "AGENCY", "ANONYMOUS", "CHILD"  # codes of the set `who_tells`
YOUNG = {CHILD_THEMSELVES, "FRIEND"}
GROWN = {"PARENT", "RELATIVE", "NEIGHBOUR", "OTHER"}
BY_HAND = {"TELEPHONE", "OUT_OF_HOURS", "LETTER", "IN_PERSON"}  # codes of the set `came_by` that a worker takes down
BY_TELEPHONE = {"TELEPHONE", "OUT_OF_HOURS"}


class State(models.TextChoices):
    """How far the front door is with a worry."""

    RECEIVED = "RECEIVED", "received, waiting to be screened"
    SCREENING = "SCREENING", "being screened"
    HELD = "HELD", "held while information is gathered"
    DECIDED = "DECIDED", "decided"
    PASSED_ON = "PASSED_ON", "passed as information to who holds the case"
    JOINED = "JOINED", "joined to the telephone call that it confirms"


OPEN = {State.RECEIVED, State.SCREENING, State.HELD}


class VoiceBasis(models.TextChoices):
    """How it is known what the child thinks."""

    OWN_WORDS = "OWN_WORDS", "Their own words"
    SHOWN = "SHOWN", "What they showed, drew or did"
    TOO_YOUNG = "TOO_YOUNG", "They are too young to say, or not yet born"
    NOT_ASKED = "NOT_ASKED", "They have not been asked"


class Outcome(models.TextChoices):
    """What a manager decides."""

    IMMEDIATE = "IMMEDIATE", "Immediate action the same day"
    REFERRAL = "REFERRAL", "Referral to children's social care for assessment"
    EARLY_HELP = "EARLY_HELP", "Early help"
    SIGNPOSTING = "SIGNPOSTING", "Signposting to another service"
    ADVICE = "ADVICE", "Advice and information"
    NO_FURTHER_ACTION = "NO_FURTHER_ACTION", "No further action"


class ParentsTold(models.TextChoices):
    """Whether the parents know of the decision."""

    YES = "YES", "Yes"
    NO = "NO", "No"


class ToldHow(models.TextChoices):
    """How somebody who has no workspace here was told what came of it."""

    TELEPHONE = "TELEPHONE", "By telephone"
    LETTER = "LETTER", "By letter"
    EMAIL = "EMAIL", "By e-mail or text"
    IN_PERSON = "IN_PERSON", "In person"
    NOT_TOLD = "NOT_TOLD", "They could not be told"
