"""Sameness, and what is said once something is no longer so: what the record says, the Department ends up with."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from righthelp.returns.daily import schema
from righthelp.returns.daily.messages import message_for
from righthelp.returns.daily.models import DailyPayload
from righthelp.returns.daily.payload import Drawn, as_kept, as_said, canonical, fingerprint, held_by
from righthelp.returns.daily.tests.played import Department

CHILD = UUID(int=7)
DAYS = ["2026-01-05", "2026-02-09", "2026-03-02"]
NUMBERS = ["A", "B", "C"]
PARTS = {
    "child_and_family_assessments": ("child_and_family_assessment_id", "authorisation_date"),
    "child_in_need_plans": ("child_in_need_plan_id", "end_date"),
    "section_47_assessments": ("section_47_assessment_id", "icpc_date"),
    "child_protection_plans": ("child_protection_plan_id", "end_date"),
}


def part_of(name: str) -> st.SearchStrategy[dict[str, Any]]:
    key, ends = PARTS[name]
    days = st.sampled_from(DAYS)
    return st.fixed_dictionaries({key: st.sampled_from(NUMBERS)}, optional={"start_date": days, ends: days})


def episodes() -> st.SearchStrategy[list[dict[str, Any]]]:
    lists = {
        name: st.lists(part_of(name), max_size=2, unique_by=lambda one, key=key: one[key])
        for name, (key, _) in PARTS.items()
    }
    workers = st.lists(st.fixed_dictionaries({"worker_id": st.sampled_from(NUMBERS)}), max_size=1)
    one = st.fixed_dictionaries(
        {"social_care_episode_id": st.sampled_from(NUMBERS)},
        optional={
            "referral_date": st.sampled_from(DAYS), "closure_date": st.sampled_from(DAYS),
            "referral_no_further_action_flag": st.booleans(), "care_worker_details": workers, **lists,
        },
    )  # fmt: skip
    return st.lists(one, max_size=3, unique_by=lambda episode: episode["social_care_episode_id"])


DETAILS = st.fixed_dictionaries(
    {},
    optional={
        "first_name": st.sampled_from(["Ada", "Cy"]), "sex": st.sampled_from("FMU"),
        "date_of_birth": st.sampled_from(DAYS), "disabilities": st.lists(st.sampled_from(["MOB", "LD"]), unique=True),
    },
)  # fmt: skip
PAYLOADS = st.builds(
    lambda details, parts: canonical(
        {"la_child_id": "RH1", "mis_child_id": "m", "child_details": details, "social_care_episodes": parts}
    ),
    DETAILS,
    episodes(),
)


def shuffled(value: Any, draw: Any) -> Any:
    if isinstance(value, dict):
        return {name: shuffled(value[name], draw) for name in draw(st.permutations(sorted(value)))}
    if isinstance(value, list):
        return draw(st.permutations([shuffled(one, draw) for one in value]))
    return value


def leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if isinstance(value, dict | list):
        for key, one in value.items() if isinstance(value, dict) else enumerate(value):
            yield from leaves(one, (*path, key))
    else:
        yield path


@given(PAYLOADS, st.data())
def test_the_order_in_which_facts_come_makes_no_difference(payload: Any, data: Any) -> None:
    assert fingerprint(shuffled(payload, data.draw)) == fingerprint(payload)


@given(PAYLOADS)
def test_any_fact_that_changes_makes_another_child(payload: Any) -> None:
    whole = fingerprint(payload)
    for path in leaves(payload):
        other = copy.deepcopy(payload)
        at = other
        for key in path[:-1]:
            at = at[key]
        at[path[-1]] = (not at[path[-1]]) if isinstance(at[path[-1]], bool) else "something else"
        assert fingerprint(other) != whole, path


@given(PAYLOADS)
def test_what_is_held_is_kept_and_read_back(payload: Any) -> None:
    blocks = held_by(payload)
    assert as_said(as_kept(blocks)) == blocks
    assert "Ada" not in json.dumps(as_kept(blocks)), "names of elements, and no value of any"


@given(st.lists(st.none() | PAYLOADS, min_size=1, max_size=5))
def test_the_department_ends_up_with_what_the_record_says(states: list[Any]) -> None:
    """Whatever happens from one day to the next: things come, change, move between referrals and go."""
    department, row = Department(), DailyPayload(number="RH1", person_id=CHILD)
    for state in states:
        drawn = Drawn(CHILD, "RH1", state) if state is not None else None
        for _ in range(2):
            message = message_for(row, drawn)
            if message is None:
                break
            assert schema.faults(message.payload) == []
            department.take(message.payload)
            row.holds, row.accepted = message.holds, message.accepted
        assert message_for(row, drawn) is None, "two messages are enough"
        assert canonical(department.children.get("RH1", {})) == (state or {})


@given(PAYLOADS, PAYLOADS)
def test_a_message_takes_back_or_tells_and_never_both(before: Any, now: Any) -> None:
    row = DailyPayload(number="RH1", person_id=CHILD, holds=as_kept(held_by(before)), accepted=fingerprint(before))
    message = message_for(row, Drawn(CHILD, "RH1", now))
    if message is not None:
        assert ("purge" in json.dumps(message.payload)) is message.takes_back
        assert message.takes_back or message.payload == now


def test_only_what_is_gone_is_taken_back() -> None:
    plan = {"child_in_need_plan_id": "P", "start_date": "2026-01-05"}
    episode = {"social_care_episode_id": "E", "referral_date": "2026-01-01", "child_in_need_plans": [plan]}
    before = canonical({"la_child_id": "RH1", "child_details": {"sex": "F"}, "social_care_episodes": [episode]})
    now = canonical({**before, "social_care_episodes": [{**episode, "child_in_need_plans": []}]})
    row = DailyPayload(number="RH1", person_id=CHILD, holds=as_kept(held_by(before)), accepted=fingerprint(before))
    message = message_for(row, Drawn(CHILD, "RH1", now))
    assert message is not None
    taken = {"social_care_episode_id": "E", "child_in_need_plans": [{"child_in_need_plan_id": "P", "purge": True}]}
    assert message.payload == canonical({"la_child_id": "RH1", "social_care_episodes": [taken]})


@pytest.mark.parametrize(
    ("payload", "says"),
    [
        ({"la_child_id": "A B"}, "la_child_id: has letters that are not allowed."),
        ({}, "the child: something is missing that must be there."),
        ({"la_child_id": "A", "nothing": 1}, "the child: something is there that has no place."),
        ({"la_child_id": "A", "child_details": {"unique_pupil_number": "1"}}, "shorter than 13 letters"),
        ({"la_child_id": "A", "child_details": {"date_of_birth": "31 June"}}, "date_of_birth: is no date."),
        ({"la_child_id": "A" * 21}, "longer than 20 letters"),
    ],
)  # fmt: skip
def test_what_the_schema_does_not_take_is_said_without_the_value(payload: dict[str, Any], says: str) -> None:
    [fault] = schema.faults(payload)
    assert says in fault
    assert "31 June" not in fault
