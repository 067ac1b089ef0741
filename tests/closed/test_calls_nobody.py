"""Nothing of ours asks another machine anything while somebody waits for a page: a slow partner slows nobody."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.closed.sources import code, shown

# What asks another machine, by the name under which it is imported.
REACHES_OUT = {
    "urllib.request", "http.client", "socket", "ssl", "smtplib", "ftplib", "imaplib", "poplib", "asyncio", "requests",
    "httpx", "aiohttp", "urllib3", "paramiko", "django.core.mail",
}  # fmt: skip
# Modules that may, each with why nobody waits for it. The sign-in library asks the identity provider by itself, while
# somebody signs in by it.
SENDER = "only the sender, which answers no request, hands a message over"
MAY: dict[str, str] = {
    "righthelp/engine/notices/by_email.py": SENDER,
    "righthelp/engine/notices/by_text.py": SENDER,
    "righthelp/returns/daily/door.py": "only the command that sends the daily return goes through it",
}


def imported(module: ast.Module) -> Iterator[str]:
    for at in ast.walk(module):
        if isinstance(at, ast.Import):
            yield from (name.name for name in at.names)
        elif isinstance(at, ast.ImportFrom) and at.module:
            yield at.module
            yield from (f"{at.module}.{name.name}" for name in at.names)


def reaching(modules: list[tuple[Path, ast.Module]]) -> set[str]:
    return {shown(file) for file, module in modules if REACHES_OUT & set(imported(module))}


def test_nothing_asks_another_machine_in_a_request() -> None:
    assert reaching(list(code())) == set(MAY)
    assert all(reason.strip() for reason in MAY.values())


def test_one_that_does_is_noticed() -> None:
    for words in ("import socket", "from urllib.request import urlopen", "from urllib import request", "import httpx"):
        assert reaching([(Path(__file__), ast.parse(words))]), words
