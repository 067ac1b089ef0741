"""A question to another agency about a child."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models

from righthelp.engine.codes import CodeField
from righthelp.engine.process import Process
from righthelp.guard.models import Agency
from righthelp.kernel.moments import local
from righthelp.kernel.page import Clock, Fault, step
from righthelp.kernel.written import write_when

FRONT_DOOR = {"front door social worker", "front door manager"}


def answer_time_is_ahead(request: InformationRequest) -> Fault | None:
    """Nobody can answer by a time that has gone, and an answer in a month helps no decision."""
    if request.answer_by <= request.also.on:
        return Fault("The time to answer by must be in the future.", at="answer_by")
    if request.answer_by > request.also.on + timedelta(days=28):
        return Fault("Ask for an answer within 28 days.", at="answer_by")
    return None


def another_agency(request: InformationRequest) -> Fault | None:
    """The county does not ask itself."""
    if request.agency.kind == "county":
        return Fault("Choose an agency outside the county council.", at="agency")
    return None


class InformationRequest(Process):
    """A question to another agency about a child, asked so that a worry can be decided.

    Agencies share what they know to safeguard and promote the welfare of children (Children Act 2004, sections 10 and
    11; Working Together to Safeguard Children, information sharing). The agency sees who the child is, why it is asked
    and the question; nothing else about the child.
    """

    class State(models.TextChoices):
        ASKED = "ASKED", "waiting for an answer"
        ANSWERED = "ANSWERED", "answered"
        WITHDRAWN = "WITHDRAWN", "no longer needed"

    ENDS = {State.ANSWERED, State.WITHDRAWN}

    class Knows(models.TextChoices):
        YES = "YES", "Yes, we know this child or family"
        NO = "NO", "No, we do not know them"

    contact = models.ForeignKey("contact.Contact", verbose_name="worry", on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, verbose_name="agency to ask", on_delete=models.PROTECT, related_name="+")
    about = models.TextField("who it is about", max_length=600)
    question = models.TextField("what do you want to know, and why?", max_length=4000)
    family_agrees = models.BooleanField("has somebody with parental responsibility agreed that we ask?", null=True)
    lawful_reason = CodeField("what allows us to ask without it?", code_set="lawful_reason")
    answer_by = models.DateTimeField("when do you need the answer?")
    asked_at = models.DateTimeField("asked")
    knows = models.CharField("do you know this child or family?", max_length=3, choices=Knows.choices, blank=True)
    answer = models.TextField("what do you know?", max_length=8000, blank=True)
    answered_by = models.CharField("who answered", max_length=200, blank=True)
    answered_at = models.DateTimeField("answered", null=True)
    withdrawn_because = models.TextField("why is it no longer needed?", max_length=1000, blank=True)

    clocks = [
        Clock(
            "answer",
            law="front_door.information_answer",
            starts="asked_at",
            stops="answered_at",
            agreed="answer_by",
            when="still_wanted",
        )
    ]

    class Shown:
        everyone = {"agency", "asked_at", "answer_by", "answered_at"}
        team = {
            "contact",
            "about",
            "question",
            "family_agrees",
            "lawful_reason",
            "knows",
            "answer",
            "answered_by",
            "withdrawn_because",
        }
        restricted: set[str] = set()
        agencies = {
            "agency": {
                "agency", "about", "question", "family_agrees", "lawful_reason", "asked_at", "answer_by", "knows",
                "answer", "answered_by", "answered_at",
            }
        }  # fmt: skip

    class Meta(Process.Meta):
        verbose_name = "request for information"
        verbose_name_plural = "requests for information"
        indexes = [
            models.Index(fields=["contact"], name="information_request_contact"),
            models.Index(fields=["agency", "state"], name="information_request_agency"),
        ]

    @property
    def heading(self) -> str:
        """What its own page is headed: whom it is about."""
        return next(iter(self.about.splitlines()), "")

    @property
    def workspace_words(self) -> str:
        """How a partner's workspace lists it."""
        return f"{self.heading}: asked on {write_when(local(self.asked_at))}"

    @property
    def still_wanted(self) -> bool:
        return self.state != self.State.WITHDRAWN

    def happening(self) -> str:
        return f"{self.agency} was asked what they know: {self.state_label}"

    @step(
        "Ask what they know",
        past="{agency} was asked what they know",
        reaches=State.ASKED,
        by=FRONT_DOOR,
        asks=["contact", "agency", "about", "question", "family_agrees", "lawful_reason", "answer_by"],
        only_when={"lawful_reason": ("family_agrees", {False})},
        needs=[answer_time_is_ahead, another_agency],
    )
    def ask(self, on: datetime) -> None:
        """Ask another agency what it knows, and by when. They answer in their own workspace."""
        self.asked_at = on
        self.also.arises_from(self.contact.entry)

    @step(
        "Answer",
        past="{agency} answered",
        leaves=State.ASKED,
        reaches=State.ANSWERED,
        by={"partner", "partner lead"},
        asks=["knows", "answer"],
        only_when={"answer": ("knows", {Knows.YES})},
    )
    def reply(self, on: datetime) -> None:
        """Say what your agency has itself seen or been told, and when; which is which; and what is going well."""
        self.answered_by = self.also.by.name
        self.answered_at = on

    @step(
        "Withdraw the request",
        past="{agency} was told that no answer is needed",
        leaves=State.ASKED,
        reaches=State.WITHDRAWN,
        by=FRONT_DOOR,
        asks=["withdrawn_because"],
    )
    def withdraw(self, on: datetime) -> None:
        """The answer is no longer needed."""
