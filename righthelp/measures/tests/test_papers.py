"""Each figure of the county's papers has one place, and what others come to is of a measure that there is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from righthelp import law
from righthelp.measures import papers
from righthelp.measures.papers import FaultyPapers, Stands
from righthelp.measures.papers.document import documents
from righthelp.measures.registry import written
from righthelp.packs import load

LAW = law.keys()
HOW_MANY = 397  # figures that the papers give


def test_each_figure_has_one_place() -> None:
    rows = papers.rows()
    assert len({row.id for row in rows}) == HOW_MANY
    for row in rows:
        assert bool(row.by) is (row.stands is Stands.ANSWERED), row.id
        assert bool(row.why) is (row.stands is not Stands.ANSWERED), row.id


def test_what_a_measure_answers_is_a_figure_or_a_clock() -> None:
    known = {row.id for row in papers.rows()} | {law.book().values(key)[-1].clock for key in LAW}
    for measure in written():
        assert set(measure.source) <= known, measure.name


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("[MTM-6a]", "[]", "MTM-6a: say which process is missing"),
        ("[MTM-6a]", "[MTM-6a, MTM-2d]", "MTM-2d: a row has one place"),
        ("[MTM-6a]", "[MTM-6a, MTM-3a]", "MTM-3a: a row has one place"),
        ("[MTM-6a]", "[MTM-6a, MTM-77]", "MTM-77: the papers have no such row"),
    ],
)
def test_a_figure_without_a_place_or_with_two_is_a_fault(
    old: str, new: str, why: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for file in ("rows.csv", "not_yet.yaml"):
        text = (papers.HOME / file).read_text(encoding="utf-8")
        (tmp_path / file).write_text(text.replace(old, new), encoding="utf-8")
    monkeypatch.setattr(papers, "HOME", tmp_path)
    with pytest.raises(FaultyPapers, match=why):
        papers.rows.__wrapped__()


def test_the_document_has_every_figure_and_every_measure() -> None:
    (text,) = documents().values()
    for row in papers.rows():
        assert f"| {row.id} |" in text
    for measure in written():
        assert f'<a id="{measure.name}">' in text
    assert set(re.findall(r"\(#(\w+)\)", text)) <= {measure.name for measure in written()}


@pytest.mark.parametrize("county", ["herefordshire", "elsewhere"])
def test_what_others_come_to_is_of_a_measure_that_there_is(county: str) -> None:
    names = {measure.name for measure in written()}
    figures = load(county).benchmarks()
    assert figures
    for figure in figures:
        assert figure.measure in names
