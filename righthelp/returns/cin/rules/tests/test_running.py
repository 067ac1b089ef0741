"""How rules are asked: all of them, of one child within the year, of a header without its date, of hostile numbers."""

from __future__ import annotations

from datetime import date
from time import process_time

import pytest

from righthelp.packs import pack
from righthelp.returns.cin.rules import rules_of, run, run_for_child, year_in_progress
from righthelp.returns.cin.rules.codes import codes
from righthelp.returns.cin.rules.rule import every_rule
from righthelp.returns.cin.rules.tests.building import (
    assessment,
    census,
    child,
    closed,
    enquiry,
    episode,
    plan,
    protection,
)
from righthelp.returns.cin.tables import Tables

IN_MAY = date(2025, 5, 20)


def _at_entry(tables: Tables, as_at: date = IN_MAY) -> set[str]:
    result = run_for_child(tables, as_at)
    assert not result.not_run
    return set(result.codes)


def test_without_a_reference_date_only_rules_that_need_none_are_asked() -> None:
    result = run(census(child(episode(enquiry(), need=None), died_on="2025-07-01"), reference=None), 2026)
    assert {"100", "8610", "2991Q"} <= set(result.codes)
    assert {"8545Q", "8715", "2883"} <= set(result.not_run)
    assert result.not_run["8715"].startswith("The header has no reference date")
    assert "8610" not in result.not_run


def test_a_rule_that_fails_takes_no_other_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    tables = census(child(episode(need="N99")))
    tables.episodes[0].referred_on = "2025-05-06"  # type: ignore[assignment]
    result = run(tables, 2026)
    assert "8650" in result.codes
    assert result.not_run["8600"].startswith("The rule itself failed (TypeError)")


def test_no_day_that_can_be_written_stops_a_rule() -> None:
    for day in ("0001-01-01", "9999-12-31"):
        parts = [
            assessment(started_on=day, authorised_on=day),
            plan(day, day),
            enquiry(started_on=day, target_on=day, conference_on=day),
            protection(day, started_on=day, ended_on=day),
        ]
        for one in ({"born_on": day}, {"born_on": None, "expected_on": day}, {"died_on": day}):
            cases = [closed(*parts, closed_on=day), closed(*parts, referred_on=day, closed_on=day), episode(*parts)]
            assert not run(census(child(*cases, **one)), 2026).not_run
        absurd = run(census(child(episode(enquiry())), reference=day), 2026)
        assert absurd.not_run["8715"] == f"The header's reference date, {day}, is of no year with a census."
        assert "100" in absurd.codes


def test_only_some_rules() -> None:
    assert run(census(child(episode(need="N99", source=None))), 2026, only=["8650", "1510"]).codes == ["8650"]


def test_the_year_in_progress_ends_on_31_march() -> None:
    assert [year_in_progress(date(2025, 3, 31)), year_in_progress(date(2025, 4, 1))] == [2025, 2026]


def test_at_entry_missing_things_are_judged_by_the_day_in_question() -> None:
    tables = census(child(episode(assessment(authorised_on=None, factors=[]))))
    assert _at_entry(tables) == set()
    assert _at_entry(tables, date(2025, 7, 10)) == set()  # the 45th working day
    assert _at_entry(tables, date(2025, 7, 14)) == {"8670Q"}
    tables = census(child(episode(assessment(), enquiry(conference_on=None))))
    assert _at_entry(tables, date(2025, 6, 23)) == set()
    assert _at_entry(tables, date(2025, 6, 24)) == {"8675Q"}


def test_at_entry_an_assessment_that_crosses_the_year_is_no_mistake_yet() -> None:
    begun = assessment(started_on="2025-03-20", authorised_on=None, factors=[])
    tables = census(child(episode(begun, referred_on="2025-03-20")))
    assert _at_entry(tables, date(2025, 4, 2)) == set()
    assert {"8736"} <= set(run(tables, 2026).codes)


def test_at_entry_a_child_expected_within_nine_months_is_no_mistake() -> None:
    tables = census(child(episode(), born_on=None, expected_on="2025-08-20", sex="U", upn_unknown="UN1"))
    assert _at_entry(tables) == set()
    assert "8530Q" in run(tables, 2026).codes


def test_at_entry_an_open_case_without_factors_may_be_closed_yet() -> None:
    found_nothing = assessment(started_on="2025-05-07", authorised_on="2025-05-19", factors=["21"])
    assert _at_entry(census(child(episode(found_nothing)))) == set()
    wrong = census(child(closed(found_nothing, closed_on="2025-05-20", reason="RC7")))
    assert _at_entry(wrong) == {"8873Q"}


def test_at_entry_what_has_yet_to_come_is_told() -> None:
    assert _at_entry(census(child(episode(need=None), ethnicity=None))) == {"8610", "4220"}


def test_at_entry_nothing_is_asked_of_the_return_as_a_whole() -> None:
    assert [rule.code for rule in rules_of(2027) if not rule.at_entry] == [
        "100",
        "2883",
        "2886Q",
        "2887Q",
        "2888Q",
        "8995Q",
    ]
    assert _at_entry(census(child(episode()), reference=None)) == set()


def test_a_child_with_very_many_plans_is_no_burden() -> None:
    """10,000 in one child take about as long as one in each of 10,000 children, not 10,000 times as long."""
    plans = (plan("2025-06-11", "2025-06-30") for _ in range(10_000))
    of_protection = (protection("2025-09-10") for _ in range(5_000))
    enquiries = (enquiry(conference_on="2025-06-17") for _ in range(5_000))
    many = census(child(episode(*plans, *of_protection, *enquiries)))
    began = process_time()
    assert len([finding for finding in run(many, 2026).findings if finding.code == "4014"]) == 10_000
    assert process_time() - began < 2


def test_codes_are_those_of_the_pack() -> None:
    for code_set in (
        "ethnicity",
        "disability",
        "referral_source",
        "primary_need",
        "closure_reason",
        "upn_unknown",
        "assessment_factors",
        "abuse_category",
    ):
        assert codes(code_set) == {code.national for code in pack().codes(code_set)}


def test_a_year_holds_what_it_changed() -> None:
    assert {rule.code for rule in rules_of(2025)} - {rule.code for rule in rules_of(2024)} == {
        "1570",
        "1580",
        "8945Q",
        "8950Q",
    }
    assert rules_of(2025) == rules_of(2026)
    assert rules_of(2022) == rules_of(2023)
    assert {rule.since for rule in every_rule()} == {2023, 2024, 2025, 2027}
    assert all(rule.until is None or rule.until >= rule.since for rule in every_rule())
