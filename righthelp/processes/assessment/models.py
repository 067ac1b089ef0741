"""An assessment of a child and their family."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from django.db import models

from righthelp.engine.codes import CodeField
from righthelp.engine.part import Several
from righthelp.engine.process import processes
from righthelp.engine.recurring import end_what_it_called_for
from righthelp.guard.viewers import STEP, AsWorker
from righthelp.kernel.page import Clock, Expect, Step, step
from righthelp.packs import pack
from righthelp.processes.assessment import needs, questions, telling
from righthelp.processes.assessment.begun import Begun
from righthelp.processes.assessment.parts import AssessmentDomain, AssessmentLook
from righthelp.processes.assessment.questions import COUNTY_WRITERS, MANAGERS, OPEN, WRITERS

__all__ = ["Assessment", "AssessmentDomain", "AssessmentLook"]


class Assessment(Begun):
    """An assessment of what a child needs, what harm they suffer or may suffer, and what their family can do.

    A child and family assessment under section 17 of the Children Act 1989 is led by a social worker and finished
    within 45 working days of the referral, sooner where that is agreed (Working Together to Safeguard Children,
    assessment). A whole-family assessment is early help's, by agreement. The child is seen, and seen alone; parents and
    agencies are heard; a manager who did not write it authorises it, and those concerned are told what came of it.
    """

    State = questions.State
    ENDS = {State.TOLD, State.STOPPED}
    OfKind = questions.OfKind
    Outcome = questions.Outcome
    ends_with_origin = "lapse"
    begins_from_child = frozenset({"assess_again", "begin_whole_family"})
    several = {
        "domains": Several(AssessmentDomain, "assessment", AssessmentDomain.asked_with, of_each=True),
    }

    # Agreed at the start
    finish_agreed_on = models.DateField("by which day will it be finished?", null=True)
    looks_at = models.TextField("what will be looked at, and why?", max_length=4000, blank=True)
    speaks_to = models.TextField("who will be spoken to, and who sees the child?", max_length=4000, blank=True)
    agencies_agreed = models.BooleanField("do the parents agree that other agencies are asked?", null=True)
    agreed_by = models.CharField("who agreed, and when?", max_length=200, blank=True)
    without_agreement = CodeField("what allows us to ask without it?", code_set="lawful_reason")

    # What it finds; the child is seen at a visit
    child_seen_on = models.DateField("child seen", null=True)
    child_seen_alone_on = models.DateField("child seen alone", null=True)
    child_says = models.TextField(
        "what does the child say, in their own words, or show?", max_length=8000, blank=True,
        help_text="Of this child alone. A brother or sister has a voice in their own assessment.",
    )  # fmt: skip
    child_day = models.TextField("what is a day like for this child?", max_length=8000, blank=True)
    parents_say = models.TextField("what do the parents or carers say, each of them?", max_length=8000, blank=True)
    others_say = models.TextField("what do others in the family say?", max_length=8000, blank=True)
    analysis = models.TextField(
        "what does it all mean for the child, now and if nothing changes?", max_length=12000, blank=True
    )
    proposes = models.TextField("what do you propose, and why?", max_length=4000, blank=True)
    not_seen_because = models.TextField("if the child was not seen alone: why not?", max_length=2000, blank=True)
    without_parts_because = models.TextField(
        "if an agency has not answered: why not wait for it?", max_length=2000, blank=True
    )
    handed_in_at = models.DateTimeField("handed in", null=True)
    first_look_at = models.DateTimeField("a manager's first look", null=True)
    second_look_at = models.DateTimeField("a manager's second look", null=True)
    third_look_at = models.DateTimeField("a manager's third look", null=True)

    # What comes of it
    sent_back_because = models.TextField("what must be better?", max_length=4000, blank=True)
    outcome = models.CharField("what comes of it?", max_length=20, choices=questions.Outcome.choices, blank=True)
    outcome_because = models.TextField("why is this right for the child?", max_length=4000, blank=True)
    authorised_by = models.CharField("authorised by", max_length=200, blank=True)
    told_parents = models.TextField(
        "which parents or carers get it?", max_length=1000, blank=True,
        help_text="The full name of each on a line of its own. Each gets a copy.",
    )  # fmt: skip
    parents_not_told_because = models.TextField("if no parent gets it: why not?", max_length=2000, blank=True)
    child_says_shared = models.BooleanField("may the parents read what the child said?", null=True)
    told_agencies = models.TextField(
        "what happens next, for who referred and the agencies that were asked?", max_length=4000, blank=True,
        help_text="Only what they need for their own work with the child.",
    )  # fmt: skip
    told_at = models.DateTimeField("outcome told", null=True)
    stopped_because = models.TextField("why is it stopped?", max_length=2000, blank=True)

    clocks = [
        Clock(
            "completed", law="assessment.completed", starts="counted_from_at", stops="authorised_at",
            when="is_under_section_17", awaits="Authorised within {length} of the referral",
        ),
        Clock(
            "agreed finish", law="assessment.completed", starts="counted_from_at", stops="authorised_at",
            when="is_agreed_under_section_17", agreed="finish_agreed_on", awaits="Finished by the day that was agreed",
        ),
        Clock(
            "first look", law="assessment.checkpoint", starts="started_at", stops="first_looked_at",
            when="is_looked_at", awaits="A manager's first look, within {length}",
        ),
        Clock(
            "second look", law="assessment.second_checkpoint", starts="started_at", stops="second_looked_at",
            when="is_looked_at", awaits="A manager's second look, within {length}",
        ),
        Clock(
            "third look", law="assessment.third_checkpoint", starts="started_at", stops="third_looked_at",
            when="is_looked_at", awaits="A manager's third look, within {length}",
        ),
        Clock(
            "outcome told", law="assessment.outcome_shared", starts="authorised_at", stops="told_at",
            when="is_looked_at", awaits="Outcome told within {length}",
        ),
        Clock(
            "whole family", law="early_help.assessment_authorised", starts="counted_from_at", stops="authorised_at",
            when="is_of_a_whole_family", agreed="finish_agreed_on", awaits="Authorised in time",
        ),
    ]  # fmt: skip

    expects: ClassVar = [
        Expect(
            of="family_help", step="begin_in_need", when="calls_for_new_plan", link="assessment",
            carries={"referral": "referral", "level_why": "outcome_because", "social_worker": "referral.social_worker"},
        ),
        Expect(
            of="family_help", step="begin_after_assessment", when="asks_for_early_help", link="assessment",
            carries={"asked_for": "outcome_because"},
        ),
        Expect(
            of="strategy_discussion", step="fall_due", when="calls_for_strategy", link="assessment",
            carries={"concern": "outcome_because"},
        ),
    ]  # fmt: skip

    class Shown:
        everyone = {
            "of_kind", "started_at", "counted_from_at", "finish_agreed_on", "handed_in_at", "child_seen_on",
            "child_seen_alone_on", "first_look_at", "second_look_at", "third_look_at", "outcome", "authorised_at",
            "authorised_by", "told_at", "is_loaded", "internal_review_on", "lead",
        }  # fmt: skip
        team = {
            "about", "referral", "anew_because", "looks_at", "speaks_to", "agencies_agreed", "agreed_by",
            "without_agreement", "child_says", "child_day", "parents_say", "others_say", "analysis", "factors",
            "proposes", "not_seen_because", "without_parts_because", "sent_back_because", "outcome_because",
            "told_parents", "parents_not_told_because", "child_says_shared", "told_agencies", "stopped_because",
        }  # fmt: skip
        restricted: set[str] = set()
        # Nobody but the lead practitioner of a whole-family assessment is involved: agencies that are asked have a row
        # of their own (`assessment_part`).
        involved = {
            "of_kind", "about", "lead", "started_at", "counted_from_at", "finish_agreed_on", "looks_at", "speaks_to",
            "agencies_agreed", "agreed_by", "without_agreement", "child_says", "child_day", "parents_say",
            "others_say", "analysis", "factors", "proposes", "not_seen_because", "without_parts_because",
            "handed_in_at", "sent_back_because", "outcome", "outcome_because", "authorised_at", "told_at",
            "stopped_because",
        }  # fmt: skip

    class Meta(Begun.Meta):
        abstract = False
        verbose_name = "assessment"
        indexes = [models.Index(fields=["referral"], name="assessment_referral")]

    @property
    def heading(self) -> str:
        return self.label("of_kind", self.of_kind) if self.of_kind else self.title()

    @property
    def workspace_words(self) -> str:
        return f"{self.heading}: {self.about}"

    def __str__(self) -> str:
        return self.workspace_words

    def happening(self) -> str:
        return f"{self.heading}: {self.state_label}"

    def because(self) -> str:
        return self.outcome_because or self.anew_because

    def not_for(self, step: Step, viewer: AsWorker) -> str:
        """A social work manager answers for an assessment under section 17, an early help one for a whole family's."""
        role = questions.MANAGER_OF[self.OfKind(self.of_kind)]
        if step.by != MANAGERS or role in viewer.roles:
            return ""
        return f"{step.title} is for: {pack().roles()[role].title}."

    @property
    def _is_worked_on(self) -> bool:
        return self.state != self.State.STOPPED

    @property
    def is_under_section_17(self) -> bool:
        return self._is_worked_on and self.of_kind == self.OfKind.CHILD_AND_FAMILY

    @property
    def is_agreed_under_section_17(self) -> bool:
        return self.is_under_section_17 and self.finish_agreed_on is not None

    @property
    def is_looked_at(self) -> bool:
        """Whether looks and telling are ours to see to: of what a return brings authorised they are not known."""
        return self.is_under_section_17 and not self.is_loaded

    @property
    def is_of_a_whole_family(self) -> bool:
        return self._is_worked_on and self.of_kind == self.OfKind.WHOLE_FAMILY

    @property
    def first_looked_at(self) -> datetime | None:
        """A manager who authorises has looked."""
        return self.first_look_at or self.authorised_at

    @property
    def second_looked_at(self) -> datetime | None:
        return self.second_look_at or self.authorised_at

    @property
    def third_looked_at(self) -> datetime | None:
        return self.third_look_at or self.authorised_at

    @property
    def calls_for_plan(self) -> bool:
        """A child in need plan follows."""
        return self.outcome == self.Outcome.CHILD_IN_NEED

    @property
    def calls_for_new_plan(self) -> bool:
        """A child in need plan follows, and there is no plan that goes on as one."""
        return self.calls_for_plan and self._help_there_is() is None

    @property
    def asks_for_early_help(self) -> bool:
        """Early help takes over, and does not help the family already."""
        return self.steps_down and self._help_there_is() is None

    def _help_there_is(self) -> Any:
        page: Any = processes().get("family_help")
        return page.open_of(self.entry.person_id, also=self._doing) if page else None

    @property
    def calls_for_strategy(self) -> bool:
        """A strategy discussion follows."""
        return self.outcome == self.Outcome.STRATEGY

    @property
    def steps_down(self) -> bool:
        """Early help takes over from children's social care."""
        return self.outcome == self.Outcome.EARLY_HELP and self.of_kind == self.OfKind.CHILD_AND_FAMILY

    def domains_now(self) -> list[Any]:
        """What was found in each part of the child's life, with what this and earlier steps wrote."""
        journal = self.also.journal
        kept = () if journal.holds(self.entry) else self.domains.order_by("number")
        held = [*kept, *journal.parts[(AssessmentDomain, self.pk)]]
        changed = journal.changed
        return [changed[AssessmentDomain, one.pk][0] if (AssessmentDomain, one.pk) in changed else one for one in held]

    @step(
        "Agree how it is done",
        past="It was agreed to finish by {finish_agreed_on}",
        leaves=questions.State.UNDER_WAY,
        by=WRITERS,
        asks=["finish_agreed_on", "looks_at", "speaks_to", "agencies_agreed", "agreed_by", "without_agreement"],
        only_when={"agreed_by": ("agencies_agreed", {True}), "without_agreement": ("agencies_agreed", {False})},
        needs=[needs.finish_in_time],
        siblings=True,
    )
    def agree(self, on: datetime) -> None:
        """At the start: the day on which it is finished, what it looks at, who is spoken to, and whether parents agree
        that agencies are asked. A plain need is assessed in days; the most that is allowed is for the hardest."""

    @step(
        "Write what goes well and what worries",
        past="What goes well and what worries was written",
        leaves=questions.State.UNDER_WAY,
        by=WRITERS,
        asks=["domains"],
    )
    def write(self, on: datetime) -> None:
        """Of each part of the child's life that matters here. What is written stays, and can be written on."""

    @step(
        "Write what the child and family say",
        past="What the child and the family say was written",
        leaves=questions.State.UNDER_WAY,
        by=WRITERS,
        asks=["child_says", "child_day", "parents_say", "others_say"],
        optional={"child_says", "child_day", "parents_say", "others_say"},
    )
    def hear(self, on: datetime) -> None:
        """Each in their own words, and who said it. Where they disagree, say so."""

    @step(
        "Write what it means",
        past="What it all means was written",
        leaves=questions.State.UNDER_WAY,
        by=WRITERS,
        asks=["analysis", "factors", "proposes"],
        optional={"analysis", "factors", "proposes"},
        needs=[needs.no_factors_alone],
    )
    def analyse(self, on: datetime) -> None:
        """What life is like for the child, what it does to them, what would change it, and what you propose."""

    @step(
        "Look at how it gets on",
        past="A manager looked at how it gets on",
        leaves=OPEN,
        by=MANAGERS,
        asks=["looks"],
    )
    def look(self, on: datetime) -> None:
        """A manager's look while it is under way: is the child seen, is it on course, what does it lack?"""
        for one in self.also.told["looks"]:
            one.looked_at, one.looked_by = on, self.also.by.name
            self.also.change(one, "looked_at", "looked_by")
        places = ("first_look_at", "second_look_at", "third_look_at")
        if place := next((place for place in places if getattr(self, place) is None), None):
            setattr(self, place, on)

    @step(
        "Hand it in",
        past="It was handed to a manager",
        leaves=questions.State.UNDER_WAY,
        reaches=questions.State.WITH_MANAGER,
        by=WRITERS,
        asks=["not_seen_because", "without_parts_because"],
        optional={"not_seen_because", "without_parts_because"},
        needs=[needs.is_whole, needs.seen_alone_or_reason, needs.parts_in_or_reason],
    )
    def hand_in(self, on: datetime) -> None:
        """It is finished, and a manager reads it."""
        self.handed_in_at = on
        self.sent_back_because = ""

    @step(
        "Send it back",
        past="It was sent back to be made better",
        leaves=questions.State.WITH_MANAGER,
        reaches=questions.State.UNDER_WAY,
        by=MANAGERS,
        asks=["sent_back_because"],
    )
    def send_back(self, on: datetime) -> None:
        """What is missing or not yet clear. The time allowed runs on."""
        self.handed_in_at = None

    @step(
        "Authorise it",
        past="It was authorised: {outcome}",
        leaves=questions.State.WITH_MANAGER,
        reaches=questions.State.AUTHORISED,
        by=MANAGERS,
        asks=["outcome", "outcome_because"],
        needs=[needs.not_its_author, needs.outcome_fits],
        significant=True,
    )
    def authorise(self, on: datetime) -> None:
        """A manager who did not write it decides what comes of it, and why."""
        self.authorised_at = on
        self.authorised_by = self.also.by.name
        end_what_it_called_for(self)
        help_there_is = self._help_there_is() if self.calls_for_plan else None
        if help_there_is is not None and not help_there_is.is_in_need:
            social_worker = self.referral.social_worker if self.referral else None
            help_there_is.becomes_in_need(self.also, self.outcome_because, social_worker)

    @step(
        "Tell what came of it",
        past="Those concerned were told what came of it",
        leaves=questions.State.AUTHORISED,
        reaches=questions.State.TOLD,
        by=COUNTY_WRITERS,
        asks=["told_parents", "parents_not_told_because", "child_says_shared", "told_agencies"],
        optional={"told_parents", "parents_not_told_because"},
        needs=[needs.parents_or_reason],
    )
    def tell(self, on: datetime) -> None:
        """The parents get the assessment; who referred, and each agency that was asked, get what came of it."""
        telling.tell_parents(self)
        telling.tell_agencies(self)
        self.told_at = on

    @step(
        "Stop it",
        past="The assessment was stopped",
        leaves=OPEN,
        reaches=questions.State.STOPPED,
        by=MANAGERS,
        asks=["stopped_because"],
    )
    def stop(self, on: datetime) -> None:
        """It is not finished: the family has moved, or it was begun for the wrong child."""
        end_what_it_called_for(self)

    @step(
        "End it with its referral",
        past="The assessment ended with its referral",
        leaves=OPEN,
        reaches=questions.State.STOPPED,
        by={STEP.name},
    )
    def lapse(self, on: datetime) -> None:
        """The referral was closed before the assessment was finished."""
        end_what_it_called_for(self)
