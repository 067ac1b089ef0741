"""`./run check cin`: its lines, its exit codes, its JSON, and that it needs nothing but Python's packages."""

from __future__ import annotations

import gc
import io
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from righthelp.returns.cin import command
from righthelp.returns.cin.faults import printable
from righthelp.returns.cin.tests.making import file_of
from running import commands
from running.places import ROOT

SHARED = ROOT.parent / "shared" / "data"
NAMED = sorted((SHARED / "cin-one-fault").glob("*.xml"))
SOUND = file_of(30)


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    """A return of which one rule asks something: whether there are so few disabilities."""
    path = tmp_path / "sound.xml"
    path.write_text(SOUND)
    return path


@pytest.fixture(autouse=True)
def goes_on() -> Iterator[None]:
    """The command leaves its memory to the end of its process, and the tests go on after it."""
    yield
    gc.unfreeze()


def run(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[list[str], str, int]:
    code = commands.main(["check", "cin", *map(str, words)])
    said = capsys.readouterr()
    return said.out.splitlines(), said.err, code


def told(*words: object, path: Path) -> Any:
    commands.main(["check", "cin", *map(str, words), "--json", str(path)])
    return json.loads(path.read_text(encoding="utf-8"))


def test_one_line_a_file_in_their_order(sound: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = tmp_path / "wrong.xml"
    wrong.write_text(SOUND.replace("<Ethnicity>", "<Ethnicity>ZZ", 1))
    missing = tmp_path / "missing.xml"
    lines, said, code = run(capsys, sound, wrong, missing)
    before = lines[0].rpartition("codes=")[2].split(",")
    after = sorted([*before, "4220"])
    assert lines == [
        f"{sound} failing_rules={len(before)} not_run=0 codes={','.join(before)}",
        f"{wrong} failing_rules={len(after)} not_run=0 codes={','.join(after)}",
        f"{missing} unreadable: The file cannot be read: No such file or directory.",
    ]
    assert "4220  1 times, first in line" in said
    assert code == 2


def test_a_fault_of_form_alone_is_no_rule_and_yet_not_sound(sound: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command.sys, "stdout", io.StringIO())
    with sound.open("rb") as opened:
        before = command.verdict(opened, command._today())
    with_remark = SOUND.replace("<Sex>", "stray<Sex>", 1).encode()
    found = command.verdict(io.BytesIO(with_remark), command._today())
    assert found.codes == before.codes
    assert not found.sound
    found.codes = []
    assert not found.sound  # exit 1
    found.read.faults = []
    assert found.sound  # exit 0


def test_the_json_tells_each_finding_and_how_it_is_mended(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_text(SOUND.replace("<Ethnicity>", "<Ethnicity>ZZ", 1))
    broken = tmp_path / "b.xml"
    broken.write_text(SOUND[:500])
    first, second = told(path, broken, path=tmp_path / "out.json")
    assert first.keys() >= {"file", "year", "children", "failing_rules", "codes", "not_run", "schema_faults"}
    assert (first["file"], first["year"], first["children"]) == (str(path), 2026, 30)
    (form,) = [each for each in first["findings"] if each["kind"] == "schema"]
    (rule,) = [each for each in first["findings"] if each["code"] == "4220"]
    line = path.read_text().split("<Ethnicity>ZZ")[0].count("\n") + 1
    for each in (form, rule):
        assert (each["child"], each["element"], each["line"]) == ("INV00000001", "Ethnicity", line)
        assert each["value"].startswith("ZZ")
        assert each["message"].strip()
        assert each["mend"].strip()
        assert each["message"] != each["mend"]
    assert form["mend"].startswith("Write one of: WBRI")
    assert first["schema_faults"] == 1
    assert second == {"file": str(broken), "unreadable": second["unreadable"]}
    assert "it was cut short" in second["unreadable"]


def test_the_json_is_whole_without_a_finding_and_with_odd_letters(tmp_path: Path) -> None:
    path = tmp_path / "\x1b[31m\udcff.xml"
    path.write_text(SOUND.replace("<LAchildID>INV", "<LAchildID>\u202e\u00eb&#10;", 1), encoding="utf-8")
    (found,) = told(path, path=tmp_path / "out.json")
    assert found["file"] == printable(str(path))
    assert "\u202e" not in json.dumps(found, ensure_ascii=False)


def test_the_year_that_is_asked_for(sound: Path, tmp_path: Path) -> None:
    (found,) = told(sound, "--year", "2025", path=tmp_path / "out.json")
    assert found["year"] == 2025


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["--year", "26", "a.xml"],
        ["--year", "soon", "a.xml"],
        ["--wibble"],
        ["a.xml", "--json", "/nowhere/out.json"],
    ],
)
def test_what_cannot_be_meant_is_refused_in_a_sentence(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    try:
        code = commands.main(["check", "cin", *words])
    except SystemExit as ended:
        code = int(ended.code or 0)
    said = capsys.readouterr()
    assert code == 2
    assert said.err.strip()
    assert not said.out


def test_a_rule_that_cannot_be_asked_is_not_run_and_says_why(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_text(SOUND.replace("<ReferenceDate>2026-03-31</ReferenceDate>", ""))
    (found,) = told(path, path=tmp_path / "out.json")
    assert "8620" in found["not_run"]
    assert "reference date" in found["not_run"]["8620"]
    assert not set(found["not_run"]) & set(found["codes"])


def test_the_findings_never_replace_the_file(sound: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines, said, code = run(capsys, sound, "--json", sound)
    assert (lines, code) == ([], 2)
    assert "another name" in said
    assert sound.read_text() == SOUND


def test_something_unknown_is_not_checked(capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.main(["check", "spreadsheet", "a.xls"]) == 2
    assert "check cin FILE" in capsys.readouterr().err


def test_neither_a_database_nor_django_is_needed(sound: Path) -> None:
    words = (
        "import sys; from running.commands import main; main(['check', 'cin', sys.argv[1]]);"
        " print(sorted({name.partition('.')[0] for name in sys.modules} & {'django', 'psycopg', 'lxml'}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", words, str(sound)],
        cwd=ROOT,
        env={"PATH": "/nowhere", "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    line, modules = done.stdout.splitlines()
    assert line.startswith(f"{sound} failing_rules=")
    assert modules == "[]"


@pytest.mark.skipif(not NAMED, reason="the files of single faults are not beside the project")
def test_each_file_of_one_fault_comes_to_the_rule_it_is_named_for(capsys: pytest.CaptureFixture[str]) -> None:
    lines, _, code = run(capsys, *NAMED)
    for path, line in zip(NAMED, lines, strict=True):
        codes = line.rpartition("codes=")[2].split(",")
        assert path.stem in codes or (path.stem, codes) == ("baseline", [""])
    assert code == 1
    clean = [SHARED / "cin-one-fault" / "baseline.xml", SHARED / "cin" / "clean_2026_1000.xml"]
    lines, said, code = run(capsys, *clean)
    assert lines == [f"{path} failing_rules=0 not_run=0 codes=" for path in clean]
    assert (said, code) == ("", 0)


@pytest.mark.skipif(not NAMED, reason="the samples are not beside the project")
def test_returns_of_older_years_are_read(capsys: pytest.CaptureFixture[str]) -> None:
    samples = sorted((SHARED / "cin").glob("*.xml"))
    lines, said, _ = run(capsys, *samples)
    assert len(lines) == len(samples)
    assert all("failing_rules=" in line and "not_run=0" in line for line in lines)
    assert "Traceback" not in said
