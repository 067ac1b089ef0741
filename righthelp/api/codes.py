"""What the county's words are, for whoever writes a program: anybody may read them, as on the county's own pages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse

from righthelp.api import notifications, worries
from righthelp.api.door import answers
from righthelp.api.problems import Problem, json_answer
from righthelp.engine.answers import parts
from righthelp.engine.codes import code_set_of
from righthelp.engine.process import Process, processes
from righthelp.kernel.page import Step
from righthelp.packs import pack
from righthelp.packs.codes import CodeSet

STEPS = ((worries.KIND, worries.STEP), (notifications.KIND, notifications.STEP))


def sets_asked_for() -> dict[str, CodeSet]:
    """The code sets from which the API asks, by name."""
    found: dict[str, CodeSet] = {}
    for kind, name in STEPS:
        if page := processes().get(kind):
            found |= {codes.name: codes for codes in _of(page, page.steps[name])}
    return dict(sorted(found.items()))


def _of(page: type[Process], step: Step) -> Iterator[CodeSet]:
    columns: list[models.Field[Any, Any]] = [
        column for column in page._meta.concrete_fields if column.name in step.fields
    ]
    for name, part in parts(page).items():
        if name in step.fields:
            columns += [part.model._meta.get_field(key) for key in part.asked_with]
    for column in columns:
        if (codes := code_set_of(column)) is not None:
            yield codes


def as_said(codes: CodeSet) -> dict[str, Any]:
    """A code set, with its source."""
    return {
        "name": codes.name,
        "title": codes.title,
        "source": codes.source,
        "codes": [
            {"code": one.code, "label": one.label, "hint": one.hint or None}
            for one in codes
            if one.until is None
        ],
    }  # fmt: skip


@answers("GET")
def code_sets(request: HttpRequest) -> HttpResponse:
    """Every set of codes that the API asks for."""
    return json_answer({"code_sets": [as_said(codes) for codes in sets_asked_for().values()]})


@answers("GET")
def code_set(request: HttpRequest, name: str) -> HttpResponse:
    """One of them."""
    codes = sets_asked_for().get(name)
    if codes is None:
        raise Problem(404, "There is no such set of codes here.")
    return json_answer(as_said(codes))


@answers("GET")
def levels_of_need(request: HttpRequest) -> HttpResponse:
    """The county's levels of need, with the indicators that may be sent with a worry."""
    levels = pack().levels()
    return json_answer(
        {
            "title": levels.title,
            "source": levels.source,
            "levels": [{"number": one.number, "title": one.title, "says": one.says} for one in levels.levels],
            "indicators": [
                {
                    "id": row.id,
                    "level": row.level,
                    "domain": row.domain,
                    "subdomain": row.subdomain,
                    "indicator": row.indicator,
                }
                for row in levels.rows
                if row.choosable
            ],
        }
    )


@answers("GET", "POST", "PUT", "PATCH", "DELETE")
def nothing(request: HttpRequest) -> HttpResponse:
    """An address that is none."""
    raise Problem(404, "There is nothing at this address. What there is, is told at /api/.")
