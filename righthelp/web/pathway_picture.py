"""Where the bars of a child's pathway stand: time from left to right, a lane for each kind of work.

Bars of one kind that overlap stand beneath one another. What a mark means is said in the list beneath the picture.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, Protocol

from dateutil.relativedelta import relativedelta

from righthelp.kernel.moments import LONDON, last_moment, local_day
from righthelp.kernel.timing import Answer
from righthelp.kernel.written import MONTHS, write_when

NARROWEST, WIDEST, A_DAY = 1080, 2000, 6.0  # of the picture, and of a day as long as it has room
MARGIN, TOP, TITLE, ROW, BAR = 16, 40, 24, 34, 16
LABEL = 30  # room for a bar's number beside it
WORDS = 56  # of a tick
LEAST = 5  # a bar is never narrower
AHEAD = timedelta(days=30)  # beyond now, for what is due then


class Stretched(Protocol):
    """What is drawn as one bar."""

    @property
    def row(self) -> Any: ...
    @property
    def begun(self) -> datetime: ...
    @property
    def until(self) -> datetime: ...
    @property
    def waits(self) -> Sequence[tuple[datetime, datetime]]: ...
    @property
    def steps(self) -> Sequence[Any]: ...
    @property
    def deadlines(self) -> Sequence[Any]: ...


@dataclass(frozen=True)
class Mark:
    """A sign on a bar: a step that stands out, or a deadline and what became of it."""

    kind: str
    x: float
    y: float
    words: str

    @property
    def path(self) -> str:
        """Its outline; no two kinds have the same, because colour alone tells nobody anything."""
        x, y = self.x, self.y
        if self.kind == "step":
            return f"M{x} {y - 6}l6 6l-6 6l-6 -6z"
        if self.kind == "met":
            return f"M{x - 5} {y}l4 4l7 -9"
        if self.kind == "missed":
            return f"M{x - 5} {y - 5}l10 10m0 -10l-10 10"
        return f"M{x - 5} {y - 5}h10v10h-10z"


@dataclass
class Bar:
    """One piece of work in the picture."""

    of: Any
    x: float
    y: float
    width: float
    waits: list[tuple[float, float]] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)

    @property
    def room(self) -> float:
        """The width of what is lit when somebody comes to the bar: the bar and its number."""
        return round(self.width + LABEL, 1)

    @property
    def label_x(self) -> float:
        return round(self.x + self.width + 8, 1)

    @property
    def label_y(self) -> float:
        return self.y + BAR - 3


@dataclass
class Lane:
    """One kind of work."""

    title: str
    y: float
    bars: list[Bar] = field(default_factory=list)


@dataclass
class Picture:
    """Everything that is drawn."""

    width: float = 0
    height: float = 0
    today: float = 0
    bar: int = BAR
    top: int = TOP
    lanes: list[Lane] = field(default_factory=list)
    ticks: list[tuple[float, str]] = field(default_factory=list)


class Scale:
    """Moments as places from left to right."""

    def __init__(self, since: datetime, until: datetime) -> None:
        self.since, self.until = since, until
        days = max((until - since).total_seconds() / 86_400, 1)
        self.width = min(max(days * A_DAY, NARROWEST), WIDEST)
        self._each = self.width / max((until - since).total_seconds(), 1)

    def at(self, moment: datetime) -> float:
        """Where a moment stands; one beyond an end stands at that end."""
        inside = min(max(moment, self.since), self.until)
        return round(MARGIN + (inside - self.since).total_seconds() * self._each, 1)


def draw(stretches: Sequence[Stretched], now: datetime) -> Picture:
    """The picture of these pieces of work, given in the order in which they began."""
    if not stretches:
        return Picture()
    due = [last_moment(face.timing.due) for one in stretches for face in one.deadlines if face.timing.due]
    ends = [now, *(moment for moment in due if moment <= now + AHEAD)]
    since, until = min(one.begun for one in stretches), max(ends)
    if until - since < timedelta(days=1):
        since = until - timedelta(days=1)
    scale = Scale(since, until)
    picture = Picture(width=scale.width + 2 * MARGIN + LABEL, today=scale.at(now), ticks=_apart(list(_ticks(scale))))
    y = float(TOP)
    for title in dict.fromkeys(one.row.title() for one in stretches):
        lane = Lane(title, y + TITLE - 8)
        y += TITLE
        rows: list[float] = []  # where each row's last bar ends
        for one in (one for one in stretches if one.row.title() == title):
            start, width = scale.at(one.begun), max(scale.at(one.until) - scale.at(one.begun), LEAST)
            number = next((number for number, end in enumerate(rows) if end <= start), len(rows))
            rows[number:number + 1] = [_end_of(one, scale, start + width)]  # fmt: skip
            lane.bars.append(_bar(one, scale, y + number * ROW, width))
        y += len(rows) * ROW + 6
        picture.lanes.append(lane)
    picture.height = y + MARGIN
    return picture


def _end_of(one: Stretched, scale: Scale, end: float) -> float:
    """Where the next bar of the row may begin: beyond the number, and beyond the last mark."""
    marks = [scale.at(last_moment(face.timing.due)) + 8 for face in one.deadlines if face.timing.due]
    return max([end + LABEL, *marks])


def _bar(one: Stretched, scale: Scale, y: float, width: float) -> Bar:
    bar = Bar(one, scale.at(one.begun), y, round(width, 1))
    for since, until in one.waits:
        bar.waits.append((scale.at(since), round(max(scale.at(until) - scale.at(since), 2), 1)))
    middle = y + BAR / 2
    for event in one.steps:
        bar.marks.append(Mark("step", scale.at(event.at), middle, f"{event.says}, {write_when(event.at)}"))
    for face in one.deadlines:
        kind = {Answer.MET: "met", Answer.MISSED: "missed"}.get(face.timing.answer, "due")
        if face.timing.due:
            place = scale.at(last_moment(face.timing.due))
            words = f"{face.title}, due {face.due}: {face.timing.answer.label}"
            bar.marks.append(Mark(kind, place, y + BAR + 8, words))
    return bar


def _ticks(scale: Scale) -> Iterator[tuple[float, str]]:
    """Days, months or years, as many as can be read."""
    first, last = local_day(scale.since), local_day(scale.until)
    days = (last - first).days
    if days > 3 * 365:
        step, day = relativedelta(years=1), date(first.year, 1, 1)
    elif days > 60:
        step, day = relativedelta(months=1 if days < 400 else 3), first.replace(day=1)
    else:
        step, day = relativedelta(days=max(days // 8, 1)), first
    while day <= last:
        moment = datetime.combine(day, time.min, tzinfo=LONDON)
        if moment >= scale.since or day == first:
            yield scale.at(moment), _named(day, days)
        day += step


def _apart(ticks: list[tuple[float, str]]) -> list[tuple[float, str]]:
    """Without those whose words would run into the next one's."""
    places = [x for x, _ in ticks[1:]] + [float("inf")]
    return [tick for tick, following in zip(ticks, places, strict=True) if following - tick[0] >= WORDS]


def _named(day: date, days: int) -> str:
    if days > 3 * 365:
        return str(day.year)
    month = MONTHS[day.month - 1][:3]
    return f"{month} {day.year}" if days > 60 else f"{day.day} {month}"
