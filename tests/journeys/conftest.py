"""A server and a browser for the journeys. Without a browser they are skipped, and say so."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from conftest import copy_of, drop, template
from running import assets

from .keyboard import Typist
from .served import served
from .visitor import Visitor

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking",
    "--disable-component-update", "--disable-default-apps", "--disable-extensions", "--disable-sync",
    "--disable-domain-reliability", "--metrics-recording-only", "--no-first-run",
]  # fmt: skip
PATIENCE = 15_000  # milliseconds: both cores may be busy with other tests
Comes = Callable[..., Visitor]


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of the browser."""
    path = os.environ.get("RIGHTHELP_CHROMIUM") or shutil.which("chromium") or ""
    if os.environ.get("RIGHTHELP_NO_BROWSER") == "1" or not Path(path).is_file():
        pytest.skip("no browser")
    return path


@pytest.fixture(scope="session")
def served_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the server of the journeys, with its log."""
    return tmp_path_factory.mktemp("served")


@pytest.fixture(scope="session")
def county(chromium: str, served_in: Path, worker_id: str) -> Iterator[str]:
    """The address at which the county of the journeys is served."""
    assets.ensure()
    database = copy_of(template(), f"rh_journeys_{worker_id}_{os.getpid()}")
    try:
        with served(database, served_in) as address:
            yield address
    finally:
        drop(database)


@pytest.fixture(scope="module")
def open_browser(chromium: str) -> Iterator[Browser]:
    """One browser for a file of journeys. It must not outlive the file: while it runs, Django takes the whole
    process for an asynchronous one, and other tests could not ask the database."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield started
        started.close()


@pytest.fixture
def comes(
    open_browser: Browser, county: str, served_in: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[Comes]:
    """Somebody comes to the service: `comes("Ruth Adeyemi")` is signed in; `comes()` is nobody in particular."""
    here: list[Visitor] = []

    def come(name: str = "", *, width: int = 1280, scripts: bool = True, mouse: bool = True) -> Visitor:
        context = open_browser.new_context(
            viewport={"width": width, "height": 800},
            java_script_enabled=scripts,
            locale="en-GB",
            timezone_id="Europe/London",
            reduced_motion="reduce",
        )
        context.set_default_timeout(PATIENCE)
        expect.set_options(timeout=PATIENCE)
        visitor = (Visitor if mouse else Typist)(context, county, name, scripts=scripts)
        here.append(visitor)
        return visitor.signs_in() if name else visitor

    yield come
    if getattr(request.node, "failed", False):
        for visitor in here:
            picture = tmp_path / f"{visitor.name or 'somebody'}.png"
            visitor.page.screenshot(path=picture, full_page=True)
            print(f"What {visitor.name or 'somebody'} had before them at {visitor.path}: {picture}")  # noqa: T201
        print(f"The end of the server's log:\n{(served_in / 'server.txt').read_text()[-6000:]}")  # noqa: T201
    for visitor in here:
        visitor.context.close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[Any]) -> Iterator[None]:
    """Tell a fixture that its test failed."""
    report: Any = yield
    if report.when == "call" and report.failed:
        item.failed = True  # type: ignore[attr-defined]
    return report
