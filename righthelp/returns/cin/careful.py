"""The rows that an element's tree makes, whatever state it is in. What cannot be read has no value; its words are kept.

The quick way (`quick.py`) makes the same rows of a child in whom nothing is odd.
"""

from __future__ import annotations

from typing import Any

from righthelp.returns.cin.elements import Element
from righthelp.returns.cin.layout import FIELDS, GROUPS, LISTS, PARTS, REVIEWS, add_review, begin_child, begins
from righthelp.returns.cin.structure import Item, Value
from righthelp.returns.cin.tables import Header, Said, Tables
from righthelp.returns.cin.values import Days, read

AS_GIVEN = {Value.TEXT, Value.CODE, Value.CHILD_NUMBER, Value.UPN}
"""Kinds of values that the tables hold as they were given: whether they are right is a rule's question."""


def add_header(element: Element, tables: Tables, days: Days) -> None:
    """What the header says."""
    tables.header = Header(line=element.line)
    for each in element.elements:
        if each.name in ("CollectionDetails", "Source"):
            _fill(tables.header, each, days)


def add_child(element: Element, tables: Tables, days: Days) -> None:
    """A child, with all that was done for them."""
    child = begin_child(tables, element.line)
    for each in element.elements:
        if each.name in ("ChildIdentifiers", "ChildCharacteristics"):
            _fill(child, each, days)
        elif each.name == "CINdetails":
            episode = begins(each.name, tables)(child, each.line)
            _fill(episode, each, days)
            for part in each.elements:
                if part.name in PARTS:
                    row = begins(part.name, tables)(episode, part.line)
                    _fill(row, part, days)
                    _reviews(row, part, tables, days)


def _fill(row: Any, group: Element, days: Days) -> None:
    """Every value of the group; of one that is said twice, the first."""
    said: Said = row.said
    fields, item = FIELDS[group.name], GROUPS[group.name]
    for each in group.elements:
        if each.name in fields and each.name not in said and (words := _words(each)):
            said[each.name] = words, each.line
            own = item.item(each.name)
            assert own is not None
            if getattr(row, fields[each.name]) is None:
                setattr(row, fields[each.name], _value(own, each, words, days))
        elif each.name in LISTS and item.item(each.name):
            _list(row, each)


def _list(row: Any, group: Element) -> None:
    (item,) = GROUPS[group.name].holds
    listed: list[str] = getattr(row, LISTS[group.name])
    for each in group.elements:
        if each.name == item.name and (words := _words(each)):
            row.said.setdefault(each.name, (words, each.line))
            listed.append(words)


def _reviews(plan: Any, group: Element, tables: Tables, days: Days) -> None:
    if group.name != "ChildProtectionPlans":
        return
    (item,) = GROUPS[REVIEWS].holds
    for reviews in group.elements:
        if reviews.name == REVIEWS:
            found = [each for each in reviews.elements if each.name == item.name]
            for each in found:
                words = _words(each)
                add_review(tables, plan, _value(item, each, words, days) if words else None, each.line)
            if not found:
                add_review(tables, plan, None, reviews.line)


def _words(element: Element) -> str:
    return element.value


def _value(item: Item, element: Element, words: str, days: Days) -> Any:
    if element.elements:  # which of them is the value cannot be said
        return None
    assert item.value is not None
    return words if item.value in AS_GIVEN else read(item, words, days).value
