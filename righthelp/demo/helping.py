"""Help for a family by a plan: asked for, looked at by the panel, led by a school or another agency, met, and ended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random
from typing import Any

from righthelp.demo.hours import DAY, HOUR, OFFICE, open_from
from righthelp.demo.known import Child
from righthelp.demo.protecting import EVERYBODY
from righthelp.demo.shares import Bag
from righthelp.demo.staff import COUNTY, Staff
from righthelp.demo.stories import AHEAD, Story
from righthelp.demo.ways import Way, codes_of, day, due
from righthelp.guard.models import Worker
from righthelp.kernel.moments import local, local_day
from righthelp.packs import pack

KIND, MEETING, VISIT, CLAIM = "family_help", "family_meeting", "family_visit", "outcome_claim"
A_HUNDRED = 100
SCHOOL_AGE = 5
WEDNESDAY = 2  # on which the panel meets
OWN, SERVICES, PARTNERS = "INTERNAL", "COMMISSIONED", "PARTNER"
# No paper gives these.
MONTHS_HELPED = (3.5, 15)  # from the request to the end; with the volume it comes to as many open as EH-12 says
MONTH = DAY * 365.25 / 12
STEPS_DOWN, AFTER_A_STEP_DOWN = 0.25, (2, 5)  # of child in need plans; and for so many months
VISITS_IN_TIME = 0.8
UNDER_SCHOOL_AGE = {"HEALTH_VISITING", "EARLY_YEARS", "MIDWIFERY"}  # who would lead help for a child not at school


@dataclass(frozen=True)
class Helped:
    """How it goes: who leads, for whom the family waits, how long it lasts, what is claimed."""

    lead: str
    by: str
    taken_up: bool
    months: float
    needs_met: float
    meetings_in_time: float
    longest_wait: float
    claimed: bool
    in_time_of_visits: float = VISITS_IN_TIME


class Helping:
    """Draws how early help goes. One for many families, so that the shares come out whole."""

    def __init__(self, random: Random, staff: Staff) -> None:
        self.random, self.staff = random, staff
        figures = pack().demonstration()
        leads = figures.shares("early_help_leads")
        self.figures = {name: figure.value for name, figure in figures["early_help"].items()}
        self.figures["led_by_own_teams"] = leads.pop(OWN)
        self.leads = Bag(random, {one: share * A_HUNDRED for one, share in leads.items()})
        new = figures["early_help"]["new"].monthly * 12 * self.figures["taken_up"]
        self.claims = figures["early_help"]["claims"].monthly * 12 / new
        self._bags: dict[str, Bag[bool]] = {}

    def helped(self, story: Story, ages: Sequence[float]) -> Helped:
        """How it goes with the children of one story."""
        size = len(story.children)
        fitting = {stage_of(child) for child in story.children} - {""}
        if min(ages) < SCHOOL_AGE:
            fitting |= UNDER_SCHOOL_AGE
        services, own = self.figures["waits_for_services"], self.figures["waits_for_own_teams"]
        led_by_own = self.figures["led_by_own_teams"]
        lead = OWN if self._yes("led_by_own_teams", size) or not fitting else self.leads.take(size, among=fitting)
        if lead == OWN:
            by = OWN
        else:  # the agency that did the assessment leads, whomever the family waits for beside it
            by = self.random.choices(
                (SERVICES, OWN, PARTNERS),
                weights=(services, max(0.0, own - led_by_own), max(0.01, 1 - services - max(own, led_by_own))),
            )[0]
        return Helped(
            lead=lead,
            by=by,
            taken_up=self._yes("taken_up", size),
            months=self.random.uniform(*MONTHS_HELPED),
            needs_met=self.figures["needs_met"],
            meetings_in_time=self.figures["meetings_in_time"],
            longest_wait=self.figures["longest_wait"],
            claimed=self.random.random() < self.claims * 1.9,  # by family, of whom it helps nearly two children
        )

    def _yes(self, what: str, size: int) -> bool:
        if what not in self._bags:
            yes = self.figures[what]
            self._bags[what] = Bag(self.random, {True: A_HUNDRED * yes, False: A_HUNDRED * (1 - yes)})
        return self._bags[what].take(size)


def help_by_a_team(way: Way, asked: datetime, helped: Helped, now: datetime, *, agreed_before: bool = False) -> None:
    """From the request until it ends, at level 3: the panel, the wait, the lead, meetings and visits, the closing."""
    early_help = way.random.choice(way.staff.in_role["early help worker"])
    manager = _manager(way)
    way.worker = early_help
    consented = way.office(asked + HOUR * way.random.uniform(1, 20), 60)
    if not agreed_before:
        way.act(consented, early_help, KIND, "record_consent", **_consent(way, consented))
    panel = _panel_after(consented + DAY * way.random.uniform(0.5, 2))
    decided: dict[str, Any] = {
        "panel_on": local_day(panel),
        "panel_decision": "TAKE_UP" if helped.taken_up else "NOT_NOW",
        "panel_reason": way.words("help", "panel", "TAKE_UP" if helped.taken_up else "NOT_NOW"),
    }
    if helped.taken_up:
        decided |= {"help_by": helped.by, "service": "Homestart" if helped.by == SERVICES else ""}
    way.act(panel + HOUR * 3, manager, KIND, "decide_at_panel", **decided)
    if not helped.taken_up:
        return
    if helped.by == PARTNERS:
        named = way.office(panel + DAY * way.random.uniform(1, 7))
    else:
        named = way.office(panel + DAY * 7 * helped.longest_wait * way.random.uniform(0.8, 0.98))
    lead = lead_of(way, helped.lead) or early_help
    way.act(
        named, early_help, KIND, "allocate", lead_agency=_agency(way, lead), lead_name=lead.name,
        supporter=None if lead == early_help else early_help,
    )  # fmt: skip
    way.worker = lead
    begun = way.office(named + DAY * way.random.uniform(2, 13))
    wanted = begin_work(way, begun, lead)
    _join(way, begun + HOUR, lead)
    ends = max(asked + MONTH * helped.months, begun + DAY * 30)
    meet_and_visit(way, begun, ends, now, helped, first="early_help.first_meeting", later="early_help.meeting",
                   visits="early_help.visit" if _agency(way, lead).kind == "county" else "")  # fmt: skip
    closed = way.office(ends)
    close(way, closed, lead, wanted, helped.needs_met)
    if helped.claimed and way.place == 0:
        _claim(way, closed + DAY * way.random.uniform(10, 60), early_help, manager)


def help_in_need(
    way: Way, since: datetime, worker: Worker, helped: Helped, months: float, now: datetime
) -> tuple[datetime, str]:
    """A child in need plan, from the decision until it ends or steps down. Gives when social care ended, and why."""
    way.worker = worker
    named = way.office(since + HOUR * way.random.uniform(1, 20), 120)
    way.act(named, way.manager, KIND, "allocate_social_worker", social_worker=worker)
    begun = way.office(named + DAY * way.random.uniform(3, 13))
    wanted = begin_work(way, begun, worker)
    _join(way, begun + HOUR, worker)
    ends = max(since + MONTH * months, begun + DAY * 30)
    in_time = replace(helped, in_time_of_visits=VISITS_IN_TIME)
    meet_and_visit(way, begun, ends, now, in_time, first="child_in_need.first_review", later="child_in_need.review",
                   visits="child_in_need.visit")  # fmt: skip
    ended = way.office(ends)
    if not way.chance(STEPS_DOWN):
        close(way, ended, worker, wanted, helped.needs_met)
        return ended + HOUR, "RC7"
    lead = lead_of(way, helped.lead) or way.random.choice(way.staff.in_role["early help worker"])
    way.act(
        ended, worker, KIND, "step_down", to_level=3, level_why=way.words("help", "level", "DOWN"),
        **_consent(way, ended), lead_agency=_agency(way, lead), lead_name=lead.name,
    )  # fmt: skip
    way.worker = lead
    last = ended + MONTH * way.random.uniform(*AFTER_A_STEP_DOWN)
    meet_and_visit(way, ended, last, now, helped, first="early_help.first_meeting", later="early_help.meeting",
                   visits="early_help.visit" if _agency(way, lead).kind == "county" else "")  # fmt: skip
    close(way, way.office(last), lead, wanted, helped.needs_met)
    way.worker = worker
    return ended + HOUR, "RC7"  # RC9 is of a child who was only assessed


def begin_work(way: Way, begun: datetime, lead: Worker) -> int:
    """What is to be different, and who does what. Gives how many outcomes there are."""
    outcomes = way.random.sample(codes_of("help", "outcomes"), way.random.choice((1, 2, 2, 3)))
    actions = zip(codes_of("help", "actions"), (lead.name, lead.name, way.mother), (10, 14, 21), strict=True)
    way.act(
        begun, lead, KIND, "begin_work", started_on=local_day(begun),
        outcomes=[{"words": way.fill(words), "known_by": way.fill(known)} for words, known in outcomes],
        actions=[{"what": way.fill(what), "who": who, "due_on": day(begun, days)} for what, who, days in actions],
    )  # fmt: skip
    return len(outcomes)


def meet_and_visit(
    way: Way, begun: datetime, ends: datetime, now: datetime, helped: Helped, *, first: str, later: str, visits: str
) -> None:
    """Meetings, each with its record, and visits where the standard has them, until it ends."""
    until = min(ends - DAY, now + AHEAD)
    last, key = begun, first
    while True:
        by = due(key, local_day(last))
        if way.chance(helped.meetings_in_time):
            meets = way.worked(last, by, way.random.uniform(0.6, 0.96))[0]
        else:
            meets = way.office(by + DAY * way.random.uniform(1, 14))
        arranged = way.worked(last, meets, 0.4)[0]
        recorded = meets + timedelta(hours=way.random.uniform(1.5, 26))
        if recorded + HOUR > until or meets - last < DAY:
            break
        lead = way.worker
        way.act(arranged, lead, MEETING, "arrange", meets_at=meets, minutes=60, place="At school, in the quiet room")
        way.act(
            recorded, lead, MEETING, "hold", held_at=meets, attendance={EVERYBODY: {"attendance": "IN_PERSON"}},
            went_ahead_because="", child_part=way.words("help", "meeting", "child"),
            family_part=way.words("conference", "family_part"), summary=way.words("help", "meeting", "summary"),
            decided=way.words("help", "meeting", "decided"),
        )  # fmt: skip
        way.act(recorded + DAY * way.random.uniform(0.5, 6), lead, MEETING, "send_record")
        last, key = meets, later
    last = begun
    while visits and way.born:
        by = due(visits, local_day(last))
        if way.chance(helped.in_time_of_visits):
            at = way.worked(last, by, way.random.uniform(0.5, 0.97))[0]
        else:
            at = way.office(by + DAY * way.random.uniform(0.5, 9))
        if at + HOUR * 8 > until:
            return
        last = way.visit(VISIT, max(at, last + HOUR), alone=way.chance(0.7), reason=("help", "visit_for"))


def close(way: Way, at: datetime, lead: Worker, wanted: int, needs_met: float) -> None:
    """With the family: what was reached, their own plan, what they say."""
    reached = {}
    for number in range(1, wanted + 1):
        how = "REACHED" if way.chance(needs_met) else way.random.choice(("PARTLY", "PARTLY", "GIVEN_UP"))
        reached[str(number)] = {"reached": how, "reached_says": way.words("help", "reached", how)}
    asked = way.chance(0.85)
    way.act(
        at, lead, KIND, "close", outcomes_now=reached, wellbeing_plan=way.words("help", "wellbeing"),
        family_says=way.words("help", "family_says") if asked else "",
        family_not_asked_because="" if asked else way.words("help", "not_asked"),
        closed_on=local_day(at), closing_reason="NEEDS_MET",
    )  # fmt: skip


def _claim(way: Way, at: datetime, by: Worker, manager: Worker) -> None:
    claimed = way.office(at)
    area = way.random.choice(("EDUCATION", "RELATIONSHIPS", "HEALTH", "MONEY", "HOUSING"))
    way.act(
        claimed, by, CLAIM, "claim", area=area, evidence=way.words("help", "claim"), sustained_until=local_day(claimed)
    )
    way.act(
        way.office(claimed + DAY * way.random.uniform(2, 12)),
        manager,
        CLAIM,
        "accept",
        finds=way.words("help", "accepted"),
    )


def stage_of(child: Child) -> str:
    """Which stage the child's school is of; nothing for a child at none."""
    school = child.agency("SCHOOL")
    return "" if school is None else "PRIMARY" if "Primary" in school.name else "SECONDARY"


def lead_of(way: Way, lead: str) -> Worker | None:
    """A worker of the agency that leads: the child's own school, or that of a brother or sister; a health visitor;
    nobody for the county's own."""
    if lead in {"PRIMARY", "SECONDARY"}:
        school = next(child.agency("SCHOOL") for child in way.story.children if stage_of(child) == lead)
        there = way.staff.at.get(school.pk, [])
        return way.random.choice(there) if there else None
    kind = {"HEALTH_VISITING": "health_visiting", "EARLY_YEARS": "early_years", "MIDWIFERY": "midwifery"}.get(lead, "")
    return way.random.choice(way.staff.by_kind[kind]) if kind in way.staff.by_kind else None


def _join(way: Way, at: datetime, lead: Worker) -> None:
    """Somebody of another agency, and the mother, are of the team."""
    kind = way.random.choice(("health_visiting", "school_nursing", "voluntary"))
    one = way.random.choice(way.staff.by_kind[kind])
    team: list[dict[str, Any]] = [{"name": way.mother, "who": "Mother"}]
    if one.agency_id != lead.agency_id:
        team.insert(0, {"name": one.name, "agency": one.agency, "who": one.job_title})
    way.act(at, lead, KIND, "add_to_team", team=team)


def _agency(way: Way, lead: Worker) -> Any:
    county = way.staff.agencies[COUNTY]
    return county if lead.agency_id == county.pk else lead.agency


def _consent(way: Way, at: datetime) -> dict[str, Any]:
    return {
        "consent": "GIVEN",
        "consent_from": way.mother,
        "consent_on": local_day(at),
        "consent_for": way.words("help", "agreed_to"),
    }


def _manager(way: Way) -> Worker:
    return way.random.choice(way.staff.in_role["early help manager"])


def _panel_after(moment: datetime) -> datetime:
    """The next panel: Wednesday morning, or the next day on which the office is open."""
    moment += DAY * ((WEDNESDAY - local(moment).weekday()) % 7)
    return open_from(moment.replace(hour=9, minute=0, second=0), OFFICE)
