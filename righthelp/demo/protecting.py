"""Where a child may be suffering significant harm: the strategy discussion, the enquiries, the initial conference."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from righthelp.demo.hours import DAY, HOUR
from righthelp.demo.ways import Way, codes_of, day, due
from righthelp.kernel.moments import local_day
from righthelp.processes.child_protection_conference import report

DISCUSSION, ENQUIRY, CONFERENCE = "strategy_discussion", "section_47", "child_protection_conference"
EVERYBODY = "*"  # of everybody who was invited, but for those who are named beside it
# No paper gives these shares.
POLICE_AWAY, SEEN_IN_TIME, MADE_A_PLAN = 0.04, 0.85, 378 / 410
SENT_NEXT_DAY, RECORD_IN_TIME, DISSENTS = 0.8, 0.75, 0.05


@dataclass
class Harm:
    """What is decided, and whether it is in time."""

    discussion_in_time: bool
    joint: bool
    conference: bool = False
    conference_in_time: bool = True


def discuss(
    way: Way, since: datetime, harm: Harm, *, enquiries: bool = True, concern: str = "", at_once: bool = False
) -> datetime:
    """A strategy discussion is called and held. Gives when it was held."""
    called = since + timedelta(minutes=20) if at_once else way.office(since, 90)
    last = due("child_protection.strategy_discussion", since)
    if at_once:
        held = called + HOUR * 3
    elif harm.discussion_in_time and called + HOUR < last:
        held = max(called + timedelta(minutes=45), way.worked(called, last, way.random.uniform(0.2, 0.75))[0])
    else:
        held = way.office(max(last, called) + DAY * way.random.uniform(0.2, 2.5))
    who = way.around()
    way.act(
        called, way.worker, DISCUSSION, "call", suspected_at=since,
        concern=concern or way.words("discussion", "concern"),
        immediate_safety=way.words("discussion", "safe_now"), meets_at=held, minutes=45, place="By video",
        invitations=who,
    )  # fmt: skip
    came: dict[str, Any] = {EVERYBODY: {"attendance": "REMOTE"}}
    away = way.chance(POLICE_AWAY)
    if away:
        came[who[1]["name"]] = {"attendance": "APOLOGIES"}
    decided = {"enquiries": enquiries, "made_by": ""}
    if enquiries:
        decided["made_by"] = "JOINT" if harm.joint else "SOCIAL_CARE"
    way.act(
        held + HOUR, way.worker, DISCUSSION, "hold", held_at=held, attendance=came,
        went_ahead_because=way.words("discussion", "apologies") if away else "",
        summary=way.words("discussion", "summary"), **decided,
        decided=way.words("discussion", "decided", "YES" if enquiries else "NO"),
        safe_meanwhile=way.words("discussion", "safe_meanwhile"), family_told=way.words("discussion", "told"),
    )  # fmt: skip
    way.act(way.office(held + HOUR * 5, 400), way.worker, DISCUSSION, "send_record")
    return held + HOUR


def enquire(way: Way, held: datetime, harm: Harm) -> datetime:
    """Enquiries are made and concluded. Gives when; a conference is held if one is called for."""
    last = due("child_protection.initial_conference", local_day(held))
    leads, sees = held + timedelta(minutes=30), way.office(held + HOUR * way.random.uniform(1, 7), 60)
    if not way.chance(SEEN_IN_TIME):
        sees = way.office(held + DAY * way.random.uniform(2, 4))
    way.act(leads, way.manager, ENQUIRY, "allocate", social_worker=way.worker)
    way.act(
        sees + HOUR, way.worker, ENQUIRY, "see", child_seen_at=sees, seen_alone=True,
        child_says=way.words("enquiry", "says") if way.child.age(local_day(sees)) >= 4
        else way.words("assessment", "shows"),
    )  # fmt: skip
    found, concluded = way.worked(held, last, way.random.uniform(0.3, 0.48), way.random.uniform(0.5, 0.58))
    found = max(found, sees + HOUR * 2)
    concluded = max(concluded, found + HOUR)
    outcome = way.random.choices(["NOT_SUBSTANTIATED", "NOT_AT_RISK", "AT_RISK"], weights=[0.5, 0.42, 0.08])[0]
    outcome = "AT_RISK" if harm.conference else outcome
    why_none = way.words("enquiry", "no_conference") if outcome == "AT_RISK" and not harm.conference else ""
    way.act(
        found, way.worker, ENQUIRY, "find", parents_say=way.words("enquiry", "parents_say"),
        agencies_say=way.words("enquiry", "agencies_say"), found=way.words("enquiry", "found", outcome),
        outcome=outcome, conference=harm.conference,
        no_conference_because=why_none or ("" if harm.conference else "It is not needed."),
    )  # fmt: skip
    way.act(concluded, way.manager, ENQUIRY, "conclude", rationale=way.words("enquiry", "rationale"))
    return concluded


def confer(way: Way, held: datetime, concluded: datetime, *, in_time: bool) -> tuple[datetime, bool]:
    """The initial conference. Gives when it was recorded, and whether it made a plan."""
    last = due("child_protection.initial_conference", local_day(held))
    meets = way.in_the_day(way.worked(concluded, last, way.random.uniform(0.8, 0.97))[0])
    if not in_time:
        meets = way.in_the_day(way.office(last + DAY * way.random.uniform(1, 15)))
    chair = way.random.choice(way.staff.in_role["conference chair"])
    prepare(way, concluded, meets, chair, invite=way.around())
    planned = way.chance(MADE_A_PLAN)
    decision = "PLAN" if planned else "NO_PLAN"
    category = way.random.choice(CATEGORIES) if planned else ""
    recorded = hold(way, meets, chair, decision, category=category, outline=True)
    return recorded, planned


CATEGORIES = ("NEG", "NEG", "NEG", "EMO", "EMO", "EMO", "PHY", "SAB")


def prepare(way: Way, since: datetime, meets: datetime, chair: Any, invite: list[dict[str, Any]]) -> None:
    """It is asked for, arranged and invited to; the parents get the report and are met."""
    support = way.random.choice(way.staff.in_role["business support"])
    asked, arranged, invited, shared = way.worked(since, meets, 0.08, 0.2, 0.3, way.random.uniform(0.4, 0.8))
    way.act(
        asked, way.worker, CONFERENCE, "convene", asked_because=way.words("conference", "because"),
        invitations=[*invite, *way.family()],
    )  # fmt: skip
    way.act(
        max(arranged, asked + timedelta(minutes=9)), support, CONFERENCE, "arrange", meets_at=meets, minutes=90,
        place=way.words("conference", "place"), chair=chair,
    )  # fmt: skip
    way.act(max(invited, asked + timedelta(minutes=19)), support, CONFERENCE, "invite")
    shared = max(shared, asked + timedelta(minutes=29))
    says = {name: way.words("conference", name) for name in report.ASKED}
    how = way.words("conference", "shared")
    way.act(shared - timedelta(minutes=9), way.worker, CONFERENCE, "write_report", **says)
    way.act(shared, way.worker, CONFERENCE, "share_report", report_shared_at=shared, report_shared_how=how)
    met = meets - timedelta(minutes=40)
    way.act(met + timedelta(minutes=20), chair, CONFERENCE, "prepare", parents_met_at=met, explanation_given=True)


def hold(
    way: Way,
    meets: datetime,
    chair: Any,
    decision: str,
    *,
    category: str = "",
    end_reason: str = "",
    outline: bool = False,
) -> datetime:
    """The conference is held and recorded; its decisions and its record are sent. Gives when it was recorded."""
    recorded = meets + timedelta(minutes=way.random.uniform(120, 240))
    agreed: dict[str, Any] = {"outcomes": [], "actions": []}
    if outline and decision == "PLAN":
        agreed["outcomes"] = [{"words": way.fill(one)} for one in _some("outcomes")[: way.random.choice((1, 2, 3))]]
        agreed["actions"] = [
            {"what": way.fill(what), "who": who, "due_on": day(recorded, days)}
            for what, who, days in zip(
                _some("actions"), (way.worker.name, "The school", way.mother), (7, 14, 21), strict=True
            )
        ]
    way.act(
        recorded, chair, CONFERENCE, "hold", held_at=meets,
        attendance={EVERYBODY: {"attendance": "IN_PERSON", "view": "AGREES"}, way.mother: {"attendance": "IN_PERSON"}},
        child_part=way.words("conference", "child_part"), family_part=way.words("conference", "family_part"),
        summary=way.words("conference", "summary"), decision=decision, category=category, end_reason=end_reason,
        decided=way.words("conference", "decided", decision), **agreed,
    )  # fmt: skip
    support = way.random.choice(way.staff.in_role["business support"])
    sent = due("child_protection.decisions_sent", meets)
    if way.chance(SENT_NEXT_DAY):
        sent = max(recorded + timedelta(minutes=10), way.worked(recorded, sent, 0.6)[0])
    else:
        sent = way.office(sent + DAY * way.random.uniform(0.3, 3))
    way.act(sent, support, CONFERENCE, "send_decisions")
    last = due("child_protection.record_sent", meets)
    if way.chance(RECORD_IN_TIME):
        record = way.worked(sent, last, way.random.uniform(0.5, 0.98))[0]
    else:
        record = way.office(last + DAY * way.random.uniform(1, 15))
    way.act(max(record, sent + timedelta(minutes=5)), support, CONFERENCE, "send_record")
    return recorded


def _some(what: str) -> list[str]:
    return list(codes_of("conference", what))
