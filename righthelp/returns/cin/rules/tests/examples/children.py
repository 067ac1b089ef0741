"""Who a child is: number, UPN, birth and death, sex, background, disabilities."""

from __future__ import annotations

from typing import Any

from righthelp.kernel.identifiers import upn_with_check
from righthelp.returns.cin.rules.tests.building import (
    child,
    closed,
    episode,
    nothing_followed,
    plan,
    protection,
)
from righthelp.returns.cin.rules.tests.example import Example, of_child
from righthelp.returns.cin.tables import Child

UPN = "Y850000000001"


def known(**given: Any) -> Child:
    return child(episode(), **given)


def pupil(upn: str) -> Child:
    return known(upn=upn, upn_unknown=None)


def unborn(**given: Any) -> Child:
    return child(
        episode(referred_on="2026-02-10"),
        **{"born_on": None, "expected_on": "2026-06-01", "sex": "U", "upn_unknown": "UN1"} | given,
    )


EXAMPLES: list[Example] = [
    of_child("8500", known(number=None), known(number="1")),
    of_child("8510", [known(number="A1"), known(number="A1")], [known(number="A1"), known(number="A2")]),
    of_child("8520", known(born_on="2026-04-01", upn_unknown="UN1"), known(born_on="2025-06-01"), also="8606"),
    of_child("8525Q", known(expected_on="2026-05-01"), unborn()),
    of_child("8525Q", known(born_on=None), known()),
    of_child("8530Q", unborn(expected_on="2026-02-28"), unborn(expected_on="2026-03-01")),
    of_child("8535Q", known(died_on="2014-03-04"), known(died_on="2025-05-06"), also="8545Q 8555Q"),
    of_child("8545Q", known(died_on="2026-04-01"), known(died_on="2026-03-31")),
    of_child("8590", child(), known()),
    of_child("8775Q", known(born_on="2001-03-30"), known(born_on="2001-03-31")),
    of_child(
        "8775Q",
        child(closed(), born_on="2000-11-30"),
        child(closed(), born_on="2000-12-01"),
    ),
    of_child("1510", pupil("A850000000001"), pupil(UPN)),
    of_child("1510", pupil("Y850000000002"), pupil(UPN.lower())),
    of_child("1520", [pupil(UPN), pupil(UPN.lower())], [pupil(UPN), pupil("M850000000002")]),
    of_child("1540", pupil("Y85000000A001"), pupil(UPN)),
    of_child("1550", pupil("A85000000000I"), pupil(upn_with_check("38310017830R"))),
    of_child("1550", pupil("Y85000000000"), pupil(UPN)),
    of_child("1560Q", known(former_upn="X9876543212B"), known(former_upn="X98765432123B")),
    of_child(
        "8772",
        child(nothing_followed(), closed(referred_on="2025-06-01"), upn_unknown="UN7"),
        child(nothing_followed(), upn_unknown="UN7"),
    ),
    of_child("4220", known(ethnicity="ZZZZ"), known(ethnicity="NOBT")),
    of_child("8540", known(disabilities=[]), child(nothing_followed(), disabilities=[])),
    of_child("8540", known(disabilities=["BAD"]), unborn(disabilities=[])),
    of_child("8790", known(disabilities=["NONE", "MOB"]), known(disabilities=["AUT", "MOB"])),
    of_child("8794", known(disabilities=["MOB", "MOB"]), known(disabilities=["MOB", "AUT"])),
    of_child(
        "8606",
        child(episode(), born_on="2026-02-11", upn_unknown="UN1"),
        child(episode(), born_on="2026-02-10", upn_unknown="UN1"),
    ),
    of_child("8606", unborn(expected_on="2026-11-18"), unborn(expected_on="2026-11-17")),
    of_child("8555Q", known(died_on="2025-05-05"), known(died_on="2025-05-06")),
    of_child("8585Q", child(closed(reason="RC2")), child(closed(reason="RC2"), died_on="2025-12-01")),
    of_child("4008", child(episode(plan()), died_on="2025-06-10"), child(episode(plan()), died_on="2025-06-11")),
    of_child(
        "4009Q",
        child(episode(plan(ended_on="2025-11-28")), died_on="2025-11-27"),
        child(episode(plan(ended_on="2025-11-28")), died_on="2025-11-28"),
    ),
    of_child(
        "8915",
        child(episode(protection(), conference_on="2025-06-16"), died_on="2025-06-15"),
        child(episode(protection(), conference_on="2025-06-16"), died_on="2025-06-16"),
    ),
    of_child(
        "8920",
        child(episode(protection(ended_on="2025-12-01"), conference_on="2025-06-16"), died_on="2025-11-30"),
        child(episode(protection(ended_on="2025-12-01"), conference_on="2025-06-16"), died_on="2025-12-01"),
    ),
]
