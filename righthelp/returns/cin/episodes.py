"""The referrals of one child as a return has them (`CINdetails`), each with what came of it.

A part belongs to the referral that it names, itself or through what it arose from; one that names none belongs to the
referral that was open on the day it began.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import Any

from righthelp.kernel.moments import local_day
from righthelp.packs import pack
from righthelp.returns.cin.kept import pre_proceedings
from righthelp.returns.cin.tables import Assessment, Child, Enquiry, Episode, Plan, ProtectionPlan, Review

NEVER = date.max
CONFERENCE_LAW = "child_protection.initial_conference"
PRE_PROCEEDINGS = "PreProceedingsandFGDM"
IN_NEED = 4  # level of need
# An initial conference to which no enquiries of this referral led: its day stands with the referral itself.
WITHOUT_ENQUIRIES = {"TRANSFER_IN", "PRE_BIRTH", "INITIAL"}


@dataclass(frozen=True)
class Unplaced:
    """Something of a child that belongs to no referral, and so to no return."""

    what: str
    entry: str
    on: date


@dataclass
class _Referred:
    """A referral with its episode, and whether anything at all came of it.

    A child has one open episode. A worry that is accepted while they have one is told of a child with whom work goes on
    already: it is in the return as part of that, until the last of the two is closed.
    """

    row: dict[str, Any]
    episode: Episode
    went_on: bool = False
    entries: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.entries.append(self.row["entry"])

    def goes_on_with(self, later: _Referred) -> bool:
        """Whether a later referral was accepted here while this one was open. What a return told stays as told."""
        on = later.episode.referred_on or NEVER
        return bool(later.row["ours"]) and not self.row["nfa"] and (day_of(self.row["closed_on"]) or NEVER) > on

    def join(self, later: _Referred) -> None:
        """One episode, which is closed when both are."""
        mine, other = self.episode, later.episode
        mine.need = mine.need or other.need
        if mine.closed_on is None or other.closed_on is None:
            mine.closed_on = mine.reason = None
        elif other.closed_on >= mine.closed_on:
            mine.closed_on, mine.reason = other.closed_on, other.reason
        closes = [self.row["closed_on"], later.row["closed_on"]]
        self.row = {
            **self.row,
            "closed_on": max(closes) if all(closes) else None,
            "closed": self.row["closed"] and later.row["closed"],
        }
        self.entries += later.entries

    def open_on(self, day: date) -> bool:
        return (self.episode.referred_on or NEVER) <= day <= (day_of(self.row["closed_on"]) or NEVER)


def day_of(said: str | None) -> date | None:
    """A day as the database's answer writes it."""
    return date.fromisoformat(said) if said else None


@lru_cache(maxsize=1000)
def national(code_set: str, code: str) -> str | None:
    """The nation's code for a code of the county's; one that no list has is given as it is."""
    if not code:
        return None
    known = pack().codes(code_set)
    return known[code].national or code if code in known else code


@lru_cache(maxsize=1000)
def source_of(told_by: str, agency: str) -> str | None:
    """As which source a referral counts: by the kind of agency, or by who told us."""
    for code_set, code in (("agency_kind", agency), ("who_tells", told_by)):
        known = pack().codes(code_set)
        if code and code in known and (source := known[code].also.get("referral_source")):
            return source
    return None


def episodes_of(child: Child, row: dict[str, Any], first: date, last: date, unplaced: list[Unplaced]) -> list[Episode]:
    """The child's referrals that are in the return of the year from `first` to `last`."""
    referrals = sorted(row["referrals"] or (), key=lambda one: (one["on"], one["entry"]))
    all_of_them: list[_Referred] = []
    for one in (each for each in referrals if each["on"] <= last.isoformat()):
        fresh = _Referred(one, _begun(child, one, last))
        if all_of_them and all_of_them[-1].goes_on_with(fresh):
            all_of_them[-1].join(fresh)
        else:
            all_of_them.append(fresh)
    if not all_of_them:
        return []
    _Placing(all_of_them, row, first, last, unplaced).place()
    for referred in all_of_them:
        _came_to(referred, first)
    found = [one.episode for one in all_of_them if _is_in(one.episode, first)]
    found.sort(key=lambda one: (one.referred_on or NEVER, one.source or "", str(one.entry)))
    return found


def _begun(child: Child, row: dict[str, Any], last: date) -> Episode:
    closed_on, conference_on = day_of(row["closed_on"]), day_of(row["conference_on"])
    is_closed = closed_on is not None and closed_on <= last
    return Episode(
        child=child,
        referred_on=day_of(row["on"]),
        source=national("referral_source", row["source"]) or source_of(row["told_by"], row["agency"]),
        need=national("primary_need", row["need"]),
        closed_on=closed_on if is_closed else None,
        reason=national("closure_reason", row["reason"]) if is_closed or closed_on is None else None,
        conference_on=conference_on if conference_on and conference_on <= last else None,
        nfa=row["nfa"],
        entry=row["entry"],
    )


def _came_to(referred: _Referred, first: date) -> None:
    """A referral that was closed with nothing begun came to no further action, unless a return said otherwise. One of
    the year before was open in its return (the Department's rule 8569Q)."""
    episode = referred.episode
    if episode.nfa is None:
        closed = referred.row["closed"] and episode.closed_on is not None
        episode.nfa = closed and not referred.went_on and (episode.referred_on or first) >= first


def _is_in(episode: Episode, first: date) -> bool:
    ended_on = episode.closed_on or (episode.referred_on if episode.nfa else None)
    return ended_on is None or ended_on >= first


class _Placing:
    """Puts what came of a child's referrals where it belongs."""

    def __init__(
        self, referred: list[_Referred], row: dict[str, Any], first: date, last: date, unplaced: list[Unplaced]
    ) -> None:
        self.referred, self.row = referred, row
        self.first, self.last = first, last
        self.unplaced = unplaced
        self.by_entry = {entry: one for one in referred for entry in one.entries}
        self.of_enquiry: dict[str, tuple[_Referred, Enquiry]] = {}

    def place(self) -> None:
        for one in self._in_order("assessments"):
            self._assessment(one)
        for one in self._in_order("enquiries"):
            self._enquiry(one)
        for one in self._in_order("conferences"):
            self._conference(one)
        self._keep_enquiries()
        for one in self._in_order("protection_plans"):
            self._protection_plan(one)
        for one in self._in_order("plans"):
            self._plans(one)
        for kind, entry, content in self.row["kept"] or ():
            if entry in self.by_entry and kind == PRE_PROCEEDINGS:
                episode = self.by_entry[entry].episode
                episode.pre_proceedings += pre_proceedings(episode, content)

    def _in_order(self, what: str) -> list[dict[str, Any]]:
        return sorted(self.row[what] or (), key=lambda one: (one["on"] or "", one["entry"]))

    def _where(self, row: dict[str, Any], what: str) -> _Referred | None:
        """The referral that a part is of; None when the part began after the year, or there is none."""
        on = day_of(row["on"])
        if on is None or on > self.last:
            return None
        named = self.by_entry.get(row.get("referral") or "")
        open_then = [one for one in self.referred if one.open_on(on) and not one.episode.nfa]
        before = [one for one in self.referred if (one.episode.referred_on or NEVER) <= on and not one.episode.nfa]
        found = named or next(reversed(open_then or before), None)
        if found is None:
            self.unplaced.append(Unplaced(what, row["entry"], on))
        else:
            found.went_on = True
        return found

    def _until(self, said: str | None) -> date | None:
        day = day_of(said)
        return day if day and day <= self.last else None

    def _assessment(self, row: dict[str, Any]) -> None:
        where = self._where(row, "An assessment")
        authorised_on = self._until(row["authorised_on"])
        # One that was stopped was never made; what was authorised before the year was in an earlier return.
        if where is None or row["stopped"] or (authorised_on and authorised_on < self.first):
            return
        factors = [national("assessment_factors", code) or code for code in row["factors"]]
        # Made here, factors are written down while it is under way: they are of the return once it is authorised.
        where.episode.assessments.append(
            Assessment(
                episode=where.episode,
                started_on=day_of(row["on"]),
                review_on=day_of(row["review_on"]),
                authorised_on=authorised_on,
                factors=sorted(factors) if authorised_on or row["loaded"] else [],
                entry=row["entry"],
            )
        )

    def _enquiry(self, row: dict[str, Any]) -> None:
        where = self._where(row, "Enquiries under section 47")
        if where is None:
            return
        on = day_of(row["on"])
        assert on is not None  # else it would be nowhere
        due_on = day_of(row["due_on"])
        if due_on is None and row["conference"] and row["ours"]:
            due_on = local_day(pack().due(CONFERENCE_LAW, on))
        enquiry = Enquiry(
            episode=where.episode,
            started_on=on,
            target_on=due_on,
            conference_on=self._until(row["held_on"]),
            not_required=row["conference"] is False,
            entry=row["entry"],
        )
        self.of_enquiry[row["entry"]] = (where, enquiry)

    def _conference(self, row: dict[str, Any]) -> None:
        on = self._until(row["on"])
        if on is None or row["plan"] is not None:
            return  # a review: the plan says when it was
        if row["enquiry"] in self.of_enquiry:
            self.of_enquiry[row["enquiry"]][1].conference_on = on
        elif row["kind"] in WITHOUT_ENQUIRIES and (where := self._where(row, "A conference")):
            where.episode.conference_on = on

    def _protection_plan(self, row: dict[str, Any]) -> None:
        if row["enquiry"] in self.of_enquiry:
            where: _Referred | None = self.of_enquiry[row["enquiry"]][0]
        else:
            where = self._where(row, "A child protection plan")
        on, until = day_of(row["on"]), self._until(row["until"])
        if where is None or on is None or on > self.last or (until and until < self.first):
            return
        where.went_on = True
        plan = ProtectionPlan(
            episode=where.episode,
            started_on=on,
            ended_on=until,
            first_category=national("abuse_category", row["category"]),
            latest_category=national("abuse_category", row["latest"]),
            previous=row["previous"],
            entry=row["entry"],
        )
        held = [one["on"] for one in self.row["conferences"] or () if one["plan"] == row["entry"]]
        days = sorted({day for said in (*row["reviews"], *held) if (day := self._until(said))})
        plan.reviews = [Review(plan, day) for day in days]
        where.episode.protection_plans.append(plan)

    def _keep_enquiries(self) -> None:
        """Those that began in the year, or whose conference was held in it."""
        for where, enquiry in self.of_enquiry.values():
            days = [day for day in (enquiry.started_on, enquiry.conference_on) if day]
            if max(days, default=self.first) >= self.first:
                where.episode.enquiries.append(enquiry)

    def _plans(self, row: dict[str, Any]) -> None:
        for on, until in _spells(row):
            where = self._where({**row, "on": on.isoformat()}, "A child in need plan")
            ended_on = until if until and until <= self.last else None
            if where is None or (ended_on and ended_on < self.first):
                continue
            where.episode.plans.append(
                Plan(episode=where.episode, started_on=on, ended_on=ended_on, entry=row["entry"])
            )


def _spells(row: dict[str, Any]) -> list[tuple[date, date | None]]:
    """Each time that help was at the level of a child in need: the latest as the plan says, those before by level."""
    latest = day_of(row["on"])
    assert latest is not None  # the question asks for those that have one
    levels = [(level, day_of(since) or latest) for level, since in row["levels"] or ()]
    before = [
        (since, then)
        for (level, since), (next_level, then) in pairwise(levels)
        if level >= IN_NEED > next_level and since < latest and then <= latest
    ]
    return [*before, (latest, day_of(row["until"]))]
