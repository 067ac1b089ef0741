"""The roles in the database, and a database that one of them owns.

Migrations run as `OWNER`. Requests, jobs and tests run as `REQUEST`, which owns nothing, so that row-level
security and revoked rights bind it; which tables it may use is for the guard's own installation to say.
"""

import psycopg
from psycopg import sql

DATABASE = "righthelp"
OWNER = "righthelp_owner"
REQUEST = "righthelp_request"
_PLAIN = sql.SQL("LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS")


def ensure_roles(admin: str, passwords: dict[str, str]) -> None:
    """Make both roles, or give them back their rights and passwords. `admin` is a superuser's address."""
    with psycopg.connect(admin, autocommit=True) as connection:
        known = {name for (name,) in connection.execute("SELECT rolname FROM pg_roles").fetchall()}
        for role, password in passwords.items():
            verb = sql.SQL("ALTER" if role in known else "CREATE")
            connection.execute(
                sql.SQL("{} ROLE {} {} PASSWORD {}").format(verb, sql.Identifier(role), _PLAIN, sql.Literal(password))
            )


def ensure_database(admin: str, name: str = DATABASE) -> None:
    """Make the database if it is not there. Nobody but the two roles may open it."""
    with psycopg.connect(admin, autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            connection.execute(_filled("CREATE DATABASE {database} OWNER {owner} TEMPLATE template0", name))
        connection.execute(_filled("REVOKE ALL ON DATABASE {database} FROM PUBLIC", name))
        connection.execute(_filled("GRANT CONNECT ON DATABASE {database} TO {request}", name))
    with psycopg.connect(admin, dbname=name, autocommit=True) as connection:
        connection.execute(_filled("REVOKE ALL ON SCHEMA public FROM PUBLIC", name))
        connection.execute(_filled("GRANT USAGE ON SCHEMA public TO {request}", name))


def _filled(statement: str, name: str) -> sql.Composed:
    return sql.SQL(statement).format(
        database=sql.Identifier(name), owner=sql.Identifier(OWNER), request=sql.Identifier(REQUEST)
    )
