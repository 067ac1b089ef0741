"""A file is loaded whole or not at all: a fault, a crash or a check writes not one row."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection

from righthelp.conftest import Workplace, counted
from righthelp.engine.journal import Journal
from righthelp.engine.refusals import NotTaken
from righthelp.kernel.page import Fault
from righthelp.returns.cin import loading, recording
from righthelp.returns.cin.faults import Kind
from righthelp.returns.cin.loading import CannotLoad, Outcome
from righthelp.returns.cin.tests.conftest import kinds, load
from righthelp.returns.cin.tests.making import file_of, instead


def test_one_fault_that_stops_and_not_one_row_is_written(workplace: Workplace) -> None:
    text = instead(file_of(10), "<CINclosureDate>2025", "<CINclosureDate>2015", which=5)
    before = counted()
    report = load(text)
    assert (report.outcome, kinds(report)) == (Outcome.REFUSED, [Kind.CLOSED_BEFORE_REFERRED])
    assert counted() == before


def test_a_crash_in_the_middle_writes_not_one_row(workplace: Workplace, monkeypatch: pytest.MonkeyPatch) -> None:
    write, times = Journal.write, []

    def crash(journal: Journal, by: Any) -> None:
        write(journal, by)
        times.append(by)
        if len(times) == 3:
            raise MemoryError

    monkeypatch.setattr(loading, "BATCH", 2)
    monkeypatch.setattr(Journal, "write", crash)
    before = counted()
    with pytest.raises(MemoryError):
        load(file_of(10))
    after = counted()
    assert after.pop("access_log") == before.pop("access_log") + 1  # that it began is on record
    assert after == before


def test_what_the_record_refuses_is_a_fault_at_its_line_and_not_one_row_is_written(
    workplace: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin, begun = recording.begin, []

    def refusing(*args: Any, **answers: Any) -> Any:
        begun.append(answers)
        if len(begun) in {4, 6}:
            raise NotTaken([Fault("There is a reason.")])
        return begin(*args, **answers)

    monkeypatch.setattr(loading, "BATCH", 2)
    monkeypatch.setattr(recording, "begin", refusing)
    before = counted()
    report = load(file_of(10))
    assert (report.outcome, kinds(report)) == (Outcome.REFUSED, [Kind.REFUSED, Kind.REFUSED])
    assert report.faults[0].path == "Message/Children/Child[4]/CINdetails"
    assert report.faults[0].sentence == "The record refuses this referral. There is a reason."
    assert {**counted(), "access_log": 0} == {**before, "access_log": 0}


def test_a_check_says_what_loading_would_do_and_writes_not_one_row(workplace: Workplace) -> None:
    before = counted()
    report = load(file_of(10), only_check=True)
    assert report.outcome is Outcome.WOULD_LOAD
    assert report.counts.children_new == 10
    assert {**counted(), "access_log": 0} == {**before, "access_log": 0}


@pytest.mark.django_db
def test_a_county_without_the_team_that_receives_referrals_is_told_first() -> None:
    with pytest.raises(CannotLoad, match="No team receives referral"):
        load(file_of(1))


def test_two_loads_at_once_do_not_make_the_same_child_twice(workplace: Workplace) -> None:
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [loading.ONE_AT_A_TIME])
        before = counted()
        with pytest.raises(CannotLoad, match="Another file is being loaded now"):
            load(file_of(1))
        assert {**counted(), "access_log": 0} == {**before, "access_log": 0}
    finally:
        other.close()


def test_a_file_beyond_any_return_s_size_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, "LARGEST", 1000)
    with pytest.raises(CannotLoad, match="MB"):
        load(file_of(1))
