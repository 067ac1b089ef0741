"""How ready the return is: what is open by team, and week by week; each number of what its reader may see."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from righthelp.guard.models import Team
from righthelp.kernel.written import write_date
from righthelp.returns.cin.at_entry import CIN
from righthelp.returns.models import ReturnFinding

WEEKS = 13  # a quarter
HEIGHT, STEP, BAR = 100.0, 24.0, 18.0  # of the chart, in the drawing's own units
ERROR, QUERY = ReturnFinding.Severity.ERROR, ReturnFinding.Severity.QUERY
NOBODY = "none"


@dataclass
class OfTeam:
    """What is open in one team's work."""

    name: str
    key: str
    errors: int = 0
    queries: int = 0
    explained: int = 0  # of the queries
    oldest_on: date | None = None

    @property
    def rest(self) -> int:
        """What somebody must still do something about."""
        return self.errors + self.queries - self.explained


@dataclass(frozen=True)
class Week:
    """What was open when a week ended."""

    ended_on: date
    errors: int
    queries: int
    left: float = 0.0
    height: float = 0.0

    @property
    def top(self) -> float:
        return round(HEIGHT - self.height, 2)

    @property
    def words(self) -> str:
        return write_date(self.ended_on)


@dataclass
class Readiness:
    """The board of one year."""

    teams: list[OfTeam] = field(default_factory=list)
    weeks: list[Week] = field(default_factory=list)
    errors: int = 0
    queries: int = 0
    explained: int = 0

    @property
    def highest(self) -> int:
        return max((week.errors for week in self.weeks), default=0)

    @property
    def width(self) -> float:
        return STEP * len(self.weeks)

    @property
    def change(self) -> str:
        """Whether there are fewer errors than a month ago, in words."""
        if len(self.weeks) < 5:
            return ""
        before, now = self.weeks[-5].errors, self.weeks[-1].errors
        if before == now:
            return "As many errors are open as four weeks ago."
        many, more = abs(now - before), "more" if now > before else "fewer"
        return f"{many:,} {more} {'error is' if many == 1 else 'errors are'} open than four weeks ago."


def readiness(year: int, today: date, team: str = "") -> Readiness:
    """What the viewer may see of a year's findings, of one team or of all."""
    rows = of_team(ReturnFinding.objects.filter(of_return=CIN, year=year), team)
    facts = list(rows.values_list("severity", "team", "found_on", "mended_on", "explanation"))
    names = dict(Team.objects.values_list("pk", "name"))
    found = Readiness(weeks=_weeks(facts, today))
    teams: dict[Any, OfTeam] = {}
    for severity, key, found_on, mended_on, explanation in facts:
        if mended_on is not None:
            continue
        one = teams.setdefault(key, OfTeam(names.get(key, "Held by nobody"), str(key) if key else NOBODY))
        if severity == ERROR:
            one.errors += 1
        else:
            one.queries += 1
            one.explained += bool(explanation)
        one.oldest_on = min(one.oldest_on or found_on, found_on)
    found.teams = sorted(teams.values(), key=lambda one: (-one.errors, -one.rest, one.name))
    for name in ("errors", "queries", "explained"):
        setattr(found, name, sum(getattr(one, name) for one in found.teams))
    return found


def of_team(rows: Any, team: str) -> Any:
    """Of these findings those of one team; with no team named, all."""
    if not team:
        return rows
    return rows.filter(team__isnull=True) if team == NOBODY else rows.filter(team=team)


def _weeks(facts: Iterable[tuple[Any, ...]], today: date) -> list[Week]:
    """Weeks end on Sunday; the last is this one, so far."""
    this = today + timedelta(days=6 - today.weekday())
    counted = []
    for back in range(WEEKS - 1, -1, -1):
        end = this - timedelta(weeks=back)
        open_then = [one for one, _, since, until, _ in facts if since <= end and (until is None or until > end)]
        counted.append((end, open_then.count(ERROR), open_then.count(QUERY)))
    highest = max((errors for _, errors, _ in counted), default=0) or 1
    return [
        Week(end, errors, queries, left=round(STEP * place + (STEP - BAR) / 2, 2),
             height=round(HEIGHT * errors / highest, 2))
        for place, (end, errors, queries) in enumerate(counted)
    ]  # fmt: skip
