"""What a system is answered when nothing was done: sentences for the people behind it (RFC 9457, problem details)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse

from righthelp.guard.viewers import request_number
from righthelp.kernel.page import Fault

JSON, PROBLEM = "application/json", "application/problem+json"
# So that nothing of it is markup, should anything ever read it as a page.
ESCAPED = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&"}
# What may be refused, by status: its title. The description of the API tells of just these.
TITLES = {
    400: "This cannot be read",
    401: "There is no key that opens this",
    403: "This is not for your system",
    404: "There is nothing here",
    405: "This cannot be done here",
    409: "This was sent before, and was not the same",
    413: "This is too large",
    415: "This is not JSON",
    422: "Something must be mended",
    429: "Too many requests",
    500: "Something is broken",
    503: "This cannot be answered now",
}


@dataclass(frozen=True)
class Wrong:
    """What must be mended: where in what was sent (a JSON pointer; empty for the whole), and a sentence."""

    pointer: str
    sentence: str


def json_answer(
    said: Any, status: int = 200, headers: Mapping[str, str] | None = None, kind: str = JSON
) -> HttpResponse:
    """An answer in JSON."""
    return HttpResponse(json.dumps(said).translate(ESCAPED), status=status, headers=headers, content_type=kind)


class Problem(Exception):
    """Nothing was done, and why."""

    def __init__(
        self,
        status: int,
        detail: str,
        faults: Iterable[Wrong] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.faults = list(faults)
        self.headers = dict(headers or {})

    def answer(self) -> HttpResponse:
        """As it is sent."""
        said: dict[str, Any] = {
            "title": TITLES[self.status],
            "status": self.status,
            "detail": self.detail,
            "request": request_number(),
        }
        if self.faults:
            said["faults"] = [{"pointer": fault.pointer, "sentence": fault.sentence} for fault in self.faults]
        return json_answer(said, self.status, self.headers, kind=PROBLEM)


def to_be_mended(faults: list[Wrong]) -> Problem:
    """Every fault at once."""
    many = "one thing" if len(faults) == 1 else f"{len(faults)} things"
    return Problem(422, f"Nothing was kept. Mend {many}, and send it again.", faults)


def pointed(faults: Iterable[Fault], within: str = "") -> list[Wrong]:
    """Faults of a step where they stand in what was sent: "other_children-0-given" is /other_children/0/given."""
    return [Wrong(within + pointer(*fault.at.split("-")) if fault.at else within, fault.sentence) for fault in faults]


def pointer(*names: str | int) -> str:
    """A JSON pointer (RFC 6901)."""
    return "".join(f"/{str(name).replace('~', '~0').replace('/', '~1')}" for name in names)


def as_json(value: Any) -> str:
    """JSON for people to read."""
    return json.dumps(value, indent=2, ensure_ascii=False)
