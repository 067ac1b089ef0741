"""After any walk the audit tells of every row what it is, what it was, and by whose step it changed."""

from __future__ import annotations

import json
from collections import defaultdict
from random import Random
from typing import Any

import pytest
from django.db import connection

from righthelp.engine.process import processes
from righthelp.guard.guarded import guarded_models
from righthelp.guard.viewers import AsWorker, answering
from tests.databases import by_the_owner
from tests.properties.walking import Walk
from tests.properties.world import World

WALKS = 3  # through each process
Told = dict[str, dict[Any, list[dict[str, Any]]]]  # by table and row, what was told of it, oldest first
AUDITED = sorted(model._meta.db_table for model in guarded_models() if model.audited)


class Walked:
    """Walks that were written, each in a request of its own, and what the tables and their audits hold after them."""

    def __init__(self, world: World) -> None:
        self.walks: dict[str, Walk] = {}
        for page in processes().values():
            for number in range(WALKS):
                request = f"{page.kind()} {number}"
                with answering(request):
                    self.walks[request] = Walk(world, Random(request), page).go()
        with by_the_owner():
            self.rows = {table: select(f'SELECT * FROM "{table}"') for table in AUDITED}
            told = {table: select(f'SELECT * FROM "{table}_audit" ORDER BY pgh_id') for table in AUDITED}
        self.told: Told = {table: defaultdict(list) for table in AUDITED}
        for table, several in told.items():
            for one in several:
                self.told[table][one["pgh_obj_id"]].append(one)


def select(sql: str) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        columns = [column.name for column in cursor.description]
        return [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]


@pytest.fixture(scope="module")
def walked(world: World) -> Walked:
    return Walked(world)


def key_of(table: str, row: dict[str, Any]) -> Any:
    return row["id"] if "id" in row else row["entry_id"]


@pytest.mark.parametrize("table", AUDITED)
def test_the_audit_ends_with_each_row_as_it_is(walked: Walked, table: str) -> None:
    for row in walked.rows[table]:
        told = walked.told[table][key_of(table, row)]
        assert told, f"{table}: the audit has never heard of a row"
        assert told[0]["pgh_label"] == "insert"
        assert {name: told[-1][name] for name in row} == row
        assert [one["pgh_label"] for one in told[1:]] == ["update"] * (len(told) - 1)


@pytest.mark.parametrize("table", AUDITED)
def test_what_is_gone_was_taken_away_in_the_audit(walked: Walked, table: str) -> None:
    there = {key_of(table, row) for row in walked.rows[table]}
    for key, told in walked.told[table].items():
        assert (told[-1]["pgh_label"] == "delete") == (key not in there)


def test_each_change_names_the_worker_whose_step_it_was_and_the_request(walked: Walked) -> None:
    named = 0
    for several in walked.told.values():
        for one in (one for told in several.values() for one in told):
            context = json.loads(one["pgh_context"])
            walk = walked.walks.get(context.get("request", ""))
            if walk is None:
                continue  # written while the world was made
            steps = [taken.by for taken in walk.taken]
            workers = {str(by.worker) for by in steps if isinstance(by, AsWorker)}
            purposes = {"step"} | {by.name for by in steps if not isinstance(by, AsWorker)}
            assert context["purpose"] in purposes
            if workers and all(isinstance(by, AsWorker) for by in steps):
                assert context.get("worker") in workers
                assert context.get("roles")
                named += 1
    assert named > 50


def test_each_step_of_a_process_left_its_trace(walked: Walked) -> None:
    """One version of the row a step, and never one without."""
    for walk in walked.walks.values():
        if walk.row is None:
            continue
        table = type(walk.row)._meta.db_table
        told = walked.told[table][walk.row.pk]
        versions = [one["version"] for one in told if one["pgh_label"] != "delete"]
        assert sorted(set(versions)) == list(range(1, len(walk.taken) + 1))
