"""Where the parts of a referral go: by which step each is recorded, and what a later return adds to it.

Only what was open is filled in, and only where nobody here has taken the row up. What differs is compared by whoever
records it, and stands beside.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from righthelp.kernel.moments import first_moment, local_day
from righthelp.returns.cin.parts import ASSESSMENT, ENQUIRY, IN_NEED, PROTECTION, ToldPart

FACTORS = "AssessmentFactors"
Taking = tuple[str, dict[str, Any], date]
"""A step, its answers, and the day of what it says."""


@dataclass(frozen=True)
class Compared:
    """A fact of which the return says one thing and the record may say another."""

    element: str
    told: Any
    held: Any
    always: bool = False  # where the record says nothing of it, that is told of too: an end, a review

    @property
    def agrees(self) -> bool:
        return self.told in (None, "", []) or self.told == self.held


class Place(ABC):
    """The process of a part. `words` are what its rows are called when they are counted."""

    kind: str
    words: str

    @abstractmethod
    def began(self, row: Any) -> date | None:
        """The day on which a row began."""

    @abstractmethod
    def load(self, part: ToldPart, *, closed: bool, as_at: date) -> tuple[str, dict[str, Any]]:
        """The step by which a part becomes a row. `closed` is whether its referral is."""

    @abstractmethod
    def later(self, part: ToldPart, row: Any, as_at: date) -> Iterator[Taking]:
        """What a return as at this day adds to a row that nobody here has taken up."""

    @abstractmethod
    def compared(self, part: ToldPart, row: Any) -> Iterator[Compared]:
        """Each fact that the return tells of a row that is there."""


class AssessmentPlace(Place):
    """An assessment. One of a closed referral that was never authorised has ended with it."""

    kind, words = "assessment", "assessments"

    def began(self, row: Any) -> date | None:
        return local_day(row.started_at)

    def load(self, part: ToldPart, *, closed: bool, as_at: date) -> tuple[str, dict[str, Any]]:
        answers = {
            "started_at": first_moment(part.on),
            "internal_review_on": part.values.get("AssessmentInternalReviewDate"),
            "factors": part.values.get(FACTORS),
        }
        if authorised_on := part.values.get("AssessmentAuthorisationDate"):
            return "load_authorised", {**answers, "authorised_at": first_moment(authorised_on)}
        return "load_stopped" if closed else "load_open", answers

    def later(self, part: ToldPart, row: Any, as_at: date) -> Iterator[Taking]:
        told_review, told_factors = (part.values.get(name) for name in ("AssessmentInternalReviewDate", FACTORS))
        more = {
            "internal_review_on": row.internal_review_on or told_review,
            "factors": row.factors or told_factors,
        }
        authorised_on = part.values.get("AssessmentAuthorisationDate")
        if authorised_on and row.authorised_at is None:
            answers = {**more, "authorised_at": first_moment(authorised_on), "factors": told_factors or row.factors}
            yield "load_authorisation", answers, authorised_on
        elif (told_review and not row.internal_review_on) or (told_factors and not row.factors):
            yield "load_more", more, as_at

    def compared(self, part: ToldPart, row: Any) -> Iterator[Compared]:
        authorised_on = local_day(row.authorised_at) if row.authorised_at else None
        told = part.values.get
        yield Compared("AssessmentAuthorisationDate", told("AssessmentAuthorisationDate"), authorised_on, always=True)
        yield Compared("AssessmentInternalReviewDate", told("AssessmentInternalReviewDate"), row.internal_review_on)
        yield Compared(FACTORS, sorted(told(FACTORS, [])), sorted(row.factors))


class InNeedPlace(Place):
    """A child in need plan: family help at the level of a child in need."""

    kind, words = "family_help", "child in need plans"

    def began(self, row: Any) -> date | None:
        day: date | None = row.section_17_from
        return day

    def load(self, part: ToldPart, *, closed: bool, as_at: date) -> tuple[str, dict[str, Any]]:
        answers = {"section_17_from": part.on}
        if until := part.values.get("CINPlanEndDate"):
            return "load_in_need_ended", {**answers, "section_17_until": until}
        return "load_in_need", answers

    def later(self, part: ToldPart, row: Any, as_at: date) -> Iterator[Taking]:
        if (until := part.values.get("CINPlanEndDate")) and not row.ended:
            yield "load_in_need_end", {"section_17_until": until}, until

    def compared(self, part: ToldPart, row: Any) -> Iterator[Compared]:
        yield Compared("CINPlanEndDate", part.values.get("CINPlanEndDate"), row.section_17_until, always=True)


class EnquiryPlace(Place):
    """Enquiries under section 47, with the conference to which they led."""

    kind, words = "section_47", "enquiries under section 47"

    def began(self, row: Any) -> date | None:
        day: date | None = row.started_on
        return day

    def load(self, part: ToldPart, *, closed: bool, as_at: date) -> tuple[str, dict[str, Any]]:
        return "load", {"started_on": part.on, **self._conference(part)}

    def later(self, part: ToldPart, row: Any, as_at: date) -> Iterator[Taking]:
        told, held = self._conference(part), self._held(row)
        days = ("conference_due_on", "conference_held_on")
        if (held["conference"] is None and told["conference"] is not None) or any(
            told[day] and not held[day] for day in days
        ):
            # That a conference is held after all comes with its day.
            called = held["conference"] if told["conference"] is None else told["conference"]
            yield "load_more", {"conference": called, **{day: held[day] or told[day] for day in days}}, as_at

    def compared(self, part: ToldPart, row: Any) -> Iterator[Compared]:
        told, held = self._conference(part), self._held(row)
        yield Compared("ICPCnotRequired", told["conference"], held["conference"])
        yield Compared("InitialCPCtarget", told["conference_due_on"], held["conference_due_on"])
        yield Compared("DateOfInitialCPC", told["conference_held_on"], held["conference_held_on"])

    def _conference(self, part: ToldPart) -> dict[str, Any]:
        not_required = part.values.get("ICPCnotRequired")
        return {
            "conference": None if not_required is None else not not_required,
            "conference_due_on": part.values.get("InitialCPCtarget"),
            "conference_held_on": part.values.get("DateOfInitialCPC"),
        }

    def _held(self, row: Any) -> dict[str, Any]:
        return {name: getattr(row, name) for name in ("conference", "conference_due_on", "conference_held_on")}


class ProtectionPlace(Place):
    """A child protection plan, with the days of its reviews. Of two returns the later knows the category now."""

    kind, words = "child_protection_plan", "child protection plans"

    def began(self, row: Any) -> date | None:
        day: date | None = row.started_on
        return day

    def load(self, part: ToldPart, *, closed: bool, as_at: date) -> tuple[str, dict[str, Any]]:
        answers = {
            "started_on": part.on,
            "category": part.values.get("InitialCategoryOfAbuse"),
            "latest_category": part.values.get("LatestCategoryOfAbuse"),
            "previous_plans": part.values.get("NumberOfPreviousCPP"),
            "review_dates": sorted(part.values.get("CPPreviewDate", [])),
            "returned_as_at": as_at,
        }
        if ended_on := part.values.get("CPPendDate"):
            return "load_ended", {**answers, "ended_on": ended_on}
        return "load_in_force", answers

    def later(self, part: ToldPart, row: Any, as_at: date) -> Iterator[Taking]:
        reviews = sorted({*row.review_dates, *part.values.get("CPPreviewDate", [])})
        latest, newer = part.values.get("LatestCategoryOfAbuse"), as_at > (row.returned_as_at or as_at)
        category = latest if latest and (newer or not row.latest_category) else row.latest_category
        if (reviews, category) != (row.review_dates, row.latest_category):
            since = max(as_at, row.returned_as_at or as_at)
            answers = {"latest_category": category, "review_dates": reviews, "returned_as_at": since}
            yield "load_more", answers, as_at
        if (ended_on := part.values.get("CPPendDate")) and not row.ended:
            yield "load_end", {"ended_on": ended_on}, ended_on

    def compared(self, part: ToldPart, row: Any) -> Iterator[Compared]:
        told = part.values.get
        yield Compared("CPPendDate", told("CPPendDate"), row.ended_on, always=True)
        yield Compared("InitialCategoryOfAbuse", told("InitialCategoryOfAbuse"), row.category)
        yield Compared("LatestCategoryOfAbuse", told("LatestCategoryOfAbuse"), row.latest_category)
        yield Compared("NumberOfPreviousCPP", told("NumberOfPreviousCPP"), row.previous_plans)
        unknown = [day for day in told("CPPreviewDate", []) if day not in row.review_dates]
        yield Compared("CPPreviewDate", unknown, [], always=True)


PLACES: dict[str, Place] = {
    ASSESSMENT: AssessmentPlace(),
    IN_NEED: InNeedPlace(),
    ENQUIRY: EnquiryPlace(),
    PROTECTION: ProtectionPlace(),
}
