"""Section 47 enquiries and the initial conference."""

from __future__ import annotations

from righthelp.returns.cin.rules.tests.building import assessment, child, enquiry, episode
from righthelp.returns.cin.rules.tests.example import Example, of_child, of_parts

OPEN = {"conference_on": None}
LAST_YEAR = {"started_on": "2025-03-31"}

EXAMPLES: list[Example] = [
    of_parts(
        "1104",
        [assessment(), enquiry(started_on="2025-05-01", conference_on="2025-05-05")],
        [assessment(), enquiry(started_on="2025-05-06", conference_on="2025-05-06")],
        also="2889",
    ),
    of_child("1104", child(episode(conference_on="2025-05-05")), child(episode(conference_on="2025-05-06"))),
    of_child(
        "2884",
        child(episode(assessment(), enquiry(), conference_on="2025-06-16")),
        child(episode(assessment(), enquiry(), conference_on="2025-10-16")),
    ),
    of_parts(
        "2889", [assessment(), enquiry(started_on="2025-05-05")], [assessment(), enquiry(started_on="2025-05-06")]
    ),
    of_parts("2991Q", enquiry(), [assessment(), enquiry()]),
    of_parts(
        "8615", [assessment(), enquiry(started_on="2025-06-17")], [assessment(), enquiry(started_on="2025-06-16")]
    ),
    of_parts("8615", [assessment(), enquiry(started_on=None)], [assessment(), enquiry()]),
    of_parts(  # 10 March 2026 is 15 working days before 31 March
        "8675Q",
        [assessment(), enquiry(started_on="2026-03-09", **OPEN)],
        [assessment(), enquiry(started_on="2026-03-10", **OPEN)],
    ),
    of_parts(
        "8715",
        [assessment(), enquiry(conference_on="2026-04-01")],
        [assessment(), enquiry(conference_on="2026-03-31")],
    ),
    of_parts(
        "8740",
        [assessment(), enquiry(started_on="2026-04-01", **OPEN)],
        [assessment(), enquiry(started_on="2026-03-31", **OPEN)],
    ),
    of_child(
        "8740",
        child(episode(assessment(), enquiry(**LAST_YEAR, **OPEN), referred_on="2025-03-31")),
        child(episode(assessment(), enquiry(**LAST_YEAR, not_required=True, **OPEN), referred_on="2025-03-31")),
        also="8675Q",
    ),
    of_parts(
        "8839",
        [assessment(), enquiry(started_on="2026-03-16", **OPEN), enquiry(started_on="2026-03-23", **OPEN)],
        [
            assessment(),
            enquiry(),
            enquiry(started_on="2026-03-23", **OPEN),
        ],
        also="8890",
    ),
    of_parts("8870Q", [assessment(), enquiry(target_on="2025-06-22")], [assessment(), enquiry(target_on="2025-06-20")]),
    of_parts(
        "8875",
        [assessment(), enquiry(conference_on="2025-06-15")],
        [assessment(), enquiry(conference_on="2025-06-13")],
    ),
    of_parts(
        "8890",
        [assessment(), enquiry(), enquiry(started_on="2025-06-16", conference_on="2025-07-01")],
        [assessment(), enquiry(), enquiry(started_on="2025-06-17", conference_on="2025-07-01")],
    ),
    of_parts(
        "8890",
        [assessment(), enquiry(), enquiry(started_on="2025-06-02", conference_on=None, not_required=True)],
        [assessment(), enquiry(conference_on=None, not_required=True), enquiry(started_on="2025-06-03")],
    ),
]
