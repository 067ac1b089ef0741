"""What an assessment's steps need, each with the sentence that says what is missing."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any
from uuid import UUID

from righthelp import law
from righthelp.engine.process import processes
from righthelp.guard.viewers import LOAD, AsWorker
from righthelp.kernel.moments import last_moment, local_day
from righthelp.kernel.page import Fault
from righthelp.kernel.written import write_date
from righthelp.packs import pack
from righthelp.processes.assessment import doing
from righthelp.processes.assessment.questions import (
    LAW_OF,
    NO_FACTORS,
    OPEN,
    OUTCOMES,
    WRITING,
    OfKind,
    Outcome,
)
from righthelp.record.models import TimelineEvent

if TYPE_CHECKING:
    from righthelp.processes.assessment.begun import Begun
    from righthelp.processes.assessment.models import Assessment


def referral_is_open(assessment: Begun) -> Fault | None:
    """An assessment under section 17 is of a child whose referral is open."""
    if assessment.referral is not None and not assessment.referral.ended:
        return None
    return Fault("That referral is not open. Choose one that is.", at="referral")


def open_referral(assessment: Begun) -> Any:
    """The child's referral that a social worker has, the newest where there are several."""
    page = processes().get("referral")
    if page is None or assessment.person is None:
        return None
    with_worker = page.objects.filter(entry__person=assessment.person, state__in=page.open_states())
    return with_worker.exclude(social_worker=None).order_by("-received_at").first()


def has_an_open_referral(assessment: Begun) -> Fault | None:
    """A child is assessed again while a social worker is with them."""
    if open_referral(assessment) is not None:
        return None
    return Fault("No referral of this child is open with a social worker. Tell the front door of what is new.")


def none_of_section_17(assessment: Begun) -> Fault | None:
    """One assessment of a child at a time: what is new goes into the one that is under way."""
    return _none_is_open(assessment, OfKind.CHILD_AND_FAMILY)


def none_of_whole_family(assessment: Begun) -> Fault | None:
    """One assessment of a family at a time."""
    return _none_is_open(assessment, OfKind.WHOLE_FAMILY)


def _none_is_open(assessment: Begun, of_kind: str) -> Fault | None:
    others = type(assessment).objects.filter(entry__person=assessment.person, of_kind=of_kind, state__in=OPEN)
    if assessment.person is not None and others.exclude(pk=assessment.pk).exists():
        return Fault("An assessment of this child is under way already. Write what is new in that one.")
    return None


def is_about_a_child(assessment: Begun) -> Fault | None:
    """An assessment is about somebody on record."""
    return None if assessment.person else Fault("Begin an assessment from the child's page.")


def finish_in_time(assessment: Assessment) -> Fault | None:
    """The day agreed at the start is ahead, and not after the most that is allowed; what is late already has none."""
    day, today = assessment.finish_agreed_on, local_day(assessment.also.on)
    if day is None:
        return None
    if day < today:
        return Fault("Agree on today or a later day.", at="finish_agreed_on")
    try:
        latest = local_day(last_moment(pack().due(LAW_OF[OfKind(assessment.of_kind)], assessment.counted_from_at)))
    except law.NotInForce:
        return None
    if latest >= today and day > latest:
        allowed = pack().allowed(LAW_OF[OfKind(assessment.of_kind)], local_day(assessment.counted_from_at))
        return Fault(
            f"Agree on {write_date(latest)} or an earlier day: the most that is allowed is {allowed}, counted from "
            f"{write_date(local_day(assessment.counted_from_at))}.",
            at="finish_agreed_on",
        )
    return None


def leads_from_outside(assessment: Begun) -> Fault | None:
    """Only a whole-family assessment is led by another agency; one under section 17 is a social worker's."""
    if assessment.lead is None or assessment.of_kind == OfKind.WHOLE_FAMILY:
        return None
    return Fault("An assessment under section 17 is led by a social worker.", at="lead")


def no_factors_alone(assessment: Assessment) -> Fault | None:
    """That none was found is said alone."""
    if NO_FACTORS in assessment.factors and len(assessment.factors) > 1:
        none = pack().codes("assessment_factors").label(NO_FACTORS)
        return Fault(f"“{none}” stands alone. Leave it out, or leave the others out.", at="factors")
    return None


def is_whole(assessment: Assessment) -> Fault | None:
    """A manager is handed an assessment that can be decided on."""
    lacks = []
    if assessment.finish_agreed_on is None:
        lacks.append("what was agreed at the start")
    if not any(domain.is_written for domain in assessment.domains_now()):
        lacks.append("what goes well and what worries")
    lacks += [
        words
        for name, words in (
            ("child_says", "the child's own voice"),
            ("parents_say", "what the parents or carers say"),
            ("analysis", "what it all means"),
            ("proposes", "what you propose"),
        )
        if not getattr(assessment, name)
    ]
    if assessment.of_kind == OfKind.CHILD_AND_FAMILY and not assessment.factors:
        lacks.append("the factors that were found")
    return Fault(f"Before it is handed in, write: {', '.join(lacks)}.") if lacks else None


def seen_alone_or_reason(assessment: Assessment) -> Fault | None:
    """Every child who is assessed is seen, and seen alone; where one was not, it is said why."""
    if assessment.child_seen_alone_on or assessment.not_seen_because:
        return None
    seen = "seen alone" if assessment.child_seen_on else "seen"
    return Fault(
        f"The child was not {seen} for this assessment. Record the visit, or say why not.", at="not_seen_because"
    )


def parts_in_or_reason(assessment: Assessment) -> Fault | None:
    """An agency that was asked is heard, or it is said why the assessment does not wait for it."""
    page = processes().get("assessment_part")
    if page is None or assessment.without_parts_because:
        return None
    named = sorted({str(part.agency) for part in doing.agency_parts(assessment, page) if not part.ended})
    if not named:
        return None
    sentence = (
        f"Still to answer: {', '.join(named)}. Wait for them, withdraw what you asked, or say why you do not wait."
    )
    return Fault(sentence, at="without_parts_because")


def not_its_author(assessment: Assessment) -> Fault | None:
    """Nobody authorises their own work: neither who handed it in, nor who wrote at least as much of it as any other."""
    by = assessment.also.by
    if isinstance(by, AsWorker) and by.worker in _authors(assessment):
        return Fault("You wrote this assessment or handed it in. Another manager must authorise it.")
    return None


def _authors(assessment: Assessment) -> set[UUID | None]:
    written: Counter[UUID | None] = Counter()
    handed_in: dict[Any, UUID | None] = {}
    for event in assessment.also.events({*WRITING, "hand_in"}):
        if event.step in WRITING:
            written[event.by_id] += 1
        elif event.step == "hand_in":
            handed_in[event.at] = event.by_id
    most = max(written.values(), default=0)
    last = {handed_in[max(handed_in)]} if handed_in else set()
    return last | {worker for worker, times in written.items() if times == most}


def outcome_fits(assessment: Assessment) -> Fault | None:
    """What comes of it is open to an assessment of its kind, and agrees with what was found."""
    if assessment.outcome not in OUTCOMES[OfKind(assessment.of_kind)]:
        return Fault(f"This cannot come of it: {assessment.heading}. Choose another outcome.", at="outcome")
    if assessment.factors == [NO_FACTORS] and assessment.outcome != Outcome.NO_FURTHER_ACTION:
        return Fault(
            "The assessment says that no factors were found, which is for no further action only. Send it back, or "
            "choose that.",
            at="outcome",
        )
    return None


def parents_or_reason(assessment: Assessment) -> Fault | None:
    """The parents are told, each by name, or it is said why not."""
    if assessment.told_parents or assessment.parents_not_told_because:
        return None
    return Fault("Name the parents or carers who are told, or say why none is.", at="told_parents")


def nobody_works_on_it(assessment: Begun) -> Fault | None:
    """A return does not end what somebody here has taken up."""
    if TimelineEvent.objects.filter(entry=assessment.pk).exclude(by_name=LOAD.name).exists():
        return Fault("Somebody works on this assessment here.")
    return None
