"""What drifts: what is late, about to be late, or has gone quiet, among the open work that somebody may see.

One question is put to the database, under the viewer's own rights, for numbers and nothing that names a child: how
much drifts, and what stands on one page. Who these are is read under both locks, for that page. Of a deadline the
question knows no more than when it is due, and of a process no more than whether its rows are open.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection
from psycopg import sql

from righthelp import law
from righthelp.engine.notices.due import RUNS
from righthelp.engine.process import processes
from righthelp.guard.viewers import AsWorker
from righthelp.kernel.moments import last_moment, local_day
from righthelp.packs import pack

LATE, SOON, QUIET = "late", "soon", "quiet"
DUE_SOON, GONE_QUIET = "oversight.due_soon", "oversight.gone_quiet"
NOBODY = UUID(int=0)  # among teams: what none of them holds
# By what lines are grouped; an entry of which nobody has said whose it is stands alone.
WAYS = {"team": "team", "worker": "worker", "child": "coalesce(person, entry)", "kind": "kind"}

# What nobody holds itself (a question put to an agency) drifts with who holds the work that it arose from.
QUESTION = """
    WITH held AS MATERIALIZED (
        SELECT entry, team, worker, quiet_from FROM work_that_is_held({teams}, {quiet_since})
    ), open_unheld AS MATERIALIZED (
        {open_unheld}
    ), found AS (
        SELECT entry_id, CASE WHEN due_at < {now} THEN 'late' ELSE 'soon' END AS what, clock, due_at AS at
        FROM deadline WHERE {runs} AND due_at <= {soon_until}
        UNION ALL
        SELECT entry, 'quiet', '', quiet_from FROM held WHERE quiet_from < {quiet_since}
    ), drift AS MATERIALIZED (
        SELECT entry.id AS entry, entry.kind, entry.person_id AS person, found.what, found.clock, found.at,
            coalesce(own.team, before.team) AS team, coalesce(own.worker, before.worker) AS worker
        FROM found
        -- Here the database asks whether the viewer may see it; one by one, for there are more that have ended.
        CROSS JOIN LATERAL (
            SELECT id, kind, person_id, arose_from_id FROM case_entry WHERE case_entry.id = found.entry_id OFFSET 0
        ) entry
        LEFT JOIN held own ON own.entry = entry.id
        LEFT JOIN LATERAL (
            SELECT id FROM case_entry WHERE own.entry IS NULL AND case_entry.id = entry.arose_from_id OFFSET 0
        ) origin ON true
        LEFT JOIN held before ON before.entry = origin.id
        WHERE entry.kind = ANY ({kinds})
            AND (own.entry IS NOT NULL OR entry.id IN (SELECT entry_id FROM open_unheld))
            AND ({every_team} OR own.entry IS NOT NULL OR before.entry IS NOT NULL)
    ), inside AS (
        SELECT *, {way} AS together FROM drift
        WHERE {any_team} OR coalesce(team, {nobody}) = ANY ({only_teams})
    ), shown AS (
        SELECT entry, kind, person, team, worker, what, clock, at,
            count(*) FILTER (WHERE what = 'late') OVER alike AS late,
            count(*) FILTER (WHERE what = 'soon') OVER alike AS soon,
            count(*) FILTER (WHERE what = 'quiet') OVER alike AS quiet,
            count(*) OVER alike AS every, together
        FROM inside WHERE {anything} OR what = ANY ({only})
        WINDOW alike AS (PARTITION BY together)
    ), numbers AS (
        SELECT count(*) FILTER (WHERE what = 'late'), count(*) FILTER (WHERE what = 'soon'),
            count(*) FILTER (WHERE what = 'quiet'), count(DISTINCT person), (SELECT count(*) FROM shown)
        FROM inside
    ), page AS (
        SELECT * FROM shown
        -- The group in which most is late first, then in which most drifts; in a group what is late longest.
        ORDER BY late DESC, every DESC, together, array_position(ARRAY['late', 'soon', 'quiet'], what), at, entry, clock
        LIMIT {most} OFFSET {first}
    )
    SELECT * FROM numbers LEFT JOIN page ON true
"""


class Drift(NamedTuple):
    """One thing that drifts: a deadline that is late or soon will be, or an entry in which nothing happens."""

    entry: UUID
    kind: str
    person: UUID | None
    team: UUID | None
    worker: UUID | None
    what: str
    clock: str
    at: datetime  # when it is due; of what has gone quiet, when a step was last recorded
    late: int  # of those that it is grouped with
    soon: int
    quiet: int

    def group(self, way: str) -> UUID | str | None:
        """What it is grouped by."""
        return {"team": self.team, "worker": self.worker, "kind": self.kind, "child": self.person or self.entry}[way]


@dataclass(frozen=True)
class Bounds:
    """From when something is about to be late, and since when it is quiet."""

    now: datetime
    soon_until: datetime
    quiet_since: datetime


@dataclass(frozen=True)
class Wanted:
    """Whose work, grouped by what, and which part of it."""

    teams: Sequence[UUID] | None  # None: every team's, and what no team holds
    way: str = "team"
    only: Collection[str] = ()
    only_teams: Collection[UUID] = ()
    first: int = 0
    most: int = 50


@dataclass(frozen=True)
class Drifting:
    """How much drifts, and one page of it."""

    late: int
    soon: int
    quiet: int
    children: int
    shown: int  # lines on all pages
    lines: Sequence[Drift]


def reads_drift(viewer: AsWorker) -> bool:
    """Whether somebody answers for the work of others."""
    return viewer.works_with_children and (viewer.oversees or bool(viewer.managed_teams))


def bounds(now: datetime) -> Bounds:
    """By the values that are in force now, and the county's own where it has made them shorter."""
    today = local_day(now)
    quiet = pack().clock(GONE_QUIET, today) or law.value(GONE_QUIET, today)
    return Bounds(now, last_moment(pack().due(DUE_SOON, today)), now - timedelta(days=int(quiet.value)))


def drifting(within: Bounds, wanted: Wanted) -> Drifting:
    """What is asked for, in one question."""
    pages = {kind: page for kind, page in processes().items() if not page.about_nobody}
    unheld = [
        sql.SQL("SELECT entry_id FROM {} WHERE state = ANY ({})").format(
            sql.Identifier(page._meta.db_table), sql.Literal(page.open_states())
        )
        for page in pages.values()
        if not page.team_receives
    ]
    question = sql.SQL(QUESTION).format(
        every_team=sql.Literal(wanted.teams is None),
        teams=sql.SQL("NULL") if wanted.teams is None else _numbers(wanted.teams),
        any_team=sql.Literal(not wanted.only_teams),
        only_teams=_numbers(wanted.only_teams),
        anything=sql.Literal(not wanted.only),
        only=sql.Literal(sorted(wanted.only)),
        way=sql.SQL(WAYS[wanted.way]),
        nobody=sql.SQL("{}::uuid").format(sql.Literal(NOBODY)),
        open_unheld=sql.SQL(" UNION ALL ").join(unheld) if unheld else sql.SQL("SELECT NULL::uuid AS entry_id"),
        now=sql.Literal(within.now),
        soon_until=sql.Literal(within.soon_until),
        quiet_since=sql.Literal(within.quiet_since),
        runs=sql.SQL(RUNS),
        kinds=sql.Literal(list(pages)),
        most=sql.Literal(wanted.most),
        first=sql.Literal(wanted.first),
    )
    with connection.cursor() as cursor:
        cursor.execute(question)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    late, soon, quiet, children, shown = rows[0][:5]
    lines = [Drift(*row[5:16]) for row in rows if row[5] is not None]
    return Drifting(late, soon, quiet, children, shown, lines)


def _numbers(keys: Collection[UUID]) -> sql.Composed:
    return sql.SQL("{}::uuid[]").format(sql.Literal(list(keys)))
