"""What gives a notice: facts that the engine has of every process, so that a new one is told of without being asked.

While a step is worked out it says who may have to know; when it is written, one statement makes the notices.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import connection
from django.utils import timezone

from righthelp.guard.roles import ROLES, names_where
from righthelp.guard.viewers import AsWorker
from righthelp.record.models import Issue
from righthelp.record.notices import Waits

if TYPE_CHECKING:
    from righthelp.engine.doing import Doing
    from righthelp.engine.process import Process
    from righthelp.kernel.page import Step

MANAGING, LEADING = frozenset(names_where(manages=True)), frozenset(names_where(leads=True))
OF_AGENCIES = frozenset(names_where(county=False))
# What was done longer ago (by a load, or while a county is made) leaves nothing waiting that anybody is told of now.
NEWS_FOR = timedelta(days=1)


@dataclass(frozen=True)
class News:
    """That something waits: a worker's, or for holders of roles in a team or an agency; not for whoever did it.

    `held` asks at the writing who holds the entry, where the step did not need to know.
    """

    kind: str
    entry: UUID
    at: datetime
    done_by: UUID | None
    worker: UUID | None = None
    team: UUID | None = None
    agency: UUID | None = None
    roles: tuple[str, ...] = ()
    held: bool = False


def news_of(row: Process, step: Step, doing: Doing, *, was: str) -> Iterator[News]:
    """Whom a step that was worked out leaves something waiting for."""
    if not _is_news(doing):
        return
    journal, by = doing.journal, doing.by
    common = {"entry": row.pk, "at": journal.moment(), "done_by": by.worker if isinstance(by, AsWorker) else None}
    known = row.pk in journal.holdings or journal.holds(row.entry)
    holding = journal.holdings.get(row.pk)
    if doing.holds_anew and holding:
        if holding.worker_id:
            yield News(Waits.HANDED, worker=holding.worker_id, **common)
        else:
            yield News(Waits.LANDED, team=holding.team_id, roles=tuple(sorted(MANAGING)), **common)
    elif not step.begins:
        if not known:
            yield News(Waits.CHANGED, held=True, **common)
        elif holding and holding.worker_id:
            yield News(Waits.CHANGED, worker=holding.worker_id, **common)
    for worker in doing.let_go_by:
        yield News(Waits.CHANGED, worker=worker, **common)
    for one in doing.involved:
        theirs: dict[str, Any] = {"worker": one.worker_id} if one.worker_id else {"agency": one.agency_id}
        yield News(Waits.ASKED, roles=tuple(sorted(LEADING)), **{**common, "entry": one.entry_id}, **theirs)
    for issue in doing.issued:
        yield from _issued(issue, {**common, "entry": issue.document.entry_id})
    if step.begins or row.state != was:
        if _is_only_for_those_who_manage(row):
            now = doing.holding
            yield from _check(row, now.team_id if now else None, True, common)
        elif not (holding and holding.worker_id):
            yield from _check(row, holding.team_id if holding else None, known, common)
        yield from _asked(row, common)


def _issued(issue: Issue, common: dict[str, Any]) -> Iterator[News]:
    """A document reached a worker, or an agency, whose leads read it."""
    if issue.worker_id:
        yield News(Waits.ISSUED, worker=issue.worker_id, **common)
    elif agency := issue.agency_id or issue.document.agency_id:
        yield News(Waits.ISSUED, agency=agency, roles=tuple(sorted(LEADING)), **common)


def _is_news(doing: Doing) -> bool:
    """Whether it was written down, and by a job also done, lately."""
    oldest = timezone.now() - NEWS_FOR
    return doing.journal.moment() >= oldest and (isinstance(doing.by, AsWorker) or doing.on >= oldest)


def _onward(row: Process) -> list[Step]:
    """The steps that lead from the state in which a row is to another."""
    return [step for step in row.steps.values() if row.state in step.leaves and step.reaches not in (None, row.state)]


def _is_only_for_those_who_manage(row: Process) -> bool:
    """Whoever holds it can do nothing with it now: it was handed to those who manage."""
    steps = [step.by & ROLES.keys() for step in row.steps.values() if row.state in step.leaves]
    return bool(steps) and frozenset().union(*steps) <= MANAGING


def _check(row: Process, team: UUID | None, known: bool, common: dict[str, Any]) -> Iterator[News]:
    """It waits for somebody's check: it goes on only by a step of those who manage, and no worker can do anything."""
    roles = frozenset().union(*(step.by & ROLES.keys() for step in _onward(row)))
    if not row.ended and roles and roles <= MANAGING:
        yield News(Waits.CHECK, team=team, held=not known, roles=tuple(sorted(roles)), **common)


def _asked(row: Process, common: dict[str, Any]) -> Iterator[News]:
    """An agency is asked for something: a step of its workers is what is waited for."""
    roles = frozenset().union(*(step.by for step in row.steps.values() if row.state in step.leaves)) & OF_AGENCIES
    if row.ended or not roles or not row.waits_for_agency:
        return
    for reader in row.readers_by_agency():
        agency, own = reader if isinstance(reader, tuple) else (reader, None)
        whose = getattr(row, f"{own}_id") if own else None
        theirs = roles & LEADING if own else roles
        if whose:
            yield News(Waits.ASKED, worker=whose, **common)
        elif (asked := getattr(row, f"{agency}_id")) and theirs:
            yield News(Waits.ASKED, agency=asked, roles=tuple(sorted(theirs)), **common)


# One row of news at a time, each worker is told of the first reason that there is for them, and not of their own doing.
GIVE = """
WITH news AS (
    SELECT * FROM jsonb_to_recordset(%s::jsonb) AS news (
        kind text, entry uuid, at timestamptz, done_by uuid,
        worker uuid, team uuid, agency uuid, roles text[], held boolean)
), told AS (
    SELECT kind, entry, at, done_by, worker FROM news WHERE worker IS NOT NULL
    UNION ALL
    SELECT kind, entry, at, done_by, holding.worker_id
    FROM news JOIN holding ON holding.entry_id = news.entry AND holding.until IS NULL
    WHERE news.held AND news.kind = 'CHANGED'
    UNION ALL
    SELECT kind, entry, at, done_by, appointment.worker_id
    FROM news LEFT JOIN holding ON news.held AND holding.entry_id = news.entry AND holding.until IS NULL
        AND holding.worker_id IS NULL
    JOIN appointment ON appointment.team_id = coalesce(news.team, holding.team_id)
        AND appointment.role = ANY (news.roles) AND in_force(appointment.since, appointment.until)
    WHERE news.worker IS NULL AND news.agency IS NULL
    UNION ALL
    SELECT kind, entry, at, done_by, appointment.worker_id
    FROM news JOIN worker ON worker.agency_id = news.agency
    JOIN appointment ON appointment.worker_id = worker.id
        AND appointment.role = ANY (news.roles) AND in_force(appointment.since, appointment.until)
    WHERE news.worker IS NULL
)
INSERT INTO notice (id, worker_id, entry_id, kind, recorded_at)
SELECT gen_random_uuid(), worker, entry, kind, at FROM (
    SELECT DISTINCT ON (entry, at, worker) worker, entry, kind, at FROM told
    WHERE worker IS NOT NULL AND worker IS DISTINCT FROM done_by
    ORDER BY entry, at, worker, array_position(%s, kind)
) first_reason
ON CONFLICT DO NOTHING
"""
ORDER = [Waits.ISSUED, Waits.CHECK, Waits.HANDED, Waits.ASKED, Waits.LANDED, Waits.CHANGED]


def give(news: Iterable[News]) -> None:
    """Write the notices, in the transaction of the step."""
    told = [asdict(one) for one in news if one.worker is None or one.worker != one.done_by]
    if told:
        with connection.cursor() as cursor:
            cursor.execute(GIVE, [json.dumps(told, default=str), [kind.value for kind in ORDER]])
