"""Figures of others: what a file may say, every fault by line and column, and a newer file put in its place."""

from pathlib import Path

import pytest

from righthelp.packs import PackFault, load, load_benchmarks
from righthelp.packs.benchmarks import COLUMNS, FILE, read
from righthelp.packs.reading import Fault, Folder
from righthelp.packs.tests.broken import copy

SOUND = "repeat_contacts,England,2022-23,22.4,Characteristics of children in need,https://example.org/a,text seen"
KNOWN = ("repeat_contacts", "decided_in_a_day")


def written(folder: Path, *rows: str, name: str = FILE) -> Path:
    file = folder / name
    file.write_text("\n".join([",".join(COLUMNS), *rows, ""]), encoding="utf-8")
    return file


def faults(folder: Path, *rows: str) -> list[str]:
    written(folder, *rows)
    found: list[Fault] = []
    read(Folder(folder, found))
    return [str(fault) for fault in found]


def test_a_sound_row(tmp_path: Path) -> None:
    written(tmp_path, SOUND)
    (figure,) = read(Folder(tmp_path, []))
    assert (figure.measure, figure.area, figure.value, figure.year) == ("repeat_contacts", "England", 22.4, 2022)


def test_a_county_without_such_a_file_has_none(tmp_path: Path) -> None:
    assert read(Folder(tmp_path, [])) == ()


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("England", "Englnd", "Column 'area': 'Englnd' is not one of"),
        ("England", "Englnd", "Did you mean 'England'"),
        ("22.4", "22%", "Column 'value': '22%' is not a number"),
        ("22.4", "nan", "Column 'value'"),
        ("2022-23", "last year", "Column 'period': Name the year"),
        ("https://example.org/a", "www.example.org", "Column 'href'"),
        ("Characteristics of children in need", "", "Column 'source': There is nothing here"),
        ("repeat_contacts", "Repeat contacts", "Column 'measure'"),
        (",text seen", "", "has 6 cells"),
    ],
)
def test_a_fault_is_told_by_line_and_column(tmp_path: Path, old: str, new: str, why: str) -> None:
    found = faults(tmp_path, SOUND.replace("22.4", "9", 1).replace("2022-23", "2021-22"), SOUND.replace(old, new))
    assert len(found) == 1
    assert "line 3" in found[0]
    assert why in found[0]


def test_the_same_figure_twice(tmp_path: Path) -> None:
    assert "stand on line 2" in faults(tmp_path, SOUND, SOUND)[0]


def test_a_newer_file_takes_the_place_of_what_it_names(tmp_path: Path) -> None:
    (tmp_path / "packs").mkdir()
    home = copy(tmp_path / "packs", "elsewhere")
    newer = SOUND.replace("22.4", "21.9")
    assert load_benchmarks(written(tmp_path, SOUND, name="first.csv"), KNOWN, "elsewhere", home)[0] == 1
    later = written(tmp_path, newer, SOUND.replace("2022-23", "2023-24"), name="second.csv")
    assert load_benchmarks(later, KNOWN, "elsewhere", home) == (1, 1)
    figures = {(one.measure, one.area, one.period): one.value for one in load("elsewhere", home).benchmarks()}
    assert figures["repeat_contacts", "England", "2022-23"] == 21.9
    assert figures["repeat_contacts", "England", "2023-24"] == 22.4


def test_a_file_with_a_fault_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "packs").mkdir()
    home = copy(tmp_path / "packs", "elsewhere")
    before = load("elsewhere", home).benchmarks()
    with pytest.raises(PackFault, match="no measure is called 'repeat_contact'"):
        load_benchmarks(written(tmp_path, SOUND.replace("contacts", "contact"), name="x.csv"), KNOWN, "elsewhere", home)
    with pytest.raises(PackFault, match="file is missing"):
        load_benchmarks(tmp_path / "none.csv", KNOWN, "elsewhere", home)
    assert load("elsewhere", home).benchmarks() == before
