"""The dataset of a whole county: its keys lead somewhere, its values are the standard's, and it is written whole or not
at all."""

from __future__ import annotations

import csv
import json
import re
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest
from django.core.management import call_command

from righthelp.guard.models import AccessLog
from righthelp.guard.viewers import STEP, looking
from righthelp.people.models import Person
from righthelp.returns.cin import loading
from righthelp.returns.cin.tests.making import file_of
from righthelp.returns.ssd import export as exporting
from righthelp.returns.ssd import standard
from righthelp.returns.ssd.export import CannotExport, Exported, export
from righthelp.returns.ssd.mapping import mapping
from tests.county import County

TABLES = standard.tables()
Rows = list[dict[str, str]]


@pytest.fixture(scope="module")
def county(lasting_county: County) -> County:
    assert loading.load(file_of(20).encode(), "return.xml").outcome is loading.Outcome.LOADED
    return lasting_county


@pytest.fixture(scope="module")
def exported(county: County, tmp_path_factory: Any) -> Exported:
    return export(tmp_path_factory.mktemp("out") / "dataset")


@pytest.fixture(scope="module")
def rows(exported: Exported) -> dict[str, Rows]:
    return {name: read(exported.home / f"{name}.csv") for name in mapping().tables}


def read(file: Path) -> Rows:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def of(rows: Rows, **wanted: str) -> dict[str, str]:
    [found] = [row for row in rows if all(row[name] == value for name, value in wanted.items())]
    return found


def test_the_county_fills_every_table(rows: dict[str, Rows]) -> None:
    """But for those of which nothing happens in it."""
    nothing = {name for name, there in rows.items() if not there}
    assert nothing <= {"ssd_mother", "ssd_linked_identifiers", "ssd_cin_visits"}


@pytest.mark.parametrize("name", sorted(mapping().tables))
def test_a_file_has_the_standards_fields_in_its_order(name: str, exported: Exported) -> None:
    with (exported.home / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        assert next(csv.reader(lines)) == [each.name for each in TABLES[name].fields]


@pytest.mark.parametrize("name", sorted(mapping().tables))
def test_keys_are_there_once_and_lead_somewhere(name: str, rows: dict[str, Rows]) -> None:
    table = TABLES[name]
    keys = [row[table.key.name] for row in rows[name]]
    assert all(keys)
    assert len(set(keys)) == len(keys)
    for each in table.fields:
        there, _, field = each.references.partition(".")
        if each.references and there in rows:
            known = {row[field] for row in rows[there]}
            assert {row[each.name] for row in rows[name]} - {""} <= known, each.name


@pytest.mark.parametrize("name", sorted(mapping().tables))
def test_values_are_of_the_standards_type_length_and_codes(name: str, rows: dict[str, Rows]) -> None:
    for each in TABLES[name].fields:
        values = {row[each.name] for row in rows[name]} - {""}
        if each.type == "datetime":
            assert all(datetime.fromisoformat(value) for value in values)
        elif each.type == "int":
            assert all(int(value) >= 0 for value in values)
        elif each.size:
            assert all(len(value) <= each.size for value in values), each.name
        if each.name.endswith("_json"):
            values = {code for value in values for code in _codes_in(value)}
        if each.codes:
            assert values <= set(each.codes), each.name
        if each.type == "nchar" and each.size == 1:
            assert values <= {"Y", "N"}, each.name


def _codes_in(value: str) -> list[str]:
    said = json.loads(value)
    return said if isinstance(said, list) else []


def test_a_field_that_is_not_filled_is_empty_in_every_row(rows: dict[str, Rows]) -> None:
    for name, table in mapping().tables.items():
        for lacking in table.lacking:
            assert {row[lacking] for row in rows[name]} <= {""}


def test_what_is_lacking_is_listed_beside_the_tables(exported: Exported) -> None:
    listed = {(row["table"], row["field"]) for row in read(exported.home / exporting.NOT_FILLED)}
    assert ("ssd_cla_episodes", "clae_cla_episode_id") in listed
    assert not (exported.home / "ssd_cla_episodes.csv").exists(), "an empty table could be taken for none"


def test_a_childs_way_is_told_through_the_tables(county: County, rows: dict[str, Rows]) -> None:
    plan = county.rows["protection plan"]
    told = of(rows["ssd_cp_plans"], cppl_cp_plan_id=str(plan.pk))
    assert told["cppl_cp_plan_initial_category"] == "Physical abuse"
    conference = of(rows["ssd_initial_cp_conference"], icpc_icpc_id=told["cppl_icpc_id"])
    assert conference["icpc_cp_plan_id"] == str(plan.pk)
    assert conference["icpc_icpc_outcome_cp_flag"] == "Y"
    enquiry = of(rows["ssd_s47_enquiry"], s47e_s47_enquiry_id=conference["icpc_s47_enquiry_id"])
    assert json.loads(enquiry["s47e_s47_outcome_json"])["CP_CONFERENCE_FLAG"] == "Y"
    visits = [row for row in rows["ssd_cp_visits"] if row["cppv_cp_plan_id"] == str(plan.pk)]
    assert [row["cppv_cp_visit_seen_alone"] for row in visits] == ["Y"]


def test_a_loaded_return_comes_out_as_it_went_in(rows: dict[str, Rows]) -> None:
    """Child 2: an initial conference without enquiries, and a child protection plan."""
    child = of(rows["ssd_person"], pers_legacy_id="INV00000002")
    [episode] = [row for row in rows["ssd_cin_episodes"] if row["cine_person_id"] == child["pers_person_id"]]
    assert re.fullmatch("N[0-9]", episode["cine_cin_primary_need_code"])
    assert episode["cine_referral_nfa"] == "N"
    [plan] = [row for row in rows["ssd_cin_plans"] if row["cinp_person_id"] == child["pers_person_id"]]
    assert plan["cinp_referral_id"] == episode["cine_referral_id"]
    third = of(rows["ssd_person"], pers_legacy_id="INV00000003")
    assert (third["pers_upn"], third["pers_upn_unknown"]) == ("", "UN4")


def test_a_locked_child_is_counted_and_cannot_be_recognised(county: County, rows: dict[str, Rows]) -> None:
    child = of(rows["ssd_person"], pers_person_id=str(county.people["locked"].pk))
    withheld = ("pers_forename", "pers_surname", "pers_upn", "pers_single_unique_id", "pers_legacy_id")
    assert [child[name] for name in withheld] == [""] * 5
    assert any(row["cont_person_id"] == child["pers_person_id"] for row in rows["ssd_contacts"])
    for name, field in (("ssd_address", "addr_person_id"), ("ssd_family", "fami_person_id"),
                        ("ssd_linked_identifiers", "link_person_id")):  # fmt: skip
        assert child["pers_person_id"] not in {row[field] for row in rows[name]}
    with looking(STEP):
        names = {str(person) for person in Person.objects.filter(circle__isnull=False)}
    whole = json.dumps(rows["ssd_person"])
    assert names
    assert not [name for name in names if name in whole]


def test_numbers_are_the_same_from_one_export_to_the_next(exported: Exported, tmp_path: Path) -> None:
    again = export(tmp_path / "again")
    assert again.rows == exported.rows
    for name in mapping().tables:
        one, other = ((home / f"{name}.csv").read_bytes() for home in (exported.home, again.home))
        assert one == other, name


def test_parquet_holds_the_same_rows_with_their_types(exported: Exported) -> None:
    with duckdb.connect() as files:
        for name, count in exported.rows.items():
            found = files.read_parquet(str(exported.home / f"{name}.parquet"))
            assert found.columns == [each.name for each in TABLES[name].fields]
            assert len(found.fetchall()) == count
        [kind] = {str(kind) for name, kind in zip(found.columns, found.types, strict=True) if name == "dept_team_id"}
        assert kind == "VARCHAR"
        started = files.read_parquet(str(exported.home / "ssd_cp_plans.parquet")).types[4]
        assert str(started) == "TIMESTAMP"


def test_an_export_is_in_the_access_log_with_its_reason(exported: Exported) -> None:
    with looking(STEP):
        found = AccessLog.objects.filter(purpose="export the safeguarding dataset").first()
        assert found is not None
        assert (found.kind, bool(found.reason)) == (AccessLog.Kind.PURPOSE, True)


def test_only_who_made_the_folder_may_open_it(exported: Exported) -> None:
    assert exported.home.stat().st_mode & 0o077 == 0


def test_a_folder_that_is_not_empty_is_left_as_it_is(county: County, tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    (tmp_path / "there" / "mine.txt").write_text("mine")
    with pytest.raises(CannotExport, match="not empty"):
        export(tmp_path / "there")
    with pytest.raises(CannotExport, match="There is no folder"):
        export(tmp_path / "nowhere" / "out")
    assert [file.name for file in tmp_path.rglob("*")] == ["there", "mine.txt"]


def test_a_disk_that_fills_leaves_nothing(county: County, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(exporting, "_as_parquet", full)
    with pytest.raises(CannotExport, match="No space left"):
        export(tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


def test_the_command_says_each_table_and_what_is_lacking(county: County, tmp_path: Path, capsys: Any) -> None:
    call_command("export_ssd", str(tmp_path / "out"))
    said = capsys.readouterr().out
    assert "ssd_person" in said
    assert "not_filled.csv" in said
