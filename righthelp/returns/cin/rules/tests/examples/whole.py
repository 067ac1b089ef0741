"""The return as a whole."""

from __future__ import annotations

from righthelp.returns.cin.rules.tests.building import census, child, episode, protection
from righthelp.returns.cin.rules.tests.example import Example
from righthelp.returns.cin.tables import Child

KINDS = ["MOB", "HAND", "PC", "INC", "COMM", "LD", "HEAR", "VIS"]


def known(disability: str, *others: str) -> Child:
    return child(episode(), disabilities=[disability, *others])


EXAMPLES: list[Example] = [
    Example("100", census(reference="2026-03-30"), census()),
    Example("100", census(reference="2025-03-31"), census()),
    Example(
        "2883",
        census(child(episode(protection(), protection(), conference_on="2025-06-16"))),
        census(child(episode(protection(), conference_on="2025-06-16"))),
        also="8935 8940",
    ),
    Example("2887Q", census(*map(known, ["NONE", *KINDS[1:]])), census(*map(known, KINDS))),
    Example("2888Q", census(*map(known, KINDS)), census(known("AUT", "MOB"), *map(known, KINDS))),
    Example("2888Q", census(known("MOB"), known("NONE")), census(known("NONE"))),
]
