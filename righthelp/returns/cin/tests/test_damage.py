"""However a file is damaged, it is told what is wrong with it: nothing breaks, and nothing half-read is recorded."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from righthelp.conftest import Workplace, counted
from righthelp.returns.cin import loading
from righthelp.returns.cin.checking import check
from righthelp.returns.cin.faults import Kind
from righthelp.returns.cin.loading import Outcome
from righthelp.returns.cin.structure import KNOWN
from righthelp.returns.cin.tests.making import file_of

TODAY = date(2026, 11, 1)
GOOD = file_of(4)
LINES = GOOD.splitlines(keepends=True)
# What people and programs do get wrong, and what somebody of ill will would try.
NASTY = [
    "", " ", "0", "-1", "1e9", "true", "Yes", "N/A", "null", "2026-02-30", "0000-00-00", "9999-12-31", "0001-01-01",
    "1066-10-14", "31/03/2026", "2026-03-31T25:61:00", "20260331", "٢٠٢٦-٠٣-٣١", "é", "\u202e", "\x85", "&", "<", "]]>",
    "&amp;", "&#0;", "&#x1F600;", "<!--", "<![CDATA[<]]>", "<?php ?>", "<a/>", "</a>", "A" * 300, "'; DROP TABLE x; --",
    '<!DOCTYPE a [<!ENTITY b "c">]>', "UN1", "RC2", "N0", "SYN 1", "{}", "%s", "\ufeff",
]  # fmt: skip


def lines_of(damage: Callable[[list[str], int, int], list[str]]) -> st.SearchStrategy[str]:
    places = st.integers(0, len(LINES) - 1)
    return st.builds(lambda one, other: "".join(damage(list(LINES), *sorted((one, other)))), places, places)


def without(lines: list[str], one: int, other: int) -> list[str]:
    return lines[:one] + lines[other:]


def twice(lines: list[str], one: int, other: int) -> list[str]:
    return lines[:other] + lines[one:other] + lines[other:]


def changed_round(lines: list[str], one: int, other: int) -> list[str]:
    lines[one], lines[other] = lines[other], lines[one]
    return lines


@st.composite
def other_value(draw: st.DrawFn) -> str:
    """A value of one element changed."""
    with_values = [number for number, line in enumerate(LINES) if line.count("<") == 2]
    number = draw(st.sampled_from(with_values))
    line = LINES[number]
    start, end = line.index(">") + 1, line.rindex("<")
    value = draw(st.sampled_from(NASTY) | st.text(max_size=30) | st.dates().map(str))
    return "".join([*LINES[:number], line[:start] + value + line[end:], *LINES[number + 1 :]])


@st.composite
def other_name(draw: st.DrawFn) -> str:
    """An element called by the name of another, or one that nobody knows."""
    old = draw(st.sampled_from(sorted(KNOWN)))
    new = draw(st.sampled_from([*sorted(KNOWN), "Unknown", "x:y", "xmlns"]))
    return GOOD.replace(f"<{old}>", f"<{new}>", 1).replace(f"</{old}>", f"</{new}>", 1)


@st.composite
def stray(draw: st.DrawFn) -> str:
    """Something put in anywhere."""
    at = draw(st.integers(0, len(GOOD)))
    return GOOD[:at] + draw(st.sampled_from(NASTY) | st.text(max_size=10)) + GOOD[at:]


DAMAGED = st.one_of(
    other_value(), other_value(), other_name(), stray(), lines_of(without), lines_of(twice), lines_of(changed_round)
)


def in_bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


@settings(max_examples=400, deadline=None)
@given(DAMAGED)
def test_every_damage_is_told_in_sentences_with_line_and_column(text: str) -> None:
    found = check(in_bytes(text), TODAY)
    count = text.count("\n") + text.count("\r") + 2
    for fault in found.faults:
        assert 1 <= fault.line <= count
        assert fault.column >= 1
        assert fault.sentence.strip()
        assert fault.sentence.isprintable()
        assert len(fault.sentence) < 600
    assert found.stopped or found.announced


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(GOOD.encode()) - 1), st.binary(max_size=4)), max_size=6))
def test_so_is_every_damage_to_its_bytes(places: list[tuple[int, bytes]]) -> None:
    source = bytearray(GOOD.encode())
    for at, other in places:
        source[at : at + len(other)] = other
    found = check(bytes(source), TODAY)
    assert found.stopped or found.announced


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300))
def test_so_is_a_file_of_anything_at_all(source: bytes) -> None:
    found = check(source, TODAY)
    assert found.stopped
    assert found.faults


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=DAMAGED)
def test_a_damaged_file_is_loaded_whole_or_leaves_no_trace(workplace: Workplace, text: str) -> None:
    before = counted()
    report = loading.load(in_bytes(text), "damaged.xml", only_check=True)
    assert report.outcome in {Outcome.WOULD_LOAD, Outcome.REFUSED}
    assert (report.outcome is Outcome.REFUSED) == any(fault.stops for fault in report.faults)
    assert Kind.REFUSED not in {fault.kind for fault in report.faults}  # what a file may say, the record can hold
    assert {**counted(), "access_log": 0} == {**before, "access_log": 0}
