"""A server whose starter was killed, and the next start."""

import os
import subprocess
import sys
import textwrap
import time

import pytest

from running import children
from running.children import Stopped, offspring
from running.database import Addresses
from running.places import ROOT
from running.serve import A_WHILE, Sender, _serve, serve
from running.terminal import Refused


def test_a_server_whose_starter_was_killed_is_ended_by_the_next_start(tmp_path, monkeypatch):
    monkeypatch.setattr(children, "state_folder", lambda: tmp_path)
    monkeypatch.setattr(children, "GRACE", 5)
    script = f"""
        import os, sys
        from contextlib import nullcontext
        from pathlib import Path
        from running import children, database, serve

        folder = Path({str(tmp_path)!r})
        children.state_folder = lambda: folder
        serve.database.up = lambda: nullcontext(database.Addresses("", ""))
        serve.ready = lambda *given: None
        serve.demonstrates = lambda addresses: True
        serve._web_settings = lambda host, number, addresses: dict(os.environ)
        serve.gunicorn = lambda host, number: [sys.executable, "-c", "import time; time.sleep(60)"]
        serve.port.check_free = lambda host, number: None
        serve.port.answers = lambda host, number: True
        # Django's commands end at once, and leave a file of their name.
        left = "import sys; open(sys.argv[1], 'w').close()"
        serve.django = lambda *words: [sys.executable, "-c", left, str(folder / words[0])]
        serve.serve([])
    """
    start = [sys.executable, "-c", textwrap.dedent(script)]
    killed = subprocess.Popen(start, env=os.environ | {"PYTHONPATH": str(ROOT)}, stdout=subprocess.DEVNULL)
    patience = time.monotonic() + 20
    while not (tmp_path / "prepare_demonstration").exists() and time.monotonic() < patience:
        time.sleep(0.02)
    killed.kill()
    killed.wait()
    assert (tmp_path / "prepare_demonstration").exists()
    with offspring("serving") as ours:
        assert not ours.started


class Ends:
    """A server that ends by itself as often as it is started, until somebody stops us."""

    def __init__(self, times: int) -> None:
        self.started, self.left = 0, times

    def start(self, *words, **more):
        self.started += 1
        return self

    def poll(self):
        return None

    def communicate(self):
        return b"", b""

    def wait(self, seconds):
        if self.left == 0:
            raise Stopped
        self.left -= 1
        return 9


@pytest.fixture
def served(monkeypatch):
    """Serve with this server, whose database is ours and is killed as often."""

    def serve_it(server, database_ends=0):
        ends = iter([True] * database_ends)
        monkeypatch.setattr("running.serve.demonstrates", lambda addresses: False)
        monkeypatch.setattr("running.serve._web_settings", lambda host, number, addresses: {})
        monkeypatch.setattr("running.serve.port.answers", lambda host, number: True)
        monkeypatch.setattr("running.serve.database.revived", lambda: next(ends, False))
        _serve("127.0.0.1", 8000, Addresses("request", "owner", "admin"), server, server, Ends(0))

    return serve_it


def test_a_server_or_database_that_is_killed_is_started_again(served, capsys):
    server = Ends(3)
    with pytest.raises(Stopped):
        served(server, database_ends=1)
    assert server.started == 4
    said = capsys.readouterr().err
    assert "The web server ended by itself, with code 9. It is started again." in said
    assert "The database ended by itself. It was started again." in said


class Sent(Ends):
    """A sender of notices that has ended by itself with this code, or runs."""

    returncode = 1

    def __init__(self, *, ended):
        super().__init__(0)
        self.ended = ended

    def poll(self):
        return self.returncode if self.ended else None


def test_a_sender_of_notices_that_ended_is_started_again_after_a_while(monkeypatch, capsys):
    moment = [0.0]
    monkeypatch.setattr("running.serve.time.monotonic", lambda: moment[0])
    ended, runs = Sent(ended=True), Sent(ended=False)
    for sender in (ended, runs):
        watched = Sender(sender, {})
        for moment[0] in (1.0, A_WHILE - 1, A_WHILE + 1, A_WHILE + 2):
            watched.watch()
        moment[0] = 0.0
    assert ended.started == 2  # not again and again
    assert runs.started == 1
    assert "The sender of notices ended by itself, with code 1. It is started again." in capsys.readouterr().err


def test_a_server_that_ends_as_soon_as_it_is_started_is_given_up(served):
    with pytest.raises(Refused, match="ended by itself again"):
        served(Ends(100))


@pytest.mark.parametrize("word", ["0", "65536", "-1", "80.5", "web", "²", ""])
def test_what_is_no_port_is_said_in_words(word, capsys):
    with pytest.raises(SystemExit) as ended:
        serve([f"--port={word}"])
    assert ended.value.code == 2
    assert f"a port is a number from 1 to 65535, not {word}" in capsys.readouterr().err
