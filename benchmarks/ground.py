"""What every benchmark of the record stands on: a migrated database, and figures printed in one way."""

import os
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import psycopg

ROOT = Path(__file__).resolve().parent.parent


def database(name: str, *, anew: bool = False) -> bool:
    """Work on the benchmark's own database from here on, migrated; true when it was made just now, and is empty."""
    admin, owner, request = (os.environ[f"DATABASE_{role}URL"] for role in ("ADMIN_", "OWNER_", ""))
    with psycopg.connect(admin, autocommit=True) as connection:
        if anew:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        there = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
        if not there:
            connection.execute(f'CREATE DATABASE "{name}" OWNER righthelp_owner')
    os.environ["DATABASE_OWNER_URL"], os.environ["DATABASE_URL"] = (
        f"{address.rpartition('/')[0]}/{name}" for address in (owner, request)
    )
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    manage = [sys.executable, str(ROOT / "manage.py"), "migrate", "-v", "0"]
    subprocess.run(manage, env=os.environ | {"RIGHTHELP_AS": "owner"}, check=True, cwd=ROOT)
    import django

    django.setup()
    return not there


def staffed() -> Any:
    """The agencies, teams and workers of a small invented county, in an empty database."""
    from righthelp.demo.staff import make_staff
    from righthelp.engine.journal import Journal
    from righthelp.guard.viewers import DEMONSTRATION, looking

    with looking(DEMONSTRATION):
        journal = Journal()
        staff = make_staff(journal, schools=2, practices=1)
        journal.write(DEMONSTRATION)
    return staff


def signed_in(name: str) -> Any:
    """A browser of the worker with this name: it asks through everything that a server does but the network."""
    from django.core.management import call_command
    from django.test import Client

    from righthelp.guard.models import Worker
    from righthelp.guard.viewers import DEMONSTRATION, looking
    from running import assets

    assets.ensure()
    call_command("collectstatic", interactive=False, verbosity=0)
    with looking(DEMONSTRATION):
        account = Worker.objects.select_related("account").get(name=name).account
    browser = Client(headers={"host": "localhost"})
    browser.force_login(account)
    return browser


def asked(browser: Any, path: str) -> None:
    """One page, read to its end."""
    answer = browser.get(path)
    if answer.status_code != 200 or b"</html>" not in answer.content:
        raise SystemExit(f"{path} answered {answer.status_code}.")


def counted(name: str) -> None:
    """Have the planner count the tables that were just filled, as a server does of itself within a minute or two."""
    address = f"{os.environ['DATABASE_ADMIN_URL'].rpartition('/')[0]}/{name}"
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")


@dataclass(frozen=True)
class Figure:
    """Something that was measured, and what it may be. `at_least` turns the comparison round."""

    what: str
    measured: float
    budget: float
    unit: str
    at_least: bool = False

    @property
    def kept(self) -> bool:
        return self.measured >= self.budget if self.at_least else self.measured <= self.budget

    def __str__(self) -> str:
        limit = "at least" if self.at_least else "at most"
        verdict = "" if self.kept else "  OVER BUDGET" if not self.at_least else "  UNDER BUDGET"
        return f"{self.what}: {_short(self.measured)} {self.unit} (budget: {limit} {_short(self.budget)}){verdict}"


def _short(number: float) -> str:
    return f"{number:,.0f}" if number >= 100 else f"{number:.2f}" if number < 10 else f"{number:.1f}"


def told(figures: Sequence[Figure]) -> int:
    """Print the figures with the machine they were measured on; 1 when one is not within its budget."""
    size = f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"
    print(f"{date.today():%d %B %Y}; {size}", flush=True)  # noqa: DTZ011 (a day for people)
    for figure in figures:
        print(figure, flush=True)
    return int(not all(figure.kept for figure in figures))


def percentile(times: Sequence[float], share: int) -> float:
    """That percentile of them: 95 for the time that nineteen in twenty keep."""
    return statistics.quantiles(times, n=100, method="inclusive")[share - 1]


def timed(work: Callable[[], object]) -> float:
    """Seconds that it takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
