"""The second lock: PostgreSQL's row-level security and rights, made from the models' rules after each migration.

The request role owns nothing. It is given, table by table, just what the declarations say; a table that is neither
guarded nor named in `UNGUARDED` is given nothing at all. `differences` tells whether the database holds what the
code declares, and the server refuses to start when it does not.
"""

import hashlib
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.db.models import Model
from psycopg import sql

from righthelp.guard.guarded import GuardedModel, guarded_models
from righthelp.guard.roles import ROLES, names_where
from righthelp.guard.rules import Rule

# Tables without rows about children, each with why the request role may use it freely or only read it.
UNGUARDED: dict[str, tuple[str, str]] = {
    "account": ("SELECT, INSERT, UPDATE", "what somebody signs in with, read before anybody is looking"),
    "account_emailaddress": ("SELECT, INSERT, UPDATE, DELETE", "the same, kept by the sign-in library"),
    "account_emailconfirmation": ("SELECT, INSERT, UPDATE, DELETE", "the same"),
    "mfa_authenticator": ("SELECT, INSERT, UPDATE, DELETE", "second factors, read before anybody is looking"),
    "socialaccount_socialaccount": ("SELECT, INSERT, UPDATE, DELETE", "accounts at the identity provider"),
    "socialaccount_socialapp": ("SELECT", "identity providers (ours are in the settings)"),
    "socialaccount_socialtoken": ("SELECT, INSERT, UPDATE, DELETE", "tokens of the identity provider"),
    "django_session": ("SELECT, INSERT, UPDATE, DELETE", "sessions: no names in them"),
    "django_content_type": ("SELECT", "names of tables"),
    "django_migrations": ("SELECT", "which migrations have run"),
    "cache": ("SELECT, INSERT, UPDATE, DELETE", "counters of failed sign-ins"),
    "guard_installed": ("SELECT", "which declarations the rights were made from"),
}


def install() -> None:
    """Make functions, policies and rights anew from the declarations. Runs as the owner, in one transaction."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL check_function_bodies = off")  # they name tables of rooms above this one
        cursor.execute(_functions())
        role = settings.REQUEST_ROLE
        _take_everything_away(cursor, role)
        for table, (rights, _) in UNGUARDED.items():
            _grant(cursor, rights, table, role)
        for model in guarded_models():
            _guard(cursor, model, role)
        _only_triggers_write_the_audit(cursor)
        _run(cursor, "GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {}", sql.Identifier(role))
        cursor.execute("DROP TABLE IF EXISTS guard_installed")
        cursor.execute("CREATE TABLE guard_installed (fingerprint text NOT NULL)")
        cursor.execute("INSERT INTO guard_installed VALUES (%s)", [fingerprint()])
        _grant(cursor, "SELECT", "guard_installed", role)


def audit_models() -> list[type[Model]]:
    """The audit tables: only triggers write them, and the request role has no right to them at all."""
    return [model for model in apps.get_models() if hasattr(model, "pgh_tracked_model")]


def fingerprint() -> str:
    """What the declarations come to: equal fingerprints, equal rights."""
    parts = [_functions(), settings.REQUEST_ROLE, repr(sorted(UNGUARDED.items())), "the audit is the triggers'"]
    for model in sorted(guarded_models(), key=lambda model: model._meta.db_table):
        parts += [model._meta.db_table, _rights(model), *_policies(model).values()]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def differences() -> str:
    """A sentence when the database's rights are not those that the code declares, else nothing."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('guard_installed')")
        known = (cursor.fetchone() or [None])[0]
        if known:
            cursor.execute("SELECT fingerprint FROM guard_installed")
            known = (cursor.fetchone() or [None])[0]
    if known == fingerprint():
        return ""
    return "The database's row-level security is not what the code declares: run the migrations as the owner."


def request_role_is_bound() -> str:
    """A sentence when the connection's role is one that row-level security does not bind, else nothing."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolsuper OR rolbypassrls OR EXISTS ("
            " SELECT 1 FROM pg_tables WHERE schemaname = 'public' AND tableowner = current_user)"
            " FROM pg_roles WHERE rolname = current_user"
        )
        free = (cursor.fetchone() or [True])[0]
    return "Requests use a database role that row-level security does not bind." if free else ""


def refuse_if_unguarded() -> None:
    """Raise `RuntimeError` in words when the second lock is not as declared, or does not bind who connects."""
    try:
        if fault := differences() or request_role_is_bound():
            raise RuntimeError(fault)
    finally:
        connection.close()  # a server that forks shares none


def _functions() -> str:
    """Every room's `functions.sql`, this one's first."""
    ours = Path(__file__).parent
    folders = [ours, *(Path(app.path) for app in apps.get_app_configs() if Path(app.path) != ours)]
    files = [folder / "functions.sql" for folder in folders if (folder / "functions.sql").exists()]
    text = "\n".join(file.read_text(encoding="utf-8") for file in files)
    for key, wanted in {
        "county": {"county": True},
        "works_with_children": {"works_with_children": True},
        "opens_children": {"opens_children": True},
        "leads": {"leads": True},
        "manages": {"manages": True},
        "answers_for_all": {"answers_for_all": True},
    }.items():
        listed = ", ".join(f"'{name}'" for name in names_where(**wanted))
        text = text.replace("{" + key + "}", f"ARRAY[{listed}]::text[]")
    kept = [f"('{role.name}', '{kind}')" for role in ROLES.values() for kind in sorted(role.kept_to or ())]
    return text.replace("{kept_to}", ", ".join(kept))


def _any(rules: list[str]) -> str:
    return " OR ".join(["(SELECT viewer_purpose()) IS NOT NULL", *rules])


def _rules(model: type[GuardedModel], rules: "tuple[Rule, ...] | list[Rule]") -> str:
    return _any([rule.sql(model) for rule in rules])


def _policies(model: type[GuardedModel]) -> dict[str, str]:
    seen, written = _rules(model, list(model.seen_by)), _rules(model, list(model.written_by))
    policies = {"SELECT": f"USING ({seen})", "INSERT": f"WITH CHECK ({written})"}
    if not model.append_only:
        policies["UPDATE"] = f"USING ({written}) WITH CHECK ({written})"
    if model.removable:
        policies["DELETE"] = f"USING ({written})"
    return policies


def _rights(model: type[GuardedModel]) -> str:
    return ", ".join(_policies(model))


def _guard(cursor: CursorWrapper, model: type[GuardedModel], role: str) -> None:
    if not _exists(cursor, model._meta.db_table):  # an older database, part of the way through its migrations
        return
    table = sql.Identifier(model._meta.db_table)
    _run(cursor, "ALTER TABLE {} ENABLE ROW LEVEL SECURITY", table)
    cursor.execute("SELECT policyname FROM pg_policies WHERE tablename = %s", [model._meta.db_table])
    for (name,) in cursor.fetchall():
        _run(cursor, "DROP POLICY {} ON {}", sql.Identifier(name), table)
    for command, condition in _policies(model).items():
        cursor.execute(
            sql.SQL("CREATE POLICY {} ON {} FOR {} TO {} ").format(
                sql.Identifier(f"guard_{command.lower()}"), table, sql.SQL(command), sql.Identifier(role)
            )
            + sql.SQL(condition)
        )
    _grant(cursor, _rights(model), model._meta.db_table, role)


def _only_triggers_write_the_audit(cursor: CursorWrapper) -> None:
    """The triggers run as the owner, so that whoever changes a row need not be let near its history."""
    cursor.execute(
        "SELECT oid::regprocedure::text FROM pg_proc WHERE pronamespace = 'public'::regnamespace"
        " AND proname LIKE 'pgtrigger\\_%' AND prorettype = 'trigger'::regtype"
    )
    for (function,) in cursor.fetchall():
        cursor.execute(f"ALTER FUNCTION {function} SECURITY DEFINER SET search_path = public, pg_temp")
        # Nor may they be hung on a table of somebody's own.
        cursor.execute(f"REVOKE ALL ON FUNCTION {function} FROM PUBLIC")


def _take_everything_away(cursor: CursorWrapper, role: str) -> None:
    _run(cursor, "REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {}, PUBLIC", sql.Identifier(role))
    _run(cursor, "REVOKE CREATE ON SCHEMA public FROM {}, PUBLIC", sql.Identifier(role))
    _run(cursor, "GRANT USAGE ON SCHEMA public TO {}", sql.Identifier(role))


def _grant(cursor: CursorWrapper, rights: str, table: str, role: str) -> None:
    if _exists(cursor, table):
        _run(cursor, f"GRANT {rights} ON {{}} TO {{}}", sql.Identifier(table), sql.Identifier(role))


def _exists(cursor: CursorWrapper, table: str) -> bool:
    cursor.execute("SELECT to_regclass(%s)", [f"public.{table}"])
    return bool((cursor.fetchone() or [None])[0])


def _run(cursor: CursorWrapper, statement: str, *parts: sql.Composable) -> None:
    cursor.execute(sql.SQL(statement).format(*parts))
