"""Entries that concern a person and are not filed under them: about nobody yet, or naming them beside another."""

from collections.abc import Iterator
from uuid import UUID

from django.db.models import Q, prefetch_related_objects

from righthelp.engine.process import processes
from righthelp.people.matching import compare, found_by
from righthelp.people.merging import person_fields
from righthelp.people.models import Person
from righthelp.record.models import CaseEntry


def likely_about(person: Person) -> Iterator[CaseEntry]:
    """Open entries about nobody yet, of processes that say what they were told, that are likely about this person."""
    prefetch_related_objects([person], *found_by())  # once, however many entries there are
    for page in processes().values():
        if not hasattr(page, "told"):
            continue
        rows = page.objects.filter(state__in=page.open_states(), entry__person__isnull=True)
        for row in rows.select_related("entry"):
            if compare(row.told, person).likely:
                yield row.entry


def naming(person: UUID) -> Iterator[CaseEntry]:
    """Entries about another that name this person: who else's record it may be, who somebody is to a child."""
    for page in processes().values():
        if names := person_fields().get(page):
            named = Q()
            for name in names:
                named |= Q(**{name: person})
            rows = page.objects.filter(named).exclude(entry__person=person)
            yield from (row.entry for row in rows.select_related("entry"))
