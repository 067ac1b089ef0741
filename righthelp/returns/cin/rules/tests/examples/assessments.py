"""Assessments and their factors."""

from __future__ import annotations

from righthelp.returns.cin.rules.tests.building import assessment, child, closed
from righthelp.returns.cin.rules.tests.example import Example, of_child, of_parts

OPEN = {"authorised_on": None, "factors": []}

EXAMPLES: list[Example] = [
    of_parts("1103", assessment(started_on="2025-05-05"), assessment(started_on="2025-05-06")),
    of_parts("8608", assessment(started_on="2025-06-11"), assessment(started_on="2025-06-10")),
    of_parts(
        "8614",
        assessment(started_on="2026-03-02", authorised_on=None),
        assessment(started_on="2026-03-02", **OPEN),
    ),
    of_parts(  # 27 January 2026 is 45 working days before 31 March
        "8670Q",
        assessment(started_on="2026-01-26", **OPEN),
        assessment(started_on="2026-01-27", **OPEN),
    ),
    of_parts("8696", assessment(authorised_on="2026-04-01"), assessment(authorised_on="2026-03-31")),
    of_parts(
        "8736",
        assessment(started_on="2026-04-01", **OPEN),
        assessment(started_on="2026-03-31", **OPEN),
    ),
    of_parts(
        "8863Q",
        [assessment(), assessment(started_on="2025-06-10", authorised_on="2025-07-01")],
        [assessment(), assessment(started_on="2025-06-11", authorised_on="2025-07-01")],
    ),
    of_child(
        "8869",
        child(closed(assessment(factors=["21", "2B"]), reason="RC8")),
        child(closed(assessment(factors=["21"]), reason="RC8")),
    ),
    of_child(
        "8873Q",
        child(closed(assessment(factors=["21"]), reason="RC7")),
        child(closed(assessment(factors=["21"]), reason="RC9")),
    ),
    of_parts(
        "8873Q",
        assessment(factors=["21"]),
        [assessment(factors=["21"]), assessment(started_on="2025-07-01", authorised_on="2025-07-15")],
    ),
    of_parts(
        "8896",
        [assessment(started_on="2026-03-02", **OPEN), assessment(started_on="2026-03-10", **OPEN)],
        [assessment(), assessment(started_on="2026-03-10", **OPEN)],
        also="8863Q",
    ),
    of_parts("8897Q", assessment(factors=[]), assessment(factors=["20"])),
    of_parts("8897Q", assessment(factors=["99"]), assessment(started_on="2026-03-02", **OPEN)),
    of_parts("8898", assessment(factors=["1A", "1A"]), assessment(factors=["1A", "1B"])),
]
