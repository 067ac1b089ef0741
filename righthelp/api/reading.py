"""What a system sends, read strictly: one reading for every program, and a sentence for whatever cannot be read."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest
from django.http.request import UnreadablePostError

from righthelp.api.problems import JSON, Problem, Wrong, pointer, to_be_mended

SURROGATE = re.compile("[\ud800-\udfff]")
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class _Twice(ValueError):
    """A name stands twice in one object: which of the two is meant, nobody can say."""


def body_of(request: HttpRequest, most: int) -> Any:
    """The JSON that was sent. Raises `Problem`."""
    if request.content_type != JSON:
        raise Problem(415, f"Send JSON, and say so: Content-Type: {JSON}.")
    try:
        raw = request.body
    except RequestDataTooBig:
        raise _too_large(most) from None
    except UnreadablePostError:
        raise Problem(400, "What you sent did not arrive whole. Send it again.") from None
    if len(raw) > most:
        raise _too_large(most)
    try:
        read = json.loads(raw.decode("utf-8"), object_pairs_hook=_once, parse_constant=_not_a_number)
    except UnicodeDecodeError as wrong:
        raise Problem(400, f"Send JSON in UTF-8. Byte {wrong.start + 1} is not UTF-8.") from None
    except json.JSONDecodeError as wrong:
        raise Problem(400, f"This is not JSON: line {wrong.lineno}, column {wrong.colno} cannot be read.") from None
    except _Twice as wrong:
        raise Problem(400, f"“{wrong}” is there twice in one object. Send each name once.") from None
    except RecursionError:
        raise Problem(400, "This is nested too deeply to be read.") from None
    except ValueError:
        raise Problem(400, "A number in it is too large to be read, or is none.") from None
    if faults := list(_unwritable(read, "")):
        raise to_be_mended(faults)
    return read


def _too_large(most: int) -> Problem:
    return Problem(413, f"Send at most {most // 1024} KB at once.")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    read: dict[str, Any] = {}
    for name, value in pairs:
        if name in read:
            raise _Twice(SURROGATE.sub("?", name[:60]))
        read[name] = value
    return read


def _not_a_number(word: str) -> Any:
    raise ValueError(word)


def _unwritable(value: Any, at: str) -> Iterator[Wrong]:
    """Text that no writing has: halves of a letter, and the sign NUL."""
    if isinstance(value, str):
        if "\x00" in value or SURROGATE.search(value):
            yield Wrong(at, "This holds a sign that no writing has. Take it out.")
    elif isinstance(value, list):
        for number, one in enumerate(value):
            yield from _unwritable(one, at + pointer(number))
    elif isinstance(value, dict):
        for name, one in value.items():
            if "\x00" in name or SURROGATE.search(name):
                yield Wrong(at, "A name in it holds a sign that no writing has. Take it out.")
            else:
                yield from _unwritable(one, at + pointer(name))


def digest_of(body: Any) -> str:
    """By which the same is known when it is sent again, however its names are ordered."""
    return hashlib.sha256(json.dumps(body, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def misfits(value: Any, schema: Mapping[str, Any], at: str) -> Iterator[Wrong]:
    """Where a value is not of the kind that the schema says. What it may say is for the form to judge."""
    kinds = [schema["type"]] if isinstance(schema["type"], str) else schema["type"]
    if value is None and "null" in kinds:
        return
    kind = next(one for one in kinds if one != "null")
    if not _is_a(kind, value):
        yield Wrong(at, SAYS[kind])
    elif kind == "string" and schema.get("format") == "date" and not DAY.fullmatch(value):
        yield Wrong(at, "Write the day as year, month and day: 2015-03-27.")
    elif kind == "array":
        if len(value) > schema.get("maxItems", len(value)):
            yield Wrong(at, f"Send at most {schema['maxItems']} of them.")
            return
        for number, one in enumerate(value):
            yield from misfits(one, schema["items"], at + pointer(number))
    elif kind == "object":
        yield from _misfits_inside(value, schema, at)


def _misfits_inside(value: dict[str, Any], schema: Mapping[str, Any], at: str) -> Iterator[Wrong]:
    known = schema["properties"]
    for name in value:
        if name not in known:
            yield Wrong(at + pointer(name[:100]), "This is not asked for. Take it out, or mend its name.")
    for name, one in known.items():
        if name in value:
            yield from misfits(value[name], one, at + pointer(name))
    if schema.get("minProperties") and not any(given not in (None, "", []) for given in value.values()):
        yield Wrong(at, "Nothing is said here. Leave it out, or fill it in.")


SAYS = {
    "boolean": "Answer true or false, without quotation marks.",
    "integer": "Answer with a whole number, without quotation marks.",
    "string": "Answer with text, in quotation marks.",
    "array": "Answer with a list, in square brackets.",
    "object": "Answer with names and values, in curly brackets.",
}


def _is_a(kind: str, value: Any) -> bool:
    if kind == "integer":
        return isinstance(value, int) and not isinstance(value, bool)
    return isinstance(value, {"boolean": bool, "string": str, "array": list, "object": dict}[kind])
