"""The purposes for which a program looks are a closed list, each with its reason, none kept for nothing."""

from __future__ import annotations

import ast

import pytest

from righthelp.engine.process import processes
from righthelp.guard import viewers
from righthelp.guard.viewers import PURPOSES, Purpose
from tests.closed.sources import code, shown

CONSTANTS = {name: value for name, value in vars(viewers).items() if isinstance(value, Purpose)}


def test_purposes_are_made_in_one_place_only() -> None:
    made = [
        f"{shown(file)}:{call.lineno}"
        for file, module in code()
        for call in ast.walk(module)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "Purpose"
    ]
    assert len(made) == len(CONSTANTS)
    assert all(place.startswith("righthelp/guard/viewers.py:") for place in made), made


def test_the_list_holds_just_these() -> None:
    assert {purpose.name: purpose for purpose in CONSTANTS.values()} == PURPOSES


@pytest.mark.parametrize("name", sorted(CONSTANTS))
def test_every_purpose_has_a_reason_and_somebody_who_looks_for_it(name: str) -> None:
    purpose = CONSTANTS[name]
    assert purpose.why.endswith(".")
    assert len(purpose.why.split()) > 4
    used = [
        shown(file)
        for file, module in code()
        if any(isinstance(at, ast.Name) and at.id == name and isinstance(at.ctx, ast.Load) for at in ast.walk(module))
    ]
    assert used or any(purpose.name in step.by for page in processes().values() for step in page.steps.values()), (
        f"Nobody looks for the purpose '{purpose.name}'."
    )
