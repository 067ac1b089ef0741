"""Every measure is one that every engine counts alike, says what it reads and gives, and was not edited unseen."""

from __future__ import annotations

import pytest

from righthelp.measures import locked, portable
from righthelp.measures.analysis import view
from righthelp.measures.columns import TYPES
from righthelp.measures.registry import Measure, Unit, measures
from righthelp.measures.tests.plain import read_all

VERSIONS = [version for measure in measures() for version in measure.versions]


@pytest.mark.parametrize("measure", VERSIONS, ids=lambda measure: f"{measure.name} {measure.version}")
def test_a_text_is_what_every_engine_has(measure: Measure) -> None:
    assert portable.faults(measure.text) == []
    among = {"population"} if measure.unit is Unit.RATE else set()  # of whom a rate is
    assert portable.views_of(measure.text) | among == set(measure.views)
    number = ["amount"] if measure.unit.of_amounts else ["counts", *(["amount"] if measure.taken else [])]
    assert portable.gives(measure.text)[:3] == ["entry", "person", "placed_on"]
    assert sorted(portable.gives(measure.text)[3:]) == sorted([*number, *measure.splits])


def test_no_published_definition_is_edited() -> None:
    assert locked.changed() == [], "A definition that was published is never edited: give it a new version."
    assert locked.missing() == [], "Run ./run manage lock_measures."


def test_every_measure_is_counted_in_plain_python_too() -> None:
    assert read_all().keys() == {measure.name for measure in measures() if measure.written}


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("SELECT date_trunc('month', received_on) AS placed_on FROM analysis.contact", "Trunc"),
        ("SELECT received_on - asked_on AS amount FROM analysis.contact", "the days between"),
        ("SELECT EXTRACT(ISODOW FROM received_on) AS day FROM analysis.contact", "only its year"),
        ("SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY hours) AS amount FROM analysis.clock", "Percentile"),
        ("SELECT a / b AS amount FROM analysis.clock", "double precision"),
        ("SELECT entry FROM person", "none of the views"),
        ("SELECT entry FROM analysis.contact LIMIT 3", "LIMIT"),
        ("SELECT age(received_on) FROM analysis.contact", "age"),
        ("SELECT CAST(received_on AS timestamp) FROM analysis.contact", "a cast is to"),
        ("SELECT CURRENT_DATE AS placed_on FROM analysis.contact", "CurrentDate"),
        ("SELECT entry FROM", "cannot be read"),
    ],
)
def test_what_engines_do_not_share_is_named(text: str, fault: str) -> None:
    assert any(fault.lower() in said.lower() for said in portable.faults(text)), portable.faults(text)


def test_every_type_of_a_column_is_known() -> None:
    for measure in measures():
        for name in measure.views:
            assert {column.type for column in view(name).columns} <= TYPES.keys()
