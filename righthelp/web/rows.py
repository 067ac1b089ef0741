"""Rows of processes by their entries: what a list of anything needs, whatever kinds there are."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from righthelp.engine.process import Process, processes
from righthelp.guard.models import Agency
from righthelp.record.models import CaseEntry


def rows_of(entries: list[CaseEntry], *, only_open: bool = False) -> Iterator[Process]:
    """The process rows of entries, one query a kind, in the order of the entries."""
    found: dict[UUID, Process] = {}
    pages = processes()
    for kind in {entry.kind for entry in entries} & pages.keys():
        numbers = [entry.pk for entry in entries if entry.kind == kind]
        rows = pages[kind].objects.filter(pk__in=numbers)
        if only_open:
            rows = rows.filter(state__in=pages[kind].open_states())
        if told := [field.name for field in pages[kind]._meta.concrete_fields if field.related_model is Agency]:
            rows = rows.select_related(*told)  # what is happening names the agency that told us, or was asked
        found |= {row.pk: row for row in rows}
    for entry in entries:
        if row := found.get(entry.pk):
            row.entry = entry
            yield row


def whom(row: Process) -> str:
    """The child, or as somebody told us of them until it has been said which child they are."""
    if row.about_nobody:
        return row.heading
    if row.entry.person:
        return str(row.entry.person)
    return "Not yet said which child" if row.heading == row.title() else f"{row.heading} (not yet matched)"
