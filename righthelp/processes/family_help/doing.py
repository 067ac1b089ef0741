"""What the steps of family help do beside setting their own facts: who leads, who is told, what falls due."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from righthelp.engine.doing import Doing
from righthelp.engine.meeting import in_short
from righthelp.engine.named import worker_called
from righthelp.engine.process import processes
from righthelp.engine.recurring import end_what_it_called_for, hand_on_what_it_called_for
from righthelp.guard.models import Agency, Worker
from righthelp.guard.viewers import AsWorker
from righthelp.kernel.moments import local_day
from righthelp.people.models import Person
from righthelp.people.rows import Source, new_person
from righthelp.processes.family_help.questions import IN_NEED, TEAM_AROUND
from righthelp.processes.family_help.rows import FamilyHelpLevel, FamilyTeamMember
from righthelp.record.models import Action, Participant

if TYPE_CHECKING:
    from righthelp.processes.family_help.models import FamilyHelp

Part = Participant.Part
CALLED_FOR = ("family_meeting", "family_visit")  # what the plan calls for, and lets those who take part in it see


def new_child(row: FamilyHelp) -> None:
    """A new child's record, from what the partner told with the family's agreement."""
    rows = new_person(row.told, Source(words=f"Request for help, {row.from_agency}", on=local_day(row.asked_at)))
    person = rows[0]
    assert isinstance(person, Person)
    person.circle_id = row.entry.circle_id
    row.also.write(*rows)
    row.also.about(person)
    row.matched_to = person


def say_whom(row: FamilyHelp) -> None:
    """Whom it is about, for those who may not open the record."""
    told = f"{row.child_given} {row.child_family}".strip()
    row.about = in_short(row.entry.person) or told


def come_from_partner(row: FamilyHelp, on: datetime) -> None:
    """A partner's worker asked: they are told what came of it, and read what they sent."""
    by = row.also.by
    assert isinstance(by, AsWorker)
    row.asked_at = on
    row.from_agency_id, row.from_worker_id = by.agency, by.worker
    say_whom(row)


def lead_it_myself(row: FamilyHelp, on: datetime) -> None:
    """A plan of one agency is led by whoever writes it."""
    by = row.also.by
    assert isinstance(by, AsWorker)
    row.lead_agency_id, row.lead_id, row.lead_name = by.agency, by.worker, by.name
    row.allocated_at = on
    say_whom(row)
    _let_lead(row)


def write_level(row: FamilyHelp, level: int, since: date, why: str) -> None:
    """From this day on it is help at this level."""
    row.level, row.level_since_on = level, since
    # Of help that begins with this step none is on record yet.
    kept = 0 if row.also.journal.holds(row.entry) else len(FamilyHelpLevel.objects.filter(help=row.pk))
    fresh = [one for one in row.also.journal.rows(FamilyHelpLevel) if one.help_id == row.pk]
    row.also.write(
        FamilyHelpLevel(
            help=row,
            number=kept + len(fresh) + 1,
            level=level,
            since_on=since,
            why=why,
            said_by=row.also.called,
        )
    )


def load_in_need(row: FamilyHelp, on: datetime) -> None:
    """A child in need plan as a return tells it: of its referral, and with who has that."""
    assert row.section_17_from is not None  # the step asks for it
    row.asked_at, row.started_on = on, row.section_17_from
    say_whom(row)
    write_level(row, IN_NEED, row.section_17_from, "")
    row.also.hold(team=row.also.team_that_receives("referral"))
    if row.referral is not None:
        row.also.arises_from(row.referral.entry)


# --- Who leads, and who is of the team ------------------------------------------------------------------------------


def name_lead(row: FamilyHelp, on: datetime) -> None:
    """Somebody leads from now on, and sees record, plan, meetings and visits; whoever led before does not."""
    worker = row.lead_worker(on)
    row.lead = worker
    row.lead_name = worker.name if worker else row.lead_name
    say_whom(row)
    _let_lead(row)
    hold_as_level_says(row)


def _let_lead(row: FamilyHelp) -> None:
    """Whoever leads sees what the plan calls for from now on; whoever led before does not, unless they stay in the
    team. What they wrote themselves, such a member goes on reading."""
    before = row.also.no_longer_involve(part=Part.LEADS, whom=lambda one: not _is_lead(row, one))
    for other in ahead(row):
        row.also.no_longer_involve(part=Part.LEADS, entry=other.entry, whom=lambda one: not _is_lead(row, one))
    for one in before:
        if not any(_is_of(member, one.agency_id, one.worker_id) for member in team_of(row)):
            _see_no_more(row, one.agency, one.worker)
    row.let_lead_see(row)
    for other in ahead(row):
        row.let_lead_see(other, row.also)
    for meeting in ahead(row, "family_meeting"):
        meeting.plan = row
        meeting.ask_lead(row.also)


def _is_lead(row: FamilyHelp, one: Participant) -> bool:
    return (one.agency_id, one.worker_id) == (row.lead_agency_id, row.lead_id)


def hold_as_level_says(row: FamilyHelp) -> None:
    """A social worker holds a child in need; else the county's lead, or who of early help stays alongside."""
    also = row.also
    if row.level >= IN_NEED:
        also.hold(team=also.team_that_receives("referral"), worker=row.social_worker)
    else:
        county = row.lead_agency is not None and row.lead_agency.kind == "county"
        team = also.team_that_receives(row.team_receives)
        also.hold(team=team, worker=row.lead if county else row.supporter)
    hand_on_what_it_called_for(row)


def join_team(row: FamilyHelp, on: datetime) -> None:
    """New members of the team see the plan and its meetings from now on, where they are workers of an agency."""
    for one in row.also.told.get("team", []):
        one.joined_on = local_day(on)
        if one.agency is not None and one.agency.kind != "county":
            one.worker = worker_called(one.name, one.agency_id, local_day(on), row.also)
            row.also.involve(one.agency, one.worker, Part.TEAM)
        for meeting in ahead(row, "family_meeting"):
            meeting.ask_along(one, row.also)


def part_with_members(row: FamilyHelp, on: datetime) -> None:
    """Who left the team sees nothing of it any more: not the plan, not its meetings."""
    for one in row.also.told.get("leaving", []):
        if not one.left_because:
            continue
        one.left_on = local_day(on)
        row.also.change(one, "left_on")
        if one.agency is not None and one.agency.kind != "county":
            _see_no_more(row, one.agency, one.worker)
        for meeting in ahead(row, "family_meeting"):
            meeting.ask_no_more(one, row.also)


def _see_no_more(row: FamilyHelp, agency: Agency, worker: Worker | None) -> None:
    """A worker of another agency helps no more. Whoever leads the plan now goes on seeing it."""
    key = worker.pk if worker else None
    for entry in _its_entries(row):
        row.also.no_longer_involve(
            agency,
            entry=entry,
            whom=lambda one: one.worker_id == key and not (one.part == Part.LEADS and _is_lead(row, one)),
        )
    if worker is not None and key != row.lead_id:
        _no_longer_theirs(row, lambda action: action.worker_id == key)


def _is_of(member: FamilyTeamMember, agency: Any, worker: Any) -> bool:
    return (member.agency_id, member.worker_id) == (agency, worker)


def let_everybody_go(row: FamilyHelp) -> None:
    """It has ended: whoever took part from elsewhere keeps what they were sent, and sees no more."""
    for entry in _its_entries(row):
        row.also.no_longer_involve(entry=entry)
    _no_longer_theirs(row, lambda action: action.worker is not None and action.worker.agency.kind != "county")


def _no_longer_theirs(row: FamilyHelp, whose: Callable[[Action], bool]) -> None:
    """What they were to do is in their work no more. The plan still says who it was."""
    for action in row.also.rows_at(Action, row.pk):
        if whose(action):
            action.worker = None
            row.also.change(action, "worker")


def _its_entries(row: FamilyHelp) -> Iterator[Any]:
    yield row.entry
    for other in called_for(row):
        yield other.entry


def called_for(row: FamilyHelp, *kinds: str) -> list[Any]:
    """Meetings and visits of the plan, those that this journal begins among them."""
    found: list[Any] = []
    for kind in kinds or CALLED_FOR:
        page = processes().get(kind)
        if page is None:
            continue
        journal = row.also.journal
        there: Mapping[UUID, Any] = journal.added.get(page, {})
        new = [there[entry.pk] for entry in journal.arose(row.entry) if entry.pk in there]
        kept = [] if journal.holds(row) else page.objects.filter(plan=row.pk).select_related("entry")
        found += [*new, *(journal.touched.get(one.pk, one) for one in kept)]
    return found


def ahead(row: FamilyHelp, *kinds: str) -> list[Any]:
    """Those of them that have not been yet."""
    return [one for one in called_for(row, *kinds) if one.has_not_been]


def team_of(row: FamilyHelp, also: Doing | None = None) -> list[FamilyTeamMember]:
    """Who is of the team around the family now. `also` is the step in hand, where it is one of another row."""
    if step_in_hand := also or row._doing:
        there = step_in_hand.rows_at(FamilyTeamMember, row.pk)
    else:
        kept = FamilyTeamMember.objects.filter(entry=row.pk).select_related("agency", "worker")
        there = list(kept.order_by("number", "pk"))
    return [one for one in there if one.is_of_it and not one.left_because]


# --- What falls due -------------------------------------------------------------------------------------------------


def call_for_the_first(row: FamilyHelp, since: date) -> None:
    """At levels 3 and 4 the team meets and the child is visited; what is due already goes by the new level."""
    if row.level < TEAM_AROUND:
        end_what_it_called_for(row)
        return
    for other in ahead(row):
        row.also.take(other, "follow_level", {"in_need": row.is_in_need, "due_from_on": since})
    call_for_what_is_missing(row, since)


def call_for_what_is_missing(row: FamilyHelp, since: date) -> None:
    """The team's first meeting and the first visit, where none is due."""
    there = {other.kind() for other in ahead(row)}
    for kind in CALLED_FOR:
        page = processes().get(kind)
        if page is not None and kind not in there:
            answers = {"plan": row, "due_from_on": since, "first": True}
            row.also.begin(page, "fall_due", row.entry.person, answers, arose_from=row.entry)


# --- Up and down ----------------------------------------------------------------------------------------------------


def step_up(row: FamilyHelp, on: datetime) -> None:
    """The same record and plan, with more help. Who led until now stays of the team of a child in need."""
    assert row.to_level is not None  # the step asks for it
    today = local_day(on)
    write_level(row, row.to_level, today, row.level_why)
    if row.level == IN_NEED:
        _stay_in_team(row, on)
        let_social_worker_lead(row)
        row.allocated_at = row.allocated_at or on
        if row.state == row.State.ACTIVE:
            row.section_17_from, row.section_17_until = today, None
        else:
            row.in_need_since_at = on
    if row.state == row.State.ACTIVE:
        call_for_the_first(row, today)


def _stay_in_team(row: FamilyHelp, on: datetime) -> None:
    """Whoever led until now is of the team from now on."""
    agency, worker, name = row.lead_agency, row.lead, row.lead_name
    if agency is None or not name:
        return
    if not any(one.name == name and one.agency_id == agency.pk for one in team_of(row)):
        number = 1 + len(row.also.rows_at(FamilyTeamMember, row.pk))
        member = FamilyTeamMember(
            entry=row.entry, number=number, name=name, agency=agency, worker=worker, who="Led the plan before",
            joined_on=local_day(on),
        )  # fmt: skip
        row.also.write(member)
        row.also.journal.parts[(FamilyTeamMember, row.pk)].append(member)
    if agency.kind != "county":
        row.also.involve(agency, worker, Part.TEAM)


def let_social_worker_lead(row: FamilyHelp) -> None:
    """The plan of a child in need is led by their social worker, and held by them."""
    worker = row.social_worker
    row.lead, row.lead_agency = worker, worker.agency if worker else None
    row.lead_name, row.supporter = worker.name if worker else "", None
    _let_lead(row)
    hold_as_level_says(row)


def step_down(row: FamilyHelp, on: datetime) -> None:
    """The same record and plan, with less help, and with somebody who leads it from now on."""
    assert row.to_level is not None  # the step asks for it
    today = local_day(on)
    if row.level == IN_NEED:
        row.section_17_until = today
        row.social_worker = None
    write_level(row, row.to_level, today, row.level_why)
    row.review_from_on = today if row.is_of_one_agency else None
    name_lead(row, on)
    call_for_the_first(row, today)
