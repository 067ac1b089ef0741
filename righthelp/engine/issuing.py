"""To whom a document is issued: the rows of its ledger."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from righthelp.guard.models import Agency, Worker
from righthelp.record.models import Document, Issue


@dataclass(frozen=True)
class Recipient:
    """Somebody who gets a document: a worker or an agency, who read it in their workspace; or anybody else, by name.

    Name the worker wherever there is one: what is issued to an agency alone is read by its leads.
    """

    to: str = ""  # as the ledger says it; else the worker's name and agency
    worker: Worker | None = None
    agency: Agency | None = None
    how: str = ""  # else in their workspace, and by post to anybody who has none

    @property
    def named(self) -> str:
        if self.to:
            return self.to
        if self.worker:
            return f"{self.worker.name}, {self.worker.agency}"
        if self.agency:
            return self.agency.name
        raise ValueError("A document is issued to a worker, to an agency or to somebody by name.")

    def issued(self, document: Document, on: datetime) -> Issue:
        """The line of the ledger."""
        return Issue(
            document=document,
            to=self.named[:200],
            how=self.how or (Issue.How.WORKSPACE if self.worker or self.agency else Issue.How.POST),
            at=on,
            agency_id=self.worker.agency_id if self.worker else self.agency.pk if self.agency else None,
            worker=self.worker,
        )


def issues(document: Document, recipients: Iterable[Recipient], on: datetime) -> list[Issue]:
    """A line of the ledger for each; one for whoever is named twice."""
    return [one.issued(document, on) for one in dict.fromkeys(recipients)]
