"""The law files of one folder: read, held and looked up."""

from collections.abc import Hashable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from righthelp.kernel.calendars import calendar_named
from righthelp.kernel.moments import local_day
from righthelp.kernel.uncountable import did_you_mean
from righthelp.kernel.units import unit_named
from righthelp.kernel.written import write_date
from righthelp.law.faults import faults_of_entry
from righthelp.law.values import Value


class UnknownLaw(LookupError):
    """No file has an entry of this key."""


class NotInForce(LookupError):
    """On that day there was no such value yet."""


class FaultyLaw(ValueError):
    """The entry cannot be relied on; the message says what is wrong with it."""


class _OnceOnly(yaml.SafeLoader):
    """YAML in which nothing may be said twice. Of two of one name the plain loader drops the first."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        names = [self.construct_object(key, deep=True) for key, _ in node.value]
        for name in names:
            if names.count(name) > 1:
                raise yaml.constructor.ConstructorError(None, None, f"“{name}” is written twice", node.start_mark)
        return super().construct_mapping(node, deep)


class Book:
    """The values of every `*.yaml` file of a folder. The key of an entry is `<file>.<entry>`."""

    def __init__(self, folder: Path) -> None:
        self._entries: dict[str, Any] = {}
        self._file_faults: list[str] = []
        self._values: dict[str, list[Value]] = {}
        for path in sorted(folder.glob("*.yaml")):
            self._read(path)
        self._faults = {key: faults_of_entry(key, entry) for key, entry in self._entries.items()}

    def _read(self, path: Path) -> None:
        try:
            # The loader is a SafeLoader: it makes plain values and nothing else.
            entries = yaml.load(path.read_text(encoding="utf-8"), Loader=_OnceOnly)  # noqa: S506
        except yaml.YAMLError as error:
            self._file_faults.append(f"{path.name}: cannot be read: {error}")
            return
        if not isinstance(entries, Mapping):
            self._file_faults.append(f"{path.name}: has no entries.")
            return
        self._entries.update({f"{path.stem}.{name}": entry for name, entry in entries.items()})

    def keys(self) -> list[str]:
        """Every key, in order."""
        return sorted(self._entries)

    def faults(self) -> list[str]:
        """Every fault in the files, as sentences that begin with the file or key."""
        return self._file_faults + [fault for key in self.keys() for fault in self._faults[key]]

    def values(self, key: str) -> list[Value]:
        """Every value of a key, oldest first."""
        if key not in self._entries:
            raise UnknownLaw(f"No law file has “{key}”.{did_you_mean(key, self._entries)}")
        if self._faults[key]:
            raise FaultyLaw(" ".join(self._faults[key]))
        if key not in self._values:
            entry = self._entries[key]
            self._values[key] = [_value(key, entry, since, said) for since, said in entry["values"].items()]
        return self._values[key]

    def value(self, key: str, on: date) -> Value:
        """The value in force on a day."""
        day = local_day(on)
        values = self.values(key)
        found = [value for value in values if value.since <= day]
        if not found:
            first = values[0]
            raise NotInForce(
                f"“{first.title}” is in force from {write_date(first.since)}, and {write_date(day)} is before that."
            )
        return found[-1]


def _value(key: str, entry: Mapping[str, Any], since: date, dated: Mapping[str, Any]) -> Value:
    said = {**entry, **dated}
    unit = unit_named(said["unit"])
    return Value(
        key=key,
        title=said["title"],
        value=said["value"],
        unit=unit.name,
        calendar=calendar_named(said.get("calendar") or unit.calendar).name,
        counts_from=said["counts_from"],
        stops_when=said["stops_when"],
        status=said["status"],
        since=since,
        source=said["source"],
        href=said.get("href", ""),
        checked=said["checked"],
        review_by=said["review_by"],
        clock=said.get("clock", ""),
        note=said.get("note", ""),
    )
