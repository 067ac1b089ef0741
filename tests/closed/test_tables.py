"""Every table is guarded, and the role that requests use may do with it just what the declarations say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction

from righthelp.guard import rowsecurity
from righthelp.guard.guarded import guarded_models
from righthelp.guard.rowsecurity import UNGUARDED, audit_models
from righthelp.guard.rules import Rule, SignedIn
from righthelp.guard.viewers import STEP, looking
from tests.databases import a_database_of_its_own, by_the_owner

ROLE = settings.REQUEST_ROLE
GUARDED = {model._meta.db_table: model for model in guarded_models()}
AUDITS = sorted(model._meta.db_table for model in audit_models())
Policies = list[tuple[Any, ...]]


@pytest.fixture(scope="module", autouse=True)
def _database(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock(), a_database_of_its_own("tables"):
        yield


def asked(question: str, *values: Any) -> Policies:
    with connection.cursor() as cursor:
        cursor.execute(question, values or None)
        return list(cursor.fetchall())


def names(question: str, *values: Any) -> set[Any]:
    return {row[0] for row in asked(question, *values)}


def rights_declared(table: str) -> set[str]:
    """What the request role may do with a table, from the model or from the list of tables without a guard."""
    if table in UNGUARDED:
        return set(UNGUARDED[table][0].split(", "))
    if table in AUDITS:
        return set()
    model = GUARDED[table]
    may = {"SELECT", "INSERT"}
    return may | (set() if model.append_only else {"UPDATE"}) | ({"DELETE"} if model.removable else set())


def refused(statement: str) -> None:
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), looking(STEP):
        asked(statement)


def test_every_table_is_guarded_an_audit_or_named_with_a_reason() -> None:
    there = names("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    unknown = there - GUARDED.keys() - set(AUDITS) - UNGUARDED.keys()
    # Tables of Django's permissions, which nothing here uses: nobody but the owner reaches them.
    out_of_reach = {table for table in unknown if not rights_in_force(table)}
    assert unknown - out_of_reach == set()
    assert all(table.startswith(("auth_", "pghistory_")) for table in out_of_reach), out_of_reach
    assert all(reason.strip() for _, reason in UNGUARDED.values())


def test_every_table_that_is_declared_is_there() -> None:
    there = names("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    assert (GUARDED.keys() | set(AUDITS) | UNGUARDED.keys()) - there == set()


def test_nothing_stands_beside_the_tables() -> None:
    """A view would be read with its owner's rights, past every policy."""
    beside = "relkind IN ('v', 'm', 'f') AND relnamespace = 'public'::regnamespace"
    assert asked(f"SELECT relname FROM pg_class WHERE {beside}") == []


def rights_in_force(table: str) -> set[str]:
    return names(
        "SELECT DISTINCT right_.privilege_type FROM pg_class, aclexplode(relacl) AS right_"
        " WHERE oid = to_regclass(%s) AND right_.grantee IN (0, to_regrole(%s))",
        f'public."{table}"',
        ROLE,
    )


@pytest.mark.parametrize("table", sorted(GUARDED.keys() | set(AUDITS) | UNGUARDED.keys()))
def test_the_request_role_may_do_just_what_is_declared(table: str) -> None:
    assert rights_in_force(table) == rights_declared(table)


def test_no_column_and_no_sequence_is_given_apart() -> None:
    assert asked("SELECT attname FROM pg_attribute WHERE attacl IS NOT NULL AND attrelid > 16384") == []
    given = names(
        "SELECT DISTINCT right_.privilege_type FROM pg_class, aclexplode(relacl) AS right_"
        " WHERE relkind = 'S' AND right_.grantee IN (0, to_regrole(%s))",
        ROLE,
    )
    assert given <= {"USAGE"}


def test_the_request_role_is_nobody_in_particular() -> None:
    rights = "rolsuper, rolbypassrls, rolcreatedb, rolcreaterole, rolreplication"
    assert asked(f"SELECT {rights} FROM pg_roles WHERE rolname = current_user") == [(False,) * 5]
    assert names("SELECT current_user::text") == {ROLE}
    assert asked("SELECT roleid::regrole FROM pg_auth_members WHERE member = to_regrole(%s)", ROLE) == []


def test_the_request_role_owns_nothing() -> None:
    for catalogue, owner in (
        ("pg_class", "relowner"), ("pg_proc", "proowner"), ("pg_namespace", "nspowner"), ("pg_type", "typowner"),
        ("pg_database", "datdba"),
    ):  # fmt: skip
        assert asked(f"SELECT oid FROM {catalogue} WHERE {owner} = to_regrole(%s)", ROLE) == [], catalogue
    assert names("SELECT has_schema_privilege('public', 'CREATE')") == {False}
    assert rowsecurity.request_role_is_bound() == ""
    with by_the_owner():
        assert "does not bind" in rowsecurity.request_role_is_bound()


def test_functions_that_run_as_the_owner_look_only_where_they_should() -> None:
    """Else whoever makes a table of the same name decides what they answer."""
    loose = asked(
        "SELECT proname FROM pg_proc WHERE prosecdef AND pronamespace = 'public'::regnamespace"
        " AND position('search_path=public, pg_temp' in coalesce(proconfig::text, '')) = 0"
    )
    assert loose == []


@pytest.mark.parametrize("table", sorted(GUARDED))
def test_row_level_security_is_on_with_a_policy_for_each_thing_that_may_be_done(table: str) -> None:
    assert asked("SELECT relrowsecurity FROM pg_class WHERE oid = to_regclass(%s)", f'public."{table}"') == [(True,)]
    policies = asked("SELECT cmd, permissive, roles::text[] FROM pg_policies WHERE tablename = %s", table)
    assert {policy[0] for policy in policies} == rights_declared(table)
    assert all(policy[1:] == ("PERMISSIVE", [ROLE]) for policy in policies)
    assert len(policies) == len(rights_declared(table))


def policies() -> Policies:
    return asked("SELECT tablename, policyname, cmd, qual, with_check FROM pg_policies ORDER BY 1, 2")


def test_the_policies_say_what_the_rules_say() -> None:
    """Made anew from the declarations they come out the same."""
    before = policies()
    with by_the_owner(), transaction.atomic():
        rowsecurity.install()
        assert policies() == before
        transaction.set_rollback(True)
    assert len(before) > 2 * len(GUARDED)


def test_a_database_made_from_other_declarations_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    assert rowsecurity.differences() == ""
    model = GUARDED["person"]
    monkeypatch.setattr(model, "seen_by", [*model.seen_by, SignedIn()])
    assert "run the migrations" in rowsecurity.differences()
    with pytest.raises(RuntimeError, match="run the migrations"):
        rowsecurity.refuse_if_unguarded()


def test_a_server_that_no_policy_binds_does_not_start() -> None:
    rowsecurity.refuse_if_unguarded()
    with by_the_owner(), pytest.raises(RuntimeError, match="does not bind"):
        rowsecurity.refuse_if_unguarded()


@pytest.mark.parametrize("table", AUDITS)
@pytest.mark.parametrize("what", ["SELECT * FROM", "DELETE FROM", "TRUNCATE"])
def test_an_audit_is_neither_read_nor_emptied(table: str, what: str) -> None:
    refused(f'{what} "{table}"')


@pytest.mark.parametrize("table", AUDITS)
def test_an_audit_is_neither_rewritten_nor_made_up(table: str) -> None:
    refused(f"UPDATE \"{table}\" SET pgh_label = 'nothing'")
    refused(f"INSERT INTO \"{table}\" (pgh_label) VALUES ('nothing')")


def test_the_triggers_of_the_audit_serve_no_other_table() -> None:
    function = asked("SELECT proname FROM pg_proc WHERE proname LIKE 'pgtrigger%insert%' ORDER BY 1 LIMIT 1")[0][0]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE mine (name text)")
        with pytest.raises(DatabaseError, match="permission denied for function"):
            cursor.execute(f"CREATE TRIGGER mine AFTER INSERT ON mine FOR EACH ROW EXECUTE FUNCTION {function}()")
        transaction.set_rollback(True)


@pytest.mark.parametrize("table", sorted(GUARDED))
def test_no_guarded_table_is_emptied_and_none_loses_what_it_keeps(table: str) -> None:
    model = GUARDED[table]
    refused(f'TRUNCATE "{table}"')
    if not model.removable:
        refused(f'DELETE FROM "{table}"')
    if model.append_only:
        column = model._meta.pk.column
        refused(f'UPDATE "{table}" SET "{column}" = "{column}"')


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE mine (a int)",
        "ALTER TABLE person DISABLE ROW LEVEL SECURITY",
        "DROP POLICY guard_select ON person",
        "ALTER TABLE person DISABLE TRIGGER ALL",
        "CREATE OR REPLACE FUNCTION kept_from_viewer(who uuid) RETURNS boolean LANGUAGE sql AS 'SELECT false'",
        "SET ROLE righthelp_owner",
        "SET session_replication_role = replica",
    ],
)
def test_the_request_role_cannot_undo_its_own_locks(statement: str) -> None:
    refusal = re.compile("permission denied|must be owner")
    with pytest.raises(DatabaseError, match=refusal), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_row_of_the_log_is_made_and_never_changed_by_anybody() -> None:
    for table in ("access_log", "timeline_event"):
        assert rights_declared(table) == {"SELECT", "INSERT"}


def test_a_model_that_forgets_its_rules_is_seen_by_purposes_alone() -> None:
    class Silent:
        seen_by: tuple[Rule, ...] = ()
        written_by: tuple[Rule, ...] = ()
        append_only = removable = False

    made = rowsecurity._policies(Silent)  # type: ignore[arg-type]
    assert set(made.values()) == {
        "USING ((SELECT viewer_purpose()) IS NOT NULL)",
        "WITH CHECK ((SELECT viewer_purpose()) IS NOT NULL)",
        "USING ((SELECT viewer_purpose()) IS NOT NULL) WITH CHECK ((SELECT viewer_purpose()) IS NOT NULL)",
    }
