"""The front door's own measures: what its page shows, made from the counted measures; kept for a few minutes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode

from dateutil.relativedelta import relativedelta
from django.core.cache import caches
from django.urls import reverse
from django.utils import timezone

from righthelp.guard.roles import names_where
from righthelp.guard.viewers import AsWorker, who_is_locked
from righthelp.measures.counting import Counted, Tally, Wanted, count
from righthelp.measures.figures import Figure, figure
from righthelp.measures.registry import Measure, theme
from righthelp.record.models import TimelineEvent

NAME = "front_door"
READERS = frozenset(names_where(manages=True))  # who answers for the work reads what it comes to
PUBLIC = "The public"  # who told us, where it was no agency
MONTHS = 24
ALIKE = timedelta(minutes=10)  # how long figures stand while nothing is done that changes them
BY = (("source",), ("source", "agency"), ("source", "outcome"), ("outcome",), ("change",))
OF_AGENCIES = ("contacts", "led_to_service", "hours_to_decision", "decided_in_hours", "repeat_contacts", "redecided")


@dataclass(frozen=True)
class Number:
    """A figure on the page, and where it leads."""

    figure: Figure
    href: str = ""


@dataclass(frozen=True)
class Point:
    """One month of a measure: its figure, and its bar in the chart."""

    month: str
    number: Number
    height: float = 0.0
    left: float = 0.0
    unfinished: bool = False

    @property
    def top(self) -> float:
        return round(CHART - self.height, 2)


CHART, BAR = 100.0, 24.0  # the chart's height, and the room that a bar has, in the drawing's own units


@dataclass
class Line:
    """One measure on the page."""

    measure: Measure
    year: Number
    before: Number
    month: Number
    points: list[Point] = field(default_factory=list)
    highest: str = ""
    target_at: float | None = None

    @property
    def width(self) -> float:
        return BAR * len(self.points)

    @property
    def room(self) -> float:
        """The drawing's own width, with a margin at either side."""
        return self.width + 4

    @property
    def counted(self) -> bool:
        """Whether anything was counted in any of the months."""
        return any(point.number.figure.of for point in self.points)

    @property
    def last_month(self) -> str:
        return self.points[-1].month


@dataclass
class Table:
    """A measure, or several, split."""

    caption: str
    heads: list[Any]
    rows: list[tuple[list[str], list[Number]]]

    @property
    def cells(self) -> Iterator[tuple[list[tuple[str, str]], list[tuple[str, Number]]]]:
        """Each row with the names of its columns beside it: on a small screen a row is read as a card."""
        labels = [head["label"] if isinstance(head, dict) else head for head in self.heads]
        for names, numbers in self.rows:
            yield (
                list(zip(labels, names, strict=False)),
                list(zip(labels[len(names) :], numbers, strict=True)),
            )


@dataclass
class Page:
    """The whole page, as at a moment."""

    lines: list[Line]
    tables: list[Table]
    made_at: datetime


@dataclass(frozen=True)
class Periods:
    """The periods of the page: whole months, and the one that is not over."""

    today: date

    @property
    def this_month(self) -> date:
        return self.today.replace(day=1)

    @property
    def first(self) -> date:
        return self.this_month - relativedelta(months=MONTHS)

    @property
    def year(self) -> date:
        """The first day of the last twelve whole months."""
        return self.this_month - relativedelta(months=12)

    @property
    def last_day(self) -> date:
        """Of the last whole month."""
        return self.this_month - relativedelta(days=1)

    @cached_property
    def months(self) -> list[date]:
        first = self.first
        return [first + relativedelta(months=ahead) for ahead in range(MONTHS + 1)]


def may_read(viewer: AsWorker) -> bool:
    """Whether this worker's roles answer for the work that is measured."""
    return bool(viewer.roles & READERS)


def page_for(viewer: AsWorker, only: tuple[tuple[str, str], ...], now: datetime) -> Page:
    """The page as this viewer may see it, made anew when anything was done, or some minutes have passed."""
    key = _key(viewer, only, now)
    found: Page | None = caches["figures"].get(key)
    if found is None:
        found = _made(only, now)
        caches["figures"].set(key, found)
    return found


def _key(viewer: AsWorker, only: tuple[tuple[str, str], ...], now: datetime) -> str:
    """All on which the figures depend: what the viewer may see, what is asked, what was done last."""
    last = TimelineEvent.objects.order_by("-pk").values_list("pk", flat=True).first()
    circles = sorted(viewer.circles)
    sight = (viewer.agency, viewer.opens_children, sorted(viewer.kept_to), circles, who_is_locked())
    versions = [(measure.name, measure.version) for measure in theme(NAME)]
    moment = int(now.timestamp() // ALIKE.total_seconds())
    return sha256(repr((sight, only, last, moment, timezone.localdate(now), versions)).encode()).hexdigest()


def _made(only: tuple[tuple[str, str], ...], now: datetime) -> Page:
    periods = Periods(timezone.localdate(now))
    wanted = Wanted(periods.first, periods.today, only)
    measures = [measure for measure in theme(NAME) if wanted.fits(measure)]
    counted = count(measures, wanted, BY, lately=periods.year)
    lines = [_line(measure, counted[measure.name], periods, only) for measure in measures]
    return Page(lines, list(_tables(counted, periods, only)), now)


def _line(measure: Measure, counted: Counted, periods: Periods, only: tuple[tuple[str, str], ...]) -> Line:
    def over(since: date, until: date) -> Number:
        tally = Tally()
        for month in periods.months:
            if since <= month <= until and (there := counted.months.get(month.year * 100 + month.month)):
                tally.add(there)
        return _number(measure, tally, since, until, only)

    line = Line(
        measure,
        year=over(periods.year, periods.last_day),
        before=over(periods.first, periods.year - relativedelta(days=1)),
        month=over(periods.last_day.replace(day=1), periods.last_day),
    )
    numbers = [(month, over(month, month + relativedelta(months=1, days=-1))) for month in periods.months]
    top = max([number.figure.value or 0 for _, number in numbers] + [measure.target or 0])
    for place, (month, number) in enumerate(numbers):
        height = round(CHART * (number.figure.value or 0) / top, 2) if top else 0.0
        line.points.append(Point(f"{month:%B %Y}", number, height, place * BAR, month == periods.this_month))
    line.highest = f"{top:g}"
    line.target_at = round(CHART - CHART * measure.target / top, 2) if measure.target and top else None
    return line


def _number(
    measure: Measure, tally: Tally, since: date, until: date, only: tuple[tuple[str, str], ...], **more: str
) -> Number:
    made = figure(measure, tally.counts, tally.of, tally.amounts)
    if not tally.of:
        return Number(made)
    return Number(made, address(measure, since, until, dict(only) | more))


def address(measure: Measure, since: date, until: date, only: dict[str, str]) -> str:
    """Where a number leads: the rows that it was made from."""
    asked = {**only, "since": since.isoformat(), "until": until.isoformat()}
    return f"{reverse('measure_rows', args=[measure.name])}?{urlencode(asked)}"


def _tables(counted: dict[str, Counted], periods: Periods, only: tuple[tuple[str, str], ...]) -> Iterator[Table]:
    by_name = {measure.name: measure for measure in theme(NAME)}
    shown = [by_name[name] for name in OF_AGENCIES if name in counted]
    for group, caption, head in (
        (("source",), "By kind of source, last 12 months and this one so far", ["Who told us"]),
        (("source", "agency"), "By agency and school, last 12 months and this one so far", ["Kind", "Agency"]),
    ):
        contacts = counted["contacts"].splits[group]
        rows = []
        for values in sorted(contacts, key=lambda key: (key[0], -contacts[key].of, key)):
            more = dict(zip(group, values, strict=True))
            tallies = [counted[measure.name].splits[group].get(values, Tally()) for measure in shown]
            numbers = [
                _number(measure, tally, periods.year, periods.today, only, **more)
                for measure, tally in zip(shown, tallies, strict=True)
            ]
            rows.append((list(values), numbers))
        yield Table(caption, [*head, *({"label": measure.title, "numeric": True} for measure in shown)], rows)
    contacts, measure = counted["contacts"].splits[("source", "outcome")], by_name["contacts"]
    sources = sorted({source for source, _ in contacts})
    outcomes = sorted({outcome for _, outcome in contacts})
    yield Table(
        "Contacts by source and decision in force, last 12 months and this one so far",
        ["Who told us", *({"label": outcome, "numeric": True} for outcome in outcomes)],
        [
            (
                [source],
                [
                    _number(measure, contacts.get((source, outcome), Tally()), periods.year, periods.today, only,
                            source=source, outcome=outcome)
                    for outcome in outcomes
                ],
            )
            for source in sources
        ],
    )  # fmt: skip
    changed, measure = counted["redecided"].splits[("change",)], by_name["redecided"]
    yield Table(
        "What decisions were changed, last 12 months and this one so far",
        ["From what, to what", {"label": "Contacts", "numeric": True}],
        [
            ([change], [Number(Figure(f"{tally.of:,}", tally.of, tally.of),
                               address(measure, periods.year, periods.today, {**dict(only), "change": change}))])
            for (change,), tally in sorted(changed.items(), key=lambda one: -one[1].of)
        ],
    )  # fmt: skip
