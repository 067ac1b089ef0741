"""The national codes that a return may hold, read from the nation's pack.

Only the nation's list of codes is read, not a county's pack over it: a file is checked without knowing whose it is.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

NATION = Path(__file__).resolve().parents[4] / "packs" / "england" / "codes.yaml"


@cache
def codes(code_set: str) -> frozenset[str]:
    """The codes of a set, those that ended among them: whether one is still asked for is a rule's question."""
    return frozenset(str(code) for code in _sets()[code_set]["codes"])


@cache
def _sets() -> dict[str, Any]:
    loader: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    with NATION.open(encoding="utf-8") as text:
        sets: dict[str, Any] = yaml.load(text, Loader=loader)  # noqa: S506 - a safe loader, in C where there is one
    return sets
