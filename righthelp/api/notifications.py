"""Police notifications that a force's system sends in lists: whole or not at all, by the reading that a file has."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.http import HttpRequest, HttpResponse

from righthelp.api.described import Schema, schema_of
from righthelp.api.door import KILOBYTE, by_key, page_of, sent_once
from righthelp.api.problems import Wrong, pointed, pointer, to_be_mended
from righthelp.api.reading import misfits
from righthelp.engine.refusals import NotAllowed
from righthelp.engine.taking import may_begin
from righthelp.guard.models import Worker
from righthelp.guard.viewers import AsWorker
from righthelp.kernel.page import Fault
from righthelp.processes.police_notification.loading import Told, faults_between, load
from righthelp.processes.police_notification.rows import COLUMNS, Column, questions, read_row

KIND, STEP = "police_notification", "notify"
LARGEST = 4 * 1024 * KILOBYTE
MOST = 1000
LIST = "notifications"
YES_OR_NO = "address_is_secret"


@lru_cache(maxsize=1)
def schema() -> Schema:
    """What is asked: a list, each with the columns that a file has."""
    page = page_of(KIND)
    one = {
        "type": "object",
        "description": page.__doc__,
        "properties": {column.key: _property(column) for column in COLUMNS},
        "required": [column.key for column in COLUMNS if column.must],
        "additionalProperties": False,
    }
    return {
        "type": "object",
        "title": page.steps[STEP].title,
        "description": "One for each child of each incident. They are kept whole or not at all.",
        "properties": {
            LIST: {"type": "array", "minItems": 1, "maxItems": MOST, "items": one, "description": "One for each child."}
        },
        "required": [LIST],
        "additionalProperties": False,
    }


def _property(column: Column) -> Schema:
    made: Schema = {"type": "boolean"} if column.key == YES_OR_NO else {"type": "string"}
    field = questions().fields.get(column.key)
    if made["type"] == "string" and field is not None and not column.choices:
        longest = schema_of(field).get("maxLength")
        made |= {"maxLength": longest} if longest else {}
    made["description"] = " ".join(filter(None, [f"{column.heading}.", column.means]))
    if column.choices:
        made["description"] += " A code, or its words."
        made["examples"] = [code for code, _ in column.choices]
        made["x-labels"] = dict(column.choices)
    if not column.must:
        made["type"] = [made["type"], "null"]
    elif not column.choices:
        made["minLength"] = 1
    return made


@by_key("POST")
def notifications(request: HttpRequest, viewer: AsWorker) -> HttpResponse:
    """Send notifications: each by the step that a file takes."""
    step = page_of(KIND).steps[STEP]
    if not may_begin(step, viewer):
        raise NotAllowed([Fault(f"{step.title} is not for your system.")])

    def send(sent: Any) -> tuple[int, dict[str, Any]]:
        rows, faults = read(sent)
        if faults:
            raise to_be_mended(faults)
        found = load(rows, Worker.objects.get(pk=viewer.worker), viewer)
        answer = {
            "received": len(found.fresh),
            "incidents": found.incidents,
            "sent_already": [pointer(LIST, row.line - 1) for row in found.sent_already],
        }
        return 201 if found.fresh else 200, answer

    return sent_once(request, viewer, KIND, LARGEST, send).response()


def read(sent: Any) -> tuple[list[Told], list[Wrong]]:
    """A list as rows, with everything that is wrong with it."""
    faults = list(misfits(sent, schema(), ""))
    listed = sent.get(LIST) if isinstance(sent, dict) else None
    if not isinstance(listed, list):
        return [], faults or [Wrong(pointer(LIST), "Send a list of notifications.")]
    if not listed:
        return [], [Wrong(pointer(LIST), "The list is empty. Send at least one notification.")]
    if len(listed) > MOST:
        return [], faults
    rows, fields = [], questions()
    known = {column.key for column in COLUMNS}
    misfit = {fault.pointer for fault in faults}
    for number, one in enumerate(listed):
        at = pointer(LIST, number)
        if not isinstance(one, dict):
            continue
        words = {key: _as_words(value) for key, value in one.items() if key in known and value is not None}
        read = read_row({key: said for key, said in words.items() if at + pointer(key) not in misfit}, fields)
        faults += [fault for fault in pointed(read.faults, at) if fault.pointer not in misfit]
        if not read.faults:
            rows.append(Told(number + 1, read.answers))
    for wrong in faults_between(rows, called="item"):
        faults.append(Wrong(pointer(LIST, wrong.row.line - 1, wrong.key), wrong.sentence))
    return rows, faults


def _as_words(value: Any) -> str:
    """As a file would say it."""
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)
