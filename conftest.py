"""The suite's databases: migrated once as the owner into a template, copied for each worker, used as requests do."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import connection, connections

ROOT = Path(__file__).parent
TEMPLATES_KEPT = 5
os.environ.setdefault("RIGHTHELP_BUILDING", "1")


def _declarations() -> str:
    """What the template is made from: it is made anew only when this changes."""
    files = sorted([*ROOT.glob("righthelp/**/*.py"), *ROOT.glob("righthelp/**/*.sql"), ROOT / "uv.lock"])
    wanted = [file for file in files if "/tests/" not in str(file) and "/web/" not in str(file)]
    digest = hashlib.sha256(os.environ.get("RIGHTHELP_COUNTY", "").encode())
    for file in wanted:
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


def _admin() -> psycopg.Connection[Any]:
    return psycopg.connect(os.environ["DATABASE_ADMIN_URL"], autocommit=True)


def _renamed(url: str, name: str) -> str:
    head, _, _ = url.rpartition("/")
    return f"{head}/{name}"


def template() -> str:
    """The name of the migrated database that others are copied from, made if it is not there."""
    name = f"rh_template_{_declarations()}"
    with _admin() as admin:
        admin.execute("SELECT pg_advisory_lock(8130)")
        if admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            return name
        # Older ones are kept for a while: another checkout, or another run, may be copying them now.
        there = admin.execute(
            "SELECT datname FROM pg_database WHERE datname LIKE 'rh\\_template\\_%' ORDER BY oid DESC"
        )
        for (old,) in there.fetchall()[TEMPLATES_KEPT:]:
            admin.execute(f'DROP DATABASE IF EXISTS "{old}" WITH (FORCE)')
        making = f"{name}_making"
        admin.execute(f'DROP DATABASE IF EXISTS "{making}" WITH (FORCE)')
        admin.execute(f'CREATE DATABASE "{making}" OWNER righthelp_owner')
        environment = {
            **os.environ,
            "RIGHTHELP_AS": "owner",
            "DATABASE_OWNER_URL": _renamed(os.environ["DATABASE_OWNER_URL"], making),
        }
        subprocess.run(
            [sys.executable, ROOT / "manage.py", "migrate", "-v", "0"], env=environment, check=True, cwd=ROOT
        )
        admin.execute(f'ALTER DATABASE "{making}" RENAME TO "{name}"')
    return name


def copy_of(source: str, name: str) -> str:
    """A database of its own, copied from another."""
    with _admin() as admin:
        admin.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        admin.execute(f'CREATE DATABASE "{name}" TEMPLATE "{source}" OWNER righthelp_owner')
    return name


def drop(name: str) -> None:
    with _admin() as admin:
        admin.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: Any, worker_id: str) -> Iterator[None]:
    """Instead of pytest-django's own: the request role may not create or migrate a database."""
    name = copy_of(template(), f"rh_test_{worker_id}_{os.getpid()}")
    connections.close_all()
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = name
    yield
    with django_db_blocker.unblock():
        connections.close_all()
    drop(name)


@pytest.fixture(scope="session", autouse=True)
def _styles_as_they_are(request: Any) -> None:
    """Pages name the style sheets by their own names: the suite needs none of them collected and stamped first."""
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"


@pytest.fixture(scope="session")
def worker_id(request: Any) -> str:
    """Which of pytest-xdist's workers this is; "main" without it."""
    return getattr(request.config, "workerinput", {}).get("workerid", "main")
