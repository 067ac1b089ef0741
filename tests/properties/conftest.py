"""The little world of the walks, made once: each file has a copy of it to itself.

Models may be imported only once Django is set up, which is after this file is read.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from copy import deepcopy
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.properties.world import World


@pytest.fixture(scope="session")
def made_once(django_db_setup: None, django_db_blocker: Any) -> Iterator[tuple[str, World]]:
    """The name of the database in which the world is, and who is there."""
    from conftest import copy_of, drop, template
    from tests.databases import connected
    from tests.properties.world import make_world

    name = copy_of(template(), f"rh_world_{os.getpid()}")
    try:
        with django_db_blocker.unblock(), connected(NAME=name):
            world = make_world()
        yield name, world
    finally:
        drop(name)


@pytest.fixture(scope="module")
def world(made_once: tuple[str, World], django_db_blocker: Any, request: Any) -> Iterator[World]:
    """The world in a database of this file's own, where what is written stays. Not together with `db`."""
    from tests.databases import a_database_of_its_own

    source, world = made_once
    named = request.module.__name__.rpartition(".")[2]
    with django_db_blocker.unblock(), a_database_of_its_own(named, source=source):
        yield deepcopy(world)
