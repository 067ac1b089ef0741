"""The vocabulary in which a process's page is written: Step, Clock, Expect.

Pure declarations: what a step asks and needs, what a clock counts, what one process expects of another. The engine
reads them; nothing here knows a database, a screen or the time.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Fault:
    """Why something cannot be done, in a sentence a worker can act on; `at` is the answer to mend, if it is one."""

    sentence: str
    at: str = ""


# A need looks at the row as it would be and answers with nothing, or with why not.
Need = Callable[[Any], Fault | str | None]
Fields = Sequence[str]


@dataclass(frozen=True)
class Step:
    """Something a worker does: who may, from which state, what it asks and needs, and what the timeline says of it."""

    name: str
    title: str  # an imperative, as on the button
    past: str  # as the timeline says it; {field} is filled in, from fields shown to everyone
    by: frozenset[str]  # roles, or the name of a purpose
    leaves: frozenset[str] = frozenset()  # states it is taken from; none: it begins the process
    reaches: str | None = None  # the state it leads to; None: the state stays
    asks: Mapping[str, Fields] = field(default_factory=dict)  # heading -> fields; one unnamed heading is one page
    optional: frozenset[str] = frozenset()  # asked fields that may be left empty
    only_when: Mapping[str, tuple[str, frozenset[Any]]] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)  # questions as this step's taker must read them
    offers: Mapping[str, frozenset[Any]] = field(default_factory=dict)  # the codes that make sense in this step
    needs: tuple[Need, ...] = ()
    significant: bool = False  # stands out in the chronology
    by_those_of: str = ""  # the attribute of the page that lists who may, where pages that share the step differ
    siblings: bool = False  # may be begun or taken for several of one family at once
    own: frozenset[str] = frozenset()  # of what it asks, each child's own: asked again for every one of them
    explains: str = ""  # the step's docstring: what it is in practice
    body: Callable[..., None] | None = None

    @property
    def begins(self) -> bool:
        return not self.leaves

    @property
    def fields(self) -> tuple[str, ...]:
        """Every field it asks, in order."""
        return tuple(name for names in self.asks.values() for name in names)

    def wants(self, name: str, answers: Mapping[str, Any]) -> bool:
        """Whether a field is asked at all, given the other answers."""
        if name not in self.only_when:
            return True
        other, values = self.only_when[name]
        return answers.get(other) in values


def step(
    title: str,
    *,
    past: str,
    by: Iterable[str] | str,
    leaves: str | Iterable[str] = (),
    reaches: str | None = None,
    asks: Fields | Mapping[str, Fields] = (),
    optional: Iterable[str] = (),
    only_when: Mapping[str, tuple[str, Iterable[Any]]] | None = None,
    words: Mapping[str, str] | None = None,
    offers: Mapping[str, Iterable[Any]] | None = None,
    needs: Iterable[Need] = (),
    significant: bool = False,
    siblings: bool = False,
    own: Iterable[str] = (),
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Declare a method as a step of its process. The method says what else the step does; often nothing.

    `by` names roles or purposes; in a page that others are made from, the attribute in which each lists its own.
    """

    def declare(body: Callable[..., None]) -> Callable[..., None]:
        body.declared = Step(  # type: ignore[attr-defined]
            name=body.__name__,
            title=title,
            past=past,
            by=frozenset(() if isinstance(by, str) else by),
            by_those_of=by if isinstance(by, str) else "",
            leaves=frozenset([leaves] if isinstance(leaves, str) else leaves),
            reaches=reaches,
            asks=dict(asks) if isinstance(asks, Mapping) else ({"": tuple(asks)} if asks else {}),
            optional=frozenset(optional),
            only_when={name: (other, frozenset(values)) for name, (other, values) in (only_when or {}).items()},
            words=dict(words or {}),
            offers={name: frozenset(codes) for name, codes in (offers or {}).items()},
            needs=tuple(needs),
            significant=significant,
            siblings=siblings,
            own=frozenset(own),
            explains=(body.__doc__ or "").strip(),
            body=body,
        )
        return body

    return declare


@dataclass(frozen=True)
class Clock:
    """Something that is awaited in time: from which fact, to which, by which law or local standard.

    `starts` and `stops` name facts of the row, or of a row it points to ("discussion.held_on"). `when` names a fact
    without which the clock does not apply; `agreed` one that holds an earlier or later moment agreed for this child;
    `excused` one that holds the exception named by the instrument.
    """

    name: str
    law: str
    starts: str
    stops: str
    when: str = ""
    agreed: str = ""
    excused: str = ""
    awaits: str = ""  # what is awaited, in words ({length} is the time allowed); else the name


@dataclass(frozen=True)
class Expect:
    """That a step of this process calls for another process, named by label: what is begun, when, and with what.

    `carries` maps the other's fields to this row's; the other's `link` field points back here. One that is open already
    is enough, unless it differs in a field of `apart`: a graver call is not answered by a milder one.
    """

    of: str  # kind of process, "referral"
    step: str  # the step that begins it
    when: str  # a fact of this row: the other is begun when a step leaves it true
    link: str
    carries: Mapping[str, str] = field(default_factory=dict)
    apart: frozenset[str] = frozenset()  # of the fields that are carried
