"""How much comes in which month: the papers' months as they were, the others by the season, a year ago less of it.

A county of two years is made month by month, each in one transaction of its own; the papers count by the month too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from dateutil.relativedelta import relativedelta

from righthelp.kernel.moments import first_moment, local_day
from righthelp.packs import Demonstration

HELPED = "EARLY_HELP"  # the one decision that the papers count by the month
YEAR = 12


@dataclass(frozen=True)
class Spell:
    """A calendar month, or the part of one that a county has."""

    since: datetime
    until: datetime

    @property
    def month(self) -> str:
        """The name of the month, as the pack writes it."""
        return f"{local_day(self.since):%B}".lower()

    @property
    def part(self) -> float:
        """How much of the whole month it is, from 0 to 1."""
        day = local_day(self.since)
        return (self.until - self.since) / (first_moment(_first(day, 1)) - first_moment(_first(day)))


def spells(since: datetime, until: datetime) -> Iterator[Spell]:
    """The calendar months between two moments, earliest first, the first and the last cut to them."""
    while since < until:
        ends = min(until, first_moment(_first(local_day(since), 1)))
        yield Spell(since, ends)
        since = ends


class Seasons:
    """What a whole county's months bring, seen from its present moment."""

    def __init__(self, figures: Demonstration, now: datetime) -> None:
        self.figures, self.today = figures, local_day(now)
        parts = {name: figure.value for name, figure in figures["seasons"].items()}
        self._season = {name: part * YEAR / sum(parts.values()) for name, part in parts.items()}
        growth = [figure.value for figure in figures["early_help_growth"].values()]
        self._growth = sum(growth) / len(growth)  # in a month of which no paper says it

    def decisions(self, spell: Spell) -> Mapping[str, float]:
        """How many contacts come, by what is decided on them."""
        of_a_month = {name: figure.monthly for name, figure in self.figures["outcomes"].items()}
        season = self._season[spell.month]
        found = {name: number * season * spell.part for name, number in of_a_month.items()}
        found[HELPED] = self._helped(spell) * spell.part
        return found

    def calls(self, spell: Spell) -> float:
        """How many telephone calls early help has."""
        return self.figures["volumes"]["calls_to_early_help"].monthly * spell.part

    def helped_in_time(self, spell: Spell) -> float:
        """The share of its contacts that early help answers in time."""
        stated = self.figures["early_help_in_time"].get(spell.month)
        return stated.value if stated else self.figures.value("timeliness", "early_help_in_72_hours")

    def _helped(self, spell: Spell) -> float:
        stated = self.figures["early_help_by_month"].get(spell.month)
        mean = self.figures["outcomes"][HELPED].monthly
        number = stated.monthly if stated else mean * self._season[spell.month]
        if (self.today - local_day(spell.since)).days <= 365:
            return number
        growth = self.figures["early_help_growth"].get(spell.month)
        return number / (1 + (growth.value if growth else self._growth))


def whole_ones(many: Mapping[str, float], owed: dict[str, float]) -> dict[str, int]:
    """These numbers as whole ones; what rounding leaves over is kept in `owed` and comes with the next month."""
    found = {}
    for name, number in many.items():
        owed[name] = owed.get(name, 0.0) + number
        found[name] = max(0, round(owed[name]))
        owed[name] -= found[name]
    return found


def _first(day: date, months_on: int = 0) -> date:
    """The first day of the month of a day, or of one so many months on."""
    return day + relativedelta(months=months_on, day=1)
