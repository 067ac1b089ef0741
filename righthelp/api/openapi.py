"""The API's own description (OpenAPI 3.1), made from the pages' declarations and nowhere written by hand."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from righthelp.api import codes, notifications, worries
from righthelp.api.described import Schema
from righthelp.api.door import SENT_AS, answers
from righthelp.api.examples import WORRY
from righthelp.api.examples import notifications as example_notifications
from righthelp.api.problems import PROBLEM, TITLES, json_answer
from righthelp.engine.process import Process, processes
from righthelp.packs import pack

VERSION = "1.0.0"
TEXT: Schema = {"type": "string"}
MOMENT: Schema = {"type": "string", "format": "date-time"}
WHOLE: Schema = {"type": "integer", "minimum": 0}
READING, SENDING = (401, 403, 404, 405, 429, 500, 503), (400, 401, 403, 404, 405, 409, 413, 415, 422, 429, 500, 503)
SAYS = {
    400: "It cannot be read: no JSON, or no Idempotency-Key.",
    401: "There is no key, or none that opens anything: it was never one, has ended, or is past its last day.",
    403: "The key stands for a system whose role does not do this, or that holds no role any more.",
    404: "There is no such thing, or it is not for this system. The two are not told apart.",
    405: "Something else is to be done at this address.",
    409: "Something else was sent under this Idempotency-Key. Nothing was kept.",
    413: "It is larger than is taken at once.",
    415: "It is not application/json.",
    422: "Something must be mended. Every fault is told at once, with where it stands. Nothing was kept.",
    429: "Too many requests in this minute. Retry-After says when to ask again.",
    500: "Something is broken here. Nothing was kept.",
    503: "Somebody sends the same at this moment. Send it again.",
}


@answers("GET")
def openapi(request: HttpRequest) -> HttpResponse:
    """The description, for programs."""
    return json_answer(document())


def document() -> dict[str, Any]:
    """The whole of it, for this county."""
    there = processes()
    levels = f"{pack().word('levels_of_need_title')}, with the indicators to choose from"
    paths: dict[str, Any] = {}
    if worries.KIND in there:
        paths |= _paths_of_worries(there[worries.KIND])
    if notifications.KIND in there:
        paths["/api/v1/police-notifications"] = {"post": _send_notifications()}
    paths |= {
        "/api/v1/levels-of-need": {"get": _free("levels", levels, "Levels")},
        "/api/v1/code-sets": {"get": _free("code_sets", "Every set of codes from which the API asks", "CodeSets")},
        "/api/v1/code-sets/{name}": {"get": _code_set()},
        "/api/v1/openapi.json": {"get": _free("openapi", "This description", None)},
    }
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"righthelp for partners' systems: {pack().title}",
            "version": VERSION,
            "summary": "A partner's own system sends what its workers would type, and reads what came of it.",
            "description": "The rules are those of the forms, in the same sentences. In an emergency ring 999: nobody "
            "watches what a program sends every minute of the night.",
        },
        "servers": [{"url": "/"}],
        "security": [{"key": []}],
        "paths": paths,
        "components": {
            "securitySchemes": {
                "key": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "The key of a system, made by the county's user administrator and shown once.",
                }
            },
            "schemas": _schemas(there),
        },
    }


def _paths_of_worries(page: type[Process]) -> dict[str, Any]:
    step = page.steps[worries.STEP]
    return {
        "/api/v1/worries": {
            "post": {
                "operationId": "send_worry",
                "summary": step.title,
                "description": f"{step.explains} Name the worker who saw or heard it: the front door may ring them.",
                "parameters": [_number()],
                "requestBody": _body("Worry", WORRY),
                "responses": {
                    "201": _answer(
                        "It has arrived: its reference, and where to read what came of it.",
                        "Arrived",
                        Location="Where to read what came of it.",
                    ),
                    **_refusals(SENDING),
                },
            }
        },
        "/api/v1/worries/{reference}": {
            "get": {
                "operationId": "what_came_of_it",
                "summary": "What came of a worry",
                "description": "What the sender's workspace says of it, and nothing else. Only the system that sent it "
                "reads it here; the agency's lead reads it in their workspace too.",
                "parameters": [_in_path("reference", "The reference with which it was answered.", "W-2B4D-7HJK")],
                "responses": {"200": _answer("What came of it so far.", "CameOfIt"), **_refusals(READING)},
            }
        },
    }


def _send_notifications() -> dict[str, Any]:
    made = notifications.schema()
    received = "What was received. A child of an incident who was sent before is not sent twice."
    return {
        "operationId": "send_police_notifications",
        "summary": made["title"],
        "description": "One for each child of each incident, in the columns of the file that the police send. They "
        "are kept whole or not at all.",
        "parameters": [_number()],
        "requestBody": _body("PoliceNotifications", example_notifications()),
        "responses": {
            "201": _answer(received, "Received"),
            "200": _answer("All of them had been sent before: nothing new was received.", "Received"),
            **_refusals(SENDING),
        },
    }


def _free(name: str, summary: str, schema: str | None) -> dict[str, Any]:
    """An address that needs no key."""
    said = _answer(f"{summary}.", schema)
    return {
        "operationId": name,
        "summary": summary,
        "security": [],
        "responses": {"200": said, **_refusals((405, 500))},
    }


def _code_set() -> dict[str, Any]:
    return {
        **_free("code_set", "One set of codes", "CodeSet"),
        "parameters": [_in_path("name", "The name of the set.", next(iter(codes.sets_asked_for()), "consent"))],
        "responses": {"200": _answer("The set.", "CodeSet"), **_refusals((404, 405, 500))},
    }


def _number() -> dict[str, Any]:
    return {
        "name": "Idempotency-Key",
        "in": "header",
        "required": True,
        "description": "A number of your own for what you send, such as a UUID. Send it again with the same one when "
        "no answer came: it is kept once, and answered as it was. It is remembered for as long as what was sent.",
        "schema": {"type": "string", "pattern": f"^{SENT_AS.pattern}$"},
        "example": "0192f2b4-7c1e-7d0a-9f53-3b1f6d0f5a11",
    }


def _in_path(name: str, says: str, example: str) -> dict[str, Any]:
    schema = {"type": "string", "minLength": 1}
    return {"name": name, "in": "path", "required": True, "description": says, "schema": schema, "example": example}


def _body(schema: str, example: Any) -> dict[str, Any]:
    return {
        "required": True,
        "content": {"application/json": {"schema": _to(schema), "examples": {"example": {"value": example}}}},
    }


def _to(schema: str) -> Schema:
    return {"$ref": f"#/components/schemas/{schema}"}


def _answer(says: str, schema: str | None, **headers: str) -> dict[str, Any]:
    made: dict[str, Any] = {
        "description": says,
        "content": {"application/json": {"schema": _to(schema) if schema else {"type": "object"}}},
    }
    if headers:
        made["headers"] = {name: {"description": words, "schema": TEXT} for name, words in headers.items()}
    return made


def _refusals(statuses: tuple[int, ...]) -> dict[str, Any]:
    return {
        str(status): {"description": SAYS[status], "content": {PROBLEM: {"schema": _to("Problem")}}}
        for status in statuses
    }


def _schemas(there: dict[str, type[Process]]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    if worries.KIND in there:
        made |= {"Worry": worries.schema(), "Arrived": _arrived(), "CameOfIt": _came_of_it(there[worries.KIND])}
    if notifications.KIND in there:
        sent_already = {**_list_of(TEXT), "description": "JSON pointers to those that had been sent before."}
        made |= {
            "PoliceNotifications": notifications.schema(),
            "Received": _object(received=WHOLE, incidents=WHOLE, sent_already=sent_already),
        }
    indicator = _object(id=TEXT, level=TEXT, domain=TEXT, subdomain=TEXT, indicator=TEXT)
    level = _object(number=WHOLE, title=TEXT, says=TEXT)
    code = _object(code=TEXT, label=TEXT, hint={"type": ["string", "null"]})
    return {
        **made,
        "Levels": _object(title=TEXT, source=TEXT, levels=_list_of(level), indicators=_list_of(indicator)),
        "CodeSet": _object(name=TEXT, title=TEXT, source=TEXT, codes=_list_of(code)),
        "CodeSets": _object(code_sets=_list_of(_to("CodeSet"))),
        "Problem": _problem(),
    }


def _arrived() -> Schema:
    also = _object(reference=TEXT, what_came_of_it=TEXT)
    return _object(
        reference=TEXT,
        received_at=MOMENT,
        what_came_of_it={**TEXT, "description": "The address at which to read what came of it."},
        about_other_children={**_list_of(also), "description": "Other children of the family whom it is about too."},
    )


def _came_of_it(page: Any) -> Schema:
    column = page._meta.get_field("outcome")
    states, outcomes = list(page.State.values), [code for code, _ in column.flatchoices]
    letter = _object(title=TEXT, made_at=MOMENT, words=TEXT)
    outcome = _object(code={"enum": outcomes}, label=TEXT)
    return _object(
        reference=TEXT,
        received_at=MOMENT,
        state=_object(code={"enum": states}, label=TEXT),
        outcome={"anyOf": [outcome, {"type": "null"}], "description": "The decision; null until there is one."},
        what_happens_next={"type": ["string", "null"], "description": "Words for the sender."},
        told_at={"type": ["string", "null"], "format": "date-time"},
        letters={**_list_of(letter), "description": "Letters to the sender."},
    )


def _problem() -> Schema:
    fault = _object(
        pointer={**TEXT, "description": "Where it stands in what was sent (RFC 6901); empty for the whole."},
        sentence={**TEXT, "description": "How to mend it, for people."},
    )
    made = _object(
        title=TEXT,
        status={"enum": list(TITLES)},
        detail={**TEXT, "minLength": 1},
        request={**TEXT, "description": "The number to quote to the county."},
    )
    made["properties"]["faults"] = _list_of(fault)
    return {**made, "description": "Why nothing was done (RFC 9457)."}


def _object(**properties: Schema) -> Schema:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _list_of(one: Schema) -> Schema:
    return {"type": "array", "items": one}
