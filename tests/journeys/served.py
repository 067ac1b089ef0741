"""A county of its own, served as it is to its users: a copied database, filled, behind the real web server."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60  # seconds for the server to answer for the first time


@contextmanager
def served(database: str, folder: Path) -> Iterator[str]:
    """The address of a server of this (migrated, empty) database, once it is filled. Stopped at the end."""
    number = free_port()
    environment = _environment(database, folder)
    for command in (["collectstatic", "--no-input", "-v", "0"],):
        subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, env=environment, check=True)
    subprocess.run([sys.executable, "-m", "tests.journeys.filling"], cwd=ROOT, env=environment, check=True)
    with (folder / "server.txt").open("wb") as log:
        server = subprocess.Popen(
            [
                *(sys.executable, "-m", "gunicorn", "config.wsgi:application", "--bind", f"127.0.0.1:{number}"),
                *("--worker-class", "gthread", "--workers", "1", "--threads", "8", "--log-level", "warning"),
                *("--no-control-socket", "--graceful-timeout", "2"),
            ],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )
        try:
            address = f"http://127.0.0.1:{number}"
            _wait_for(address, server, folder / "server.txt")
            yield address
        finally:
            server.terminate()
            try:
                server.wait(10)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


def _environment(database: str, folder: Path) -> dict[str, str]:
    head, _, _ = os.environ["DATABASE_URL"].rpartition("/")
    kept = {
        name: value
        for name, value in os.environ.items()
        # The server of requests is never given the owner's way in.
        if not name.startswith(("RIGHTHELP_", "PYTEST_", "DATABASE_", "DJANGO_"))
    }
    wishes = {"RIGHTHELP_COUNTY": os.environ["RIGHTHELP_COUNTY"]} if "RIGHTHELP_COUNTY" in os.environ else {}
    return {
        **kept,
        **wishes,
        "DATABASE_URL": f"{head}/{database}",
        "RIGHTHELP_DEMONSTRATION": "1",
        "RIGHTHELP_STATE": str(folder),
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "PYTHONPATH": str(ROOT),
    }


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


def _wait_for(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if server.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"{address}/health/", timeout=5) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise RuntimeError(f"The server did not answer: {log.read_text()[-2000:]}")
