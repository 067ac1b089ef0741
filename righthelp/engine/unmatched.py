"""Entries that nobody has yet said whom they are about, and that are likely about a person."""

from collections.abc import Iterator

from django.db.models import prefetch_related_objects

from righthelp.engine.process import processes
from righthelp.people.matching import compare
from righthelp.people.models import Person
from righthelp.record.models import CaseEntry


def likely_about(person: Person) -> Iterator[CaseEntry]:
    """Open entries about nobody yet, of processes that say what they were told, that are likely about this person."""
    prefetch_related_objects([person], "names", "addresses", "identifiers")  # once, however many entries there are
    for page in processes().values():
        if not hasattr(page, "told"):
            continue
        rows = page.objects.filter(state__in=page.open_states(), entry__person__isnull=True)
        for row in rows.select_related("entry"):
            if compare(row.told, person).likely:
                yield row.entry
