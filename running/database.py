"""The database that a command works on, up for as long as somebody uses it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from urllib.parse import quote

from running import roles
from running.cluster import SUPERUSER, Cluster
from running.locks import Held, Lock, held
from running.places import ROOT, made, secret, state_folder
from running.terminal import Refused, step


@dataclass(frozen=True)
class Addresses:
    """Addresses of one database, by role. `admin` (a superuser's) is empty where the server is not ours."""

    request: str
    owner: str
    admin: str = ""

    @property
    def ours(self) -> bool:
        """Whether righthelp keeps the server itself."""
        return bool(self.admin)


def given() -> Addresses | None:
    """The database named in the environment, or None."""
    request, owner = os.environ.get("DATABASE_URL", ""), os.environ.get("DATABASE_OWNER_URL", "")
    if not request and not owner:
        return None
    if not (request and owner):
        raise Refused(
            "Set both DATABASE_URL (the role of requests) and DATABASE_OWNER_URL (the role of migrations, "
            "which owns the tables), or neither. They must differ: row-level security does not bind an owner."
        )
    return Addresses(request, owner)


def kept() -> Cluster:
    """The server of this checkout's own database."""
    place = state_folder()
    return Cluster(place, copies=place, password=secret("password-of-admin", place))


def for_tests(place: Path) -> Cluster:
    """A server whose rows can all be made again, in a folder of its own."""
    made(place)
    return Cluster(place, copies=state_folder(), password=secret("password-of-admin", place), throw_away=True)


@contextmanager
def up() -> Iterator[Addresses]:
    """The database named in the environment; else this checkout's own, started if it is not running.

    Whoever is the last to use our own stops it, whichever of them started it.
    """
    if addresses := given():
        yield addresses
        return
    with used(kept()) as addresses:
        yield addresses


@contextmanager
def used(cluster: Cluster) -> Iterator[Addresses]:
    """The cluster, running, with its roles and the database in it."""
    # Wishes about some other server (PGOPTIONS, PGSERVICE, PGSSLMODE) must not reach ours.
    for name in [name for name in os.environ if name.startswith("PG")]:
        del os.environ[name]
    changing, users = cluster.place / "database.changing", Lock(cluster.place / "database.users")
    try:
        with held(changing, wait=True):
            users.take(shared=True, wait=True)
            with step("Starting the database"):
                addresses = _start(cluster)
        yield addresses
    finally:
        with held(changing, wait=True):
            users.let_go()
            try:
                users.take()
            except Held:
                pass  # another command still uses it
            else:
                cluster.stop()
        users.close()


def _start(cluster: Cluster) -> Addresses:
    cluster.start()
    passwords = {role: secret(f"password-of-{role}", cluster.place) for role in (roles.OWNER, roles.REQUEST)}
    address = partial(_address, cluster)
    admin = address(SUPERUSER, cluster.password, "postgres")
    # Cheap enough to do at each start, and a start that was broken off is then made good.
    roles.ensure_roles(admin, passwords)
    roles.ensure_database(admin)
    return Addresses(
        request=address(roles.REQUEST, passwords[roles.REQUEST], roles.DATABASE),
        owner=address(roles.OWNER, passwords[roles.OWNER], roles.DATABASE),
        admin=admin,
    )


def _address(cluster: Cluster, role: str, password: str, database: str) -> str:
    host = quote(str(cluster.socket_folder), safe="")
    return f"postgresql://{role}:{quote(password, safe='')}@{host}:5432/{database}"


def revived() -> bool:
    """Start this checkout's own server again if somebody killed it while it is in use; true if it was."""
    cluster = kept()
    if cluster.process() is not None:
        return False
    with held(cluster.place / "database.changing", wait=True):
        cluster.start()
    return True


def stop() -> bool:
    """Stop this checkout's own server; true if it was running. Refused while somebody uses it."""
    with _unused() as cluster:
        running = cluster.process() is not None
        cluster.stop()
    return running


def remove() -> None:
    """Remove this checkout's own database and all its rows. Refused while somebody uses it."""
    with _unused() as cluster:
        cluster.remove()


@contextmanager
def _unused() -> Iterator[Cluster]:
    cluster = kept()
    with held(cluster.place / "database.changing", wait=True):
        try:
            with held(cluster.place / "database.users"):
                yield cluster
        except Held:
            raise Refused("The database is in use by another ./run in this folder: stop that one first.") from None


def environment_without() -> dict[str, str]:
    """The environment of a Django command that asks no database."""
    plain = os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "PYTHONPATH": str(ROOT),
        "RIGHTHELP_STATE": str(state_folder()),
    }
    plain.setdefault("RIGHTHELP_COUNTY", "herefordshire")
    plain.setdefault("RIGHTHELP_SECRET_KEY", secret("secret-key"))
    return plain


def environment(addresses: Addresses, *, owner: bool = False) -> dict[str, str]:
    """The environment of a Django command that works on the database (as its owner, for migrations)."""
    plain = environment_without() | {"DATABASE_URL": addresses.request, "DATABASE_OWNER_URL": addresses.owner}
    if addresses.ours:
        # On somebody's own server there may be real people, so there it must be asked for by name.
        plain.setdefault("RIGHTHELP_DEMONSTRATION", "1")
    if owner:
        plain["RIGHTHELP_AS"] = "owner"
    return plain
