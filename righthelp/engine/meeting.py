"""A meeting about a child, of whatever kind: the page that every kind of meeting is made from."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, ClassVar

from django.db import models

from righthelp.engine import meeting_papers as papers
from righthelp.engine.composing import Section
from righthelp.engine.named import worker_called
from righthelp.engine.part import several
from righthelp.engine.plan import agreed, due_today_or_later, hand_out
from righthelp.engine.process import Process
from righthelp.guard.appointed import holders_of
from righthelp.guard.models import Worker
from righthelp.guard.viewers import STEP, AsWorker
from righthelp.kernel.moments import local_day
from righthelp.kernel.page import Fault, Step, step
from righthelp.kernel.written import write_date
from righthelp.packs import pack
from righthelp.record.models import Invitation, Participant
from righthelp.record.taking_part import takes_part


def in_short(person: Any) -> str:
    """Who a meeting or a plan is about, for those who may not open the record: the name and the date of birth."""
    if person is None:
        return ""
    return f"{person}, born {write_date(person.born_on)}" if person.born_on else str(person)


class MeetingState(models.TextChoices):
    """Where a meeting stands."""

    DUE = "DUE", "to be arranged"
    ARRANGED = "ARRANGED", "arranged"
    HELD = "HELD", "held; its record is not sent yet"
    SENT = "SENT", "held, and its record sent"
    CALLED_OFF = "CALLED_OFF", "not held"


AHEAD = {MeetingState.DUE, MeetingState.ARRANGED}


def lies_ahead(meeting: Meeting) -> Fault | None:
    """Nobody is invited to a meeting that has been."""
    if meeting.meets_at and meeting.meets_at < meeting.also.on:
        return Fault("A meeting is arranged for a time to come.", at="meets_at")
    return None


def somebody_comes(meeting: Meeting) -> Fault | None:
    """A meeting is of several people."""
    said = meeting.also.several.get("invitations") or meeting.asked()
    return None if said else Fault("Say who is to come.")


def held_by_now(meeting: Meeting) -> Fault | None:
    """What is still to come has not been held."""
    if meeting.held_at and meeting.held_at > meeting.also.on:
        return Fault("A meeting is recorded once it has been held.", at="held_at")
    return None


def attendance_is_said(meeting: Meeting) -> Fault | None:
    """Of everybody who was invited it is said whether they came."""
    said = {row["row"] for row in meeting.also.several.get("attendance", [])}
    missing = [one.name for one in meeting.invited() if str(one.pk) not in said]
    return Fault(f"Say how {', '.join(missing)} took part.") if missing else None


def quorate(meeting: Meeting) -> Fault | None:
    """Those without whom it may not decide were there, or it is said why it went ahead."""
    there = {row["row"]: row["attendance"] for row in meeting.also.several.get("attendance", [])}
    kinds = pack().codes("agency_kind")
    came = {
        kinds[one.agency.kind].also["sector"]
        for one in meeting.invited()
        if one.agency is not None and there.get(str(one.pk), one.attendance) in Invitation.THERE
    }
    missing = [sector for sector in meeting.quorum if sector not in came]
    if missing and not meeting.went_ahead_because:
        return Fault(
            f"Nobody was there from: {', '.join(missing)}. Say why the meeting went ahead, or arrange another day.",
            at="went_ahead_because",
        )
    return None


def asked_for_one(meeting: Meeting) -> Fault | None:
    """Whoever is invited sends a report of their own."""
    return None if meeting.also.several.get("report") else Fault("Your agency is not invited to this meeting.")


class Meeting(Process):
    """A meeting about a child and their family: due, arranged, invited to, held, recorded, and its record sent.

    A page made from it says what calls for it (`origin`), by which law or standard it is due (`clocks`), who must be
    there (`quorum`, sectors of the kinds of agency), who arranges it (`convenors`), who writes its record
    (`recorders`), and begins by `fall_due`.
    """

    State = MeetingState
    ENDS: ClassVar = {MeetingState.SENT, MeetingState.CALLED_OFF}
    ends_with_origin = "call_off"
    origin: ClassVar[str] = "plan"
    quorum: ClassVar[tuple[str, ...]] = ()
    convenors: ClassVar[set[str]] = set()
    recorders: ClassVar[set[str]] = set()
    chairs: ClassVar[set[str]] = set()  # roles of which one chairs; none: anybody, named
    several: ClassVar = {
        "invitations": several(Invitation),
        "attendance": several(
            Invitation, of_each=("attendance", "view", "view_because"), must_have=("attendance",), still="is_to_come"
        ),
        "report": several(Invitation, of_each=("report",), must_have=("report",), still="is_to_come", mine=True),
        **agreed("plan"),
    }
    asked_afresh = frozenset({"held_at"})

    about = models.CharField("who it is about", max_length=300, blank=True)
    due_from_on = models.DateField("counted from", null=True)
    meets_at = models.DateTimeField("when is it?", null=True)
    minutes = models.PositiveSmallIntegerField("for how many minutes?", default=60)
    place = models.TextField("where is it, or how do people join?", max_length=500, blank=True)
    chair = models.ForeignKey(
        Worker, verbose_name="who chairs it?", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    family_needs = models.TextField(
        "what must be in place for the family to take part?", max_length=1000, blank=True,
        help_text="An interpreter, childcare, a lift, somebody to speak for them, a time outside work.",
    )  # fmt: skip
    invited_at = models.DateTimeField("invitations sent", null=True)
    held_at = models.DateTimeField("when was it held?", null=True)
    went_ahead_because = models.TextField(
        "if somebody who must be there was not: why go ahead?", max_length=1000, blank=True
    )
    child_part = models.TextField(
        "how did the child take part, and what do they want everybody to know?", max_length=4000, blank=True
    )
    family_part = models.TextField("what do the parents or carers say?", max_length=4000, blank=True)
    summary = models.TextField(
        "what was talked about: what goes well, what worries people?", max_length=10000, blank=True
    )
    decided = models.TextField("what was decided, and why?", max_length=4000, blank=True)
    recorded_by = models.CharField("who wrote the record", max_length=200, blank=True)
    sent_at = models.DateTimeField("record sent", null=True)
    called_off_because = models.TextField("why is it not held?", max_length=1000, blank=True)

    SHOWN_TO_EVERYONE: ClassVar = {"due_from_on", "meets_at", "chair", "invited_at", "held_at", "sent_at"}
    SHOWN_TO_TEAM: ClassVar = {
        "about", "minutes", "place", "family_needs", "went_ahead_because", "child_part", "family_part", "summary",
        "decided", "recorded_by", "called_off_because",
    }  # fmt: skip
    SHOWN_TO_INVOLVED: ClassVar = {
        "about", "meets_at", "minutes", "place", "held_at", "sent_at", "called_off_because",
    }  # fmt: skip

    class Meta(Process.Meta):
        abstract = True

    @classmethod
    def offered(cls, field: str) -> Any:
        """Who may chair."""
        if field != "chair" or not cls.chairs:
            return None
        return holders_of(cls.chairs)

    @property
    def came_from(self) -> Process:
        """The plan, or whatever else, calls for it."""
        row: Process = getattr(self, self.origin)
        return row

    @property
    def workspace_words(self) -> str:
        return f"{self.title()}: {self.about}"

    def invited(self) -> Iterator[Invitation]:
        """Everybody who is to come."""
        return (one for one in self.asked() if one.is_to_come)

    def asked(self) -> list[Invitation]:
        """Everybody who was invited, and who is not to come, as the step in hand has left them."""
        if self._doing is None:
            return self._kept_invitations()
        journal = self.also.journal
        kept = () if journal.holds(self.entry) else self._kept_invitations()
        changed = journal.changed
        now = (changed[(Invitation, one.pk)][0] if (Invitation, one.pk) in changed else one for one in kept)
        return [*now, *journal.parts[(Invitation, self.pk)]]

    def _kept_invitations(self) -> list[Invitation]:
        return list(Invitation.objects.filter(entry=self.pk).select_related("agency").order_by("number", "pk"))

    @property
    def goes_on(self) -> bool:
        """Whether another is due once this one has been held."""
        return False

    @property
    def where_agreed(self) -> Any:
        """The key of the entry at which what is agreed stands: the plan's, or its own."""
        return self.several["actions"].key_of(self)

    def agreed_now(self, model: Any) -> list[Any]:
        """What stands where it agrees, outcomes or actions, with what this and earlier steps wrote."""
        return self.also.rows_at(model, self.where_agreed)

    def ask_the_team(self, on: datetime) -> None:
        """Whoever takes part in what calls for it is to come: nobody types them again."""
        for number, one in enumerate(self.also.taking_part(self.came_from.entry), start=1):
            name = one.worker.name if one.worker else one.agency.name
            asked = Invitation(
                entry=self.entry, number=number, name=name, agency=one.agency, worker=one.worker,
                who=one.worker.job_title[:100] if one.worker else one.get_part_display(),
            )  # fmt: skip
            self.also.write(asked)
            self.also.journal.parts[(Invitation, self.pk)].append(asked)

    def not_for(self, step: Step, viewer: AsWorker) -> str:
        """A partner who leads arranges and records it; whoever is invited sends a report."""
        if viewer.is_county or step.name == "report" or takes_part(self.pk, viewer, Participant.Part.LEADS):
            return ""
        return "This is for whoever leads the plan with the family."

    def fall_due_again(self, last: date) -> None:
        """The next one is due from this day."""
        self.also.begin(
            type(self), "fall_due", self.entry.person, {self.origin: self.came_from, "due_from_on": last},
            arose_from=self.came_from.entry,
        )  # fmt: skip

    def begins_with(self, on: datetime) -> None:
        """It is about whom its origin is about, and held by whoever holds that."""
        origin = self.came_from
        self.also.arises_from(origin.entry)
        self.about = str(getattr(origin, "about", "")) or in_short(self.entry.person)
        self.due_from_on = self.due_from_on or local_day(on)

    @step(
        "Arrange it",
        past="It was arranged for {meets_at}",
        leaves=AHEAD,
        reaches=MeetingState.ARRANGED,
        by="convenors",
        asks=["meets_at", "minutes", "place", "chair", "family_needs", "invitations"],
        optional={"chair", "family_needs"},
        needs=[lies_ahead, somebody_comes],
        siblings=True,
    )
    def arrange(self, on: datetime) -> None:
        """When and where, who chairs, what the family needs, who is to come; and who is not to, with the reason."""
        self._look_for_workers(on)

    @step(
        "Send the invitations",
        past="Invitations were sent",
        leaves=MeetingState.ARRANGED,
        by="convenors",
        asks=["invitations"],
        optional={"invitations"},
        needs=[somebody_comes],
        siblings=True,
    )
    def invite(self, on: datetime) -> None:
        """Everybody who is to come is told when and where, with a calendar invitation. Add who is missing first."""
        self.tell_everybody(on)

    def tell_everybody(self, on: datetime) -> None:
        """Whoever is to come and has not been told is invited, and from another agency takes part from now on."""
        self._look_for_workers(on)
        for one in self.invited():
            if one.told_at is None:
                one.told_at = on
                self.also.change(one, "told_at")
                title = f"Invitation: {self.title()}"
                self.also.issue_composed(title, papers.invitation_sections(self, one), [papers.recipient(one)])
            if one.agency is not None:
                self.also.involve(one.agency, one.worker, Participant.Part.INVITED)
        self.invited_at = self.invited_at or on

    @step(
        "Send a report",
        past="A report for the meeting came in",
        leaves=AHEAD,
        by={"partner", "partner lead"},
        asks=["report"],
        needs=[asked_for_one],
    )
    def report(self, on: datetime) -> None:
        """What your agency has seen and done; what goes well, what worries you, and what you think should happen."""
        for one in self.also.told["report"]:
            one.report_in_at = on
            self.also.change(one, "report_in_at")

    def _look_for_workers(self, on: datetime) -> None:
        for one in self.invited():
            if one.worker_id is None and one.agency_id:
                one.worker = worker_called(one.name, one.agency_id, local_day(on), self.also)
                self.also.change(one, "worker")

    @step(
        "Record the meeting",
        past="It was held on {held_at}",
        leaves=MeetingState.ARRANGED,
        reaches=MeetingState.HELD,
        by="recorders",
        asks={
            "Who was there": ["held_at", "attendance", "went_ahead_because"],
            "What was said": ["child_part", "family_part", "summary"],
            "What was agreed": ["decided", "outcomes_now", "progress", "outcomes", "actions"],
        },
        optional={"went_ahead_because"},
        needs=[held_by_now, attendance_is_said, quorate, due_today_or_later],
        significant=True,
        siblings=True,
        own={"child_part"},
    )
    def hold(self, on: datetime) -> None:
        """Who came, what the child and the family say, what was talked about, what was agreed."""
        assert self.held_at is not None  # the step asks for it
        self.recorded_by = self.also.called
        hand_out(self)
        if self.goes_on:
            self.fall_due_again(local_day(self.held_at))

    @step(
        "Put the record right",
        past="The record of the meeting was put right before it was sent",
        leaves=MeetingState.HELD,
        by="recorders",
        asks=["child_part", "family_part", "summary", "decided"],
        optional={"child_part", "family_part"},
    )
    def put_right(self, on: datetime) -> None:
        """Before it is sent, the record can still be mended."""

    @step(
        "Send the record",
        past="The record of the meeting was sent to everybody who was invited",
        leaves=MeetingState.HELD,
        reaches=MeetingState.SENT,
        by="recorders",
    )
    def send_record(self, on: datetime) -> None:
        """Everybody who was to come gets the record, whether they came or not; the ledger says who did, and when."""
        recipients = [papers.recipient(one) for one in self.invited()]
        self.also.issue_composed(f"Record: {self.title()}", papers.record_sections(self), recipients)
        self.sent_at = on

    def more_of_the_record(self) -> Iterator[Section]:
        """What this kind of meeting has in its record beside what every meeting has."""
        yield from ()

    @step(
        "Postpone it",
        past="It was postponed",
        leaves=MeetingState.ARRANGED,
        reaches=MeetingState.DUE,
        by="convenors",
        asks=["called_off_because"],
    )
    def postpone(self, on: datetime) -> None:
        """It cannot be held on the day. It stays due, and those who were told are told again when it is arranged."""
        self.meets_at = self.invited_at = None
        for one in self.invited():
            one.told_at = None
            self.also.change(one, "told_at")

    @step(
        "Call it off",
        past="It is not to be held",
        leaves=AHEAD,
        reaches=MeetingState.CALLED_OFF,
        by={STEP.name},
    )
    def call_off(self, on: datetime) -> None:
        """What called for it has ended."""
