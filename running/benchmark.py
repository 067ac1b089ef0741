"""`./run benchmark NAME`: something measured, in a database of its own that is kept for the next time."""

import os
import sys

from running import database
from running.children import run
from running.cluster import Cluster
from running.places import ROOT, made, secret, state_folder
from running.terminal import Refused, say

FOLDER = ROOT / "benchmarks"
WITHOUT_DATABASE = {"checking"}


def names() -> list[str]:
    """What can be measured: every file of benchmarks/ that says how it is run."""
    return sorted(path.stem for path in FOLDER.glob("*.py") if "./run benchmark" in path.read_text("utf-8")[:400])


def benchmark(words: list[str]) -> int:
    """Measure one thing, with the words after its name; 1 when a figure is over its budget."""
    if not words or words[0] not in names():
        say(f"Say what to measure: ./run benchmark {'|'.join(names())}")
        return 2
    name, *rest = words
    command = [sys.executable, "-m", f"benchmarks.{name}", *rest]
    if name in WITHOUT_DATABASE:
        return run(command, os.environ, folder=ROOT, decides=True)
    if database.given():
        raise Refused("A benchmark makes databases of its own: unset DATABASE_URL and DATABASE_OWNER_URL.")
    place = made(state_folder() / "benchmarks")
    # As it is served, with every commit on the disk: a figure without that would flatter.
    cluster = Cluster(place, copies=state_folder(), password=secret("password-of-admin", place))
    with database.used(cluster) as addresses:
        settings = database.environment(addresses) | {
            "DATABASE_ADMIN_URL": addresses.admin,
            "RIGHTHELP_STATE": str(place),
            "RIGHTHELP_DEMONSTRATION": "1",
        }
        return run(command, settings, folder=ROOT, decides=True)
