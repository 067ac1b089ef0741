"""A child that a return tells of, recorded: a new person or facts added to a known one, and each referral by its step.

Nothing that is known is overwritten. A fact that differs stands beside the one before, with its own source; where the
record has room for one only (a date of birth, a referral's need) it is kept word for word.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any
from uuid import UUID

from righthelp.engine.journal import Journal
from righthelp.engine.process import processes
from righthelp.engine.refusals import NotTaken
from righthelp.engine.taking import begin, take
from righthelp.guard.guarded import GuardedModel
from righthelp.guard.viewers import LOAD
from righthelp.kernel.moments import first_moment
from righthelp.people.keys import plain
from righthelp.people.models import Characteristic, Identifier, Person
from righthelp.people.rows import known_rows, new_identifier, new_person, refreshed_search_key
from righthelp.people.told import Told
from righthelp.processes.referral.models import Referral
from righthelp.record.models import CaseEntry, KeptForLater
from righthelp.returns.cin.elements import Element, as_text
from righthelp.returns.cin.faults import Fault, Kind
from righthelp.returns.cin.header import Return
from righthelp.returns.cin.known import Known
from righthelp.returns.cin.places import PLACES
from righthelp.returns.cin.placing import Placing
from righthelp.returns.cin.summary import Counts
from righthelp.returns.cin.told import ToldChild, ToldReferral

UNKNOWN = (None, "", Person.Sex.UNKNOWN)
NO_DISABILITY = "NONE"


class Recording:
    """Records the children of one return into a journal, and counts what it records."""

    def __init__(self, announced: Return, journal: Journal) -> None:
        self.announced = announced
        self.source = announced.source
        self.journal = journal
        self.counts = Counts()
        self.faults: list[Fault] = []
        self.made: list[UUID] = []  # people who were not known before
        self.placed = {name for name, place in PLACES.items() if place.kind in processes()}

    def child(self, told: ToldChild, known: Known | None) -> None:
        """A child and all their referrals."""
        if known is None:
            self.counts.children_new += 1
            known = Known(self._new(told))
            self.made.append(known.person.pk)
        else:
            self.counts.children_known += 1
            self._learn(told, known)
        self.keep(told.kept, known)
        for referral in told.referrals:
            try:
                self._referral(referral, known)
            except NotTaken as refused:
                self._note(Kind.REFUSED, referral.at, f"The record refuses this referral. {refused}")

    def _note(self, kind: Kind, at: Element, sentence: str) -> None:
        self.faults.append(Fault(kind, at.line, at.column, at.path, sentence))

    def _differs(self, said: Element) -> None:
        sentence = f"{said.name} differs from what is on record. Both are kept; look which is right."
        self._note(Kind.DIFFERS, said, sentence)

    def keep(self, parts: list[Element], known: Known, entry: CaseEntry | None = None) -> None:
        """Parts that are kept word for word, each once."""
        for part in parts:
            kind, content = part.name[:60], as_text(part)
            key = (entry.pk if entry else None, kind, content)
            if key in known.kept:
                self.counts.kept_already += 1
                continue
            known.kept.add(key)
            (self.counts.faulty if part.name in self.placed else self.counts.kept)[kind] += 1
            self.journal.add(
                KeptForLater(
                    entry=entry,
                    person=known.person,
                    kind=kind,
                    content=content,
                    source=self.source.words,
                    line=part.line,
                    recorded_at=self.journal.moment(),
                )
            )

    # --- The child -----------------------------------------------------------------------------------------

    def _new(self, told: ToldChild) -> Person:
        child = Told(
            sex=told.sex,
            born_on=told.born_on,
            expected_on=told.expected_on,
            identifiers=tuple(_numbers(told)),
        )
        # A return has no names: until a worry brings one, a child is called by the authority's number.
        rows = new_person(child, self.source, called_otherwise=f"Child {told.number}", issuer=self.announced.authority)
        person = rows[0]
        assert isinstance(person, Person)
        person.called_sort = plain(person.called)
        person.died_on = told.died_on
        self.journal.add(*rows, *(self._characteristic(person, *coded) for coded in _codes(told)))
        return person

    def _characteristic(self, person: Person, kind: str, code: str) -> Characteristic:
        return Characteristic(person=person, kind=kind, code=code, source=self.source.words, recorded_on=self.source.on)

    def _learn(self, told: ToldChild, known: Known) -> None:
        """What the return tells of a known person and the record does not say."""
        fresh = [*self._new_numbers(told, known), *self._new_characteristics(told, known)]
        filled = list(self._filled(told, known))
        self.counts.learned += len(fresh) + len(filled)
        self.journal.add(*fresh)
        if filled:
            self.journal.change(known.person, *filled)
        if filled or any(isinstance(row, Identifier) for row in fresh):
            self.journal.change(refreshed_search_key(known.person, known_rows(known.person), fresh), "keys")

    def _new_numbers(self, told: ToldChild, known: Known) -> Iterator[GuardedModel]:
        for kind, value in _numbers(told):
            row = new_identifier(known.person, kind, value, self.source, self.announced.authority)
            if (row.kind, row.value, row.issuer) in known.identifiers:
                continue
            if kind == Identifier.Kind.UPN and any(held == kind for held, *_ in known.identifiers):
                self._differs(told.said["UPN"])
            yield row

    def _new_characteristics(self, told: ToldChild, known: Known) -> Iterator[GuardedModel]:
        for kind, code in _codes(told):
            held = known.characteristics[kind]
            if code in held:
                continue
            if kind == Characteristic.Kind.ETHNICITY and held:
                self._differs(told.said["Ethnicity"])
            if kind == Characteristic.Kind.DISABILITY and held and NO_DISABILITY in {code, *held}:
                self._differs(told.said["Disability"])
            yield self._characteristic(known.person, kind, code)

    def _filled(self, told: ToldChild, known: Known) -> Iterator[str]:
        """Facts of which a person has one: filled in where there was none, kept beside it where it differs."""
        for column, element in (
            ("born_on", "PersonBirthDate"),
            ("expected_on", "ExpectedPersonBirthDate"),
            ("died_on", "PersonDeathDate"),
            ("sex", "Sex" if "Sex" in told.said else "GenderCurrent"),
        ):
            value, held = getattr(told, column), getattr(known.person, column)
            if value in UNKNOWN or value == held:
                continue
            if held in UNKNOWN and _may_be(known.person, column, value):
                setattr(known.person, column, value)
                yield column
                continue
            self.keep([told.said[element]], known)
            self._differs(told.said[element])

    # --- Referrals -----------------------------------------------------------------------------------------

    def _referral(self, told: ToldReferral, known: Known) -> None:
        row = known.referral(told)
        if row is None:
            row = self._begin(told, known.person)
            self.counts.referrals_new += 1
            self._parts(told, row, known)
        else:
            self.counts.referrals_known += 1
            self._parts(told, row, known)  # what ended before the referral was closed is not ended by that
            self._again(told, row, known)
        self.keep(told.kept, known, row.entry)

    def _parts(self, told: ToldReferral, row: Referral, known: Known) -> None:
        placing = Placing(self, row, known)
        for part in told.parts:
            if part.name in self.placed:
                placing.record(part, closed=told.closed)
            else:
                self.keep([part.at], known, row.entry)

    def _begin(self, told: ToldReferral, person: Person) -> Referral:
        """Opening data keeps its own day: midnight, because a return says no time."""
        at = first_moment(told.on)
        answers: dict[str, Any] = {
            "received_at": at,
            "return_source": told.source,
            "return_need": told.need,
            "no_further_action": told.no_further_action,
            "initial_conference_on": told.conference_on,
        }
        if told.closed:
            answers |= {"closed_on": told.closed_on, "closure_reason": told.closure_reason}
        step = "load_closed" if told.closed else "load_open"
        return begin(Referral, step, by=LOAD, on=at, person=person, into=self.journal, **answers)

    def _again(self, told: ToldReferral, row: Referral, known: Known) -> None:
        """A referral that is on record already: what this return says otherwise, or of its end."""
        if told.conference_on and not row.initial_conference_on:
            at, day = self.when(row, self.announced.as_at), told.conference_on
            row = take(row, "load_conference", by=LOAD, on=at, into=self.journal, initial_conference_on=day)
        if told.closed_on and not row.ended and _still_as_loaded(row) and row.pk not in known.taken_up:
            answers: dict[str, Any] = {"closed_on": told.closed_on, "closure_reason": told.closure_reason}
            # What ends with it may have begun after that day.
            begun = (other.entry.begun_at for other in known.rows["assessment"] if other.referral_id == row.pk)
            at = max([first_moment(told.closed_on), *begun])
            take(row, "load_closure", by=LOAD, on=at, into=self.journal, **answers)
            self.counts.closed += 1
        elif told.closed_on:
            self._compare(told, "CINclosureDate", told.closed_on, row.closed_on, row, known)
            self._compare(told, "ReasonForClosure", told.closure_reason, row.closure_reason, row, known)
        self._compare(told, "PrimaryNeedCode", told.need, row.return_need, row, known)
        self._compare(told, "ReferralNFA", told.no_further_action, row.no_further_action, row, known)
        self._compare(told, "DateOfInitialCPC", told.conference_on, row.initial_conference_on, row, known)

    def _compare(
        self, told: ToldReferral, element: str, value: object, held: object, row: Referral, known: Known
    ) -> None:
        if value in UNKNOWN or value == held:
            return
        self.beside(told.said[element], known, row.entry, differs=held not in UNKNOWN or element == "CINclosureDate")

    def when(self, row: Any, day: date) -> datetime:
        """The moment at which the return tells of a day: not before the row began, and not ahead."""
        earliest: datetime = max(first_moment(day), row.entry.begun_at)
        return min(earliest, self.journal.moment())

    def beside(self, said: Element, known: Known, entry: CaseEntry, *, differs: bool) -> None:
        """What the return says stands beside what is on record; where the two differ, that is told."""
        self.keep([said], known, entry)
        if differs:
            self._differs(said)


def _numbers(told: ToldChild) -> Iterator[tuple[str, str]]:
    for kind, value in (
        (Identifier.Kind.LA_CHILD, told.number),
        (Identifier.Kind.UPN, told.upn),
        (Identifier.Kind.FORMER_UPN, told.former_upn),
    ):
        if value:
            yield kind, value


def _codes(told: ToldChild) -> Iterator[tuple[str, str]]:
    if told.ethnicity:
        yield Characteristic.Kind.ETHNICITY, told.ethnicity
    for code in told.disabilities:
        yield Characteristic.Kind.DISABILITY, code


def _may_be(person: Person, column: str, value: object) -> bool:
    """Whether a person with this filled in still agrees: nobody dies before birth, or is expected once born."""
    if column == "expected_on":
        return person.born_on is None
    born_on = value if column == "born_on" else person.born_on
    died_on = value if column == "died_on" else person.died_on
    return not (isinstance(born_on, date) and isinstance(died_on, date)) or died_on >= born_on


def _still_as_loaded(row: Referral) -> bool:
    """Whether nobody here has taken the referral up since a return brought it."""
    return row.state == Referral.State.ACCEPTED and row.contact_id is None
