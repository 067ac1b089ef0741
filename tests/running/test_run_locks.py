"""Locks, and children that outlive the one who started them."""

import os
import signal
import subprocess
import sys
import textwrap
import time

import pytest

from running import children
from running.children import Offspring, offspring
from running.locks import Held, Lock, held
from running.places import ROOT, made, secret
from running.terminal import Refused


def test_a_second_taker_is_told_what_the_first_wrote(tmp_path):
    with held(tmp_path / "lock") as first:
        first.write("process 7")
        with pytest.raises(Held, match="process 7"), held(tmp_path / "lock"):
            pass
    with held(tmp_path / "lock"):
        pass


def test_several_may_share_and_then_none_may_have_it_alone(tmp_path):
    one, two = Lock(tmp_path / "lock"), Lock(tmp_path / "lock")
    one.take(shared=True)
    two.take(shared=True)
    with pytest.raises(Held):
        one.take()
    two.close()
    one.take()
    one.close()
    one.close()


def test_children_of_a_killed_start_are_ended_by_the_next(tmp_path, monkeypatch):
    monkeypatch.setattr(children, "state_folder", lambda: tmp_path)
    script = f"""
        import os, signal, sys
        from pathlib import Path
        from running.children import Offspring
        ours = Offspring(Path({str(tmp_path / "serving.children")!r}))
        ours.end_orphans()
        ours.start([sys.executable, "-c", "import time; time.sleep(60)"], os.environ)
        os.kill(os.getpid(), signal.SIGKILL)
    """
    start = [sys.executable, "-c", textwrap.dedent(script)]
    killed = subprocess.run(start, env=os.environ | {"PYTHONPATH": str(ROOT)}, check=False)
    assert killed.returncode == -signal.SIGKILL
    orphan = int((tmp_path / "serving.children").read_text())
    os.kill(orphan, 0)
    with offspring("serving") as ours:
        # The lock is free again, so the child has closed its files: what is left of it goes at any moment.
        assert not ours.started
    patience = time.monotonic() + 5
    while _runs(orphan) and time.monotonic() < patience:
        time.sleep(0.01)
    assert not _runs(orphan)


def _runs(number: int) -> bool:
    state = subprocess.run(["ps", "-o", "stat=", "-p", str(number)], capture_output=True, text=True, check=False)
    return bool(state.stdout.strip()) and not state.stdout.startswith("Z")


def test_our_own_children_end_with_us(tmp_path):
    ours = Offspring(tmp_path / "children")
    ours.end_orphans()
    child = ours.start([sys.executable, "-c", "import time; time.sleep(60)"], os.environ)
    ours.end()
    assert child.returncode == -signal.SIGTERM


def test_a_secret_is_made_once_and_only_its_owner_reads_it(tmp_path):
    first = secret("key", tmp_path)
    assert len(first) > 50
    assert secret("key", tmp_path) == first
    assert (tmp_path / "key").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["key"]


def test_a_folder_that_cannot_be_written_in_says_whose_it_is(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    with pytest.raises(Refused, match="it is read-only"):
        made(tmp_path)
    monkeypatch.setattr(os, "getuid", lambda: tmp_path.stat().st_uid + 1)
    with pytest.raises(Refused, match="it was made by another user"):
        made(tmp_path)
