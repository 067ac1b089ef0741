"""Files for analysts: whole or not at all, without names, counting as the county's own database does; and the
command that prints a measure."""

from __future__ import annotations

import io
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from righthelp.guard.models import AccessLog
from righthelp.guard.viewers import ANALYSE, STEP, looking
from righthelp.measures import exporting
from righthelp.measures.analysis import views
from righthelp.measures.asking import NotAsked, ask
from righthelp.measures.counting import Wanted, count
from righthelp.measures.duck import Duck, Files, NoFiles
from righthelp.measures.engines import Postgres
from righthelp.measures.exporting import NotExported, export
from righthelp.measures.periods import Every
from righthelp.measures.registry import measure, measures


def days() -> tuple[date, date]:
    today = timezone.localdate()
    return today - timedelta(days=400), today


def all_of(path: Path) -> str:
    """Everything that a file holds, as text."""
    return str(duckdb.execute(f"SELECT CAST(COLUMNS(*) AS varchar) FROM read_parquet('{path}')").fetchall())


@pytest.fixture
def written(workplace: Any, tmp_path: Path) -> Path:
    workplace.decided(on=timezone.now() - timedelta(hours=3))
    workplace.worry(child_given="Bryn", worry='She said "no", and\nwent; "".')
    export(tmp_path / "files")
    return tmp_path / "files"


def test_every_view_is_a_file_with_its_columns_and_types(written: Path) -> None:
    for view in views():
        file = written / f"{view.name}.parquet"
        asked = f"SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM read_parquet('{file}'))"
        kinds = {"TIMESTAMP WITH TIME ZONE": "TIMESTAMPTZ"}
        there = [(name, kinds.get(kind, kind)) for name, kind in duckdb.execute(asked).fetchall()]
        assert there == [(column.name, exporting.IN_A_FILE[column.type]) for column in view.columns]
    assert sorted(path.name for path in written.parent.iterdir()) == ["files"]


def test_nobody_is_named_in_a_file(written: Path) -> None:
    for path in written.glob("*.parquet"):
        rows = all_of(path)
        for known in ("Ada", "Pugh", "Bryn", "Nia Prosser", "Marian Blythe", "Ruth Adeyemi", "HR1 ", "hungry"):
            assert known not in rows, f"{known} is in {path.name}"


def test_files_count_as_the_county_does(written: Path) -> None:
    since, until = days()
    by = [("age",), ("source", "team")]
    with looking(STEP):
        live = count(measures(), Wanted(since, until), by, monthly=True)
    files = count(measures(), Wanted(since, until), by, monthly=True, engine=Duck(Files(written)))
    assert files == live
    assert files["contacts"].months


def test_a_value_that_was_typed_is_only_a_value(written: Path) -> None:
    wanted = Wanted(*days(), only=(("agency", "'; DROP TABLE contact; --"),))
    assert count([measure("contacts")], wanted, engine=Duck(Files(written)))["contacts"].months == {}


def test_whom_a_circle_locks_is_in_no_file_unless_it_is_asked_for(workplace: Any, tmp_path: Path) -> None:
    contact = workplace.decided(on=timezone.now() - timedelta(hours=2))
    workplace.begin("locked_circle", "lock", "Sylvia Marchetti", person=contact.entry.person, why="Her aunt.")
    export(tmp_path / "some")
    export(tmp_path / "all", locked_too=True)
    number = str(contact.entry.person_id)
    for view in views():
        listed = [all_of(tmp_path / place / f"{view.name}.parquet") for place in ("some", "all")]
        assert str(contact.pk) not in listed[0], view.name
        assert number not in listed[0], view.name
        if view.name in {"contact", "child", "clock", "entry"}:
            assert number in listed[1] or str(contact.pk) in listed[1], view.name
    logged = AccessLog.objects.filter(purpose=ANALYSE.name).values_list("what", flat=True)
    assert any("included" in what for what in logged)


def test_it_is_there_whole_or_not_at_all(workplace: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(exporting, "_one", broken)
    with pytest.raises(NotExported, match="No space left"):
        export(tmp_path / "files")
    assert list(tmp_path.iterdir()) == []
    monkeypatch.undo()
    export(tmp_path / "files")
    with pytest.raises(NotExported, match="is there already"):
        export(tmp_path / "files")


def test_files_of_several_authorities_are_counted_together_and_apart(written: Path, tmp_path: Path) -> None:
    both = tmp_path / "both"
    for name in ("north", "south"):
        (both / name).mkdir(parents=True)
        for view in views():  # the numbers of two authorities' rows are never the same
            keys = [column.name for column in view.columns if column.type == "key"]
            other = ", ".join(f"'{name} ' || {key} AS {key}" for key in keys)
            own = f" REPLACE ({other})" if keys else ""
            file = f"{view.name}.parquet"
            duckdb.execute(f"COPY (SELECT *{own} FROM read_parquet('{written / file}')) TO '{both / name / file}'")
    engine = Duck(Files(both))
    lines = ask(measure("consultations"), *days(), ["authority"], None, engine=engine)
    assert lines == []
    lines = ask(measure("contacts"), *days(), ["authority"], None, engine=engine)
    assert [(line.values, line.figure.words) for line in lines] == [(("north",), "2"), (("south",), "2")]
    (both / "south" / "contact.parquet").unlink()
    with pytest.raises(NoFiles, match=r"south/contact\.parquet"):
        ask(measure("contacts"), *days(), engine=engine)
    with pytest.raises(NotAsked, match="not split by authority"):
        ask(measure("contacts"), *days(), ["authority"], engine=Duck(Files(written)))
    with pytest.raises(NoFiles):
        Files(tmp_path / "nowhere")


def test_the_command_prints_what_the_county_counts_and_says_so_in_the_log(written: Path) -> None:
    out, err = io.StringIO(), io.StringIO()
    call_command("measure", "contacts", by="source", every="financial-year", stdout=out, stderr=err)
    assert "School" in out.getvalue()
    assert "not for publishing" in err.getvalue()
    assert AccessLog.objects.filter(purpose=ANALYSE.name, what__startswith="measure contacts").exists()
    files = io.StringIO()
    call_command("measure", "contacts", by="source", every="financial-year", files=written, stdout=files, stderr=err)
    assert files.getvalue() == out.getvalue()
    lines = io.StringIO()
    call_command("measure", "contacts", csv=True, every="whole", stdout=lines, stderr=err)
    assert lines.getvalue().splitlines()[1].startswith("contacts,1,")
    listed = io.StringIO()
    call_command("measure", stdout=listed)
    assert len(listed.getvalue().splitlines()) == len(measures())


@pytest.mark.parametrize(("options", "why"), [
    ({"by": "shoe_size"}, "not split by shoe_size"), ({"spark": True}, "Spark counts files"),
    ({"since": date(2026, 5, 1), "until": date(2026, 4, 1)}, "after the last"),
])  # fmt: skip
def test_what_cannot_be_asked_is_said(options: dict[str, Any], why: str, workplace: Any) -> None:
    with pytest.raises(CommandError, match=why):
        call_command("measure", "contacts", **options)
    with pytest.raises(CommandError, match="no measure called"):
        call_command("measure", "happiness")


def test_periods_that_are_not_whole_are_counted_in_the_days_that_are_asked(workplace: Any) -> None:
    workplace.worry()
    today = timezone.localdate()
    with looking(ANALYSE):
        asked = ask(measure("contacts"), today, today, (), Every.FINANCIAL_YEAR, engine=Postgres())
        assert [line.figure.value for line in asked] == [1]
        yesterday = today - timedelta(days=1)
        assert [line.figure.value for line in ask(measure("contacts"), yesterday, yesterday, engine=Postgres())] == [0]
