"""Files that others made, where there are any: a folder named by RIGHTHELP_CIN_SAMPLES, gone through whole."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from righthelp.conftest import Workplace, counted
from righthelp.people.models import Person
from righthelp.returns.cin import loading
from righthelp.returns.cin.faults import Kind
from righthelp.returns.cin.loading import Outcome
from righthelp.returns.cin.tests.given_back import said_by_file, said_by_record

FOLDER = os.environ.get("RIGHTHELP_CIN_SAMPLES", "")
FILES = sorted(Path(FOLDER).rglob("*.xml")) if FOLDER else []


# By name, those that are refused, and why: the rest come back whole.
REFUSED = {
    "4220.xml": {Kind.CODE},
    "8510.xml": {Kind.SAME_CHILD_NUMBER},
    "8535Q.xml": {Kind.DIED_BEFORE_BORN},
    "8606.xml": {Kind.REFERRED_LONG_BEFORE_BIRTH},
    "8630.xml": {Kind.CLOSED_BEFORE_REFERRED},
    "8650.xml": {Kind.CODE},
    "8866.xml": {Kind.CODE},
    "fake_CIN_data.xml": {Kind.FUTURE},
}


@pytest.mark.skipif(not FILES, reason="RIGHTHELP_CIN_SAMPLES names no folder with CIN Census files")
@pytest.mark.parametrize("file", FILES or [Path("none")], ids=lambda file: file.name)
def test_a_file_of_others_is_loaded_whole_and_comes_back_or_is_refused_with_reasons(
    workplace: Workplace, file: Path
) -> None:
    before = counted()
    source = file.read_bytes()
    report = loading.load(source, file.name)
    if report.outcome is Outcome.REFUSED:
        assert {fault.kind for fault in report.faults if fault.stops} == REFUSED[file.name]
        assert {**counted(), "access_log": 0} == {**before, "access_log": 0}
        return
    assert report.outcome is Outcome.LOADED
    assert said_by_record() == said_by_file(source)
    assert report.children == report.counts.children_new == Person.objects.count()
    loaded = counted()
    assert loading.load(source, file.name).outcome is Outcome.ALREADY
    assert {**counted(), "access_log": 0} == {**loaded, "access_log": 0}
