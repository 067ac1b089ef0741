"""What a transfer pack holds of a child: what is known, what happened and when, what is open, who is involved."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from django.db.models import Q

from righthelp.engine.clockface import kept_faces
from righthelp.engine.composing import NOTHING, Passage, Section
from righthelp.engine.process import processes
from righthelp.kernel.moments import local_day
from righthelp.kernel.written import write_date, write_moment
from righthelp.people.facts import known_facts
from righthelp.people.matching import is_child
from righthelp.people.models import Person, Relationship
from righthelp.people.siblings import SIBLINGS
from righthelp.record.models import Action, CaseEntry, Deadline, Document, Holding, Outcome, Participant, TimelineEvent

APART = (
    "Brothers and sisters have records of their own, and are not named here. What is known of each is sent, "
    "where it is sent at all, as a pack of their own."
)


def sections(person: Person, now: datetime) -> list[Section]:
    """The pack as it is now, for whoever looks: what they may not see is not in it."""
    today = local_day(now)
    open_now = _open_entries(person)
    as_of = f"All that is on record here of {person}, as it was on {write_moment(now)}."
    return [
        Section("", [Passage(as_of), Passage(APART)]),
        Section("What is known, who told it and when", list(_known(person)), NOTHING),
        Section("What is open, and who holds it", list(_open(open_now)), NOTHING),
        Section("What is to be different, and where it stands", list(_outcomes(open_now)), NOTHING),
        Section("Who does what by when", list(_actions(person, open_now, today)), NOTHING),
        Section("What is due, and where that comes from", list(_due(open_now, now)), NOTHING),
        Section("Agencies and workers who take part", list(_involved(open_now)), NOTHING),
        Section("Documents on the record", list(_documents(person)), NOTHING),
        Section("What happened, with the dates as they were", list(_happened(person)), NOTHING),
    ]


def _open_entries(person: Person) -> list[CaseEntry]:
    """What has not ended, in the order in which it began: a query for each kind that there is."""
    entries = list(CaseEntry.objects.filter(person=person).order_by("begun_at"))
    pages, still = processes(), set()
    for kind in {entry.kind for entry in entries} & pages.keys():
        keys = [entry.pk for entry in entries if entry.kind == kind]
        waiting = pages[kind].objects.filter(pk__in=keys, state__in=pages[kind].open_states())
        still.update(waiting.values_list("pk", flat=True))
    return [entry for entry in entries if entry.pk in still]


def _known(person: Person) -> Iterator[Passage]:
    """Every fact with its source; of other children not a name."""
    others = {
        f"relationship:{one.pk}"
        for one in [*person.related_to.select_related("person"), *person.relationships.select_related("other")]
        if _names_another_child(one, person)
    }
    for fact in known_facts(person, past=True):
        if fact.key not in others:
            ended = " (ended)" if fact.ended else ""
            said = "confirmed" if fact.confirmed else "told"
            yield Passage(
                f"{fact.what}: {fact.says}{ended}. {fact.source}, {said} on {write_date(fact.on)}.", item=True
            )


def _names_another_child(one: Relationship, person: Person) -> bool:
    """A child; somebody whose age is not known is taken for one where they are a brother or sister."""
    other = one.other if one.person_id == person.pk else one.person
    return is_child(other) and (other.born_on is not None or one.kind in SIBLINGS)


def _open(entries: list[CaseEntry]) -> Iterator[Passage]:
    holdings = Holding.objects.filter(entry__in=entries, until__isnull=True).select_related("team", "worker")
    held = {one.entry_id: one for one in holdings}
    for entry in entries:
        one = held.get(entry.pk)
        who = ", ".join(str(part) for part in (one.worker, one.team) if part) if one else "nobody"
        since = write_date(local_day(entry.begun_at))
        yield Passage(f"{processes()[entry.kind].title()}, since {since}. Held by {who}.", item=True)


def _outcomes(entries: list[CaseEntry]) -> Iterator[Passage]:
    for one in Outcome.objects.filter(entry__in=entries).order_by("entry__begun_at", "number", "pk"):
        said = f" {one.reached_says}" if one.reached_says else ""
        yield Passage(f"{one.words}\nIs it so now? {one.get_reached_display()}.{said}", item=True)


def _actions(person: Person, entries: list[CaseEntry], today: date) -> Iterator[Passage]:
    """Of what is open; and what is still to be done of what is over."""
    wanted = Q(entry__in=entries) | Q(entry__person=person, done=Action.Done.NOT_YET)
    for one in Action.objects.filter(wanted).order_by("due_on", "number", "pk"):
        late = " Late." if one.is_open and one.due_on < today else ""
        progress = f" {one.progress}" if one.progress else ""
        stands = f"Is it done? {one.get_done_display()}.{late}{progress}"
        yield Passage(f"{one.what}\n{one.who}, by {write_date(one.due_on)}. {stands}", item=True)


def _due(entries: list[CaseEntry], now: datetime) -> Iterator[Passage]:
    waiting = Deadline.objects.filter(entry__in=entries, stopped_at__isnull=True).select_related("entry")
    for deadline, face in kept_faces(waiting.order_by("due_at", "clock"), now):
        began = write_date(local_day(deadline.started_at))
        yield Passage(f"{face.title}: by {face.due}, counted from {began}. {face.source}.", item=True)


def _involved(entries: list[CaseEntry]) -> Iterator[Passage]:
    found = Participant.objects.filter(entry__in=entries, until__isnull=True).select_related("agency", "worker")
    lines = (f"{one.agency}: {one.worker or 'its leads'}, {one.get_part_display()}." for one in found.order_by("since"))
    yield from (Passage(line, item=True) for line in dict.fromkeys(lines))


def _documents(person: Person) -> Iterator[Passage]:
    for one in Document.objects.filter(entry__person=person).order_by("made_at", "pk").defer("words"):
        yield Passage(f"{one.title}, {write_date(local_day(one.made_at))}.", item=True)


def _happened(person: Person) -> Iterator[Passage]:
    """Each event when it happened; and when it was written down, where that was another day."""
    for one in TimelineEvent.objects.filter(entry__person=person).order_by("at", "recorded_at", "id").iterator():
        marked = " Significant." if one.significant else ""
        later = ""
        if local_day(one.recorded_at) != local_day(one.at):
            later = f" Written down on {write_date(local_day(one.recorded_at))}."
        yield Passage(f"{write_moment(one.at)}: {one.says}.{marked} {one.by_name}.{later}", item=True)
