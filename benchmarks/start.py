"""How long `./run` takes from nothing, and the second time: `python3 benchmarks/start.py [--port 8765]`.

A clean clone of what is committed, with an empty home, so that no cache helps but the network's own. Prints the
seconds from the command to the first page that answers, and the machine's size. Wants a quiet machine.
"""

import argparse
import os
import platform
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OURS = ("DATABASE_", "RIGHTHELP_", "VIRTUAL_ENV", "UV_CACHE", "PYTHONPATH", "DJANGO_", "XDG_")
BUDGETS = {"first start": 120.0, "second start": 5.0}


def main() -> int:
    """Both starts, timed; 1 when one of them is over its budget."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=8765)
    port = parser.parse_args().port
    folder = Path(tempfile.mkdtemp(prefix="righthelp-start-"))
    clone, home = folder / "righthelp", folder / "home"
    home.mkdir()
    try:
        subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True)
        environment = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
        environment["HOME"] = str(home)
        print(f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}", flush=True)
        took = {name: start(clone, environment, port) for name in BUDGETS}
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    for name, seconds in took.items():
        print(f"{name}: {seconds:.1f} s (budget {BUDGETS[name]:.0f} s)")
    return int(any(seconds > BUDGETS[name] for name, seconds in took.items()))


def start(clone: Path, environment: dict[str, str], port: int) -> float:
    """Seconds from `./run` to the first page; then it is stopped as Ctrl-C would."""
    began = time.monotonic()
    server = subprocess.Popen(
        ["./run", "--port", str(port)], cwd=clone, env=environment, stdout=sys.stderr, start_new_session=True
    )
    try:
        while not answers(port):
            if server.poll() is not None:
                raise SystemExit(f"./run ended with code {server.returncode}.")
            time.sleep(0.05)
        return time.monotonic() - began
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(60)


def answers(port: int) -> bool:
    """Whether the start page is there, style sheet and all."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=30) as page:
            return page.status == 200 and b"</html>" in page.read()
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False


if __name__ == "__main__":
    sys.exit(main())
