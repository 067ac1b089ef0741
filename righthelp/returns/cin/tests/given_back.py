"""What a file says of each child, and what the record says of them once it was loaded: to be held side by side.

The file is read here by a parser of its own, so that a mistake of the loader's reading shows. Both give, for each
child's number, a set of facts: names with values, and within a referral, an assessment, an enquiry or a plan the set of
its own.

What differs by design is made alike here, and nothing else is: a thing said twice alike is said once; order and
grouping of dates and codes say nothing; yes is 1 and no is 0; a date may be followed by a time; a code is in capitals;
sex is read in today's codes, and one that is not known is as one that is not told; words between elements, attributes
and elements without content say nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any
from uuid import UUID
from xml.etree import ElementTree

from righthelp.engine.process import processes
from righthelp.kernel.moments import local_day
from righthelp.people.models import Characteristic, Identifier, Person
from righthelp.processes.referral.models import Referral
from righthelp.record.models import KeptForLater

Facts = frozenset[Any]
"""Pairs of a name and a value, or of a name and the facts within."""

GROUPS = {"ChildIdentifiers", "ChildCharacteristics", "Disabilities", "FactorsIdentifiedAtAssessment", "Reviews"}
NUMBERS = {
    Identifier.Kind.LA_CHILD: "LAchildID",
    Identifier.Kind.UPN: "UPN",
    Identifier.Kind.FORMER_UPN: "FormerUPN",
}
SEXES = {"1": "M", "2": "F", "0": "U", "9": "U"}
YES_NO = {"true": "1", "false": "0"}
DAYS = {"InitialCPCtarget"}
AS_GIVEN = {"LAchildID", "NumberOfPreviousCPP"}
NOT_KNOWN = ("Sex", "U")


def said_by_file(source: bytes) -> dict[str, Facts]:
    """What a file says of each child."""
    message = ElementTree.fromstring(source)
    children = (frozenset(_facts(child)) for child in message.iter("Child"))
    return {dict(facts)["LAchildID"]: facts for facts in children}


def _facts(element: ElementTree.Element) -> Iterator[tuple[str, Any]]:
    for part in element:
        if part.tag in GROUPS:
            yield from _facts(part)
        elif len(part):
            yield part.tag, frozenset(_facts(part))
        elif words := (part.text or "").strip():
            fact = _written(part.tag, words)
            if fact != NOT_KNOWN:
                yield fact


def _written(name: str, words: str) -> tuple[str, str]:
    if name in AS_GIVEN:
        return name, words
    if name in {"Sex", "GenderCurrent"}:
        return "Sex", SEXES.get(words, words.upper())
    if name.lower().endswith("date") or name in DAYS or name.startswith("DateOf"):
        return name, words[:10]
    return name, YES_NO.get(words.lower(), words.upper())


def said_by_record() -> dict[str, Facts]:
    """What the record says of each child who has a number of their authority's."""
    record = _Record()
    numbers = Identifier.objects.filter(kind=Identifier.Kind.LA_CHILD).select_related("person")
    return {number.value: frozenset(record.child(number.person)) for number in numbers}


class _Record:
    """All that is on record of everybody, read once."""

    def __init__(self) -> None:
        self.identifiers = _by("person_id", Identifier.objects.all())
        self.characteristics = _by("person_id", Characteristic.objects.all())
        self.kept = _by("entry_id", KeptForLater.objects.filter(entry__isnull=False))
        self.kept_of_child = _by("person_id", KeptForLater.objects.filter(entry__isnull=True))
        self.referrals: dict[UUID, list[Any]] = defaultdict(list)
        for referral in Referral.objects.select_related("entry"):
            self.referrals[referral.entry.person_id].append(referral)
        kinds = ("assessment", "section_47", "child_protection_plan", "family_help")
        pages: dict[str, Any] = processes()
        self.rows = {kind: _by("referral_id", pages[kind].objects.all()) for kind in kinds if kind in pages}

    def child(self, person: Person) -> Iterator[tuple[str, Any]]:
        for number in self.identifiers[person.pk]:
            yield NUMBERS[number.kind], number.value
        for coded in self.characteristics[person.pk]:
            name = "Ethnicity" if coded.kind == Characteristic.Kind.ETHNICITY else "Disability"
            yield name, coded.code
        yield from _told(
            PersonBirthDate=person.born_on,
            ExpectedPersonBirthDate=person.expected_on,
            PersonDeathDate=person.died_on,
            Sex="" if person.sex == Person.Sex.UNKNOWN else person.sex,
        )
        yield from self._word_for_word(self.kept_of_child[person.pk])
        for referral in self.referrals[person.pk]:
            yield "CINdetails", frozenset(self._referral(referral))

    def _referral(self, row: Any) -> Iterator[tuple[str, Any]]:
        yield from _told(
            CINreferralDate=local_day(row.received_at),
            ReferralSource=row.return_source,
            PrimaryNeedCode=row.return_need,
            CINclosureDate=row.closed_on,
            ReasonForClosure=row.closure_reason,
            DateOfInitialCPC=row.initial_conference_on,
            ReferralNFA=row.no_further_action,
        )
        yield from self._word_for_word(self.kept[row.pk])
        for kind, facts_of in (
            ("assessment", _assessment),
            ("section_47", _enquiries),
            ("child_protection_plan", _protection_plan),
            ("family_help", _in_need_plan),
        ):
            for part in self.rows.get(kind, {}).get(row.pk, []):
                name, facts = facts_of(part)
                yield name, frozenset([*facts, *self._word_for_word(self.kept[part.pk])])

    def _word_for_word(self, kept: list[Any]) -> Iterator[tuple[str, Any]]:
        for row in kept:
            yield from _facts(ElementTree.fromstring(f"<kept>{row.content}</kept>"))


def _by(name: str, rows: Any) -> dict[UUID, list[Any]]:
    found: dict[UUID, list[Any]] = defaultdict(list)
    for row in rows:
        found[getattr(row, name)].append(row)
    return found


def _told(**facts: Any) -> Iterator[tuple[str, str]]:
    for name, value in facts.items():
        if value not in (None, ""):
            yield name, str(int(value)) if isinstance(value, bool) else str(value)


def _assessment(row: Any) -> tuple[str, list[tuple[str, str]]]:
    days = _told(
        AssessmentActualStartDate=local_day(row.started_at),
        AssessmentInternalReviewDate=row.internal_review_on,
        AssessmentAuthorisationDate=local_day(row.authorised_at) if row.authorised_at else None,
    )
    return "Assessments", [*days, *(("AssessmentFactors", code) for code in row.factors)]


def _enquiries(row: Any) -> tuple[str, list[tuple[str, str]]]:
    facts = _told(
        S47ActualStartDate=row.started_on,
        InitialCPCtarget=row.conference_due_on,
        DateOfInitialCPC=row.conference_held_on,
        ICPCnotRequired=None if row.conference is None else not row.conference,
    )
    return "Section47", list(facts)


def _protection_plan(row: Any) -> tuple[str, list[tuple[str, str]]]:
    facts = _told(
        CPPstartDate=row.started_on,
        CPPendDate=row.ended_on,
        InitialCategoryOfAbuse=row.category,
        LatestCategoryOfAbuse=row.latest_category,
        NumberOfPreviousCPP=row.previous_plans,
    )
    return "ChildProtectionPlans", [*facts, *(("CPPreviewDate", str(day)) for day in row.review_dates)]


def _in_need_plan(row: Any) -> tuple[str, list[tuple[str, str]]]:
    days = _told(CINPlanStartDate=row.section_17_from, CINPlanEndDate=row.section_17_until)
    return "CINPlanDates", list(days)
