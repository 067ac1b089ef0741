"""Every clock of every page in use is a measure of timeliness, without anybody having to ask for it."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import Any

from righthelp import law
from righthelp.engine.process import Process, processes
from righthelp.kernel.page import Clock
from righthelp.law import Value
from righthelp.measures.definition import Measure, Polarity, Unit

# The board on which a clock stands, by the file of the law that it counts by.
SERVICE_OF = {
    "access": "oversight",
    "assessment": "child_in_need",
    "child_in_need": "child_in_need",
    "child_protection": "child_protection",
    "early_help": "early_help",
    "front_door": "front_door",
    "oversight": "oversight",
    "services": "services",
    "supervision": "oversight",
}
SINCE = date(2026, 11, 22)
IN_HOURS = {"hours"}
CHILDREN = ("Ada", "Bryn", "Cerys", "Dewi", "Elin", "Ffion")
ANSWERS = ("MET", "MET", "MET", "MISSED", "EXCUSED", "RUNNING")


def clock_measures() -> tuple[Measure, ...]:
    """One measure for each clock of each page that the county uses."""
    return _made(tuple(processes().values()))


@lru_cache(maxsize=4)
def _made(pages: tuple[type[Process], ...]) -> tuple[Measure, ...]:
    return tuple(_measure(page, clock) for page in pages for clock in page.clocks)


def name_of(kind: str, clock: str) -> str:
    """The name of a clock's measure: `clock_contact_decision_by_guidance`."""
    return f"clock_{kind}_{re.sub(r'[^a-z0-9]+', '_', clock.lower()).strip('_')}"


def _measure(page: type[Process], clock: Clock) -> Measure:
    values = law.book().values(clock.law)
    newest = values[-1]
    length = law.deadline_words(newest)
    kind, taken = page.kind(), "hours" if newest.unit in IN_HOURS else "days"
    return Measure(
        name=name_of(kind, clock.name),
        title=f"{page.title()}: {clock.name} in time",
        why=f"{_sentence(newest.title)} {_status(newest)}",
        definition=(
            f"Of the {page.titles().lower()} of which what is awaited has come, or is late already, those where it came"
            f" in time. Awaited from when {newest.counts_from}, until {newest.stops_when}; {length}, or what was the"
            " law or the county's own standard when it started. Left out: what is running and not late, and what is"
            " late for a reason that the instrument itself names."
        ),
        unit=Unit.SHARE,
        source=[newest.clock] if newest.clock else [],
        polarity=Polarity.HIGH,
        dated_by="the day on which it came in time, or else was due",
        splits=[],
        keeper="who manages the service",
        checked=f"{newest.source} ({newest.checked})",
        version=1,
        since=SINCE,
        sql=_text(kind, clock.name, taken),
        example=_example(kind, clock.name),
        service=SERVICE_OF.get(clock.law.split(".")[0], ""),
        taken=taken,
        href=newest.href,
        written=False,
    )


def _text(kind: str, clock: str, taken: str) -> str:
    quoted = clock.replace("'", "''")
    return f"""
SELECT entry, person,
  CASE WHEN answer = 'MET' THEN stopped_on ELSE due_on END AS placed_on,
  CASE WHEN answer = 'MET' THEN 1 ELSE 0 END AS counts, {taken} AS amount
FROM analysis.clock
WHERE kind = '{kind}' AND clock = '{quoted}' AND answer IN ('MET', 'MISSED')
"""


def _example(kind: str, clock: str) -> dict[str, Any]:
    rows = [
        {
            "child": child, "kind": kind, "clock": clock, "answer": answer, "due_on": date(2026, 3, 6),
            "stopped_on": {"MET": date(2026, 3, 4), "MISSED": date(2026, 3, 9)}.get(answer),
            "hours": {"MET": 40.0, "MISSED": 160.0}.get(answer), "days": {"MET": 2, "MISSED": 7}.get(answer),
        }
        for child, answer in zip(CHILDREN, ANSWERS, strict=True)
    ]  # fmt: skip
    return {"clock": rows, "expect": "75%"}


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:].rstrip('.')}."


def _status(value: Value) -> str:
    said = {
        "statutory": "The law sets the time.",
        "statutory guidance": "Statutory guidance sets the time.",
        "local": "The county set the time for itself.",
        "good practice": "Good practice sets the time.",
    }
    return said[value.status]
