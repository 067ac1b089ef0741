"""Whoever sends slowly holds nobody up: twenty of them at once, and others are answered; they are cut off."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from running import receiving
from running.places import ROOT
from running.serve import gunicorn
from tests.journeys.served import free_port

THREADS, SLOW = 2, 20
APP = """
from running.receiving import Receives

class Hasty(Receives):
    patience, slowest, largest = 2.0, 100_000, 300_000

def app(environ, start):
    body = environ["wsgi.input"].read()
    start("200 OK", [("Content-Length", str(len(str(len(body)))))])
    return [str(len(body)).encode()]
"""


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """A server with two threads, in less of a hurry to answer than to be sent to."""
    folder, number = tmp_path_factory.mktemp("receiving"), free_port()
    (folder / "slow_app.py").write_text(APP)
    shape = ("--worker-class", "slow_app.Hasty", "--workers", "1", "--threads", str(THREADS), "--no-control-socket")
    words = [sys.executable, "-m", "gunicorn", "slow_app:app", "--bind", f"127.0.0.1:{number}", *shape]
    environment = {**os.environ, "PYTHONPATH": f"{folder}:{ROOT}"}
    log = Path(folder / "log.txt")
    with log.open("wb") as written:
        server = subprocess.Popen(words, cwd=folder, env=environment, stdout=written, stderr=written)
    try:
        for _ in range(200):
            try:
                socket.create_connection(("127.0.0.1", number), timeout=1).close()
                break
            except OSError:
                time.sleep(0.05)
        yield number
    finally:
        server.terminate()
        server.wait(10)
    assert "Traceback" not in log.read_text()


def post(port: int, body: bytes, **headers: str) -> tuple[int, bytes]:
    asking = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    asking.request("POST", "/", body, headers)
    answer = asking.getresponse()
    try:
        return answer.status, answer.read()
    finally:
        asking.close()


def trickling(port: int, said: bytes) -> socket.socket:
    slow = socket.create_connection(("127.0.0.1", port), timeout=10)
    slow.sendall(said)
    return slow


@pytest.mark.parametrize(
    "said",
    [b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5000\r\n\r\nx", b"GET / HTTP/1.1\r\nHost: loc"],
    ids=["in the middle of what is sent", "in the middle of the headings"],
)
def test_others_are_answered_while_many_send_slowly(port: int, said: bytes) -> None:
    slow = [trickling(port, said) for _ in range(SLOW)]
    begun, longest = time.monotonic(), 0.0
    while time.monotonic() - begun < 1.5:
        for one in slow:
            one.sendall(b"x")
        before = time.monotonic()
        assert post(port, b"hello") == (200, b"5")
        longest = max(longest, time.monotonic() - before)
        time.sleep(0.05)
    assert longest < 1
    for one in slow:
        one.settimeout(10)
        last = one.recv(1000)
        assert not last or b"408" in last
        one.close()
    assert time.monotonic() - begun < 8, "they are cut off"


def test_a_long_thing_on_a_fair_line_arrives_whole(port: int) -> None:
    slow = trickling(port, b"POST / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 250000\r\n\r\n")
    for _ in range(25):  # a tenth of a second for each: longer than a short thing is given
        slow.sendall(b"x" * 10_000)
        time.sleep(0.1)
    answer = slow.recv(1000)
    assert answer.startswith(b"HTTP/1.1 200")
    assert answer.endswith(b"250000")
    slow.close()


def test_what_is_too_large_is_refused_however_it_is_sent(port: int) -> None:
    assert post(port, b"x" * 299_000)[0] == 200
    slow = trickling(port, b"POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n")
    for _ in range(40):
        try:
            slow.sendall(b"2710\r\n" + b"x" * 10_000 + b"\r\n")
        except OSError:
            break
    assert b"413" in slow.recv(1000)
    slow.close()


def test_several_requests_on_one_line_are_answered(port: int) -> None:
    asking = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    for number in range(3):
        asking.request("POST", "/", b"x" * number)
        assert asking.getresponse().read() == str(number).encode()
    asking.close()


def test_whoever_asks_before_sending_is_told_to_go_on(port: int) -> None:
    asks = (
        b"POST / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n"
    )
    slow = trickling(port, asks)
    assert slow.recv(1000).startswith(b"HTTP/1.1 100")
    slow.sendall(b"abc")
    assert b"200 OK" in slow.recv(1000)
    slow.close()


def test_it_is_what_serves() -> None:
    words = gunicorn("127.0.0.1", 8000)
    assert words[words.index("--worker-class") + 1] == f"{receiving.Receives.__module__}.{receiving.Receives.__name__}"
