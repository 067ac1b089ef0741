"""Levels of need: every row of the county's framework, and no weight on any of them."""

from collections import Counter
from dataclasses import fields

import pytest

from righthelp.packs import Indicator, pack


def test_every_row_of_right_help_right_time_is_there() -> None:
    levels = pack("herefordshire").levels()
    assert Counter(row.level for row in levels.rows) == {
        "1": 39, "2": 56, "3": 64, "4": 55, "special": 12, "rule": 17,
    }  # fmt: skip
    prefixes = {"L1": 39, "L2": 56, "L3": 64, "L4": 55, "SC": 12, "RU": 17}
    wanted = {f"{prefix}-{number:03}" for prefix, count in prefixes.items() for number in range(1, count + 1)}
    assert {row.id for row in levels.rows} == wanted
    assert len(levels.rows) == 243


def test_indicators_by_level_domain_and_sub_domain() -> None:
    levels = pack("herefordshire").levels()
    assert len(levels.indicators()) == 39 + 56 + 64 + 55
    health = levels.indicators(4, "development needs", "health")
    assert len(health) == 9
    assert {row.level for row in health} == {"4"}
    assert levels.indicators(domain="no such domain") == ()
    assert len(levels.special_circumstances()) == 12
    assert len(levels.rules()) == 17
    assert [row.id for row in levels.rules("consent")] == [f"RU-{n:03}" for n in range(3, 9)]


@pytest.mark.parametrize("name", ["elsewhere", "herefordshire"])
def test_the_tree_holds_every_indicator_once(name: str) -> None:
    levels = pack(name).levels()
    tree = levels.tree()
    assert list(tree) == [1, 2, 3, 4]
    held = [row for domains in tree.values() for groups in domains.values() for rows in groups.values() for row in rows]
    assert Counter(held) == Counter(levels.indicators())


@pytest.mark.parametrize("name", ["elsewhere", "herefordshire"])
def test_what_describes_a_level_is_not_chosen_of_a_child(name: str) -> None:
    levels = pack(name).levels()
    for number in (1, 2, 3, 4):
        assert levels.indicators(number, choosable=True)
        assert levels.indicators(number, choosable=False)
    assert not any(row.choosable for row in levels.rules())


def test_a_route_and_an_agency_are_no_indicators_of_a_child() -> None:
    levels = pack("herefordshire").levels()
    assert not levels.indicator("L4-003").choosable  # needs a referral form
    assert not levels.indicator("L1-026").choosable  # health visiting
    assert levels.indicator("L4-017").choosable  # serious unexplained injury


def test_levels_have_names_and_are_four() -> None:
    assert [level.title for level in pack("herefordshire").levels().levels] == [
        "Universal", "Additional", "Intensive", "Specialist",
    ]  # fmt: skip
    assert pack("elsewhere").levels().level(4).title == "Storm"
    with pytest.raises(LookupError, match="1 to 4"):
        pack("elsewhere").levels().level(5)
    with pytest.raises(LookupError, match="not in The Windscreen"):
        pack("elsewhere").levels().indicator("L1-001")


def test_an_indicator_has_no_weight() -> None:
    assert {field.name for field in fields(Indicator)} == {
        "id", "level", "domain", "subdomain", "indicator", "note", "choosable",
    }  # fmt: skip
