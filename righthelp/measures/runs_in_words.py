"""What a run chart says, in one plain sentence for whoever answers for the work; and what its target may expect."""

from __future__ import annotations

from dataclasses import dataclass

from righthelp.measures.runs import LEAST, Better, Kind, Run, Signal

IN_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


@dataclass(frozen=True)
class Said:
    """The sentence, and in one word what it comes to: better, worse, changed, noise, or unknown."""

    way: str
    words: str

    @property
    def signal(self) -> bool:
        return self.way in {"better", "worse", "changed"}


WAYS = {
    "better": "Signal: for the better",
    "worse": "Signal: for the worse",
    "changed": "Signal",
    "noise": "No signal",
    "unknown": "Too few to say",
}


def said(chart: Run, better: Better, period: str = "month") -> Said:
    """Whether the last points are signal or noise."""
    stretch, latest = chart.now, chart.latest
    if stretch is None or latest is None:
        return Said("unknown", f"Nothing was counted in any finished {period}.")
    if stretch.limits is None:
        number = sum(
            point.finished and point.value is not None for point in chart.points[stretch.first : stretch.last + 1]
        )
        return Said(
            "unknown",
            f"{_number(number).capitalize()} finished {_many(period, number)} of this definition: too few to say what "
            f"is usual. From {LEAST} on, it is said here whether a change is more than chance.",
        )
    signal = chart.signals.get(latest)
    if signal is None:
        return Said(
            "noise",
            f"The last {period}s move within the usual range: no sign of a change. Chance is enough to explain it.",
        )
    way = "changed" if better is Better.NEITHER else "better" if signal.higher is (better is Better.HIGHER) else "worse"
    meaning = {
        "better": "a real change for the better, not chance",
        "worse": "a real change for the worse, not chance",
        "changed": "a real change, not chance. Neither way is better in itself: ask why",
    }[way]
    return Said(way, f"{_what(signal, period)}: {meaning}.")


def _what(signal: Signal, period: str) -> str:
    side = "above" if signal.higher else "below"
    if signal.kind is Kind.OUTSIDE:
        return f"The last {period} lies {side} the usual range"
    if signal.kind is Kind.RUN:
        return f"The last {_number(signal.points)} {period}s are all {side} the middle of the usual range"
    if signal.kind is Kind.TREND:
        moves = "higher" if signal.higher else "lower"
        return f"The last {_number(signal.points)} {period}s are each {moves} than the one before"
    end = "top" if signal.higher else "bottom"
    return f"Two of the last three {period}s are near the {end} of the usual range"


def against_target(chart: Run, target: float | None, better: Better) -> str:
    """What the usual range says of a target: that it is met by chance, never, or always; empty without either."""
    limits = chart.now.limits if chart.now else None
    if target is None or limits is None or better is Better.NEITHER:
        return ""
    far, close = (limits.lower, limits.upper) if better is Better.HIGHER else (limits.upper, limits.lower)
    sign = better.value
    if (far - target) * sign >= 0:
        return "The whole usual range meets the target: as things are, it can be relied on."
    if (close - target) * sign < 0:
        return "The whole usual range misses the target: as things are, it will not be met without a change."
    return "The target lies within the usual range: as things are, it is met or missed by chance."


def _number(number: int) -> str:
    return IN_WORDS[number] if number < len(IN_WORDS) else str(number)


def _many(period: str, number: int) -> str:
    return period if number == 1 else f"{period}s"
