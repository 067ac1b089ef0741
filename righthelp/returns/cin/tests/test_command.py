"""The command: what it says of each file, and how it ends."""

from __future__ import annotations

import os
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from righthelp.conftest import Workplace, counted
from righthelp.packs import pack
from righthelp.people.models import Person
from righthelp.returns.cin.tests.making import child_number, file_of, instead, line_of
from righthelp.returns.management.commands import load_cin


class Ran:
    """What the command said and how it ended."""

    def __init__(self, *words: str | Path) -> None:
        out, err = StringIO(), StringIO()
        self.code: object = 0
        try:
            call_command("load_cin", *map(str, words), stdout=out, stderr=err)
        except SystemExit as ended:
            self.code = ended.code
        self.said, self.complained = out.getvalue(), err.getvalue()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "return.xml"
    path.write_text(file_of(3), encoding="utf-8")
    return path


def test_a_file_that_is_loaded_is_counted(workplace: Workplace, file: Path) -> None:
    ran = Ran(file)
    assert ran.code == 0
    assert "CIN Census 2025 to 2026, return of authority 884" in ran.said
    assert "Children in the file: 3" in ran.said
    assert "        3  children new" in ran.said
    assert "        3  referrals new" in ran.said
    assert "        3  assessments new" in ran.said
    assert "        1  child protection plans new" in ran.said
    assert "        1  UPNunknown, kept until righthelp has a place for it" in ran.said
    assert ran.said.rstrip().endswith("Loaded.")
    assert ran.complained == ""


def test_another_authority_s_return_is_told_apart(workplace: Workplace, tmp_path: Path) -> None:
    other = tmp_path / "other.xml"
    other.write_text(file_of(1, authority="201"), encoding="utf-8")
    ours = pack().local_authority.dfe
    assert f"return of authority 201 (this county is {ours})" in Ran(other).said


def test_each_fault_is_told_with_line_column_place_and_sentence(workplace: Workplace, tmp_path: Path) -> None:
    text = instead(file_of(3), "<Ethnicity>", "<Ethnicity>X", which=2)
    text = instead(text, "</UPN>", "</UPN> stray")
    path = tmp_path / "faulty.xml"
    path.write_text(text, encoding="utf-8")
    before = counted()
    ran = Ran(path)
    assert ran.code == 1
    where = "Message/Children/Child[2]/ChildCharacteristics/Ethnicity"
    assert f"  {line_of(text, '<Ethnicity>X')}:9  REFUSED  {where}: Ethnicity" in ran.said
    assert f"  {line_of(text, 'stray')}:" in ran.said
    assert "1  refused for: unknown code" in ran.said
    assert "1  noted: stray text" in ran.said
    assert "Refused, and nothing was written (faults that stop it: 1 of 2)." in ran.said
    assert "children new" not in ran.said
    assert counted() == before


def test_a_file_that_was_loaded_says_when(workplace: Workplace, file: Path) -> None:
    Ran(file)
    ran = Ran(file)
    assert ran.code == 0
    assert "Loaded before, and nothing was written again (on " in ran.said
    assert Person.objects.count() == 3


def test_a_check_writes_nothing(workplace: Workplace, file: Path) -> None:
    ran = Ran("--check", file)
    assert ran.code == 0
    assert "3  children new" in ran.said
    assert "Checked, and nothing was written." in ran.said
    assert not Person.objects.exists()


def test_each_of_several_files_is_whole_or_not_at_all_by_itself(workplace: Workplace, tmp_path: Path) -> None:
    names = ("one.xml", "two.xml", "three.xml")
    for number, name in enumerate(names):
        text = file_of(1, first=number + 1)
        text = text if number != 1 else instead(text, "</Child>", "</Chlid>")
        (tmp_path / name).write_text(text, encoding="utf-8")
    ran = Ran(*(tmp_path / name for name in names))
    assert ran.code == 1
    assert ran.said.count("Loaded.") == 2
    assert {person.called for person in Person.objects.all()} == {
        f"Child {child_number(1)}",
        f"Child {child_number(3)}",
    }


def test_a_file_that_cannot_be_read_ends_with_2(workplace: Workplace, tmp_path: Path, file: Path) -> None:
    ran = Ran(tmp_path / "nowhere.xml", tmp_path, file)
    assert ran.code == 2
    assert ran.complained.count("The file cannot be read") == 2
    assert Person.objects.count() == 3  # the one that could be was loaded


def test_a_county_without_teams_is_told_what_is_missing(db: None, file: Path) -> None:
    ran = Ran(file)
    assert ran.code == 2
    assert "No team receives referral" in ran.complained


def test_without_a_file_it_says_how_it_is_used() -> None:
    with pytest.raises(CommandError, match="FILE"):
        call_command("load_cin")


def test_a_file_whose_name_is_no_text_is_loaded_under_one_that_is(workplace: Workplace, tmp_path: Path) -> None:
    odd = tmp_path / os.fsdecode(b"return \xff\x1b[31m.xml")
    odd.write_text(file_of(1), encoding="utf-8")
    ran = Ran(odd)
    assert ran.code == 0
    assert ran.said.startswith("return ??[31m.xml\n")
    assert Ran(odd).said.rstrip().endswith("as return ??[31m.xml).")


def test_what_has_no_end_is_read_no_further_than_the_largest_file(
    workplace: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(load_cin, "LARGEST", 2**20)
    ran = Ran(Path("/dev/zero"))
    assert ran.code == 2
    assert "The file is larger than 1 MB, which no return is." in ran.complained


def test_a_load_that_is_broken_off_says_so(workplace: Workplace, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken_off(*words: object, **more: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(load_cin, "load", broken_off)
    ran = Ran(file)
    assert ran.code == 130
    assert "Stopped before this file was loaded: load it again." in ran.complained
