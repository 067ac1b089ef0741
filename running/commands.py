"""The commands of `./run`. `--help` is made from the table below, and needs nothing installed."""

import argparse
import shutil
import sys
import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Literal

from running.children import Stopped, django, run, stop_when_asked
from running.terminal import Refused, say


@dataclass(frozen=True)
class Command:
    """A command's words, one line about it, and what does it: the words after its name to an exit code."""

    usage: str
    line: str
    does: Callable[[list[str]], int]


# Django's commands that change tables, and so are the owner's.
OWNERS = {"migrate", "flush", "sqlflush", "createcachetable", "pgtrigger"}
# Those that leave the database as it is, so that what was prepared in it still holds.
LOOKS_ONLY = {
    "check",
    "help",
    "makemigrations",
    "showmigrations",
    "sqlmigrate",
    "who_signs_in",
    "generate_docs",
    "load_benchmarks",
    "measure",
    "analysis",
}
# What can be loaded, Django's command for it, and what the database must hold before.
LOADS: dict[str, tuple[str, Literal["", "peopled"]]] = {
    "cin": ("load_cin", "peopled"),
    "benchmarks": ("load_benchmarks", ""),
}
# What can be checked, and what checks it: without Django, and without a database.
CHECKS = {"cin": "righthelp.returns.cin.command"}
# What can be exported, and what can be sent, the same.
EXPORTS = {"cin": "export_cin", "ssd": "export_ssd"}
SENDS = {"daily": "send_daily"}


def main(words: list[str]) -> int:
    """Do what the words say; without a command's name, serve."""
    if words[:1] in (["--help"], ["-h"], ["help"]):
        print(help_text())
        return 0
    if not words or words[0].startswith("-"):
        words = ["serve", *words]
    name, *rest = words
    if name not in COMMANDS:
        say(f"There is no command {name}. ./run --help lists them.")
        return 2
    stop_when_asked()
    try:
        return COMMANDS[name].does(rest)
    except Refused as refused:
        say(f"\n{refused}" if name == "serve" else str(refused))
        return 1
    except Stopped:
        say("Stopped.")
        return 0 if name == "serve" else 130


def help_text() -> str:
    """Every command with its line."""
    width = max(shutil.get_terminal_size((100, 24)).columns, 60)
    lines = ["righthelp: one record for everybody who helps a child in an English county.", ""]
    for command in COMMANDS.values():
        lines.append(f"  ./run {command.usage}")
        lines.append(textwrap.fill(command.line, width, initial_indent=" " * 6, subsequent_indent=" " * 6))
    lines.append("  ./test [PATH...]")
    lines.append("      The whole suite; or pytest alone on the paths given.")
    return "\n".join(lines)


def _serve(words: list[str]) -> int:
    from running.serve import serve

    return serve(words)


def _due(words: list[str]) -> int:
    from running.due import main as due

    return due(words)


def _load(words: list[str]) -> int:
    if len(words) < 2 or words[0] not in LOADS:
        say(f"Say what to load and from which files: ./run load {'|'.join(LOADS)} FILE...")
        return 2
    command, stands_on = LOADS[words[0]]
    return _on_the_database([command, *words[1:]], stands_on)


def _check(words: list[str]) -> int:
    if len(words) < 2 or words[0] not in CHECKS:
        say(f"Say what to check, and which files: ./run check {'|'.join(CHECKS)} FILE...")
        return 2
    checked: int = import_module(CHECKS[words[0]]).main(words[1:])
    return checked


def _export(words: list[str]) -> int:
    if len(words) < 2 or words[0] not in EXPORTS:
        say(f"Say what to export and into what: ./run export {'|'.join(EXPORTS)} ... OUT")
        return 2
    return _on_the_database([EXPORTS[words[0]], *words[1:]], "peopled")


def _send(words: list[str]) -> int:
    if not words or words[0] not in SENDS:
        say(f"Say what to send: ./run send {'|'.join(SENDS)}")
        return 2
    return _on_the_database([SENDS[words[0]], *words[1:]], "migrated")


def _backup(words: list[str]) -> int:
    from running.backup import backup

    return backup(words)


def _restore(words: list[str]) -> int:
    from running.backup import restore

    return restore(words)


def _add_worker(words: list[str]) -> int:
    return _on_the_database(["add_worker", *words], "migrated")


def _measure(words: list[str]) -> int:
    from running import database

    # What is in files is counted without a database.
    if any(word.split("=")[0] == "--files" for word in words):
        return run(django("measure", *words), database.environment_without(), decides=True)
    return _on_the_database(["measure", *words], "migrated")


def _analysis(words: list[str]) -> int:
    return _on_the_database(["analysis", *words], "migrated")


def _send_notices(words: list[str]) -> int:
    return _on_the_database(["send_notices", *words], "migrated")


def _docs(words: list[str]) -> int:
    return _on_the_database(["generate_docs", *words], "migrated")


def _benchmark(words: list[str]) -> int:
    from running.benchmark import benchmark

    return benchmark(words)


def _manage(words: list[str]) -> int:
    return _on_the_database(words)


def _on_the_database(words: list[str], stands_on: Literal["", "migrated", "peopled"] = "") -> int:
    from running import database, ready
    from running.prepared import Prepared

    name = words[0] if words else "help"
    with database.up() as addresses:
        if stands_on:
            getattr(ready, stands_on)(addresses)
        elif name not in LOOKS_ONLY:
            Prepared(addresses.owner).forget()
        return run(django(*words), database.environment(addresses, owner=name in OWNERS), decides=True)


def _reset(words: list[str]) -> int:
    from running import database, ready
    from running.children import offspring
    from running.locks import Held

    if database.given():
        raise Refused("DATABASE_URL names a server that righthelp does not keep: empty that one yourself.")
    parser = argparse.ArgumentParser(prog="./run reset", description="Remove the county, and make it anew.")
    parser.add_argument("--yes", action="store_true", help="do not ask")
    parser.add_argument("--scale", type=float, help="make it so many times as large (1)")
    wish = parser.parse_args(words)
    if not wish.yes:
        print(
            "Everything in the demonstration county of this folder will be removed. Type yes: ",
            end="",
            flush=True,
        )
        if sys.stdin.readline().strip().lower() != "yes":
            raise Refused("Nothing was changed.")
    try:
        with offspring("serving", words="(./run reset)"):
            database.remove()
            with database.up() as addresses:
                ready.ready(addresses, wish.scale)
    except Held as other:
        raise Refused(f"righthelp is being served from this folder, {other}. Stop that one first.") from None
    return 0


def _stop(words: list[str]) -> int:
    from running import database
    from running.children import offspring
    from running.locks import Held

    try:
        with offspring("serving", words="(./run stop)"):
            print("The database was stopped." if database.stop() else "No database was running.")
    except Held as other:
        raise Refused(f"righthelp is being served from this folder, {other}: stop it there with Ctrl-C.") from None
    return 0


COMMANDS = {
    "serve": Command(
        "[serve] [--port 8000] [--host 127.0.0.1] [--scale 1]",
        "Make ready whatever is missing, and serve the county until Ctrl-C.",
        _serve,
    ),
    "due": Command(
        "due LENGTH UNIT --from WHEN [--calendar NAME]",
        "The day or moment on which something is due. ./run due --help lists units and calendars.",
        _due,
    ),
    "load": Command(
        "load cin FILE... | load benchmarks FILE",
        "Load CIN Census files as opening data: each whole or not at all, none twice. Or put a newer file of other"
        " councils' figures into the county's pack.",
        _load,
    ),
    "check": Command(
        "check cin FILE... [--year Y] [--json OUT]",
        "Ask a CIN Census file the Department's rules, without a database. docs/guides/check-a-return.md tells more.",
        _check,
    ),
    "export": Command(
        "export cin --year Y OUT | export ssd OUT_DIR",
        "Write the county's own record as a CIN Census, and say what the Department's rules find; or as the Standard"
        " Safeguarding Dataset into a new folder. Whole or not at all.",
        _export,
    ),
    "send": Command(
        "send daily [--dry-run OUT] [--again]",
        "Send the Department what changed of children in social care. Without settings it sends nothing, and says so.",
        _send,
    ),
    "backup": Command("backup FILE", "Write everything the database holds into one file.", _backup),
    "restore": Command(
        "restore FILE", "Fill an empty database from a backup, of this righthelp or an older one.", _restore
    ),
    "add-worker": Command("add-worker ...", "Let a worker sign in: ./run add-worker --help.", _add_worker),
    "send-notices": Command(
        "send-notices [--once] [--every 10]",
        "Tell people by e-mail and text that something waits for them. ./run serve does it, too.",
        _send_notices,
    ),
    "measure": Command(
        "measure [NAME] [--from DAY] [--to DAY] [--by SPLIT] [--files DIR]",
        "A measure's figures, by period and as it may be split: of the county, or of files. Without a name: every one.",
        _measure,
    ),
    "analysis": Command(
        "analysis export DIR",
        "Write the analysts' views as files, without names, addresses or free text.",
        _analysis,
    ),
    "docs": Command("docs", "Write docs/generated anew from what the code declares.", _docs),
    "benchmark": Command(
        "benchmark NAME ...", "Measure one thing, in a database kept for it: docs/benchmarks.md says which.", _benchmark
    ),
    "manage": Command("manage ...", "One of Django's own commands, with the database up.", _manage),
    "reset": Command("reset [--yes] [--scale 1]", "Remove the demonstration county, and make it anew.", _reset),
    "stop": Command("stop", "Stop a database, or a server, that a killed start left running.", _stop),
}
