"""A server whose starter was killed, and the next start."""

import os
import subprocess
import sys
import textwrap
import time

import pytest

from running import children
from running.children import offspring
from running.places import ROOT
from running.serve import serve


def test_a_server_whose_starter_was_killed_is_ended_by_the_next_start(tmp_path, monkeypatch):
    monkeypatch.setattr(children, "state_folder", lambda: tmp_path)
    monkeypatch.setattr(children, "GRACE", 5)
    script = f"""
        import os, sys
        from contextlib import nullcontext
        from pathlib import Path
        from running import children, serve

        folder = Path({str(tmp_path)!r})
        children.state_folder = lambda: folder
        serve.database.up = nullcontext
        serve.ready = lambda addresses: None
        serve.demonstrates = lambda addresses: True
        serve._web_settings = lambda host, addresses: dict(os.environ)
        serve._gunicorn = lambda host, number: [sys.executable, "-c", "import time; time.sleep(60)"]
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


@pytest.mark.parametrize("word", ["0", "65536", "-1", "80.5", "web", "²", ""])
def test_what_is_no_port_is_said_in_words(word, capsys):
    with pytest.raises(SystemExit) as ended:
        serve([f"--port={word}"])
    assert ended.value.code == 2
    assert f"a port is a number from 1 to 65535, not {word}" in capsys.readouterr().err
