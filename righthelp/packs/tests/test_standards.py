"""Local standards: shorter than the law, never longer."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from righthelp import law
from righthelp.kernel.moments import LONDON
from righthelp.packs import load, pack
from righthelp.packs.tests.broken import copy, faults_after, swap

KEY = "front_door.contact_decision"
FILE = "elsewhere/clocks.yaml"


def test_a_county_promises_a_decision_in_fewer_hours() -> None:
    standard = pack("elsewhere").clock(KEY, date(2026, 6, 1))
    assert standard is not None
    asked = law.value(KEY, date(2026, 6, 1))
    assert (standard.value, standard.unit, standard.calendar) == (18, asked.unit, asked.calendar)
    assert standard.value < int(asked.value)


def test_a_worry_is_due_by_the_countys_promise_or_by_the_law() -> None:
    friday = datetime(2026, 10, 23, 16, 0, tzinfo=LONDON)  # the clocks go back that Sunday
    assert pack("elsewhere").due(KEY, friday) == friday + timedelta(hours=18)
    assert pack("herefordshire").due(KEY, friday) == law.due(KEY, friday) == friday + timedelta(hours=24)
    before = datetime(2026, 3, 31, 16, 0, tzinfo=LONDON)
    assert pack("elsewhere").due(KEY, before) == law.due(KEY, before)
    assert pack("elsewhere").due("front_door.referral_decision", friday) == date(2026, 10, 26)


def test_what_began_before_the_promise_runs_by_the_law() -> None:
    assert pack("elsewhere").clock(KEY, date(2026, 3, 31)) is None
    assert pack("elsewhere").clock(KEY, date(2026, 4, 1)) is not None


def test_a_county_without_a_promise_runs_by_the_law() -> None:
    assert pack("herefordshire").clock(KEY) is None
    assert pack("elsewhere").clock("assessment.completed") is None


@pytest.mark.parametrize("hours", [24, 25, 200])
def test_a_clock_as_long_as_the_law_or_longer_is_refused(tmp_path: Path, hours: int) -> None:
    faults = faults_after(tmp_path, FILE, "value: 18", f"value: {hours}")
    sentence = f"'{KEY}' may only be made shorter: the law has 24 hours, this {hours}."
    assert faults == [f"{FILE}, line 4: {sentence}"]


def test_the_newest_promise_that_had_begun_holds(tmp_path: Path) -> None:
    copy(tmp_path, "elsewhere")
    later = f"{KEY}:\n  - {{since: 2027-01-01, value: 12, source: Board, why: It went well.}}\n"
    swap(tmp_path, FILE, f"{KEY}:\n", later)
    county = load("elsewhere", tmp_path)
    held = {on: county.clock(KEY, on) for on in (date(2026, 12, 31), date(2027, 1, 1))}
    assert [standard.value for standard in held.values() if standard] == [18, 12]
    newest = county.clock(KEY)
    assert newest is not None
    assert newest.value == 12


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (KEY, "front_door.contact_decison", "must name a clock of the law"),
        ("since: 2026-04-01", "since: 1980-04-01", "cannot be shortened from 1980-04-01"),
        ("value: 18", "value: 17.5", "must be a whole number"),
        ("value: 18", "value: 18\n    unit: working days", "'unit' is not known here"),
        ("why:", "because:", "'why' is missing"),
        ("value: 18", "value: soon", "must be a number"),
    ],
)
def test_other_faults_of_a_standard(tmp_path: Path, old: str, new: str, sentence: str) -> None:
    assert any(sentence in fault for fault in faults_after(tmp_path, FILE, old, new))


def test_a_notice_counted_back_from_an_event_cannot_be_cut(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = replace(law.value(KEY, date(2026, 4, 1)), unit="clear_days_before")
    monkeypatch.setattr(law, "value", lambda key, on: seen)
    faults = faults_after(tmp_path, FILE, "value: 18", "value: 4")
    assert any("would promise less" in fault for fault in faults)
