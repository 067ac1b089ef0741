"""Every kind of fault: told with its line and column, whether it stops the load, and nothing else told with it."""

from __future__ import annotations

from datetime import date

import pytest

from righthelp.returns.cin.checking import check
from righthelp.returns.cin.faults import Fault, Kind
from righthelp.returns.cin.reading import out_of_order
from righthelp.returns.cin.tests.examples import GOOD, KEPT, NOTED, STOPPED, Example
from righthelp.returns.cin.tests.making import file_of, line_of

TODAY = date(2026, 11, 1)
# Told by what the record knows already, not by the file: test_loading.py.
BY_THE_RECORD = {Kind.TWO_RECORDS, Kind.MAYBE_KNOWN, Kind.DIFFERS, Kind.REFUSED}
# Told where reading ends: test_elements.py and test_broken.py.
BY_THE_PARSER = {Kind.BROKEN, Kind.DOCUMENT_TYPE, Kind.TOO_MUCH}


def faults(text: str) -> list[Fault]:
    return check(text.encode(), TODAY).faults


def name(example: Example) -> str:
    return f"{example.kind.name}-{example.found_in.strip('<>')}"


def test_the_file_that_is_damaged_has_no_fault_itself() -> None:
    assert faults(GOOD) == []
    assert faults(file_of(40)) == []
    assert faults(file_of(8, year=2024)) == []


@pytest.mark.parametrize("example", [*STOPPED, *NOTED, *KEPT], ids=name)
def test_a_fault_is_told_with_its_line_and_nothing_else_is(example: Example) -> None:
    text = example.damage(GOOD)
    told = [fault for fault in faults(text) if fault.kind not in example.also]
    assert [fault.kind for fault in told] == [example.kind], [fault.sentence for fault in told]
    fault = told[0]
    line = line_of(text, example.found_in, example.which)
    assert fault.line == line
    assert text.splitlines()[line - 1][fault.column - 1] in {"<", "P"}  # a tag begins there, or the stray words do
    assert fault.sentence.endswith((".", "?"))
    assert fault.path.startswith("Message")


@pytest.mark.parametrize("example", STOPPED, ids=name)
def test_what_could_not_be_recorded_truly_stops_the_load(example: Example) -> None:
    found = check(example.damage(GOOD).encode(), TODAY)
    assert found.stopped
    assert any(fault.stops for fault in found.faults if fault.kind is example.kind)


@pytest.mark.parametrize("example", [*NOTED, *KEPT], ids=name)
def test_what_is_only_odd_or_kept_word_for_word_does_not(example: Example) -> None:
    assert not check(example.damage(GOOD).encode(), TODAY).stopped


def test_every_kind_of_fault_has_an_example() -> None:
    shown = {example.kind for example in [*STOPPED, *NOTED, *KEPT]}
    assert shown | BY_THE_RECORD | BY_THE_PARSER == set(Kind)


def test_the_examples_agree_with_the_table_of_what_stops() -> None:
    assert {example.kind for example in STOPPED} <= {kind for kind in Kind if kind.value.stops}
    assert {example.kind for example in NOTED} <= {kind for kind in Kind if not kind.value.stops}


def test_every_ruling_says_why_and_has_a_name_of_its_own() -> None:
    assert all(kind.value.because.endswith(".") for kind in Kind)
    assert len({kind.value.name for kind in Kind}) == len(Kind)


def test_all_faults_are_told_and_not_only_the_first() -> None:
    text = GOOD
    for example in (STOPPED[17], NOTED[12], NOTED[16], KEPT[1], KEPT[4]):
        text = example.damage(text)
    told = faults(text)
    assert len(told) >= 5
    assert [fault.place for fault in told] == sorted(fault.place for fault in told)


@pytest.mark.parametrize(
    ("places", "moved"),
    [([], []), ([0, 1, 1, 2], []), ([3, 0, 1, 2], [0]), ([0, 2, 3, 1], [3]), ([0, 5, 1, 2, 4, 3], None)],
)
def test_as_few_elements_as_will_do_are_called_out_of_order(places: list[int], moved: list[int] | None) -> None:
    found = out_of_order(places)
    assert found == moved if moved is not None else len(found) == 2
