"""The tables of a return as plain lists, so that two readings of one file can be held against each other."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from typing import Any

from lxml import etree

from righthelp.returns.cin.layout import FIELDS, GROUPS, LISTS, PARTS
from righthelp.returns.cin.structure import Value
from righthelp.returns.cin.tables import Tables

_UPWARDS = {"child", "episode", "plan", "entry"}


def dump(tables: Tables) -> dict[str, list[Any]]:
    """Every table, with each row's own values and the numbers of the rows that it holds."""
    numbers = {
        id(row): f"{table.name} {number}"
        for table in fields(tables)
        if table.name != "header"
        for number, row in enumerate(getattr(tables, table.name))
    }

    def told(row: Any, name: str) -> Any:
        value = getattr(row, name)
        if name in _UPWARDS:
            return numbers.get(id(value))
        return [numbers.get(id(each), each) for each in value] if isinstance(value, list) else value

    def row_of(row: Any) -> dict[str, Any]:
        return {each.name: told(row, each.name) for each in fields(row)}

    return {
        table.name: [row_of(row) for row in getattr(tables, table.name)]
        for table in fields(tables)
        if table.name != "header"
    } | {"header": [row_of(tables.header)]}


def by_lxml(source: bytes) -> dict[str, list[dict[str, Any]]]:
    """A sound return read in the plainest way there is: each group's values by the fields of its table."""
    found: dict[str, list[dict[str, Any]]] = {"children": [], "episodes": [], "reviews": []}
    found |= {listed: [] for _, listed in PARTS.values()}
    for child in etree.fromstring(source).iter("Child"):
        row = {"line": child.sourceline, "disabilities": [], "said": {}}
        for name in ("ChildIdentifiers", "ChildCharacteristics"):
            for group in child.iter(name):
                _values(group, row)
        found["children"].append(row)
        for details in child.iter("CINdetails"):
            found["episodes"].append(_values(details, {"line": details.sourceline, "said": {}}))
            for part in details:
                if part.tag in PARTS:
                    row = {"line": part.sourceline, "said": {}}
                    row |= {"factors": []} if part.tag == "Assessments" else {}
                    found[PARTS[part.tag][1]].append(_values(part, row))
                    for review in part.iter("CPPreviewDate"):
                        found["reviews"].append({"on": date.fromisoformat(review.text), "line": review.sourceline})
    return found


def _values(group: Any, row: dict[str, Any]) -> dict[str, Any]:
    for each in group:
        if each.tag in FIELDS[group.tag]:
            item = GROUPS[group.tag].item(each.tag)
            value: Any = each.text
            if item.value is Value.DATE:
                value = date.fromisoformat(value)
            elif item.value is Value.YES_NO:
                value = value in ("1", "true")
            elif item.value is Value.COUNT:
                value = int(value)
            row[FIELDS[group.tag][each.tag]] = value
            row["said"][each.tag] = (each.text, each.sourceline)
        elif each.tag in LISTS:
            for one in each:
                row[LISTS[each.tag]].append(one.text)
                row["said"].setdefault(one.tag, (one.text, one.sourceline))
    return row
