"""Worries that a partner's system sends, and what came of each."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from righthelp.api.described import Schema, read_answers, schema_of_step
from righthelp.api.door import KILOBYTE, by_key, page_of, sent_once
from righthelp.api.problems import Wrong, json_answer, pointer, to_be_mended
from righthelp.engine.process import Process, process
from righthelp.engine.refusals import NotAllowed
from righthelp.engine.sight import opened, readable
from righthelp.engine.taking import begin, may_begin
from righthelp.guard.viewers import AsWorker
from righthelp.kernel.moments import local
from righthelp.kernel.page import Fault
from righthelp.record.models import Document

KIND, STEP = "contact", "send"
LARGEST = 1024 * KILOBYTE
NAMED = "from_name"  # a system is nobody who can be rung up: whoever saw or heard it is named


@lru_cache(maxsize=1)
def schema() -> Schema:
    """What is asked of a worry: what the form asks, and whose worry it is."""
    page = process(KIND)
    made = schema_of_step(page, page.steps[STEP])
    made["required"] = [*made["required"], NAMED]
    made["properties"][NAMED] = {
        **made["properties"][NAMED],
        "type": "string",
        "minLength": 1,
        "description": "The worker who saw or heard this, whom the front door can ring. A system is nobody to ring.",
    }
    return made


@by_key("POST")
def worries(request: HttpRequest, viewer: AsWorker) -> HttpResponse:
    """Send a worry: by the step that the form takes."""
    page = page_of(KIND)
    step = page.steps[STEP]
    if not may_begin(step, viewer):
        raise NotAllowed([Fault(f"{step.title} is not for your system.")])

    def send(sent: Any) -> tuple[int, dict[str, Any]]:
        answers, faults = read_answers(page, step, sent, schema())
        faults += _nobody_named(sent, faults)
        if faults:
            raise to_be_mended(faults)
        row = begin(page, STEP, by=viewer, **answers)
        return 201, _receipt(row)

    sent = sent_once(request, viewer, "worries", LARGEST, send)
    return sent.response(Location=sent.answer["what_came_of_it"])


def _nobody_named(sent: Any, faults: list[Wrong]) -> list[Wrong]:
    if not isinstance(sent, dict) or str(sent.get(NAMED) or "").strip():
        return []
    at = pointer(NAMED)
    if any(fault.pointer == at for fault in faults):
        return []
    return [Wrong(at, "Name the worker who saw or heard this. A system is nobody to ring.")]


def _receipt(row: Any) -> dict[str, Any]:
    """That it has arrived, and where to read what came of it."""
    return {
        "reference": row.reference,
        "received_at": local(row.received_at).isoformat(),
        "what_came_of_it": _address(row.reference),
        "about_other_children": [
            {"reference": other.reference, "what_came_of_it": _address(other.reference)} for other in _together(row)
        ],
    }


def _address(reference: str) -> str:
    return reverse("api_worry", args=[reference])


def _together(row: Any) -> list[Any]:
    """The worries that were sent in the same form, about other children of the family."""
    if not row.sent_together:
        return []
    return list(type(row).objects.filter(sent_together=row.sent_together).exclude(pk=row.pk).order_by("reference"))


@by_key("GET")
def worry(request: HttpRequest, viewer: AsWorker, reference: str) -> HttpResponse:
    """What came of a worry, for whoever sent it: as their workspace says it, and nothing else."""
    page = page_of(KIND)
    row: Any = page.objects.filter(reference=reference).first()
    if row is None:
        raise Http404("You have sent no worry with this reference.")
    relation = opened(viewer, f"{page.title()}: what came of it", entry=row.pk)
    shown = set(readable(row, viewer, relation))
    return json_answer(came_of(row, shown))


def came_of(row: Process, shown: set[str]) -> dict[str, Any]:
    """What a sender reads of it, field by field as the page of a worry shows it to agencies."""

    def told(name: str) -> Any:
        return getattr(row, name) if name in shown else None

    outcome, told_at = told("outcome"), told("sender_told_at")
    return {
        "reference": told("reference"),
        "received_at": local(told("received_at")).isoformat(),
        "state": {"code": row.state, "label": row.state_label},
        "outcome": {"code": outcome, "label": row.label("outcome", outcome)} if outcome else None,
        "what_happens_next": told("told_sender") or None,
        "told_at": local(told_at).isoformat() if told_at else None,
        "letters": [
            {"title": letter.title, "made_at": local(letter.made_at).isoformat(), "words": letter.words}
            for letter in Document.objects.filter(entry=row.pk).order_by("made_at")
        ],
    }
