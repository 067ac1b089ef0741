"""Every kind of fault is told by file and line, in a sentence, and nothing else goes wrong on the way."""

import re
import tempfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from righthelp.packs import check
from righthelp.packs.__main__ import main
from righthelp.packs.loading import issue
from righthelp.packs.tests.broken import copy, faults_after, swap

COUNTY, CODES = "elsewhere/pack.yaml", "elsewhere/codes.yaml"
NATION = "england/codes.yaml"
ROWS, TERMS = "elsewhere/levels_of_need.csv", "elsewhere/terms.yaml"
DIRECTORY = "elsewhere/directory.yaml"
LETTER = "elsewhere/letters/contact_outcome.txt"
YAML_AND_CSV = (
    "pack.yaml codes.yaml levels.yaml levels_of_need.csv clocks.yaml terms.yaml demonstration.yaml "
    "directory.yaml roles.yaml issued.csv"
)
ODD = ("- 1", "a: {b: [1, {c: }]}", "a: &x [*x]", "x: 2026-13-01", "\x00", "? [a, b]\n: c")

FAULTS = [
    # the pack's own page
    (COUNTY, "nation: england", "nation: wales", "There is no nation's pack 'wales'"),
    (COUNTY, "name: elsewhere", "name: somewhere", "must be the folder's"),
    (COUNTY, "kind: county", "kind: nation", "'nation' is not known here"),
    (COUNTY, "title:", "titel:", "Did you mean 'title'"),
    (COUNTY, "dfe: 999", "dfe: 99", "three digits"),
    (COUNTY, "ons: E10999999", "ons: W06000001", "E and eight digits"),
    (COUNTY, "switched_off: []", "switched_off: [Help request]", "not the name of a process"),
    (COUNTY, "  front_door: ", "  frontdoor: ", "Did you mean 'front_door'"),
    (COUNTY, "title: Elsewhere", "title: Elsewhere\ntitle: Again", "'title' comes twice"),
    # what is the law's, the process's, or the page's
    (COUNTY, "labels:", "law: {front_door.contact_decision: 48}\nlabels:", "may not hold law values"),
    (COUNTY, "labels:", "states: {OPEN: Ajar}\nlabels:", "may not change a state"),
    (COUNTY, "labels:", "fields: {born_on: text}\nlabels:", "may not change what a field is"),
    (COUNTY, "contact.outcome.SIGNPOSTING", "contact.state.DECIDED", "may not change a state"),
    # labels
    (COUNTY, "contact.outcome.SIGNPOSTING", "Contact outcome", "is not a path"),
    (COUNTY, "codes.urgency.AMBER", "codes.urgencies.AMBER", "Did you mean 'urgency'"),
    (COUNTY, "codes.urgency.AMBER", "codes.urgency.AMBR", "Did you mean 'AMBER'"),
    (COUNTY, "codes.urgency.AMBER: Yellow", "codes.urgency.AMBER:", "'codes.urgency.AMBER' must be words"),
    # a county's codes
    (CODES, ", national: 8,", ",", "must name the national code"),
    (CODES, "national: HOME", "national: HOUSE", "Did you mean 'HOME'"),
    (CODES, "BOAT:", "HOME:", "is a national code already"),
    (CODES, "address_kind:", "adress_kind:", "Did you mean 'address_kind'"),
    (CODES, "label: Houseboat, ", "", "'label' is missing"),
    (CODES, "until: 2025-03-31", "until: 2019-03-31", "ends before it begins"),
    (CODES, "until: 2025-03-31", "until: 2025-03-32", "is not a day of the calendar"),
    (CODES, "until: 2025-03-31", "until: last year", "must be a date"),
    (CODES, "until: 2025-03-31", "removed: true", "Close it with 'until'"),
    # a nation's codes
    (NATION, "    N7: {label: Low income}\n", "", "'N7' of primary_need was removed"),
    (NATION, "RC1: Adopted", "RC1: Adopted\n    RC0: Unborn", "'RC0' of closure_reason is new"),
    (NATION, "RC1: Adopted", "RC1:", "'label' is missing"),
    (NATION, "RC1: Adopted", 'RC1: ""', "'RC1' is missing"),
    (NATION, "Mother, inverse: CHILD", "Mother, inverse: KID", "must be a code of relationship"),
    (NATION, "label: White British, group: White", "label: White British", "says nothing for 'group'"),
    (NATION, "columns: {group: words}", "columns: {group: wards}", "Did you mean 'words'"),
    (NATION, "checked: secondary", "checked: yesterday", "'checked' must be one of"),
    # roles
    ("england/roles.yaml", "  county: false", "  county: no", "must be true or false"),
    ("england/roles.yaml", "  works_with_children: false\n  county: false",
     "  works_with_children: true\n  county: false", "only county staff may open"),
    ("england/roles.yaml", "  does: >-\n    Works with children", "  makes: >-\n    Works with children",
     "'does' is missing"),
    ("elsewhere/roles.yaml", "contact worker:", "contact clerk:", "Did you mean 'contact worker'"),
    ("elsewhere/roles.yaml", "title: Gateway listener", "title: Gateway listener\n  county: false",
     "may not change 'county'"),
    # levels of need
    ("elsewhere/levels.yaml", "number: 4", "number: 5", "must be 1, 2, 3 and 4"),
    ("elsewhere/levels.yaml", "what to do]", "what to eat]", "No indicator is of the domain 'what to eat'"),
    (ROWS, "W2-03,2,", "W2-03,two,", "must be 1 to 4, special or rule"),
    (ROWS, "W2-03,2,", "W2-04,2,", "'W2-04' comes twice"),
    (ROWS, "W2-03,2,growing up,", "W2-03,2,,", "'domain' is empty"),
    (ROWS, "W2-03,2,growing up,body,", "W2-03,2,growing up,", "The row has 5 cells"),
    (ROWS, "id,level,", "id,weight,", "The columns must be id, level"),
    # letters
    (LETTER, "{decision}", "{desicion}", "Did you mean 'decision'"),
    (LETTER, "{decision}", "As agreed", "must use {decision}"),
    (LETTER, "{decision}", "{decision", "A brace is only for a place"),
    (LETTER, "999 first", "Ring first", "must say '999'"),
    ("england/letters.yaml", "must_use: [date, ", "must_use: [day, ", "'day' must be used and is not"),
    # directory, terms, demonstration
    (DIRECTORY, "how: Walk in.", "how: Ring 01632 960 001.", "no telephone number"),
    (DIRECTORY, "how: Walk in.", "when: Daily.", "'how' is missing"),
    (DIRECTORY, "name: The Boat Shed", "name: Harbour Room", "'Harbour Room' comes twice"),
    (DIRECTORY, "key: boat_shed", "key: harbour_room", "'harbour_room' comes twice"),
    (DIRECTORY, "key: boat_shed", "key: The Boat Shed", "is not a key"),
    (DIRECTORY, "helps_with: [BABY, COMPANY]", "helps_with: [BABBY]", "Did you mean 'BABY'"),
    (DIRECTORY, "helps_with: [BABY, COMPANY]", "helps_with: []", "'helps_with' is empty"),
    (DIRECTORY, "ages: {from: 11, to: 18}", "ages: {from: 18, to: 11}", "the younger first"),
    (DIRECTORY, "organisation: Friends of the Harbour", "organisation: Friends of the Harbor", "is not among"),
    (TERMS, "starts: 2026-01-06", "starts: 2025-12-01", "before the first term"),
    (TERMS, "starts: 2026-02-09", "starts: 2026-05-09", "must begin, break for half term, and end"),
    (TERMS, "[2026-11-02]", "[2026-10-20]", "overlap on 2026-10-20"),
    (TERMS, "[2026-11-02]", "a Monday", "must be a list of dates"),
    ("elsewhere/demonstration.yaml", "RED: 0.10", "RED: 0.20", "must come to 1"),
    ("elsewhere/demonstration.yaml", "RED: 0.10", "PUCE: 0.10", "is not a code of urgency"),
    ("elsewhere/demonstration.yaml", "basis: invented", "basis: guessed", "'basis' must be one of"),
    ("elsewhere/demonstration.yaml", "basis: invented", "basis: stated", "'from' is missing"),
    ("elsewhere/demonstration.yaml", "per: month", "per: fortnight", "'per' must be year or month"),
    # files
    (TERMS, "years:", "years: [", "This is not YAML"),
    (TERMS, "name: Elsewhere's schools", "name: &n Schools\nyears2: *n", "anchors and aliases"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "sentence"), FAULTS, ids=[sentence for *_, sentence in FAULTS])
def test_a_fault_is_told(tmp_path: Path, file: str, old: str, new: str, sentence: str) -> None:
    faults = faults_after(tmp_path, file, old, new)
    told = [fault for fault in faults if sentence in fault]
    assert told, "\n".join(faults)
    assert all(re.match(r"[\w/.]+, line \d+: .+[.?]$", fault) for fault in faults), faults


@pytest.mark.parametrize(
    ("file", "old", "new", "sentence"),
    [
        (COUNTY, "codes.urgency.AMBER", "codes.urgency.AMBR", "Did you mean"),
        (ROWS, "W2-03,2,", "W2-03,two,", "1 to 4"),
        (LETTER, "{next_steps}", "{next_stepz}", "is not a place"),
        (DIRECTORY, "how: Walk in.", "how: Ring 01632 960 001.", "telephone"),
        (
            "elsewhere/issued.csv",
            "address_kind,BOAT",
            "address_kind,BOOT",
            "'BOOT' of address_kind was removed",
        ),
    ],
)
def test_a_fault_names_its_line(tmp_path: Path, file: str, old: str, new: str, sentence: str) -> None:
    copy(tmp_path, "elsewhere")
    line = swap(tmp_path, file, old, new)
    assert any(
        fault.startswith(f"{file}, line {line}: ") and sentence in fault for fault in check("elsewhere", tmp_path)
    )


@pytest.mark.parametrize("file", ["law.yaml", "law/front_door.yaml", "values.yaml"])
def test_law_values_are_no_part_of_a_pack(tmp_path: Path, file: str) -> None:
    copy(tmp_path, "elsewhere")
    (tmp_path / "elsewhere" / file).parent.mkdir(exist_ok=True)
    (tmp_path / "elsewhere" / file).write_text("contact_decision: 48\n", encoding="utf-8")
    assert any("may not hold law values" in fault for fault in check("elsewhere", tmp_path))


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        ("clock.yaml", "Did you mean 'clocks.yaml'"),
        ("letters/contact_outcom.txt", "Did you mean 'contact_outcome'"),
    ],
)
def test_a_file_that_nobody_reads_is_a_fault(tmp_path: Path, file: str, sentence: str) -> None:
    copy(tmp_path, "elsewhere")
    (tmp_path / "elsewhere" / file).write_text("", encoding="utf-8")
    assert any(sentence in fault for fault in check("elsewhere", tmp_path))


@pytest.mark.parametrize(
    "file", ["levels.yaml", "levels_of_need.csv", "letters/contact_outcome.txt", "terms.yaml", "issued.csv"]
)
def test_a_file_that_is_missing_is_a_fault(tmp_path: Path, file: str) -> None:
    copy(tmp_path, "elsewhere")
    (tmp_path / "elsewhere" / file).unlink()
    assert any(f"elsewhere/{file}, line 1: The file is missing." in fault for fault in check("elsewhere", tmp_path))


def test_an_indicator_is_a_code_too_and_cannot_go(tmp_path: Path) -> None:
    copy(tmp_path, "herefordshire")
    row = 'L2-022,2,development needs,"social, emotional, behaviour, identity",Socially isolated,\n'
    swap(tmp_path, "herefordshire/levels_of_need.csv", row, "")
    assert any("'L2-022' of levels_of_need was removed" in fault for fault in check("herefordshire", tmp_path))


def test_a_code_that_is_closed_is_no_fault(tmp_path: Path) -> None:
    assert faults_after(tmp_path, NATION, "N7: {label: Low income}", "N7: {label: Low income, until: 2027-03-31}") == []


def test_a_new_code_is_written_into_the_ledger_once(tmp_path: Path) -> None:
    copy(tmp_path, "elsewhere")
    swap(tmp_path, CODES, "    BOAT:", "    HOUSE_CART: {label: House cart, national: HOME}\n    BOAT:")
    assert any("'HOUSE_CART' of address_kind is new" in fault for fault in check("elsewhere", tmp_path))
    assert issue("elsewhere", date(2026, 12, 1), tmp_path) == [("address_kind", "HOUSE_CART")]
    assert issue("elsewhere", date(2026, 12, 2), tmp_path) == []
    assert check("elsewhere", tmp_path) == []
    ledger = (tmp_path / "elsewhere/issued.csv").read_text(encoding="utf-8")
    assert ledger.endswith("address_kind,HOUSE_CART,2026-12-01\n")


def test_the_command_tells_faults(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check"]) == 0
    assert capsys.readouterr().out == "No faults.\n"


@settings(max_examples=60, deadline=None)
@given(
    file=st.sampled_from(YAML_AND_CSV.split()),
    garbage=st.text(max_size=80) | st.sampled_from(ODD),
)
def test_whatever_stands_in_a_file_is_told_and_never_breaks_the_check(file: str, garbage: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        home = copy(Path(folder), "elsewhere")
        (home / "elsewhere" / file).write_bytes(garbage.encode("utf-8", "surrogatepass"))
        assert all(isinstance(fault, str) for fault in check("elsewhere", home))
