"""What was written about a merged record, in words by which somebody can tell whose it is."""

from __future__ import annotations

from righthelp.engine.process import processes
from righthelp.guard.guarded import GuardedModel
from righthelp.kernel.moments import local
from righthelp.kernel.written import write_date, write_moment
from righthelp.people.facts import known_of_row
from righthelp.people.models import Known
from righthelp.record.models import CaseEntry, KeptForLater


def in_words(row: GuardedModel) -> str:
    """One row that was written since: what it is, who said so, and when."""
    if isinstance(row, CaseEntry):
        page = processes().get(row.kind)
        found = page.objects.filter(pk=row.pk).first() if page else None
        heading = found.heading if found else ""
        title = page.title() if page else row.kind
        told = f"{title}: {heading}" if heading and heading != title else title
        return f"{told}, {write_moment(local(row.begun_at))}"
    if isinstance(row, Known):
        what, says = known_of_row(row)
        return f"{what}: {says}. {row.source}, {write_date(row.recorded_on)}"
    if isinstance(row, KeptForLater):
        return f"{row.kind}, loaded from {row.source}, line {row.line}"
    return f"{str(row._meta.verbose_name).capitalize()}: {row}"
