"""What each field of the standard is filled from (`mapping.yaml`), as SQL over the record; and what is not filled, why.

The mapping is read by the export, by the Department's daily payload, by the documents and by their tests: there is no
other place in which a field of the standard is given its meaning here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

import yaml

from righthelp.packs import pack
from righthelp.returns.ssd import standard

HERE = Path(__file__).parent / "mapping.yaml"
ZONE = "Europe/London"
NOT_YET, NOT_HELD = "not yet", "not held"
CALL = re.compile(r"\b([A-Z_]{3,})\(")


@dataclass(frozen=True)
class Source:
    """What fills one field: SQL, and what that is in words."""

    sql: str
    words: str


@dataclass(frozen=True)
class Lacking:
    """Why a field is not filled: the record does not hold it, or what of the record is still to come."""

    kind: str
    why: str


@dataclass(frozen=True)
class Filled:
    """A table that the record fills, at least in part."""

    name: str
    says: str
    source: str
    where: str
    fields: Mapping[str, Source]
    lacking: Mapping[str, Lacking] = field(default_factory=dict)


@dataclass(frozen=True)
class Meanings:
    """All of it."""

    words: Mapping[str, tuple[tuple[str, ...], str]]
    shared: Mapping[str, str]
    tables: Mapping[str, Filled]
    lacking: Mapping[str, Lacking]  # whole tables


@cache
def mapping() -> Meanings:
    """The mapping as it is written."""
    said = yaml.safe_load(HERE.read_text(encoding="utf-8"))
    words = {}
    for head, body in said["words"].items():
        name, _, parameters = head.rstrip(")").partition("(")
        words[name] = (tuple(one.strip() for one in parameters.split(",")), body.strip())
    tables = {name: _filled(name, table) for name, table in said["tables"].items()}
    lacking = {name: Lacking(NOT_YET, what) for what, names in said["not_yet"].items() for name in names}
    lacking |= {name: Lacking(NOT_HELD, one["why"]) for one in said["not_held"] for name in one["tables"]}
    return Meanings(words, said["with"], tables, lacking)


def _filled(name: str, table: dict[str, Any]) -> Filled:
    fields = {field: Source(str(sql).strip(), words) for field, (sql, words) in table["fields"].items()}
    lacking = {}
    for each, why in table.get("missing", {}).items():
        ((kind, words),) = why.items()
        lacking[each] = Lacking(kind.replace("_", " "), words)
    return Filled(name, table["says"], table["from"].strip(), table.get("where", "").strip(), fields, lacking)


def not_filled() -> Iterator[tuple[str, str, Lacking]]:
    """Every field of the standard that is not filled, with its table and why, in the standard's order."""
    known = mapping()
    for table in standard.tables().values():
        filled = known.tables.get(table.name)
        for each in table.fields:
            why = filled.lacking.get(each.name) if filled else known.lacking[table.name]
            if why:
                yield table.name, each.name, why


# --- As SQL ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Asked:
    """For whom a table is asked: every child, or those named; and whether a locked child's row withholds who it is."""

    children: tuple[UUID, ...] | None = None
    withholds: bool = True


def select(name: str, asked: Asked, *, as_text: bool = False) -> str:
    """The table as one SELECT, in the order of its key, each field of the standard a column.

    With `as_text` every column is the text that a file holds: days as moments, no value longer than its field. There
    is nothing in it from outside but keys, and it has no placeholders.
    """
    table, filled = standard.tables()[name], mapping().tables[name]
    columns = []
    for each in table.fields:
        source = filled.fields.get(each.name)
        made_of = source.sql if source else "NULL"
        columns.append(f'{_text(each, made_of) if as_text else made_of} AS "{each.name}"')
    where = f"\nWHERE {filled.where}" if filled.where else ""
    body = f"SELECT {', '.join(columns)}\nFROM {filled.source}{where}\nORDER BY {filled.fields[table.key.name].sql}"
    shared = _shared(body)
    return _in_full(f"WITH {shared}\n{body}" if shared else body, asked)


def _text(each: standard.Field, made_of: str) -> str:
    if each.type == "datetime":
        return f"to_char(({made_of})::timestamp, 'YYYY-MM-DD\"T\"HH24:MI:SS')"
    if not each.is_text:
        return f"({made_of})"
    text = f"nullif(({made_of})::text, '')"
    return f"left({text}, {each.size})" if each.size and not (each.codes or each.key) else text


def _shared(body: str) -> str:
    """The questions that the body asks first, and those that they ask."""
    shared, wanted = mapping().shared, body
    names: list[str] = []
    for name in reversed(list(shared)):  # each stands after those that it asks
        if re.search(rf"\b{name}\b", wanted):
            names.insert(0, name)
            wanted += shared[name]
    return ",\n".join(f"{name} AS MATERIALIZED ({shared[name].strip()})" for name in names)


def _in_full(sql: str, asked: Asked) -> str:
    """The SQL with every word of ours said in PostgreSQL's."""
    while call := next((found for found in CALL.finditer(sql) if _is_ours(found[1])), None):
        end = _closing(sql, call.end())
        sql = f"{sql[: call.start()]}{_said(call[1], _arguments(sql[call.end() : end]))}{sql[end + 1 :]}"
    authority = _quoted(pack().local_authority.dfe)
    locked = "(p.circle_id IS NOT NULL)" if asked.withholds else "false"
    wanted = "true" if asked.children is None else f"p.id = ANY ({_keys(asked.children)})"
    for word, meaning in (("AUTHORITY", authority), ("LOCKED", locked), ("WANTED", wanted)):
        sql = _put(sql, word, meaning)
    return sql


def _is_ours(word: str) -> bool:
    return word in _BUILT or word in mapping().words


def _said(name: str, given: list[str]) -> str:
    if name in _BUILT:
        return f"({_BUILT[name](*given)})"
    parameters, body = mapping().words[name]
    for parameter, argument in zip(parameters, given, strict=True):
        body = _put(body, parameter, argument)
    return f"({body})"


def _put(sql: str, word: str, meaning: str) -> str:
    return re.sub(rf"\b{word}\b", meaning.replace("\\", "\\\\"), sql)


def _closing(sql: str, start: int) -> int:
    depth = 1
    for at in range(start, len(sql)):
        depth += {"(": 1, ")": -1}.get(sql[at], 0)
        if not depth:
            return at
    raise ValueError("A bracket is not closed.")


def _arguments(inside: str) -> list[str]:
    found, depth, last = [], 0, 0
    for at, letter in enumerate(inside):
        depth += {"(": 1, ")": -1}.get(letter, 0)
        if letter == "," and not depth:
            found.append(inside[last:at].strip())
            last = at + 1
    return [*found, inside[last:].strip()]


def _national(of: str, value: str) -> str:
    """The code as it is returned: a county's own is another's."""
    return _looked_up(value, {code.code: code.national for code in pack().codes(of)}, same=f"nullif({value}, '')")


def _label(of: str, value: str) -> str:
    return _looked_up(value, {code.code: code.label for code in pack().codes(of)}, same="NULL")


def _also(of: str, column: str, value: str) -> str:
    return _looked_up(value, {code.code: code.also.get(column, "") for code in pack().codes(of)}, same="NULL")


def _looked_up(value: str, table: Mapping[str, str], *, same: str) -> str:
    differ = {code: meant for code, meant in table.items() if same == "NULL" or code != meant}
    cases = " ".join(f"WHEN {_quoted(code)} THEN nullif({_quoted(meant)}, '')" for code, meant in differ.items())
    return f"CASE {value} {cases} ELSE {same} END" if cases else same


_BUILT: Mapping[str, Callable[..., str]] = {
    "DAY": lambda moment: f"(({moment}) AT TIME ZONE '{ZONE}')::date",
    "NATIONAL": _national,
    "SAID": _label,
    "ALSO": _also,
    "FLAG": lambda condition: f"CASE WHEN {condition} THEN 'Y' WHEN NOT ({condition}) THEN 'N' END",
    "YES": lambda condition: f"CASE WHEN {condition} THEN 'Y' ELSE '' END",
    "YESNO": lambda condition: f"CASE WHEN {condition} THEN 'Y' WHEN NOT ({condition}) THEN 'N' ELSE '' END",
    "OPEN": lambda value: f"CASE WHEN NOT c.locked THEN {value} END",
}


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _keys(children: Iterable[UUID]) -> str:
    return f"'{{{','.join(str(UUID(str(child))) for child in children)}}}'::uuid[]"
