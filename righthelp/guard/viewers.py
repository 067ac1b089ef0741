"""Who is looking: a worker for their work, a purpose with its reason, or the public. Never nobody.

`looking(viewer)` opens a transaction, tells the database who is looking for that transaction alone, and leaves when
it ends. Outside it every guarded query raises `NoViewer`.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from righthelp.guard.roles import ROLES


class NoViewer(RuntimeError):
    """A guarded query was made and nobody was named as looking."""


class Refused(Exception):
    """Something that this viewer may not do. The sentence says so, and names no child."""

    def __init__(self, sentence: str, *, person: UUID | None = None, entry: UUID | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.person = person
        self.entry = entry


@dataclass(frozen=True)
class AsWorker:
    """A person, for their work: what is known of them when their request begins."""

    worker: UUID
    name: str
    agency: UUID
    agency_name: str
    roles: frozenset[str]
    teams: frozenset[UUID] = frozenset()
    managed_teams: frozenset[UUID] = frozenset()
    circles: tuple[UUID, ...] = ()  # locked circles that they may open
    # What the guarded managers add to each model's queries for this viewer, made when it is first asked for; and
    # questions that are put again and again, as SQL.
    narrowed: dict[type, Any] = field(init=False, default_factory=dict, compare=False, repr=False)
    asks: dict[Any, Any] = field(init=False, default_factory=dict, compare=False, repr=False)

    @property
    def works_with_children(self) -> bool:
        """County staff whose role works with children."""
        return any(ROLES[role].works_with_children for role in self.roles)

    @property
    def opens_children(self) -> bool:
        """May open the record of a child, and not only what is in hand: whether a child is known, they may say."""
        return any(ROLES[role].opens_children for role in self.roles)

    @property
    def kept_to(self) -> frozenset[str]:
        """The kinds of entry to which their roles are kept, when they open no child's record."""
        return frozenset().union(*(ROLES[role].kept_to or () for role in self.roles))

    @property
    def is_county(self) -> bool:
        return any(ROLES[role].county for role in self.roles)

    @property
    def oversees(self) -> bool:
        """Reads what is late or quiet in every team, and not only in those that they manage."""
        return any(ROLES[role].oversees for role in self.roles)

    @property
    def leads(self) -> bool:
        """Sees all that their own agency sent and was asked."""
        return any(ROLES[role].leads for role in self.roles)


@dataclass(frozen=True)
class AsPublic:
    """Anybody at all, who has not said who they are: sees what is published, and nothing else."""

    name: str = "the public"
    narrowed: dict[type, Any] = field(init=False, default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True)
class Purpose:
    """A job or an inner working of a step, with its reason. All purposes are known by name (`PURPOSES`)."""

    name: str
    why: str
    request: str = field(default="", compare=False)

    def __post_init__(self) -> None:
        PURPOSES.setdefault(self.name, self)


PURPOSES: dict[str, Purpose] = {}
SIGN_IN = Purpose("sign in", "Find the worker behind an account, before anybody is looking.")
AGENCY_KEY = Purpose("agency key", "Find the worker for whom an agency's system stands, before anybody is looking.")
LOG = Purpose("log", "Write down who looked, or who was refused, whatever else happens.")
STEP = Purpose("step", "Write what a step that was allowed says, in every table that it touches.")
LOAD = Purpose("load a return", "Bring in what a return of another system holds, as opening data.")
DEMONSTRATION = Purpose("make the demonstration county", "Make an invented county; nobody in it is real.")
REBUILD = Purpose("make deadlines again", "Make every deadline again from the facts and the law.")
PUBLIC_FORM = Purpose("public form", "Take down what somebody who is not signed in tells the front door.")
FIRST = Purpose("add the first worker", "Add somebody who can add everybody else.")
DIRECTORY = Purpose("list services", "Bring the services that the county's pack names into the directory.")
PASSER_BY = Purpose("passer-by", "Take down what somebody who is not signed in says of a service in the directory.")
SAMPLE = Purpose(
    "draw the quality sample", "Draw last week's decisions at random, so that nobody chooses which are reviewed."
)
SEND = Purpose("send notices", "Tell workers, without a word about any child, that something waits for them.")
DATASET = Purpose("export the safeguarding dataset", "Write what the record holds in the shape that councils share.")
DAILY = Purpose("send the daily return", "Tell the Department for Education what changed of children in social care.")
ANALYSE = Purpose(
    "analyse", "Count for those who answer for the work, and write down for analysts what can name nobody."
)
RETURN = Purpose(
    "make a return", "Draw a statutory return from the record of the whole county, and tell what its rules find."
)
PUBLIC = AsPublic()

Viewer = AsWorker | AsPublic | Purpose
_viewer: ContextVar[Viewer | None] = ContextVar("viewer", default=None)
_behind: ContextVar[AsWorker | None] = ContextVar("behind", default=None)  # whose step a purpose carries out
_request: ContextVar[str] = ContextVar("request", default="")


def current() -> Viewer:
    """Who is looking now. Raises `NoViewer` when nobody is."""
    viewer = _viewer.get()
    if viewer is None:
        raise NoViewer("Nobody is named as looking: wrap the query in looking(viewer).")
    return viewer


def anybody() -> Viewer | None:
    """Who is looking now, or None."""
    return _viewer.get()


def request_number() -> str:
    """The number of the request being answered: it ties the log, the audit and an error page together."""
    return _request.get()


@contextmanager
def answering(number: str) -> Iterator[None]:
    """All that happens inside belongs to this request."""
    token = _request.set(number)
    try:
        yield
    finally:
        _request.reset(token)


@contextmanager
def looking(viewer: Viewer, *, on_behalf_of: AsWorker | None = None) -> Iterator[Viewer]:
    """A transaction in which `viewer` looks; the one before looks again when it ends.

    `on_behalf_of` is the worker whose step a purpose carries out: the audit names both.
    """
    before, behind_before = _viewer.get(), _behind.get()
    behind = on_behalf_of or (viewer if isinstance(viewer, AsWorker) else None)
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        _tell_database(viewer, behind)
        tokens = _viewer.set(viewer), _behind.set(behind)
        try:
            yield viewer
        finally:
            _viewer.reset(tokens[0])
            _behind.reset(tokens[1])
        if not (outermost or connection.needs_rollback):  # the end of a transaction takes what was told with it
            _tell_database(before, behind_before)


@contextmanager
def still_looking(viewer: Viewer, *, on_behalf_of: AsWorker | None = None) -> Iterator[Viewer]:
    """As `looking`, without a savepoint or a word to the database where this viewer looks already, for the same."""
    behind = on_behalf_of or (viewer if isinstance(viewer, AsWorker) else None)
    if connection.in_atomic_block and _viewer.get() == viewer and _behind.get() == behind:
        yield viewer
    else:
        with looking(viewer, on_behalf_of=on_behalf_of):
            yield viewer


def _tell_database(viewer: Viewer | None, behind: AsWorker | None) -> None:
    context = {"request": _request.get()}
    if behind:
        context["worker"] = str(behind.worker)
        context["roles"] = ", ".join(sorted(behind.roles))
    if isinstance(viewer, Purpose):
        context["purpose"] = viewer.name
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('righthelp.worker', %s, true), set_config('righthelp.purpose', %s, true),"
            " set_config('righthelp.public', %s, true), set_config('pghistory.context_metadata', %s, true)",
            [
                str(viewer.worker) if isinstance(viewer, AsWorker) else "",
                viewer.name if isinstance(viewer, Purpose) else "",
                "yes" if isinstance(viewer, AsPublic) else "",
                json.dumps(context),
            ],
        )


def worker_looking(worker: UUID) -> AsWorker | None:
    """The viewer that this worker is today, or None when they hold no role (left, or not yet begun)."""
    with looking(SIGN_IN), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('righthelp.worker', %s, true)", [str(worker)])
        cursor.execute("SELECT name, agency, agency_name, roles, teams, managed_teams, circles FROM viewer_facts()")
        row = cursor.fetchone()
    if row is None or not row[3]:
        return None
    name, agency, agency_name, roles, teams, managed, circles = row
    return _as_before(
        AsWorker(
            worker=worker,
            name=name,
            agency=agency,
            agency_name=agency_name,
            roles=frozenset(roles).intersection(ROLES),
            teams=frozenset(teams),
            managed_teams=frozenset(managed),
            circles=tuple(circles),
        )
    )


@lru_cache(maxsize=50)
def _as_before(viewer: AsWorker) -> AsWorker:
    """The viewer with what was made for them when they last looked; a new one as soon as anything of theirs changed.

    Making a page's queries narrow takes Django longer than asking them takes the database.
    """
    return viewer


def who_is_locked() -> str:
    """A word that says nothing, and is another when other people are locked to circles."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT who_is_locked()")
        (word,) = cursor.fetchone() or ("",)
        return str(word)
