"""The server and the database are killed while worries are being sent: every receipt is a worry kept, none twice.

A database server of its own, a web server over it, and senders who press again when they get no answer. Ten times one
of the two is killed as by a power cut to the process, and started again.
"""

from __future__ import annotations

import http.client
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

import dj_database_url
import pytest
from django.db import connection

from righthelp.demo.staff import make_staff
from righthelp.engine.drafts import begin
from righthelp.engine.journal import Journal
from righthelp.engine.process import process
from righthelp.guard.viewers import DEMONSTRATION, STEP, looking, worker_looking
from righthelp.record.models import Draft
from running import database
from running.cluster import Cluster
from running.database import Addresses
from tests.databases import connected
from tests.journeys.served import free_port

ROOT = Path(__file__).resolve().parents[2]
WORRIES, SENDERS, KILLS = 1000, 4, 10
PATIENCE = 240  # seconds for all of it
TYPED = {
    "child_family": ["Marsh"], "worry": ["She is alone in the evenings."], "significant_harm_likely": ["no"],
    "child_says_basis": ["NOT_ASKED"], "consent": ["GIVEN"], "consent_from": ["Her mother"], "family_knows": ["yes"],
    "sender_telephone": ["1"],
}  # fmt: skip


class Sender:
    """Somebody at a school, who presses "send" until it has arrived, or there is nothing left to send."""

    def __init__(self, port: int, worker: UUID) -> None:
        self.port, self.worker = port, worker
        self.cookies: dict[str, str] = {}
        self.token = ""
        self.receipts: list[str] = []
        self.pressed_again = 0

    def asks(self, path: str, body: dict[str, str] | None = None) -> tuple[int, str, str]:
        """The answer's status, where it leads and its page. Raises `OSError` or `HTTPException` where there is none."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            sent = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
            if body is not None:
                sent |= {"Content-Type": "application/x-www-form-urlencoded"}
            connection.request(
                "GET" if body is None else "POST",
                path,
                body and urllib.parse.urlencode(body),
                {**sent, "Host": "localhost"},
            )
            answer = connection.getresponse()
            page = answer.read().decode()
            for line in answer.headers.get_all("Set-Cookie", []):
                name, _, value = line.partition(";")[0].partition("=")
                self.cookies[name] = value
            return answer.status, answer.headers.get("Location", ""), page
        finally:
            connection.close()

    def signs_in(self) -> None:
        _, _, page = self.asks("/demonstration/sign-in/")
        self.token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]  # type: ignore[index]
        status, _, _ = self.asks(
            "/demonstration/sign-in/", {"csrfmiddlewaretoken": self.token, "worker_id": str(self.worker)}
        )
        assert status == 302
        _, _, page = self.asks("/")
        self.token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]  # type: ignore[index]

    def sends(self, draft: UUID, until: float) -> None:
        while time.monotonic() < until:
            try:
                status, leads_to, _ = self.asks(f"/drafts/{draft}/check/", {"csrfmiddlewaretoken": self.token})
            except (OSError, http.client.HTTPException):
                status, leads_to = 0, ""
            if status == 302 and leads_to.startswith("/contact/"):
                self.receipts.append(leads_to.split("/")[2])
                return
            if status == 404:  # an earlier press of theirs had arrived, and its answer had not
                return
            self.pressed_again += 1
            time.sleep(0.1)
        raise AssertionError("Nobody answered any more.")


@contextmanager
def database_of_its_own() -> Iterator[tuple[Cluster, Addresses]]:
    """A server that keeps what it is told to keep. Our own, so that it may be killed."""
    folder = Path(tempfile.mkdtemp(prefix="righthelp-test-"))
    folder.chmod(0o711)  # the server's user must reach it, whoever we are
    cluster = Cluster(folder, copies=folder, password="only for this test")
    try:
        with database.used(cluster) as addresses:
            yield cluster, addresses
    finally:
        shutil.rmtree(folder)


class Server:
    """The web server, as it is served, that can be killed and started again."""

    def __init__(self, port: int, environment: dict[str, str], log: Path) -> None:
        self.port, self.environment, self.log = port, environment, log
        self.running: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        words = ("-m", "gunicorn", "config.wsgi:application", "--bind", f"127.0.0.1:{self.port}")
        shape = ("--worker-class", "gthread", "--workers", "1", "--threads", "4", "--no-control-socket")
        with self.log.open("ab") as log:
            self.running = subprocess.Popen(
                [sys.executable, *words, *shape, "--log-level", "critical"],
                cwd=ROOT,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def kill(self) -> None:
        assert self.running is not None
        with suppress(ProcessLookupError):
            os.killpg(self.running.pid, signal.SIGKILL)
        self.running.wait()


def wait_for(sender: Sender, until: float) -> None:
    while time.monotonic() < until:
        with suppress(OSError, http.client.HTTPException):
            if sender.asks("/health/")[0] == 200:
                return
        time.sleep(0.1)
    raise AssertionError("The server did not answer.")


def kill_database(cluster: Cluster) -> None:
    """The server and all its children at once, as when the machine's memory runs out. None tidies up."""
    number = cluster.process()
    assert number is not None
    children = Path(f"/proc/{number}/task/{number}/children")
    for each in [number, *(int(child) for child in children.read_text().split())]:
        with suppress(ProcessLookupError):
            os.kill(each, signal.SIGKILL)


@pytest.fixture
def drafts_to_send(django_db_setup: None, django_db_blocker: Any) -> Iterator[Any]:
    """A database of its own with a school, and its thousand worries typed and not yet sent."""
    with database_of_its_own() as (cluster, addresses), django_db_blocker.unblock():
        environment = {**os.environ, "DATABASE_URL": addresses.request, "DATABASE_OWNER_URL": addresses.owner}
        manage = [sys.executable, "manage.py"]
        for words in (["createcachetable"], ["migrate", "-v", "0"]):
            subprocess.run([*manage, *words], cwd=ROOT, env=environment | {"RIGHTHELP_AS": "owner"}, check=True)
        request = dj_database_url.parse(addresses.request)
        settings = {key: request[key] for key in ("USER", "PASSWORD", "HOST", "PORT", "NAME")}  # type: ignore[literal-required]
        with connected(**settings):
            with looking(DEMONSTRATION):
                journal = Journal()
                staff = make_staff(journal, schools=2, practices=1)
                journal.write(DEMONSTRATION)
                ruth = worker_looking(staff.workers["Ruth Adeyemi"].pk)
            assert ruth is not None
            page = process("contact")
            with looking(ruth):
                typed = [
                    begin(ruth, page, page.steps["send"], **TYPED, child_given=[f"Child{number}"]).pk
                    for number in range(WORRIES)
                ]
            yield cluster, addresses, environment, ruth.worker, typed


def arrived(senders: list[Sender]) -> int:
    return sum(len(sender.receipts) for sender in senders)


def test_every_receipt_is_a_worry_kept_and_none_is_kept_twice(drafts_to_send: Any, tmp_path: Path) -> None:
    cluster, addresses, environment, worker, typed = drafts_to_send
    environment = {name: value for name, value in environment.items() if not name.startswith("DATABASE_")} | {
        "DATABASE_URL": addresses.request,
        "RIGHTHELP_STATE": str(tmp_path),
        "RIGHTHELP_DEMONSTRATION": "1",
        "RIGHTHELP_HOSTS": "localhost",
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "PYTHONPATH": str(ROOT),
    }
    subprocess.run(
        [sys.executable, "manage.py", "collectstatic", "--no-input", "-v", "0"], cwd=ROOT, env=environment, check=True
    )
    until = time.monotonic() + PATIENCE
    server = Server(free_port(), environment, tmp_path / "server.txt")
    server.start()
    senders = [Sender(server.port, worker) for _ in range(SENDERS)]
    try:
        wait_for(senders[0], until)
        for sender in senders:
            sender.signs_in()
        failed: list[BaseException] = []

        def work(sender: Sender, theirs: list[UUID]) -> None:
            try:
                for draft in theirs:
                    sender.sends(draft, until)
            except BaseException as error:
                failed.append(error)

        threads = [
            threading.Thread(target=work, args=(sender, typed[number::SENDERS]))
            for number, sender in enumerate(senders)
        ]
        for thread in threads:
            thread.start()
        random = Random("when the power goes")
        for number in range(KILLS):
            goal = WORRIES * (number + random.random()) / (KILLS + 1)
            while sum(len(sender.receipts) for sender in senders) < goal and any(
                map(threading.Thread.is_alive, threads)
            ):
                time.sleep(0.02)
            if number % 2:
                server.kill()
                server.start()
            else:
                kill_database(cluster)
                cluster.start()
        for thread in threads:
            thread.join()
    finally:
        server.kill()
    assert not failed, failed
    receipts = [receipt for sender in senders for receipt in sender.receipts]
    connection.close()
    with looking(STEP):
        kept = list(process("contact").objects.values_list("pk", "child_given"))
        assert not Draft.objects.exists()
    assert len(set(receipts)) == len(receipts)
    assert {UUID(receipt) for receipt in receipts} <= {pk for pk, _ in kept}, "a receipt was given for nothing"
    assert sorted(given for _, given in kept) == sorted(f"Child{number}" for number in range(WORRIES))
    assert sum(sender.pressed_again for sender in senders) >= KILLS / 2, "nobody noticed that anything was killed"
