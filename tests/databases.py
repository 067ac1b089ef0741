"""A database of a test's own, in which what is written stays: for what one transaction cannot show.

The suite's ordinary tests roll back; the request role may not empty a table. Here a copy of the migrated template is
used in its place for a while, by the request role as a server does, or by the owner, whom no policy binds.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

import dj_database_url
import psycopg
from django.db import connection
from psycopg.conninfo import make_conninfo

from conftest import copy_of, drop, template


@contextmanager
def a_database_of_its_own(name: str, *, source: str = "") -> Iterator[None]:
    """Everything inside asks and writes there. It is gone afterwards. Not for a test that has asked for `db`.

    It is a copy of `source`, to which nobody may be connected; of the template if it is not said.
    """
    made = copy_of(source or template(), f"rh_own_{name}_{os.getpid()}")
    try:
        with connected(NAME=made):
            yield
    finally:
        drop(made)


@contextmanager
def by_the_owner() -> Iterator[None]:
    """The same database, as the role that owns its tables: row-level security does not bind it."""
    owner = dj_database_url.parse(os.environ["DATABASE_OWNER_URL"])
    with connected(**{key: owner[key] for key in ("USER", "PASSWORD", "HOST", "PORT")}):  # type: ignore[literal-required]
        yield


@contextmanager
def connected(**settings: object) -> Iterator[None]:
    connection.close()
    before = {key: connection.settings_dict[key] for key in settings}
    connection.settings_dict.update(settings)
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.update(before)


@contextmanager
def an_empty_database(name: str) -> Iterator[str]:
    """A database with nothing in it, by name. It is gone afterwards."""
    made, owner = f"rh_{name}_{os.getpid()}", dj_database_url.parse(os.environ["DATABASE_OWNER_URL"])["USER"]
    with psycopg.connect(os.environ["DATABASE_ADMIN_URL"], autocommit=True) as admin:
        admin.execute(f'CREATE DATABASE "{made}" OWNER "{owner}"')
    yield made
    drop(made)


def owner_of(name: str) -> str:
    """How the owner of a database reaches it."""
    known = dj_database_url.parse(os.environ["DATABASE_OWNER_URL"])
    said = {"user": known["USER"], "password": known["PASSWORD"], "host": known["HOST"], "port": known["PORT"]}
    return make_conninfo(dbname=name, **{key: value for key, value in said.items() if value})
