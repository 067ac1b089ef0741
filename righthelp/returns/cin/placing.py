"""The parts of one referral recorded: each a row by its own process's step, or what a later return adds to one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from righthelp.engine.process import process
from righthelp.engine.taking import begin, take
from righthelp.guard.viewers import LOAD
from righthelp.kernel.moments import first_moment
from righthelp.processes.referral.models import Referral
from righthelp.returns.cin.known import Known
from righthelp.returns.cin.parts import ToldPart
from righthelp.returns.cin.places import PLACES, Place

if TYPE_CHECKING:
    from righthelp.returns.cin.recording import Recording


class Placing:
    """Records the parts of one referral of a known or new child, and counts them."""

    def __init__(self, recording: Recording, referral: Referral, known: Known) -> None:
        self.recording = recording
        self.referral = referral
        self.known = known

    def record(self, part: ToldPart, *, closed: bool) -> None:
        """A row of its own; or, of one that is there, what was open is filled in and what differs stands beside."""
        place, counts = PLACES[part.name], self.recording.counts
        row = self.known.part(part, self.referral)
        if row is None:
            row = self._begin(place, part, closed)
            counts.parts_new[place.words] += 1
        else:
            counts.parts_known[place.words] += 1
            row = self._further(place, part, row)
            for fact in place.compared(part, row):
                if not fact.agrees:
                    differs = fact.always or fact.held not in (None, "", [])
                    self.recording.beside(part.said[fact.element], self.known, row.entry, differs=differs)
        self.recording.keep(part.kept, self.known, row.entry)

    def _begin(self, place: Place, part: ToldPart, closed: bool) -> Any:
        step, answers = place.load(part, closed=closed, as_at=self.recording.announced.as_at)
        into, person = self.recording.journal, self.known.person
        at = first_moment(part.on)
        page = process(place.kind)
        return begin(page, step, by=LOAD, on=at, person=person, into=into, referral=self.referral, **answers)

    def _further(self, place: Place, part: ToldPart, row: Any) -> Any:
        if row.pk in self.known.taken_up:
            return row
        steps = list(place.later(part, row, self.recording.announced.as_at))
        if steps:
            self.recording.counts.parts_further[place.words] += 1
        for step, answers, on in steps:
            row = take(row, step, by=LOAD, on=self.recording.when(row, on), into=self.recording.journal, **answers)
        return row
