"""Documents composed from the record: each section from its source, each passage with who said it, on what basis, when.

A report reads `compose("Report for the conference", [Section("What we know", [of(contact, "worry")])])`. The words are
frozen when it is issued; a `Quotation` keeps which field of which entry each passage came from.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from righthelp.engine import timeline
from righthelp.kernel.moments import When, first_moment, local_day
from righthelp.kernel.written import write_date
from righthelp.packs import Block
from righthelp.record.letters import as_typed, words_of
from righthelp.record.models import Basis, CaseEntry, Document, Quotation, TimelineEvent

if TYPE_CHECKING:
    from righthelp.engine.doing import Doing
    from righthelp.engine.process import Process

NOTHING = "Nothing recorded."


@dataclass(frozen=True)
class Passage:
    """Words of a document. Those from elsewhere say whose they are; by `entry` and `field` corrections follow them."""

    words: str
    said_by: str = ""
    basis: str = ""  # of `Basis`
    at: When | None = None  # when it was said
    entry: CaseEntry | None = None
    field: str = ""
    label: str = ""  # the question that the words answer
    item: bool = False  # one of a list

    @property
    def source(self) -> str:
        """Who said it, on what basis, when; empty for the document's own words."""
        basis = Basis(self.basis).label if self.basis else ""
        who = f"{self.said_by} ({basis})" if self.said_by and basis else self.said_by or basis
        when = f"on {write_date(local_day(self.at))}" if self.at else ""
        words = f"{who} {when}".strip()
        return words[:1].upper() + words[1:]

    def blocks(self) -> list[Block]:
        """The passage as parts of a document. What somebody typed makes no heading and no source of its own."""
        typed = as_typed(self.words)
        if self.item:
            parts = [Block("item", "\n".join([*self._asked(), *typed]))]
        else:
            parts = [Block("paragraph", "\n".join([*self._asked(), typed[0]]))]
            parts += [Block("paragraph", text) for text in typed[1:]]
        return [*parts, Block("source", self.source)] if self.source else parts

    def _asked(self) -> list[str]:
        return as_typed(self.label)


@dataclass(frozen=True)
class Section:
    """A part of a document under its heading. Without a word in it, it is left out, or says `if_empty`."""

    heading: str
    passages: Sequence[Passage] = ()
    if_empty: str = ""  # NOTHING, or what else an empty section says

    def said(self) -> list[Passage]:
        """Its passages that say anything."""
        said = [passage for passage in self.passages if as_typed(passage.words)]
        return said or ([Passage(self.if_empty)] if self.if_empty else [])


@dataclass(frozen=True)
class Composed:
    """A document that was put together and is not yet issued."""

    title: str
    words: str
    quotations: list[Quotation] = field(default_factory=list)  # each still without its document


def compose(title: str, sections: Iterable[Section]) -> Composed:
    """Put a document together from its sections."""
    parts: list[Block] = []
    quotations = []
    for section in sections:
        said = section.said()
        if said and section.heading:
            parts.append(Block("heading", " ".join(section.heading.split())))
        for passage in said:
            if passage.entry is not None:
                quotations.append(_quotation(passage, block=len(parts)))
            parts += passage.blocks()
    return Composed(title[:200], words_of(parts), quotations)


def _quotation(passage: Passage, block: int) -> Quotation:
    if not passage.field or not passage.basis:
        raise ValueError("A passage of an entry names its field, and on what basis it is said.")
    return Quotation(
        entry=passage.entry,
        field=passage.field,
        block=block,
        words=passage.words,
        said_by=passage.said_by[:200],
        basis=passage.basis,
        said_at=first_moment(passage.at) if passage.at else None,
    )


def of(
    row: Process,
    field: str,
    also: Doing | None = None,
    *,
    said_by: str = "",
    basis: str = Basis.RECORDED,
    at: When | None = None,
    label: str | None = None,
    item: bool = False,
) -> Passage:
    """A field of a row as a passage: recorded by whoever last took a step that asks it, unless it is said otherwise.

    Where no step asks it nobody is named. `also` is the step in hand, which may be that step. Whether those to whom the
    document goes may read the field, its page does not know: the step that composes it answers for that.
    """
    recorded = _last_recorded(row, field, also)
    question = str(row._meta.get_field(field).verbose_name) if label is None else label  # type: ignore[union-attr]
    return Passage(
        words=timeline.in_words(row, field),
        said_by=said_by or (recorded.by_name if recorded else ""),
        basis=basis,
        at=at or (recorded.at if recorded else None),
        entry=row.entry,
        field=field,
        label=question[:1].upper() + question[1:],
        item=item,
    )


def quoted_in(entry: CaseEntry, field: str) -> list[Document]:
    """Every document that quoted this field of this entry, the first made first: whom each reached is in its ledger."""
    quoting = Quotation.objects.filter(entry=entry, field=field)
    return list(Document.objects.filter(pk__in=quoting.values("document")).order_by("made_at", "pk"))


@dataclass(frozen=True)
class _Recorded:
    by_name: str
    at: datetime


def _last_recorded(row: Process, field: str, also: Doing | None) -> _Recorded | None:
    steps = {name for name, step in row.steps.items() if field in step.fields}
    if also is not None and also.row is row and also.step in steps:
        return _Recorded(also.called, also.when)
    # Of two at one moment the one that was written down last: a sort leaves those that are alike as they come.
    return next(iter(sorted(_events(row, steps, also), key=lambda recorded: recorded.at)[-1:]), None)


def _events(row: Process, steps: set[str], also: Doing | None) -> Iterator[_Recorded]:
    """When these steps were taken, as they were written down: on record, then in the journal still to be written."""
    if also is None or not also.journal.holds(row.entry):
        last = TimelineEvent.objects.filter(entry=row.pk, step__in=steps).order_by("at", "recorded_at", "id").last()
        if last is not None:
            yield _Recorded(last.by_name, last.at)
    if also is not None:
        for event in also.journal.parts.get((TimelineEvent, row.pk), ()):
            if event.step in steps:
                yield _Recorded(event.by_name, event.at)
