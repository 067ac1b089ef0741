"""The Chromium that the journeys are tested in."""

import os
import shutil
import subprocess

from running.terminal import say, step

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find() -> str:
    """Its path, after installing it where that is possible; empty where there is none."""
    path = _on_path()
    if path or os.getuid() != 0 or not shutil.which("apt-get"):
        return path
    with step("Installing Chromium"):
        for words in (["update"], ["install", "--yes", "--no-install-recommends", "chromium"]):
            done = subprocess.run(
                ["apt-get", "-qq", *words],
                env=os.environ | {"DEBIAN_FRONTEND": "noninteractive"},
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                check=False,
            )
    path = _on_path()
    if not path:
        say(f"Chromium could not be installed. {done.stderr.strip()}")
    return path


def environment() -> dict[str, str]:
    """What tells the tests of it: its path, or that there is none and why those tests are skipped."""
    path = find()
    return {"RIGHTHELP_CHROMIUM": path} if path else {"RIGHTHELP_NO_BROWSER": "1"}


def _on_path() -> str:
    given = os.environ.get("RIGHTHELP_CHROMIUM", "")
    return given or next((path for name in NAMES if (path := shutil.which(name))), "")
