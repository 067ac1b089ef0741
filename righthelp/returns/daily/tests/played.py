"""The Department's server, played on this machine: it answers as a test tells it to, and otherwise as it should."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from righthelp.returns.daily import schema

Payload = dict[str, Any]


@dataclass
class Plays:
    """One answer: its status, its words or what it says as JSON, its headers; or how it breaks."""

    status: int = 200
    says: Any = None  # None: as it should
    headers: dict[str, str] = field(default_factory=dict)
    waits: float = 0
    drips: float = 0  # seconds between one letter and the next
    hangs_up: bool = False


@dataclass
class Department:
    """What it was sent, what it holds of each child, and how it answers next: `plays` first, then `usually`."""

    address: str = ""
    plays: list[Plays] = field(default_factory=list)
    faulty: dict[str, str] = field(default_factory=dict)  # numbers that it never takes, and its words
    names: bool = True  # whether it says which
    most: int = schema.MOST_CHILDREN
    token: str = "a-token"
    tokens_given: int = 0
    tokens_refused: int = 0  # how many times still
    requests: list[list[Payload]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    asked_for_token: list[str] = field(default_factory=list)
    children: dict[str, Payload] = field(default_factory=dict)

    @property
    def sent(self) -> list[str]:
        return [payload["la_child_id"] for request in self.requests for payload in request]

    def take(self, payload: Payload) -> None:
        """As the schema says: what is told stands beside what was, and what is purged is gone."""
        number = payload["la_child_id"]
        if payload.get("purge"):
            self.children.pop(number, None)
        else:
            _told(self.children.setdefault(number, {}), payload)


def _told(there: Payload, payload: Payload) -> None:
    for name, value in payload.items():
        if isinstance(value, dict):
            if value.get("purge"):
                there.pop(name, None)
            else:
                _told(there.setdefault(name, {}), value)
        elif isinstance(value, list) and value and isinstance(value[0], dict) and (key := _id_of(value[0])):
            known = {one[key]: one for one in there.get(name, [])}
            for one in value:
                if one.get("purge"):
                    known.pop(one[key], None)
                else:
                    _told(known.setdefault(one[key], {}), one)
            there[name] = list(known.values())
            if not there[name]:
                del there[name]
        else:
            there[name] = value


def _id_of(part: Payload) -> str:
    return next((name for name in part if name.endswith("_id") and name != "worker_id"), "")


@contextmanager
def department() -> Iterator[Department]:
    """It takes whatever the schema takes, until a test tells it otherwise."""
    played = Department()

    class Answers(BaseHTTPRequestHandler):
        def log_message(self, format: str, *args: Any) -> None:
            """Nothing."""

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if self.path == "/token":
                self._token(body.decode())
                return
            assert self.path == "/api/children_social_care_data/884/children", self.path
            played.headers.append(dict(self.headers))
            sent = json.loads(body)
            played.requests.append(sent)
            if self.headers["Authorization"] != f"Bearer {played.token}":
                self._say(Plays(401, "no"))
            elif played.plays:
                self._say(played.plays.pop(0), sent)
            else:
                self._usually(sent)

        def _token(self, asked: str) -> None:
            played.asked_for_token.append(asked)
            if played.tokens_refused:
                played.tokens_refused -= 1
                self._say(Plays(400, {"error": "invalid_client"}))
                return
            played.tokens_given += 1
            self._say(Plays(200, {"access_token": played.token, "expires_in": 3599, "token_type": "Bearer"}))

        def _usually(self, sent: list[Payload]) -> None:
            wrong = [(at, one["la_child_id"]) for at, one in enumerate(sent) if one["la_child_id"] in played.faulty]
            wrong += [(at, one["la_child_id"]) for at, one in enumerate(sent) if schema.faults(one)]
            if len(sent) > played.most:
                self._say(Plays(413, "too large"))
            elif wrong and played.names:
                self._say(Plays(400, {"errors": [f"[{at}].{played.faulty.get(who, 'schema')}" for at, who in wrong]}))
            elif wrong:
                self._say(Plays(400, "Malformed payload"))
            else:
                self._say(Plays(), sent)

        def _say(self, plays: Plays, sent: list[Payload] | None = None) -> None:
            time.sleep(plays.waits)
            if plays.hangs_up:
                self.close_connection = True
                self.connection.close()
                return
            says = plays.says
            if says is None and plays.status == 200 and sent is not None:
                for payload in sent:
                    played.take(payload)
                says = [f"2026-11-24_02:00:00.00_{at:04}" for at, _ in enumerate(sent)]
            words = (says if isinstance(says, str) else json.dumps(says) if says is not None else "").encode()
            self.send_response(plays.status)
            for name, value in plays.headers.items():
                self.send_header(name, value)
            if plays.status != 204:
                self.send_header("Content-Length", str(len(words)))
            self.end_headers()
            for at in range(0, len(words), 1 if plays.drips else max(len(words), 1)):
                self.wfile.write(words[at : at + 1] if plays.drips else words)
                self.wfile.flush()
                time.sleep(plays.drips)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    server.daemon_threads = True
    server.handle_error = lambda *_: None  # type: ignore[method-assign, assignment]
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    played.address = f"http://127.0.0.1:{server.server_port}"
    try:
        yield played
    finally:
        server.shutdown()
        server.server_close()
