"""The mapping speaks of every field of the standard, once, and says what it cannot fill and why."""

from __future__ import annotations

import re

import pytest

from righthelp.packs import pack
from righthelp.returns.ssd import described, standard
from righthelp.returns.ssd import mapping as mapping_module
from righthelp.returns.ssd.mapping import NOT_HELD, NOT_YET, Asked, mapping, not_filled, select

TABLES = standard.tables()


@pytest.mark.parametrize("name", sorted(mapping().tables))
def test_a_table_says_of_each_of_its_fields_what_it_is_or_why_it_is_not(name: str) -> None:
    table, filled = TABLES[name], mapping().tables[name]
    assert filled.fields.keys() | filled.lacking.keys() == {each.name for each in table.fields}
    assert not filled.fields.keys() & filled.lacking.keys()
    assert all(source.words and source.sql for source in filled.fields.values())
    assert table.key.name in filled.fields
    assert filled.says


def test_every_table_of_the_standard_is_filled_or_it_is_said_why_not() -> None:
    known = mapping()
    assert known.tables.keys() | known.lacking.keys() == TABLES.keys()
    assert not known.tables.keys() & known.lacking.keys()


def test_what_is_not_filled_is_said_in_one_of_two_ways() -> None:
    rows = list(not_filled())
    assert {lacking.kind for _, _, lacking in rows} == {NOT_YET, NOT_HELD}
    assert all(len(lacking.why.split()) > 2 or lacking.kind == NOT_YET for _, _, lacking in rows)
    filled = sum(len(table.fields) for table in mapping().tables.values())
    assert len(rows) + filled == sum(len(table.fields) for table in TABLES.values()) == 400


def test_a_field_that_must_be_there_is_filled_or_said_to_be_lacking() -> None:
    """The standard requires these; of a table that is filled none is left out in silence."""
    for name, filled in mapping().tables.items():
        must = {each.name for each in TABLES[name].fields if each.required}
        assert must <= filled.fields.keys() | filled.lacking.keys(), name


def test_references_lead_to_tables_and_fields_of_the_standard() -> None:
    known = {f"{table.name}.{each.name}" for table in TABLES.values() for each in table.fields}
    wrong = {
        f"{table.name}.{each.name}"
        for table in TABLES.values()
        for each in table.fields
        if each.references and each.references not in known
    }
    # The standard names a table in the plural that it has in the singular, and a field that it spells out elsewhere.
    assert wrong == {"ssd_cla_episodes.clae_cla_placement_id", "ssd_ehcp_named_plan.ehcn_ehcp_asmt_id"}


def test_no_word_of_ours_is_left_in_what_the_database_is_asked() -> None:
    left = re.compile(r"\b(?:DAY|NATIONAL|SAID|ALSO|FLAG|YES|OPEN|COUNTED|ASSESSED|SOURCE|CATEGORY|AUTHORITY|WANTED)\b")
    for name in mapping().tables:
        asked = select(name, Asked())
        assert not left.search(asked), name
        assert "%" not in asked  # a placeholder to whoever executes it


def test_a_countys_own_code_goes_out_as_the_nations(monkeypatch: pytest.MonkeyPatch) -> None:
    own = [code for code in pack("elsewhere").codes("referral_source") if code.national != code.code]
    assert own, "the invented county adds a code of its own"
    monkeypatch.setattr(mapping_module, "pack", lambda: pack("elsewhere"))
    asked = select("ssd_cin_episodes", Asked())
    assert all(f"WHEN '{code.code}' THEN nullif('{code.national}', '')" in asked for code in own)


def test_the_document_names_every_field_of_a_table_that_is_filled() -> None:
    text = described.document()
    for name in mapping().tables:
        assert all(f"`{each.name}`" in text for each in TABLES[name].fields)
    assert all(f"`{name}`" in text for name in mapping().lacking)
