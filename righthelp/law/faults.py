"""What makes an entry of a law file one that cannot be relied on."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import pairwise
from typing import Any

from righthelp.kernel.calendars import Kind, calendar_named
from righthelp.kernel.lengths import due
from righthelp.kernel.uncountable import NoDate, Uncountable
from righthelp.kernel.units import unit_named
from righthelp.law.values import CAUTIONS, STATUSES

OF_ENTRY = {"title", "unit", "counts_from", "stops_when", "status", "values"}
OF_VALUE = {"value", "source", "checked", "review_by"}
# A later law may count in another unit, bind in another way or begin elsewhere; what it is about stays.
MAY_CHANGE = {"unit", "calendar", "status", "note", "counts_from", "stops_when"}


def faults_of_entry(key: str, entry: Any) -> list[str]:
    """Every fault of one entry, as sentences that begin with its key. Empty when it is sound."""
    return [f"{key}: {fault}" for fault in _entry(key, entry)]


def _entry(key: str, entry: Any) -> Iterator[str]:
    if not re.fullmatch(r"[a-z0-9_]+\.[a-z][a-z0-9_]*", key):
        yield "a key is lower-case words joined by underscores."
    if not isinstance(entry, Mapping):
        yield "is not an entry with a title, a unit and values."
        return
    yield from _fields(entry, OF_ENTRY, OF_ENTRY | {"calendar", "note", "clock"})
    values = entry.get("values")
    if not isinstance(values, Mapping) or not values:
        yield "has no values."
        return
    if not all(type(since) is date for since in values):
        yield "each value is headed by the day it came into force, such as 2013-04-15."
        return
    for earlier, later in pairwise(values):
        if later <= earlier:
            yield f"the value of {later} stands after that of {earlier}: write the oldest first."
    for since, dated in values.items():
        if not isinstance(dated, Mapping):
            yield f"{since}: is not a value with a source."
            continue
        yield from (f"{since}: {fault}" for fault in _value(entry, since, dated))


def _fields(found: Mapping[str, Any], needed: set[str], known: set[str]) -> Iterator[str]:
    for name in sorted(needed):
        if found.get(name) in (None, ""):
            yield f"has no {name}."
    for name in sorted(set(map(str, found)) - known):
        yield f"“{name}” is not something an entry says."


def _value(entry: Mapping[str, Any], since: date, dated: Mapping[str, Any]) -> Iterator[str]:
    yield from _fields(dated, OF_VALUE, OF_VALUE | MAY_CHANGE | {"href"})
    said = {**entry, **dated}
    if said.get("checked") not in CAUTIONS:
        yield f"“{said.get('checked')}” is not how a value is checked: {', '.join(CAUTIONS)}."
    if said.get("status") not in STATUSES:
        yield f"“{said.get('status')}” is not a status: {', '.join(STATUSES)}."
    if type(said.get("review_by")) is not date or said["review_by"] <= since:
        yield "review_by is a day after the value came into force."
    if said.get("href") and not str(said["href"]).startswith("https://"):
        yield "href is an address that begins with https://."
    if said.get("unit") and said.get("value") not in (None, ""):
        yield from _length(said, since)


def _length(said: Mapping[str, Any], since: date) -> Iterator[str]:
    try:
        unit = unit_named(str(said["unit"]))
        calendar = calendar_named(str(said.get("calendar") or unit.calendar))
        if unit.no_date or calendar.kind is Kind.SCHOOL:
            return
        due(said["value"], unit.name, since, calendar.name)
    except NoDate as why:
        yield f"the unit and the calendar do not go together: {why}"
    except Uncountable as why:
        yield str(why)
