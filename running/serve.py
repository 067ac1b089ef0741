"""`./run`: from whatever there is to a served county, and back to nothing running."""

import argparse
import os
import socket
import subprocess
import sys
import time
from contextlib import suppress

from running import database, port
from running.children import Offspring, Stopped, django, offspring
from running.database import Addresses
from running.locks import Held
from running.places import ROOT
from running.ready import demonstrates, ready
from running.terminal import Refused, say, step

WATCH = 1.0  # seconds between two looks at whether what is served still runs
STARTS, A_WHILE = 5, 60.0  # a server that ends more often than that in so many seconds is not started again
READ_ON = {"README.md": "what this is", "docs/guides": "how to work with it"}


def serve(words: list[str]) -> int:
    """Serve until somebody says stop."""
    parser = argparse.ArgumentParser(prog="./run serve", description="Make everything ready, and serve it.")
    parser.add_argument("--port", type=_port, default=8000, help="the port to listen at (8000)")
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen at (127.0.0.1, this machine only)")
    parser.add_argument("--scale", type=float, help="make the demonstration county so many times as large (1)")
    wish = parser.parse_args(words)
    address = port.address(wish.host, wish.port)
    try:
        with (
            offspring("serving", words=f"at {address} (process {os.getpid()})") as children,
            offspring("catching-up") as others,
            offspring("sending-notices") as senders,
        ):
            port.check_free(wish.host, wish.port)
            with database.up() as addresses:
                ready(addresses, wish.scale)
                try:
                    _serve(wish.host, wish.port, addresses, children, others, senders)
                except Stopped:
                    say("\nStopping ...")
                    raise
                finally:
                    senders.end()
                    others.end()
                    children.end()
    except Held as other:
        raise Refused(f"righthelp is being served from this folder already, {other}. Stop that one first.") from None
    return 0


def _serve(
    host: str, number: int, addresses: Addresses, children: Offspring, others: Offspring, senders: Offspring
) -> None:
    settings = _web_settings(host, number, addresses)
    with step("Starting the server"):
        # Asked while the server starts, which leaves a core free.
        asked = [children.start(django("who_signs_in"), settings, read=True)] if demonstrates(addresses) else []
        server = children.start(gunicorn(host, number), settings)
        while not port.answers(host, number):
            if server.poll() is not None:
                port.check_free(host, number)
                raise Refused("The web server ended at once; what is above says why.")
            time.sleep(0.02)
    say()
    print(f"righthelp is served at {port.address(host, number)}", flush=True)
    for people in asked:
        print(f"\n{people.communicate()[0].decode().strip()}", flush=True)
    written = ", ".join(f"{path} ({what})" for path, what in READ_ON.items() if (ROOT / path).exists())
    print(
        f"\n{f'Read on: {written}. ' if written else ''}Other commands: ./run --help. Stop with Ctrl-C.",
        flush=True,
    )
    if demonstrates(addresses):
        # The months before the latest ones, and the days since it was made, are made while the county is looked at
        # already. Not among the
        # server's own, whose last must stay the server: it is the one that the next start can find.
        others.start(django("prepare_demonstration", "--verbosity", "0"), settings)
    sender = Sender(senders, settings)
    begun = [time.monotonic()]
    while True:
        with suppress(subprocess.TimeoutExpired):
            code = server.wait(WATCH)
            begun = [*(moment for moment in begun if time.monotonic() - moment < A_WHILE), time.monotonic()]
            if len(begun) > STARTS:
                raise Refused(f"The web server ended by itself again, with code {code}; what is above says why.")
            say(f"The web server ended by itself, with code {code}. It is started again.")
            server = children.start(gunicorn(host, number), settings)
        if addresses.ours and database.revived():
            say("The database ended by itself. It was started again.")
        sender.watch()


class Sender:
    """Tells people outside every request that something waits for them; started again should it end by itself."""

    def __init__(self, children: Offspring, settings: dict[str, str]) -> None:
        self.children, self.settings = children, settings
        self._start()

    def _start(self) -> None:
        self.begun = time.monotonic()
        self.runs = self.children.start(django("send_notices"), self.settings)

    def watch(self) -> None:
        """Start it again when it has ended, though not more often than once in a while."""
        if self.runs.poll() is not None and time.monotonic() - self.begun > A_WHILE:
            say(f"The sender of notices ended by itself, with code {self.runs.returncode}. It is started again.")
            self._start()


def _web_settings(host: str, number: int, addresses: Addresses) -> dict[str, str]:
    settings = database.environment(addresses)
    # A page that is made to misbehave must not find the owner's password in its own surroundings.
    del settings["DATABASE_OWNER_URL"]
    names = ["localhost", "127.0.0.1", "[::1]", f"[{host}]" if ":" in host else host, socket.gethostname()]
    if host in ("0.0.0.0", "::"):  # noqa: S104  (asked for by name)
        names += {str(at[4][0]) for at in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)}
    if not settings.get("RIGHTHELP_ORIGINS"):
        settings.setdefault("RIGHTHELP_ADDRESS", port.address(host, number))  # where messages say to sign in
    settings.setdefault("RIGHTHELP_HOSTS", ",".join(dict.fromkeys(names)))
    return settings


def gunicorn(host: str, number: int) -> list[str]:
    """The words that start the web server, shaped for a machine with two cores."""
    bind = f"[{host}]:{number}" if ":" in host else f"{host}:{number}"
    shape = ["--worker-class", "running.receiving.Receives", "--workers", "2", "--threads", "4", "--preload"]
    quiet = ["--log-level", "warning", "--no-control-socket", "--graceful-timeout", "10"]
    return [sys.executable, "-m", "gunicorn", "config.wsgi:application", "--bind", bind, *shape, *quiet]


def _port(word: str) -> int:
    if not word.isdecimal() or not 1 <= int(word) <= 65535:
        raise argparse.ArgumentTypeError(f"a port is a number from 1 to 65535, not {word}")
    return int(word)
