"""Each rule by its examples: what breaks it, and what only just does not."""

from __future__ import annotations

import pytest

from righthelp.returns.cin.rules import rules_of, run
from righthelp.returns.cin.rules.rows import ELEMENTS, child_of
from righthelp.returns.cin.rules.rule import every_rule
from righthelp.returns.cin.rules.tests.example import Example
from righthelp.returns.cin.rules.tests.examples import EXAMPLES
from righthelp.returns.cin.tables import Tables

ALSO_WORDS = {"Sex", "Year", "UPN", "Disability", "Assessments"}
NAMES = {name for attributes in ELEMENTS.values() for name in attributes}


def _broken(tables: Tables, example: Example) -> set[str]:
    """The rules of one child that are broken, and the example's own: a small return breaks some of a whole one."""
    of_a_child = {rule.code for rule in rules_of(example.year) if rule.scope == "child"}
    result = run(tables, example.year, only=of_a_child | {example.code})
    assert not result.not_run
    return set(result.codes)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: f"{example.code}-{example.year}")
def test_a_rule_finds_what_breaks_it_and_nothing_else(example: Example) -> None:
    assert _broken(example.wrong, example) == {example.code, *example.also.split()}
    assert _broken(example.right, example) == set()


def test_every_rule_there_ever_was_has_examples() -> None:
    shown = {(rule.code, rule.since) for each in EXAMPLES for rule in rules_of(each.year) if rule.code == each.code}
    assert shown == {(rule.code, rule.since) for rule in every_rule()}


def test_every_rule_says_what_to_look_at_and_how_it_is_mended() -> None:
    for rule in every_rule():
        assert set(rule.fields) <= NAMES, rule.code
        assert rule.message, rule.code
        assert rule.mend.endswith("."), rule.code
        assert not any(name in rule.mend for name in NAMES - ALSO_WORDS), rule.code


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: f"{example.code}-{example.year}")
def test_a_finding_knows_its_child_and_its_element(example: Example) -> None:
    for finding in run(example.wrong, example.year).findings:
        child = child_of(finding.row)
        assert finding.child == ((child.number or "") if child else "")
        assert finding.element in ELEMENTS[type(finding.row)] or child is None, finding.code
        assert finding.value is not None
