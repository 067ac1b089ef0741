"""The web server's worker: what somebody sends is received whole before any of the few threads that answer is given it.

Whoever sends slowly, on a bad line or on purpose, waits in a room of their own; pages are answered meanwhile. Whoever
sends nothing for long, or so slowly that it would never end, is told so and cut off.
"""

from __future__ import annotations

import io
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any

from gunicorn import util
from gunicorn.http.errors import NoMoreData
from gunicorn.workers.gthread import ThreadWorker

MEGABYTE = 1024 * 1024
TOO_SLOW = "What you sent came too slowly, and nothing was kept. Send it again."
TOO_LARGE = "What you sent is too large, and nothing was kept."


class TooSlow(NoMoreData):  # type: ignore[misc]
    """What was to come did not come in time."""


class InTime:
    """A socket from which what is sent must come in time: so long at first, and longer by what has come."""

    def __init__(self, socket: Any, patience: float, slowest: int) -> None:
        self._socket = socket
        self._patience = patience
        self._slowest = slowest
        self.begin()

    def begin(self) -> None:
        """A request begins."""
        self._begun = time.monotonic()
        self._received = 0

    def recv(self, size: int) -> bytes:
        left = self._begun + self._patience + self._received / self._slowest - time.monotonic()
        if left <= 0:
            raise TooSlow
        before = self._socket.gettimeout()
        self._socket.settimeout(left if before is None else min(left, before))
        try:
            received: bytes = self._socket.recv(size)
        except TimeoutError:
            raise TooSlow from None
        finally:
            with suppress(OSError):
                self._socket.settimeout(before)
        self._received += len(received)
        return received

    def setblocking(self, flag: bool) -> None:
        with suppress(OSError):  # it may be closed already
            self._socket.setblocking(flag)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._socket, name)


class Receives(ThreadWorker):  # type: ignore[misc]
    """gunicorn's worker of threads, with a waiting room before the threads that answer."""

    waiting = 200  # who may be sending at the same time
    patience = 10.0  # seconds in which a small request must have come
    slowest = 8 * 1024  # bytes a second at which a large one must come after that
    largest = 25 * MEGABYTE
    reading = 30.0  # seconds in which an answer must be taken

    def get_thread_pool(self) -> ThreadPoolExecutor:
        """The waiting room is what gunicorn knows; those who answer are beside it, as many as it is told."""
        self.answering = ThreadPoolExecutor(self.cfg.threads)
        return ThreadPoolExecutor(self.waiting)

    def handle(self, conn: Any) -> Any:
        if isinstance(conn.sock, InTime):
            conn.sock.begin()
        else:
            conn.sock = InTime(conn.sock, self.patience, self.slowest)
        again = super().handle(conn)
        if again is False:
            # The last bytes are waited for here: gunicorn's own loop, which accepts everybody, would wait for them too.
            util.close_graceful(conn.sock)
        return again

    def handle_request(self, req: Any, conn: Any) -> Any:
        if req._expected_100_continue:  # whoever asks first whether to send waits for this before sending
            conn.sock.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
            req._expected_100_continue = False
        try:
            whole = self._whole(req.body)
        except TooSlow:
            return self._cut_off(conn, 408, "Request Timeout", TOO_SLOW)
        if whole is None:
            return self._cut_off(conn, 413, "Content Too Large", TOO_LARGE)
        with whole:
            req.body = whole
            conn.sock.settimeout(self.reading)
            done = self.answering.submit(super().handle_request, req, conn).result()
            req.body = io.BytesIO()  # nothing of it is left to come
            return done

    def _whole(self, body: Any) -> Any:
        """All that is sent, in memory or in a file that has no name; None where there is too much of it."""
        whole = tempfile.SpooledTemporaryFile(max_size=MEGABYTE)  # noqa: SIM115  (its taker closes it)
        received = 0
        try:
            while part := body.read(64 * 1024):
                received += len(part)
                if received > self.largest:
                    whole.close()
                    return None
                whole.write(part)
        except BaseException:
            whole.close()
            raise
        whole.seek(0)
        return whole

    def _cut_off(self, conn: Any, status: int, reason: str, sentence: str) -> bool:
        with suppress(OSError):
            util.write_error(conn.sock, status, reason, sentence)
        return False
