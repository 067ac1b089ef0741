"""The review of a decision of the front door, drawn at random."""

from __future__ import annotations

from datetime import datetime

from django.apps import apps
from django.db import models

from righthelp.engine.process import Process
from righthelp.guard.models import Worker
from righthelp.guard.viewers import SAMPLE
from righthelp.kernel.page import Clock, Fault, step
from righthelp.record.models import TimelineEvent

REVIEWERS = {"front door manager", "head of service"}


def not_their_own(review: DecisionReview) -> str | None:
    """Nobody reviews a contact on which they decided themselves, now or before."""
    reviewer = getattr(review.also.by, "worker", None)
    decided = TimelineEvent.objects.filter(
        entry=review.decision.contact_id, step__in=["decide", "decide_again"], by=reviewer
    )
    return "You decided on this contact yourself: somebody else must review it." if decided.exists() else None


def another_decision(review: DecisionReview) -> Fault | None:
    """Whoever would have decided otherwise says another decision, or another level."""
    decision = review.decision
    if review.agrees is False and (review.would_outcome, review.would_level) == (decision.outcome, decision.level):
        return Fault(
            "This is the decision that was made. Choose another decision or level, or say that you agree.",
            at="would_outcome",
        )
    return None


def drawn_once(review: DecisionReview) -> str | None:
    """One decision, one review."""
    drawn = DecisionReview.objects.filter(decision=review.decision_id).exists()
    return "This decision has been drawn already." if drawn else None


class DecisionReview(Process):
    """One decision of the front door, drawn at random from last week's and read again by a manager who did not make it.

    The county told its scrutiny committee that the multi-agency safeguarding hub checks the quality of its decisions
    each week; an audit found 93 in 100 appropriate. What is drawn, nobody chooses: not who decided, not who reviews.
    """

    class State(models.TextChoices):
        DRAWN = "DRAWN", "drawn, waiting for review"
        REVIEWED = "REVIEWED", "reviewed"

    ENDS = {State.REVIEWED}
    team_receives = "decision_review"
    queue_title = "Decisions to review"
    written_at_once = True  # who decided is read from what the steps of the contact wrote

    class Quality(models.TextChoices):
        GOOD = "GOOD", "Good"
        PARTLY = "PARTLY", "Good in part"
        POOR = "POOR", "Not good enough"

    class Outcome(models.TextChoices):
        """The decisions that there are, as the front door says them."""

        IMMEDIATE = "IMMEDIATE", "Immediate action the same day"
        REFERRAL = "REFERRAL", "Referral to children's social care for assessment"
        EARLY_HELP = "EARLY_HELP", "Early help"
        SIGNPOSTING = "SIGNPOSTING", "Signposting to another service"
        ADVICE = "ADVICE", "Advice and information"
        NO_FURTHER_ACTION = "NO_FURTHER_ACTION", "No further action"

    decision = models.OneToOneField(
        "contact.ContactDecision", verbose_name="decision", on_delete=models.PROTECT, related_name="+"
    )
    decided_on = models.DateField("decided")
    decided_by = models.ForeignKey(
        Worker, verbose_name="decided by", null=True, on_delete=models.PROTECT, related_name="+"
    )
    week_began_on = models.DateField("week in which it is reviewed began")
    agrees = models.BooleanField("would you have decided the same, at the same level?", null=True)
    would_outcome = models.CharField("what would you have decided?", max_length=20, choices=Outcome.choices, blank=True)
    would_level = models.PositiveSmallIntegerField(
        "at which level of need?", choices=[(level, f"Level {level}") for level in (1, 2, 3, 4)], null=True
    )
    recording = models.CharField("how good is the recording?", max_length=6, choices=Quality.choices, blank=True)
    voice = models.CharField("how well is the child heard in it?", max_length=6, choices=Quality.choices, blank=True)
    consent = models.CharField(
        "how well are consent, and its reasons, set out?", max_length=6, choices=Quality.choices, blank=True
    )
    finding = models.TextField(
        "what did you find?", max_length=4000, blank=True, help_text="Whoever decided reads this."
    )
    reviewed_at = models.DateTimeField("reviewed", null=True)

    clocks = [
        Clock(
            "weekly review", law="front_door.weekly_quality_assurance", starts="week_began_on", stops="reviewed_at",
            awaits="Reviewed in its week",
        )
    ]  # fmt: skip

    class Shown:
        everyone = {"decided_on", "week_began_on", "agrees", "recording", "voice", "consent", "reviewed_at"}
        team = {"decision", "decided_by", "would_outcome", "would_level", "finding"}
        restricted: set[str] = set()

    class Meta(Process.Meta):
        verbose_name = "review of a decision"
        verbose_name_plural = "reviews of decisions"
        indexes = [models.Index(fields=["week_began_on"], name="decision_review_week")]

    def because(self) -> str:
        return self.finding

    @step(
        "Draw for review",
        past="A decision was drawn at random to be reviewed",
        reaches=State.DRAWN,
        by={SAMPLE.name},
        asks=["decision", "decided_on", "decided_by", "week_began_on"],
        optional={"decided_by"},
        needs=[drawn_once],
    )
    def draw(self, on: datetime) -> None:
        """Nobody chooses: by the week and the decision's own number it is drawn, and can be drawn again the same."""
        contact = apps.get_model("contact", "Contact").objects.select_related("entry").get(pk=self.decision.contact_id)
        self.also.arises_from(contact.entry)
        self.also.hold(team=self.also.team_that_receives(self.team_receives))

    @step(
        "Review the decision",
        past="The decision was reviewed by somebody who did not make it",
        leaves=State.DRAWN,
        reaches=State.REVIEWED,
        by=REVIEWERS,
        asks=["agrees", "would_outcome", "would_level", "recording", "voice", "consent", "finding"],
        only_when={"would_outcome": ("agrees", {False}), "would_level": ("agrees", {False})},
        needs=[not_their_own, another_decision],
    )
    def review(self, on: datetime) -> None:
        """Read the contact as it was when it was decided, and say what you would have done and how well it is kept."""
        self.reviewed_at = on
