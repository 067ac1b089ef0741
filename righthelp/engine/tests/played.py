"""A mail server and a text service that play whatever one may meet, on this machine, for as long as a test lasts."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlparse


@dataclass
class MailServer:
    """Answers as `says` tells: a reply for each of the moments "greeting", "RCPT" and "DATA"; "hang" says nothing."""

    port: int = 0
    says: dict[str, str] = field(default_factory=dict)
    messages: list[str] = field(default_factory=list)


@contextmanager
def mail_server() -> Iterator[MailServer]:
    """A mail server that takes every message, until a test tells it otherwise."""
    listening = socket.create_server(("127.0.0.1", 0))
    server = MailServer(port=listening.getsockname()[1])

    def serve() -> None:
        while True:
            try:
                connection, _ = listening.accept()
            except OSError:
                return
            threading.Thread(target=_converse, args=(connection, server), daemon=True).start()

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield server
    finally:
        with suppress(OSError):
            listening.shutdown(socket.SHUT_RDWR)
        listening.close()


def _converse(connection: socket.socket, server: MailServer) -> None:
    with connection, suppress(OSError), connection.makefile("rwb") as line:

        def answer(moment: str, usual: str) -> bool:
            words = server.says.get(moment, usual)
            if words == "hang":
                time.sleep(3)
                return False
            line.write(f"{words}\r\n".encode())
            line.flush()
            return words[0] in "23"

        if not answer("greeting", "220 ready"):
            return
        for raw in line:
            word = raw.decode().strip().upper()
            if word.startswith("DATA"):
                answer("DATA", "354 go on")
                if server.says.get("DATA"):
                    continue
                held = []
                for part in line:
                    if part == b".\r\n":
                        break
                    held.append(part.decode())
                server.messages.append("".join(held))
                answer("end", "250 taken")
            elif word.startswith("RCPT"):
                answer("RCPT", "250 ok")
            elif word.startswith("QUIT"):
                answer("QUIT", "221 bye")
                return
            else:
                answer("other", "250 ok")


@dataclass
class TextService:
    """Answers each sending with `status` and `body`, after `waits` seconds; knows what it has taken."""

    address: str = ""
    status: int = 201
    body: str = ""
    waits: float = 0
    takes_it_anyway: bool = False  # and then does not say so
    sent: list[dict[str, Any]] = field(default_factory=list)
    tokens: list[str] = field(default_factory=list)


@contextmanager
def text_service() -> Iterator[TextService]:
    """A text service of the shape of GOV.UK Notify."""
    service = TextService()

    class Answers(BaseHTTPRequestHandler):
        def log_message(self, format: str, *args: Any) -> None:
            """Nothing."""

        def do_GET(self) -> None:
            wanted = parse_qs(urlparse(self.path).query)["reference"][0]
            self._say(200, {"notifications": [one for one in service.sent if one["reference"] == wanted]})

        def do_POST(self) -> None:
            told = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            service.tokens.append(self.headers["Authorization"].removeprefix("Bearer "))
            time.sleep(service.waits)
            if service.status == 201 or service.takes_it_anyway:
                service.sent.append(told)
            said = {"id": "1", "reference": told["reference"]} if service.status == 201 else {"errors": []}
            self._say(service.status, said)

        def _say(self, status: int, said: Any) -> None:
            body = (service.body if self.command == "POST" and service.body else json.dumps(said)).encode()
            with suppress(OSError):
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    service.address = f"http://127.0.0.1:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()


def closed_port() -> int:
    """A port at which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])
