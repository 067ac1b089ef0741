"""Child in need plans, child protection plans, and the two together."""

from __future__ import annotations

from typing import Any

from righthelp.returns.cin.rules.tests.building import Part, child, episode, plan, protection
from righthelp.returns.cin.rules.tests.example import Example, of_child, of_parts
from righthelp.returns.cin.tables import Child


def protected(*parts: Part, **given: Any) -> Child:
    """A child with an initial conference on 16 June 2025."""
    return child(episode(*parts, **{"conference_on": "2025-06-16"} | given))


EXAMPLES: list[Example] = [
    of_parts("4004", [plan(), plan("2025-08-11")], [plan(ended_on="2025-08-10"), plan("2025-08-11")], also="4014"),
    of_parts("4010", plan(None), plan("2026-03-31")),
    of_parts("4010", plan("2026-04-01"), plan()),
    of_parts("4011", plan(ended_on="2025-06-10"), plan(ended_on="2025-06-12")),
    of_parts("4012Q", plan(ended_on="2025-06-11"), plan(ended_on="2025-06-12")),
    of_parts("4013", plan(ended_on="2026-04-01"), plan(ended_on="2026-03-31")),
    of_parts(
        "4014", [plan(ended_on="2025-08-11"), plan("2025-08-11")], [plan(ended_on="2025-08-11"), plan("2025-08-12")]
    ),
    of_parts("4015", plan("2025-05-05"), plan("2025-05-06")),
    of_child(
        "4001",
        protected(plan("2025-05-11"), protection()),
        protected(plan("2025-05-11", "2025-06-16"), protection()),
        also="4017",
    ),
    of_child(
        "4003",
        protected(plan("2025-09-01", "2025-09-11"), protection("2025-09-10")),
        protected(plan("2025-09-10"), protection("2025-09-10", ended_on="2025-09-10")),
        also="4016",
    ),
    of_child(
        "4016",
        protected(plan("2025-09-09"), protection(ended_on="2025-09-10")),
        protected(plan("2025-09-10"), protection(ended_on="2025-09-10")),
    ),
    of_child(
        "4017",
        protected(plan("2025-06-10", "2025-06-17"), protection()),
        protected(plan("2025-06-10", "2025-06-16"), protection()),
    ),
    of_child(
        "1105",
        protected(protection(started_on="2025-05-05"), conference_on="2025-05-05"),
        protected(protection(started_on="2025-05-06"), conference_on="2025-05-06"),
        also="1104",
    ),
    of_child("2885", protected(protection(started_on="2025-06-17")), protected(protection())),
    of_child(
        "2885",
        protected(protection(), conference_on=None),
        protected(protection(started_on="2025-03-31"), referred_on="2025-03-03", conference_on=None),
    ),
    of_child("8720", protected(protection(started_on=None)), protected(protection())),
    of_child("8720", protected(protection(started_on="2026-04-01")), protected(protection())),
    of_child("8730", protected(protection(previous=None)), protected(protection(previous=0))),
    of_child("8840", protected(protection(ended_on="2025-06-16")), protected(protection(ended_on="2025-06-17"))),
    of_child("8841", protected(protection("2025-06-16")), protected(protection("2025-06-17"))),
    of_child("8842Q", protected(protection(None)), protected(protection())),
    of_child("8905", protected(protection(first_category=None)), protected(protection(first_category="MUL"))),
    of_child("8910", protected(protection(latest_category="ZZZ")), protected(protection(latest_category="EMO"))),
    of_child("8925", protected(protection(ended_on="2025-06-15")), protected(protection(ended_on="2025-06-17"))),
    of_child("8930", protected(protection(ended_on="2026-04-01")), protected(protection(ended_on="2026-03-31"))),
    of_child(
        "8935",
        child(
            episode(protection(started_on="2024-06-17"), referred_on="2024-06-03"),
            episode(protection(started_on="2024-06-17"), referred_on="2024-06-03"),
        ),
        child(episode(protection(started_on="2024-06-17"), referred_on="2024-06-03")),
        also="8815 8820 8940",
    ),
    of_child(
        "8940",
        child(
            episode(
                protection(started_on="2024-06-17", ended_on="2025-06-16"),
                protection(),
                referred_on="2024-06-03",
                conference_on="2025-06-16",
            )
        ),
        child(
            episode(
                protection(started_on="2024-06-17", ended_on="2025-06-15"),
                protection(),
                referred_on="2024-06-03",
                conference_on="2025-06-16",
            )
        ),
    ),
]
