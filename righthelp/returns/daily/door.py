"""The Department's API as it is called: a key for each hour, children by the hundred, and what each answer means.

`POST {server}/children_social_care_data/{authority}/children`, a JSON list of children, with the supplier's key beside
a bearer token that is got by client credentials (RFC 6749, section 4.4). An answer counts as acceptance only where it
is 200 with a receipt for each child. Whatever else comes, or does not, nothing was accepted.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from enum import Enum
from typing import Any
from urllib.parse import urlsplit

import requests
from django.conf import settings

from righthelp.packs import pack
from righthelp.returns.daily.payload import Payload

PATIENCE = (10, 60)  # seconds: to be connected, and between two pieces of an answer
LONGEST_ANSWER = 120.0  # seconds for all of its pieces
MOST_OF_IT = 1 << 20  # bytes that are read
RENEWED_BEFORE = 60  # seconds before a token's time is over
NEEDED = {
    "DAILY_SERVER": "RIGHTHELP_DAILY_SERVER",
    "DAILY_TOKEN_SERVER": "RIGHTHELP_DAILY_TOKEN_SERVER",
    "DAILY_CLIENT_ID": "RIGHTHELP_DAILY_CLIENT_ID",
    "DAILY_SECRET": "RIGHTHELP_DAILY_SECRET",
    "DAILY_SCOPE": "RIGHTHELP_DAILY_SCOPE",
    "DAILY_SUPPLIER_KEY": "RIGHTHELP_DAILY_SUPPLIER_KEY",
}
AT_HOME = {"127.0.0.1", "::1", "localhost"}


class Kind(Enum):
    """What an answer means for whoever sent."""

    TAKEN = "accepted"
    FAULTY = "something in it is not what the Department takes"
    TOO_LARGE = "it is too large"
    LATER = "not now"
    NOT_LET_IN = "the Department does not let us in"
    NEVER = "it will not be answered like this"


@dataclass
class Answer:
    """An answer, as far as it was understood."""

    kind: Kind
    sentence: str = ""
    receipts: list[str] = field(default_factory=list)
    says: list[str] = field(default_factory=list)  # the Department's own words on what is wrong
    after: float | None = None  # seconds that it asks to wait


class NotConfigured(Exception):
    """Nothing can be sent; the message says why."""


def lacking() -> list[str]:
    """The settings that are wanted and are not there."""
    return [name for setting, name in NEEDED.items() if not getattr(settings, setting)]


class Door:
    """The Department's door, for as long as one sending lasts. Raises `NotConfigured`."""

    def __init__(self) -> None:
        if settings.DEMONSTRATION:
            raise NotConfigured("This is a demonstration: the children are invented, and nothing is sent of them.")
        if missing := lacking():
            none = len(missing) == len(NEEDED)
            raise NotConfigured(
                "Nothing is configured, and nothing was sent: docs/running-for-real.md says which settings it takes."
                if none
                else f"Nothing was sent: {', '.join(missing)} must be set too."
            )
        for name in ("DAILY_SERVER", "DAILY_TOKEN_SERVER"):
            place = urlsplit(getattr(settings, name))
            if place.scheme != "https" and place.hostname not in AT_HOME:
                raise NotConfigured(f"Nothing was sent: {NEEDED[name]} must begin with https://.")
        self.address = (
            f"{settings.DAILY_SERVER.rstrip('/')}/children_social_care_data/{pack().local_authority.dfe}/children"
        )
        self.session = requests.Session()
        self.session.trust_env = False  # no password for these addresses is looked for in a file
        self.token, self.ends = "", 0.0

    def post(self, payloads: Sequence[Payload]) -> Answer:
        """Send these children, and say what came of it. A token that is refused is got anew, once."""
        body = json.dumps(payloads, ensure_ascii=False).encode()
        answer = self._posted(body, len(payloads))
        if answer.kind is Kind.NOT_LET_IN and self.token:
            self.token = ""
            answer = self._posted(body, len(payloads))
        return answer

    def _posted(self, body: bytes, children: int) -> Answer:
        if (unanswered := self._let_in()) is not None:
            return unanswered
        headers = {
            "Authorization": f"Bearer {self.token}",
            "SupplierKey": settings.DAILY_SUPPLIER_KEY,
            "Content-Type": "application/json",
            "Accept": "application/json",
        }
        return self._asked(self.address, children, data=body, headers=headers)

    def _let_in(self) -> Answer | None:
        """Get a token unless there is one; what went wrong if there is none."""
        if self.token and time.monotonic() < self.ends:
            return None
        self.token = ""
        wanted = {
            "grant_type": "client_credentials",
            "client_id": settings.DAILY_CLIENT_ID,
            "client_secret": settings.DAILY_SECRET,
            "scope": settings.DAILY_SCOPE,
        }
        answer = self._asked(settings.DAILY_TOKEN_SERVER, None, data=wanted)
        if answer.kind is not Kind.TAKEN:
            kind = Kind.NOT_LET_IN if answer.kind in {Kind.FAULTY, Kind.NEVER} else answer.kind
            return Answer(kind, f"No token was given. {answer.sentence}", after=answer.after)
        self.token, lasts = answer.receipts[0], float(answer.receipts[1])
        self.ends = time.monotonic() + max(lasts - RENEWED_BEFORE, 0)
        return None

    def _asked(self, address: str, children: int | None, **sent: Any) -> Answer:
        try:
            with self.session.post(address, timeout=PATIENCE, allow_redirects=False, stream=True, **sent) as answer:
                return _meant(answer.status_code, answer.headers, _read(answer), children)
        except (requests.Timeout, TimeoutError):
            return Answer(Kind.LATER, "The Department's server did not answer in time.")
        except requests.RequestException:
            return Answer(Kind.LATER, "The connection to the Department's server broke.")


def _read(answer: requests.Response) -> str:
    """What it says, as far as there is time and room for it."""
    until, read = time.monotonic() + LONGEST_ANSWER, b""
    for piece in answer.iter_content(1 << 14):
        read += piece
        if time.monotonic() > until:
            raise TimeoutError
        if len(read) > MOST_OF_IT:
            break
    return read[:MOST_OF_IT].decode("utf-8", errors="replace")


def _meant(status: int, headers: Any, text: str, children: int | None) -> Answer:
    """`children` is how many were sent; None where a token was asked for."""
    if status == 200:
        found = _token(text) if children is None else _receipts(text, children)
        if found is None:
            return Answer(Kind.LATER, "The Department's server answered something that could not be understood.")
        return Answer(Kind.TAKEN, receipts=found)
    if status == 204:
        return Answer(Kind.NEVER, "The Department answered that there was nothing in what it was sent (204).")
    if status == 400:
        return Answer(Kind.FAULTY, "The Department did not take what it was sent (400).", says=_said(text))
    if status in {401, 403}:
        return Answer(Kind.NOT_LET_IN, f"The Department does not let us in ({status}): look at the keys.")
    if status == 413:
        return Answer(Kind.TOO_LARGE, "The Department says that it was too large (413).")
    if status in {408, 429} or status >= 500:
        return Answer(Kind.LATER, f"The Department asks to come back later ({status}).", after=_after(headers))
    return Answer(Kind.NEVER, f"The Department's server answered {status}, which says nothing: look at its address.")


def _receipts(text: str, children: int) -> list[str] | None:
    told = _json(text)
    if not isinstance(told, list) or len(told) != children or not all(isinstance(one, str) and one for one in told):
        return None
    return [one[:200] for one in told]


def _token(text: str) -> list[str] | None:
    told = _json(text)
    if not isinstance(told, dict) or not isinstance(told.get("access_token"), str) or not told["access_token"]:
        return None
    lasts = told.get("expires_in", 0)
    return [told["access_token"], str(lasts if isinstance(lasts, int | float) else 0)]


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return None


def _said(text: str) -> list[str]:
    """The words of a refusal, whatever its shape, which nobody has confirmed: each string that is in it."""
    told = _json(text)
    return list(_strings(told)) if told is not None else [line for line in text.splitlines() if line.strip()]


def _strings(told: Any, of: str = "") -> Iterator[str]:
    if isinstance(told, str):
        yield f"{of}: {told}" if of else told
    elif isinstance(told, dict):
        for name, one in told.items():
            yield from _strings(one, str(name))
    elif isinstance(told, list):
        for one in told:
            yield from _strings(one, of)


def _after(headers: Any) -> float | None:
    """`Retry-After`: seconds, or a moment."""
    said = headers.get("Retry-After", "").strip()
    if said.isdigit():
        return float(said)
    try:
        return max((parsedate_to_datetime(said) - datetime.now(UTC)).total_seconds(), 0.0)
    except (TypeError, ValueError):
        return None
