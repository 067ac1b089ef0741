"""How quickly pages answer while fifty people are at work, in a county ten times as large: `./run benchmark pages`.

The server is started as `./run` starts it. Each of the fifty signs in as one of the county's workers and goes about
their day: the board (which also asks for itself, as it does in a browser), a worry, a child's page, their own work, a
search. Between two pages they read. What is timed is from the question to the last byte, at the person's end.
"""

import argparse
import http.client
import os
import re
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
from collections import defaultdict
from dataclasses import dataclass, field
from random import Random

from benchmarks.ground import ROOT, Figure, counted, database, percentile, told

PORT = 8790
BUDGET = 250.0  # milliseconds, of nineteen pages in twenty
BOARD_ASKS = 15.0  # seconds between two looks that an open board takes by itself
KINDS = ("the list", "child's page", "my work", "search", "a record")
# Who is at work: in a hub of fifty, most at the front door, some in the teams it passes work to.
# Each name with the list that they work from.
AT_WORK = {
    "Nia Prosser": "/contact/",
    "Sam Holt": "/contact/",
    "Marian Blythe": "/contact/",
    "Carl Denny": "/contact/",
    "Petra Lind": "/help_request/",
    "Leonard Swann": "/referral/",
}
NAMES = ["Nia Pugh", "Katherine Preece", "Mohammed Khan", "Rhys Vaughn", "Zofia Novak", "Jakob Kowalsky", "Ellie Price"]


@dataclass
class Seen:
    """What the fifty saw: seconds by kind of page, and answers that were not pages."""

    took: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    faults: list[str] = field(default_factory=list)


class Visitor:
    """One person at a browser, who keeps their cookies."""

    def __init__(self, name: str, seen: Seen) -> None:
        self.name, self.seen, self.list = name, seen, AT_WORK[name]
        self.list_kind = "board" if self.list == "/contact/" else "list of a team"
        self.cookies: dict[str, str] = {}
        self.connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=60)

    def asks(self, path: str, kind: str = "", body: dict[str, str] | None = None, *, live: bool = False) -> str:
        """The page at this path; its time is noted under its kind."""
        sent = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()), "Host": "localhost"}
        if live:
            sent["X-Righthelp-Live"] = "yes"
        if body is not None:
            sent |= {"Content-Type": "application/x-www-form-urlencoded", "Referer": f"http://localhost:{PORT}/"}
        began = time.perf_counter()
        encoded = urllib.parse.urlencode(body) if body is not None else None
        self.connection.request("POST" if body is not None else "GET", path, encoded, sent)
        answer = self.connection.getresponse()
        page = answer.read().decode()
        self.connection.close()  # the server ends one that is idle for longer than a person reads
        took = time.perf_counter() - began
        for line in answer.headers.get_all("Set-Cookie", []):
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value
        if answer.status >= 400:
            self.seen.faults.append(f"{self.name}: {path} answered {answer.status}")
        elif kind:
            self.seen.took[kind].append(took)
        return page

    def signs_in(self) -> None:
        """As one of the county's named workers."""
        page = self.asks("/demonstration/sign-in/")
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        chosen = re.search(rf'value="([0-9a-f-]{{36}})"[^>]*>Sign in as {self.name}<', page)
        if token is None or chosen is None:
            raise SystemExit(f"{self.name} cannot be signed in as.")
        self.asks("/demonstration/sign-in/", body={"csrfmiddlewaretoken": token[1], "worker_id": chosen[1]})

    def works(self, random: Random, until: float, pause: float) -> None:
        """Their day, page after page."""
        own, listed = self.asks("/my-work/"), self.asks(self.list)
        time.sleep(random.uniform(0, pause * 2))
        asked_at = time.monotonic()
        while time.monotonic() < until:
            kind = random.choices(KINDS, weights=(4, 5, 4, 3, 4))[0]
            if kind == "the list":
                listed = self.asks(self.list, self.list_kind)
            elif kind == "my work":
                own = self.asks("/my-work/", kind)
            elif kind == "search":
                given, family = random.choice(NAMES).split()
                self.asks(f"/find/?given={given}&family={family}", kind)
            elif records := re.findall(rf'href="({self.list}[0-9a-f-]{{36}}/)"', listed):
                record = self.asks(random.choice(records), "a record")
                children = re.findall(r'href="(/child/[0-9a-f-]{36}/)', record) or re.findall(
                    r'href="(/child/[0-9a-f-]{36}/)', own
                )
                if kind == "child's page" and children:
                    self.asks(random.choice(children), kind)
            if time.monotonic() - asked_at > BOARD_ASKS:
                self.asks(self.list, self.list_kind, live=True)
                asked_at = time.monotonic()
            time.sleep(random.expovariate(1 / pause))


def main() -> int:
    """A county, a server, fifty people for some minutes; the 95th percentile of each kind of page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--children", type=int, default=360_000)
    parser.add_argument("--people", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=180)
    parser.add_argument("--pause", type=float, default=10, help="seconds that a person reads a page, on average (10)")
    options = parser.parse_args()
    name = f"pages_{options.children}"
    if database(name):
        from django.core.management import call_command

        call_command("prepare_demonstration", children=options.children)
        counted(name)
    seen = Seen()
    with tempfile.TemporaryDirectory(prefix="righthelp-pages-") as folder:
        surroundings = {key: value for key, value in os.environ.items() if key != "DATABASE_OWNER_URL"}
        surroundings |= {"RIGHTHELP_STATE": folder, "RIGHTHELP_HOSTS": "localhost,127.0.0.1", "PYTHONPATH": str(ROOT)}
        collect = [sys.executable, "manage.py", "collectstatic", "--no-input", "-v", "0"]
        subprocess.run(collect, cwd=ROOT, env=surroundings, check=True)
        from running.serve import gunicorn

        server = subprocess.Popen(gunicorn("127.0.0.1", PORT), cwd=ROOT, env=surroundings)
        try:
            _wait()
            _at_work(options, seen)
        finally:
            server.terminate()
            server.wait(30)
    for fault in seen.faults[:10]:
        print(fault)
    every = [took for times in seen.took.values() for took in times]
    print(f"{len(every):,} pages, {len(every) / options.seconds:.1f} a second, by {options.people} people")
    figures = [
        Figure(f"{kind}, 95th percentile of {len(times):,}", percentile(times, 95) * 1000, BUDGET, "ms")
        for kind, times in sorted(seen.took.items())
    ]
    return told([*figures, Figure("answers that were no page", len(seen.faults), 0, "")])


def _wait() -> None:
    for _ in range(600):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=5)
            connection.request("GET", "/health/", headers={"Host": "localhost"})
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("The server did not answer.")


def _at_work(options: argparse.Namespace, seen: Seen) -> None:
    visitors = [Visitor(list(AT_WORK)[number % len(AT_WORK)], seen) for number in range(options.people)]
    for visitor in visitors:
        visitor.signs_in()
    print(f"{len(visitors)} people are signed in", flush=True)
    until = time.monotonic() + options.seconds
    threads = [
        threading.Thread(target=visitor.works, args=(Random(number), until, options.pause))
        for number, visitor in enumerate(visitors)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


if __name__ == "__main__":
    sys.exit(main())
