"""The Department's schema: whether a payload is what it takes, said before anything is sent."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker

HERE = Path(__file__).parent / "schema.json"
MOST_CHILDREN = 100  # in one request
MOST_FAULTS = 5  # told of one child


@cache
def of_a_child() -> dict[str, Any]:
    """The schema of one child."""
    items: dict[str, Any] = json.loads(HERE.read_text(encoding="utf-8"))["schema"]["items"]
    return items


@cache
def _validator() -> Draft202012Validator:
    return Draft202012Validator(of_a_child(), format_checker=FormatChecker(formats=["date"]))


def faults(payload: dict[str, Any]) -> list[str]:
    """What the Department would not take, as sentences; no value is repeated in them."""
    found = sorted(_validator().iter_errors(payload), key=lambda fault: [str(part) for part in fault.absolute_path])
    return [f"{_where(fault.absolute_path)}: {_what(fault)}." for fault in found[:MOST_FAULTS]]


def _where(path: Any) -> str:
    return ".".join(str(part) for part in path) or "the child"


def _what(fault: Any) -> str:
    wants = {
        "maxLength": "longer than {0} letters", "minLength": "shorter than {0} letters",
        "pattern": "has letters that are not allowed", "format": "is no {0}", "type": "is no {0}",
        "required": "something is missing that must be there", "maxItems": "more than {0}",
        "uniqueItems": "the same is there twice", "additionalProperties": "something is there that has no place",
    }  # fmt: skip
    return wants.get(fault.validator, "does not fit the schema").format(fault.validator_value)
