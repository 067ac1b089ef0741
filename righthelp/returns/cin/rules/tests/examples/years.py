"""What a year changed, each by an example of the year before and of the year itself."""

from __future__ import annotations

from typing import Any

from righthelp.kernel.identifiers import upn_with_check
from righthelp.returns.cin.rules.tests.building import (
    assessment,
    census,
    child,
    episode,
    nothing_followed,
    pre_proceedings,
)
from righthelp.returns.cin.rules.tests.example import Example, of_child, of_parts
from righthelp.returns.cin.tables import Child, Tables


def known(**given: Any) -> Child:
    return child(episode(), **given)


def long_ago(year: int, **given: Any) -> Child:
    """A child born eleven years before the year's end, with a referral in that year and codes of the time."""
    usual = {"sex": "2", "born_on": f"{year - 11}-03-05"}
    return child(episode(referred_on=f"{year - 1}-05-06"), **usual | given)


def fifty(number: int, year: int, sex: str | None) -> Tables:
    """A return of fifty children, of whom so many have this sex."""
    make = long_ago if year < 2025 else lambda year, **given: known(**given)
    return census(*(make(year, **({"sex": sex} if n < number else {})) for n in range(50)), year=year)


def last_resort(**given: Any) -> Child:
    return child(episode(pre_proceedings(**given), referred_on="2026-05-06"), born_on="2014-03-05")


def of_2027(code: str, wrong: dict[str, Any], right: dict[str, Any]) -> Example:
    return of_child(code, last_resort(**wrong), last_resort(**right), year=2027)


CUMBERLAND = upn_with_check("942000000002")
UNBORN = {"born_on": None, "upn_unknown": "UN1"}
EXAMPLES: list[Example] = [
    of_child(
        "1530",
        long_ago(2023, upn=CUMBERLAND, upn_unknown=None),
        long_ago(2023, upn="Y850000000001", upn_unknown=None),
        year=2023,
    ),
    of_child(
        "1530",
        known(upn="R999000000002", upn_unknown=None),
        known(upn=CUMBERLAND, upn_unknown=None),
    ),
    Example("2886Q", fifty(2, 2024, "0"), fifty(1, 2024, "0"), year=2024),
    Example("2886Q", fifty(2, 2026, "U"), fifty(1, 2026, "U")),
    of_child("4180", long_ago(2024, sex="F"), long_ago(2024, sex="9"), year=2024),
    of_child("4180", known(sex="2"), known(sex="U")),
    of_child("4180", known(sex=None), known(sex="M")),
    of_child(
        "8750",
        child(episode(referred_on="2024-02-10"), sex="1", expected_on="2024-06-01", **UNBORN),
        child(episode(referred_on="2024-02-10"), sex="0", expected_on="2024-06-01", **UNBORN),
        year=2024,
    ),
    of_child(
        "8750",
        child(episode(referred_on="2026-02-10"), sex="M", expected_on="2026-06-01", **UNBORN),
        child(episode(referred_on="2026-02-10"), sex="U", expected_on="2026-06-01", **UNBORN),
    ),
    of_child(
        "8770Q",
        long_ago(2024, born_on="2019-03-31", upn_unknown="UN1"),
        long_ago(2024, born_on="2019-04-01", upn_unknown="UN1"),
        year=2024,
    ),
    of_child(
        "8770Q",
        known(born_on="2020-08-31", upn_unknown="UN1"),
        known(born_on="2020-09-01", upn_unknown="UN1"),
    ),
    of_child("8770Q", known(upn_unknown=None), child(nothing_followed(), upn_unknown=None)),
    of_child("1570", known(number="C" * 21), known(number="C" * 20)),
    of_child("1580", known(number="C-1"), known(number="C1")),
    of_parts("8945Q", assessment(factors=["18A"]), assessment(factors=["18B"])),
    of_parts("8950Q", assessment(factors=["19A"]), assessment(factors=["19C"])),
    Example("8995Q", census(long_ago(2027, sex="F"), year=2027), census(last_resort(), year=2027), year=2027),
    of_2027("9000Q", {"started_on": None}, {}),
    of_2027("9005", {"started_on": "2026-03-31"}, {"started_on": "2026-04-01"}),
    of_2027("9006", {"letter_sent_on": "2026-09-08"}, {"letter_sent_on": "2026-09-09"}),
    of_2027("9007", {"meeting_offered": None}, {"meeting_offered": None, "letter_sent_on": None}),
    of_2027("9008", {"first_meeting_on": "2027-04-01"}, {"first_meeting_on": "2027-03-31"}),
    of_2027("9009", {"decided_on": "2026-09-08"}, {"decided_on": None}),
    of_2027("9010Q", {"meeting_held": None}, {"meeting_held": None, "meeting_offered": False}),
    of_2027("9011", {"outcome": "D"}, {"outcome": None}),
    of_2027("9012", {"applied_on": "2026-11-30"}, {"applied_on": "2026-12-01"}),
    of_2027("9013", {"letter_on": "2027-04-01"}, {"letter_on": "2026-12-18"}),
    of_2027("9015Q", {"reviews": None}, {"reviews": 0}),
]
