"""The database server: its socket, and what is found after a crash."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg
import pytest

from running import cluster as module
from running import database, roles
from running.cluster import LONGEST_SOCKET, SOCKET, Cluster
from running.terminal import Refused


@pytest.fixture
def place():
    """A folder that the server's user can reach, whoever we are."""
    folder = Path(tempfile.mkdtemp(prefix="righthelp-test-"))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder)


def test_the_socket_is_short_however_deep_the_checkout(tmp_path):
    deep = Cluster(tmp_path / ("very" * 30) / ("deep " * 30), copies=tmp_path, password="x")
    assert len(os.fsencode(deep.socket_folder / SOCKET)) <= LONGEST_SOCKET


def test_two_checkouts_have_two_sockets(tmp_path):
    one, two = (Cluster(tmp_path / name, copies=tmp_path, password="x") for name in ("one", "two"))
    assert one.socket_folder != two.socket_folder


def test_a_socket_folder_that_is_not_ours_is_refused(tmp_path, monkeypatch):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "socket").symlink_to(tmp_path / "elsewhere")
    monkeypatch.setattr(Cluster, "socket_folder", tmp_path / "socket")
    with pytest.raises(Refused, match="belongs to somebody else"):
        Cluster(tmp_path, copies=tmp_path, password="x")._prepare_socket_folder()


def test_the_number_of_a_killed_server_given_to_another_program_is_not_the_server(tmp_path):
    ours = Cluster(tmp_path, copies=tmp_path, password="x")
    ours.data.mkdir()
    assert ours.process() is None
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE, cwd="/") as other:
        (ours.data / "postmaster.pid").write_text(f"{other.pid}\n{ours.data}\n1\n5432\n")
        assert ours.process() is None
        ours._disown_another_process()
        assert (ours.data / "postmaster.pid").read_text() == f"{os.getpid()}\n{ours.data}\n1\n5432\n"
        other.kill()


def test_data_of_another_major_version_is_refused(place):
    ours = Cluster(place, copies=place, password="x")
    ours.data.mkdir()
    (ours.data / "PG_VERSION").write_text("9\n")
    with pytest.raises(Refused, match="made by PostgreSQL 9"):
        ours.start()


def test_a_server_is_made_killed_and_found_with_nothing_lost(place, monkeypatch):
    monkeypatch.setattr(database, "state_folder", lambda: place)
    ours = Cluster(place, copies=place, password="a password")
    with database.used(ours) as addresses:
        with psycopg.connect(addresses.owner) as connection:
            connection.execute("CREATE TABLE child (name text)")
            connection.execute("INSERT INTO child VALUES ('Zoë')")
            rights = connection.execute(
                "SELECT rolname FROM pg_roles WHERE rolname LIKE 'righthelp%'"
                " AND (rolsuper OR rolcreaterole OR rolcreatedb OR rolbypassrls)"
            ).fetchall()
            assert rights == [(module.SUPERUSER,)]
        with (
            psycopg.connect(addresses.request) as connection,
            pytest.raises(psycopg.errors.InsufficientPrivilege),
        ):
            connection.execute("SELECT * FROM child")
        with (
            psycopg.connect(addresses.request) as connection,
            pytest.raises(psycopg.errors.InsufficientPrivilege),
        ):
            connection.execute("CREATE TABLE mine (name text)")
        with pytest.raises(psycopg.OperationalError):
            psycopg.connect(addresses.request.replace(roles.REQUEST + ":", roles.REQUEST + ":wrong"))
        running = ours.process()
        assert running
        os.kill(running, signal.SIGKILL)
        ours.start()
        assert ours.process() not in {None, running}
        with psycopg.connect(addresses.owner) as connection:
            assert connection.execute("SELECT upper(name) FROM child").fetchall() == [("ZOË",)]
        another = Cluster(place, copies=place, password="a password")
        with database.used(another):
            pass
        assert ours.process(), "one that has finished must not stop what another still uses"
    assert ours.process() is None
    assert not ours.socket_folder.exists()
