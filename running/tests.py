"""`./test`: the whole suite with everything it needs, and a table of what passed."""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from running import assets, browser, database
from running.children import Stopped, run, stop_when_asked
from running.database import Addresses
from running.locks import Held, held
from running.places import ROOT, made, state_folder
from running.scans import NOT_RUN
from running.terminal import Refused, say

# Each run at the same time as another has a server of its own, kept for the next.
PLACES_AT_ONCE = 8


@dataclass(frozen=True)
class Check:
    """A part of the suite: its name, its words, and what of the environment is different for it."""

    name: str
    command: tuple[str, ...]
    settings: tuple[tuple[str, str], ...] = ()


def _module(*words: str) -> tuple[str, ...]:
    return (sys.executable, "-m", *words)


# By file, so that what a file makes once is made once. Not `loadgroup`: under pytest 9.2 xdist 3.8 forgets its groups.
PYTEST = _module("pytest", "-n", "2", "--dist", "loadfile")
SUITE = (
    Check("lint", _module("ruff", "check", ".")),
    Check("format", _module("ruff", "format", "--check", ".")),
    Check("types", _module("mypy")),
    Check(
        "imports between rooms",
        (sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()", "--no-logo"),
    ),
    Check("secrets", _module("running.scans", "secrets")),
    Check("known faults of dependencies", _module("running.scans", "dependencies")),
    Check("tests", PYTEST),
    Check("tests under the invented county", (*PYTEST, "-m", "county"), (("RIGHTHELP_COUNTY", "elsewhere"),)),
)


def main(words: list[str]) -> int:
    """Run all of it, or pytest alone with the words given; the exit code is 0 only if everything passed."""
    stop_when_asked()
    begun = time.monotonic()
    suite = (Check("tests", _module("pytest", *words)),) if words else SUITE
    try:
        with place() as here:
            settings = surroundings(here)
            results = [(check.name, *_checked(check, settings | dict(check.settings))) for check in suite]
    except Refused as refused:
        say(str(refused))
        return 1
    except Stopped:
        say("Stopped.")
        return 130
    if not words:
        print(table(results, time.monotonic() - begun), flush=True)
    return 0 if all(code in {0, NOT_RUN} for _, code, _ in results) else 1


def table(results: list[tuple[str, int, float]], whole: float) -> str:
    """What passed and what failed, with the seconds each took."""
    lines = ["", "=" * 50]
    lines += [f"{name:<34}{_verdict(code):<8}{took:>6.1f} s" for name, code, took in results]
    worst = max((code for _, code, _ in results if code != NOT_RUN), default=0)
    lines.append(f"{'all of it':<34}{_verdict(worst):<8}{whole:>6.1f} s")
    return "\n".join(lines)


def _verdict(code: int) -> str:
    return {0: "passed", NOT_RUN: "not run"}.get(code, "failed")


@dataclass(frozen=True)
class Place:
    """A throw-away server that is running, and the folder of the run that has it."""

    folder: Path
    addresses: Addresses


@contextmanager
def place() -> Iterator[Place]:
    """A place that no other run has."""
    for number in range(1, PLACES_AT_ONCE + 1):
        folder = made(state_folder() / f"tests-{number}")
        with ExitStack() as stack:
            try:
                stack.enter_context(held(folder / "taken"))
            except Held:
                continue
            cluster = database.for_tests(folder)
            unclean = folder / "unclean"
            # Without fsync a machine that stopped in the middle may have left anything on its disk.
            if unclean.exists() and cluster.process() is None:
                cluster.remove()
            unclean.touch()
            try:
                with database.used(cluster) as addresses:
                    yield Place(folder, addresses)
            finally:
                if cluster.process() is None:
                    unclean.unlink()
            return
    raise Refused(f"{PLACES_AT_ONCE} runs of the tests are going on in this folder already.")


def surroundings(here: Place) -> dict[str, str]:
    """The environment of the suite: assets in place, three database addresses, a browser or none."""
    assets.ensure()
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("RIGHTHELP_", "PYTEST_"))}
    wishes = {name: os.environ[name] for name in ("RIGHTHELP_COUNTY", "RIGHTHELP_UV") if name in os.environ}
    return (
        kept
        | wishes
        | browser.environment()
        | {
            "DATABASE_URL": here.addresses.request,
            "DATABASE_OWNER_URL": here.addresses.owner,
            "DATABASE_ADMIN_URL": here.addresses.admin,
            "RIGHTHELP_STATE": str(here.folder),
            "RIGHTHELP_SECRET_KEY": "only for tests; no real person is in their database",
            "RIGHTHELP_DEMONSTRATION": "1",  # what it is like elsewhere is set by the tests that ask for it
            "PYTHONPATH": str(ROOT),
        }
    )


def _checked(check: Check, settings: dict[str, str]) -> tuple[int, float]:
    print(f"\n=== {check.name} " + "=" * (70 - len(check.name)), flush=True)
    begun = time.monotonic()
    code = run(list(check.command), settings, folder=ROOT)
    took = time.monotonic() - begun
    print(f"--- {check.name}: {took:.1f} s", flush=True)
    return code, took


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
