"""The rules over whole files: sound ones, one fault each, and the Department's own list of rules."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from righthelp.returns.cin.rules import rules_of, run
from righthelp.returns.cin.rules.tests.faults import FAULTS, with_fault
from righthelp.returns.cin.rules.tests.reading_plainly import read_plainly

SHARED = Path(__file__).resolve().parents[6] / "shared"
SINGLE = SHARED / "data" / "cin-one-fault"
SAMPLES = SHARED / "data" / "cin"
LIST = SHARED / "reference" / "rules_cin.csv"
NAMED = sorted(path.stem for path in SINGLE.glob("*.xml") if path.stem != "baseline")

pytestmark = pytest.mark.skipif(not SINGLE.is_dir(), reason="the files of single faults are not beside the project")

# What else each of these files breaks, and why it must.
ALSO = {
    "1104": "2885 2889",  # the enquiries begin as early as the conference, and the plan begins on another day
    "2883": "2885 8675Q",  # the conference is gone that the plan began with, and that ended the enquiries
    "4001": "4003 4017",  # the plan is open when protection begins, and when it is reviewed
    "4004": "4014",  # the second open plan begins while the first is open
    "8535Q": "4008 8545Q 8555Q",  # a death so long ago is before everything else
    "8630": "8565",  # the assessment is after the closing
    "8715": "2883 2885",  # the plan is left without its conference
    "8740": "8675Q",  # open from another year is open for more than 15 working days
    "8816": "8820",  # a later referral while a case is open overlaps it
    "8832": "2883 2885",  # the plan has no conference
    "8868": "8675Q",  # enquiries without an end since June
    "8896": "8863Q",  # the second open assessment begins while the first is open
    "8940": "2883 2885",  # the second plan has no conference
}


@pytest.fixture(scope="module")
def sound() -> Iterator[Any]:
    return etree.parse(SINGLE / "baseline.xml")


def test_the_rules_of_2026_are_those_of_the_list() -> None:
    with LIST.open(encoding="utf-8", newline="") as lines:
        listed = {row["code"]: (row["severity"].lower(), row["message_DfE_wording"]) for row in csv.DictReader(lines)}
    assert {rule.code: (str(rule.severity), rule.message) for rule in rules_of(2026)} == listed


def test_every_rule_of_the_list_has_a_file_or_a_fault_of_its_own() -> None:
    assert {*NAMED, *FAULTS} == {rule.code for rule in rules_of(2026)}
    assert not set(NAMED) & set(FAULTS)


@pytest.mark.parametrize("path", [SINGLE / "baseline.xml", SAMPLES / "clean_2026_1000.xml"], ids=lambda path: path.stem)
def test_a_sound_return_breaks_none(path: Path) -> None:
    result = run(read_plainly(etree.parse(path)), 2026)
    assert (result.codes, result.not_run) == ([], {})


@pytest.mark.parametrize("code", NAMED)
def test_a_file_breaks_the_rule_it_is_named_for(code: str) -> None:
    result = run(read_plainly(etree.parse(SINGLE / f"{code}.xml")), 2026)
    assert set(result.codes) == {code, *ALSO.get(code, "").split()}
    assert not result.not_run


@pytest.mark.parametrize("code", FAULTS)
def test_the_smallest_fault_breaks_its_rule(code: str, sound: Any) -> None:
    changes, also = FAULTS[code]
    result = run(read_plainly(with_fault(sound, changes)), 2026)
    assert set(result.codes) == {code, *also.split()}
    assert not result.not_run


def test_a_finding_tells_the_line_and_the_words_of_the_file() -> None:
    result = run(read_plainly(etree.parse(SINGLE / "8866.xml")), 2026)
    (finding,) = result.findings
    assert (finding.child, finding.element, finding.value) == ("C00002", "ReferralSource", "99")
    words = (SINGLE / "8866.xml").read_text(encoding="utf-8").splitlines()[finding.line - 1]
    assert words.strip() == "<ReferralSource>99</ReferralSource>"


def test_of_a_value_that_stands_many_times_a_finding_tells_all() -> None:
    (finding,) = run(read_plainly(etree.parse(SINGLE / "8794.xml")), 2026).findings
    assert finding.value == "MOB, MOB"
