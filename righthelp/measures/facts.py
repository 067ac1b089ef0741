"""The views that stand beside those of the pages: the child, the entry, its clocks, who holds it, and the calendar.

What is known of a child is given so far as a figure needs it and no further: the month of birth and not the day, the
locality and not the address, codes and no words that anybody typed (docs/decisions/0035).
"""

from __future__ import annotations

from collections.abc import Mapping

from righthelp.guard.models import Agency, Appointment, Team, Worker
from righthelp.measures.columns import TODAY, ZONE, Column, View, in_words, quoted
from righthelp.packs import pack
from righthelp.people.models import Address, Characteristic, Person
from righthelp.record.models import CaseEntry, Deadline, Holding

NOT_KNOWN, ELSEWHERE = "Not known", "Elsewhere"
YEARS = 10  # of month ends, and this year's so far
ANSWERS = ("MET", "MISSED", "RUNNING", "EXCUSED")


def shared_views() -> list[View]:
    """Every view that is of no one page."""
    return [clocks(), entries(), children(), allocations(), appointments(), month_ends(), population()]


def clocks() -> View:
    """Every clock of every entry, with its answer: what the kernel's `timing` says, as the database says it."""
    late = "coalesce(deadline.stopped_at, now()) > deadline.due_at"
    answer = (
        f"CASE WHEN {late} THEN CASE WHEN deadline.excused <> '' THEN 'EXCUSED' ELSE 'MISSED' END"
        " WHEN deadline.stopped_at IS NULL THEN 'RUNNING' ELSE 'MET' END"
    )
    taken = "round((extract(epoch FROM deadline.stopped_at - deadline.started_at) / 3600)::numeric, 2)::float"
    started, due, stopped = (_day(f"deadline.{name}_at") for name in ("started", "due", "stopped"))
    return View(
        "clock",
        "One clock of one entry: when it started, when it is due, when it stopped, and how it stands.",
        (
            Column("entry", "deadline.entry_id", "the number of the row that it is a clock of", "key", always=True),
            Column("person", "case_entry.person_id", "the number of the child's record", "key", leads_to="child"),
            Column("kind", "case_entry.kind", "what the row is: the name of its view", always=True),
            Column("clock", "deadline.clock", "which clock of the page", always=True),
            Column("law", "deadline.law", "the law or standard that it counts by", always=True),
            Column("started_on", started, "the day on which it started", "date", always=True),
            Column("due_at", "deadline.due_at", "the last moment in time", "moment", always=True),
            Column("due_on", due, "the last day in time", "date", always=True),
            Column("stopped_at", "deadline.stopped_at", "when what is awaited came", "moment"),
            Column("stopped_on", stopped, "the day on which it came", "date"),
            Column("answer", answer, "MET, MISSED, RUNNING or EXCUSED (late, for a reason that the instrument names)",
                   codes={code: code for code in ANSWERS}, always=True),
            Column("hours", taken, "hours from start to stop", "float"),
            Column("days", f"({stopped} - {started})", "days from the day it started to the day it stopped", "integer"),
        ),
        "deadline JOIN case_entry ON case_entry.id = deadline.entry_id",
        (Deadline, CaseEntry),
    )  # fmt: skip


def entries() -> View:
    """Every entry, whatever it is."""
    # Work that is over is the work of the team that held it last: what a team did is not lost when it lets go.
    last = "SELECT DISTINCT ON (entry_id) entry_id, team_id FROM holding"
    last += " ORDER BY entry_id, until DESC NULLS FIRST, since DESC, id DESC"
    return View(
        "entry",
        "One entry of a child's record: what it is, whom it is about, when it began, the team that holds it (or did).",
        (
            Column("entry", "case_entry.id", "the number of the row", "key", always=True),
            Column("person", "case_entry.person_id", "the number of the child's record", "key", leads_to="child"),
            Column("kind", "case_entry.kind", "what it is: the name of its view", always=True),
            Column("begun_on", _day("case_entry.begun_at"), "the day on which it began", "date", always=True),
            Column("arose_from", "case_entry.arose_from_id", "the entry that it arose from", "key", leads_to="entry"),
            Column("team", "team.name", "the team that holds it; of what is over, the one that held it last"),
        ),
        f"case_entry LEFT JOIN ({last}) AS held ON held.entry_id = case_entry.id"
        " LEFT JOIN team ON team.id = held.team_id",
        (CaseEntry, Holding, Team),
    )


def children() -> View:
    """Whom any entry is about."""
    ethnicity, groups = _ethnicity()
    sex = {code: str(label) for code, label in Person.Sex.choices}
    months = "(extract(YEAR FROM born) * 12 + extract(MONTH FROM born))::integer"
    # Of several, the latest. The tables are read once: no question is put for each child.
    latest = "SELECT DISTINCT ON (person_id) person_id, code FROM characteristic WHERE kind = 'ethnicity'"
    latest += " AND until IS NULL ORDER BY person_id, since DESC NULLS LAST, recorded_on DESC, id DESC"
    disabled = "SELECT person_id, bool_or(code <> 'NONE') AS so FROM characteristic WHERE kind = 'disability'"
    disabled += " AND until IS NULL GROUP BY person_id"
    lives = "SELECT DISTINCT ON (person_id) person_id, split_part(postcode, ' ', 1) AS outward FROM address"
    lives += " WHERE until IS NULL AND wrong_on IS NULL"
    lives += " ORDER BY person_id, since DESC NULLS LAST, recorded_on DESC, id DESC"
    born = "SELECT id, sex, born_on, coalesce(born_on, expected_on) AS born FROM person WHERE became_id IS NULL"
    return View(
        "child",
        "A child whom an entry is about: what a figure is split by. No name, no day of birth, no address.",
        (
            Column("person", "child.id", "the number of the child's record", "key", always=True),
            Column("sex", "child.sex", "sex: the code", codes=sex, always=True),
            Column("sex_words", in_words("child.sex", sex), "sex: in words", codes=sex, words_of="sex"),
            Column("ethnicity", "ethnicity.code", "ethnic background: the code", codes=ethnicity),
            Column("ethnicity_words", in_words("ethnicity.code", ethnicity), "ethnic background: in words",
                   codes=ethnicity, words_of="ethnicity"),
            Column("ethnicity_group", in_words("ethnicity.code", groups), "ethnic background: its group",
                   codes=groups, words_of="ethnicity"),
            Column("disabled", "disability.so", "whether a disability is recorded; empty where nobody has said",
                   "boolean"),
            Column("born_year", "extract(YEAR FROM born)::integer", "the year of birth, or in which it is expected",
                   "integer"),
            Column("born_month", "extract(MONTH FROM born)::integer", "the month of that year, 1 to 12", "integer"),
            Column("born_months", months, "twelve times the year, and the month: for ages", "integer"),
            Column("is_born", "(child.born_on IS NOT NULL)", "whether a day of birth is on record", "boolean",
                   always=True),
            Column("locality", _locality("lives.outward"), "the part of the county in which the child lives",
                   codes={name: name for name in (*pack().places().localities, ELSEWHERE)}),
        ),
        f"({born}) AS child JOIN (SELECT DISTINCT person_id FROM case_entry WHERE person_id IS NOT NULL) AS known"
        f" ON known.person_id = child.id LEFT JOIN ({latest}) AS ethnicity ON ethnicity.person_id = child.id"
        f" LEFT JOIN ({disabled}) AS disability ON disability.person_id = child.id"
        f" LEFT JOIN ({lives}) AS lives ON lives.person_id = child.id",
        (Person, CaseEntry, Characteristic, Address),
    )  # fmt: skip


def _ethnicity() -> tuple[Mapping[str, str], Mapping[str, str]]:
    codes = list(pack().codes("ethnicity"))
    return {code.code: code.label for code in codes}, {code.code: code.also.get("group", "") for code in codes}


def _locality(outward: str) -> str:
    cases = "".join(
        f" WHEN {outward} IN ({', '.join(map(quoted, codes))}) THEN {quoted(name)}"
        for name, codes in pack().places().localities.items()
    )
    return f"CASE{cases} WHEN {outward} <> '' THEN {quoted(ELSEWHERE)} END"


def allocations() -> View:
    """Who holds what, and since when."""
    return View(
        "allocation",
        "A time for which a team, and a worker of it once one has taken it, held an entry. No worker is named.",
        (
            Column("entry", "holding.entry_id", "the number of the row that is held", "key", always=True),
            Column("person", "case_entry.person_id", "the number of the child's record", "key", leads_to="child"),
            Column("kind", "case_entry.kind", "what is held: the name of its view", always=True),
            Column("team", "team.name", "the team that holds it", always=True),
            Column("worker", "holding.worker_id", "the number of the worker who holds it, once one does", "key"),
            Column("since_on", _day("holding.since"), "its first day", "date", always=True),
            Column("until_on", _day("holding.until"), "the day on which it ended; empty while it goes on", "date"),
        ),
        "holding JOIN case_entry ON case_entry.id = holding.entry_id JOIN team ON team.id = holding.team_id",
        (Holding, CaseEntry, Team),
    )


def appointments() -> View:
    """Who works as what."""
    roles = {name: role.title for name, role in pack().roles().items()}
    return View(
        "appointment",
        "A time for which a worker held a role, and the team in which. No worker is named.",
        (
            Column("worker", "appointment.worker_id", "the number of the worker", "key", always=True),
            Column("role", "appointment.role", "the role", codes=roles, always=True),
            Column("role_words", in_words("appointment.role", roles), "the role in words", codes=roles,
                   words_of="role"),
            Column("agency_kind", "agency.kind", "the code of the kind of agency for which the worker works",
                   always=True),
            Column("team", "team.name", "the team"),
            Column("since_on", "appointment.since", "the first day", "date", always=True),
            Column("until_on", "appointment.until", "the last day; empty while it goes on", "date"),
        ),
        "appointment JOIN worker ON worker.id = appointment.worker_id JOIN agency ON agency.id = worker.agency_id"
        " LEFT JOIN team ON team.id = appointment.team_id",
        (Appointment, Worker, Agency, Team),
    )  # fmt: skip


def month_ends() -> View:
    """The calendar of what is counted as it stood."""
    first = f"generate_series(date_trunc('month', {TODAY} - interval '{YEARS} years'), {TODAY}, interval '1 month')"
    started = "extract(YEAR FROM month - interval '3 months')::integer"  # the year in which the financial year began
    financial = f"{started} || '/' || lpad((({started} + 1) % 100)::text, 2, '0')"
    quarter = "extract(QUARTER FROM month - interval '3 months')::integer"
    last = "(month + interval '1 month' - interval '1 day')::date"
    return View(
        "month_end",
        f"The last day of each month of the last {YEARS} years; of this month, today.",
        (
            Column("month_end", f"least({last}, {TODAY})", "the last day; of this month, today", "date", always=True),
            Column("month_start", "month::date", "the first day", "date", always=True),
            Column("month", "(extract(YEAR FROM month) * 100 + extract(MONTH FROM month))::integer",
                   "the month as a number: 202603 is March 2026", "integer", always=True),
            Column("quarter", f"{quarter}", "the quarter of the financial year: 1 is April to June", "integer",
                   always=True),
            Column("half", f"CASE WHEN {quarter} < 3 THEN 1 ELSE 2 END",
                   "the half of the financial year: 1 is April to September", "integer", always=True),
            Column("financial_year", financial, "the financial year: 2025/26", always=True),
            Column("is_over", f"({last} < {TODAY})", "whether the month is over", "boolean", always=True),
        ),
        f"{first} AS month",
        (),
    )  # fmt: skip


def population() -> View:
    """How many children there are, which no record of some of them can tell."""
    rows = [
        f"({quoted(figure.area)}, {figure.year}, {figure.number}, {quoted(figure.source)})"
        for figure in pack().places().children
    ]
    given = f"(VALUES {', '.join(rows)})" if rows else "(SELECT ''::text, 0, 0, ''::text WHERE false)"
    return View(
        "population",
        "How many children under 18 live in the county, or in a part of it, by year, and who says so.",
        (
            Column("area", "given.area", "the part of the county; empty: all of it", always=True),
            Column("year", "given.year", "the year", "integer", always=True),
            Column("children", "given.children", "how many children", "integer", always=True),
            Column("source", "given.source", "who says so", always=True),
        ),
        f"{given} AS given (area, year, children, source)",
        (),
    )


def _day(moment: str) -> str:
    return f"({moment} AT TIME ZONE '{ZONE}')::date"
