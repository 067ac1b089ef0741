"""What a return tells of one child, and of each referral of theirs: facts ready to be recorded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from righthelp.returns.cin import agreement
from righthelp.returns.cin.elements import Element, as_text
from righthelp.returns.cin.faults import Kind
from righthelp.returns.cin.parts import ToldPart, told_parts
from righthelp.returns.cin.reading import Group, Reading
from righthelp.returns.cin.structure import CHILD


@dataclass
class ToldReferral:
    """A referral as a return tells it. One that came to no further action has no closing day and is closed.

    `parts` are to be rows of their own; `kept` are those that are kept word for word, `said` its own facts by name:
    elements both.
    """

    at: Element
    on: date
    source: str = ""
    need: str = ""
    no_further_action: bool | None = None
    closed_on: date | None = None
    closure_reason: str = ""
    conference_on: date | None = None  # an initial conference to which no enquiries of this referral led
    parts: list[ToldPart] = field(default_factory=list)
    kept: list[Element] = field(default_factory=list)
    said: dict[str, Element] = field(default_factory=dict)

    @property
    def closed(self) -> bool:
        return self.closed_on is not None or bool(self.no_further_action)


@dataclass
class ToldChild:
    """A child as a return tells of them. `number` is the one by which their authority knows them."""

    at: Element
    number: str
    upn: str = ""
    former_upn: str = ""
    born_on: date | None = None
    expected_on: date | None = None
    died_on: date | None = None
    sex: str = ""
    ethnicity: str = ""
    disabilities: list[str] = field(default_factory=list)
    referrals: list[ToldReferral] = field(default_factory=list)
    kept: list[Element] = field(default_factory=list)
    said: dict[str, Element] = field(default_factory=dict)


def told_child(element: Element, reading: Reading) -> ToldChild | None:
    """What the element tells of a child; None when it does not say which. Its faults are the reading's."""
    reading.next_child()
    group = reading.group(element, CHILD)
    identifiers = (group.groups.get("ChildIdentifiers") or [Group(element)])[0]
    characteristics = (group.groups.get("ChildCharacteristics") or [Group(element)])[0]
    referrals = group.groups.get("CINdetails", [])
    agreement.of_child(identifiers, characteristics, reading)
    for referral in referrals:
        agreement.of_referral(referral, identifiers, reading)
    number = identifiers.value("LAchildID")
    if not number:
        return None
    born_on, expected_on = identifiers.value("PersonBirthDate"), identifiers.value("ExpectedPersonBirthDate")
    expected = identifiers.values.get("ExpectedPersonBirthDate", [])
    was_expected = [found.element for found in expected] if born_on else []
    disabilities = (characteristics.groups.get("Disabilities") or [Group(element)])[0]
    child = ToldChild(
        at=element,
        number=number,
        upn=identifiers.value("UPN") or "",
        former_upn=identifiers.value("FormerUPN") or "",
        born_on=born_on,
        expected_on=None if born_on else expected_on,
        died_on=identifiers.value("PersonDeathDate"),
        sex=identifiers.value("Sex") or identifiers.value("GenderCurrent") or "",
        ethnicity=characteristics.value("Ethnicity") or "",
        disabilities=list(
            dict.fromkeys(found.value for found in disabilities.values.get("Disability", []) if found.value)
        ),
        kept=[*group.kept, *identifiers.kept, *was_expected, *characteristics.kept, *disabilities.kept],
        said=_said(identifiers, characteristics, disabilities),
    )
    child.referrals = list(_referrals(referrals, reading))
    return child


def _said(*groups: Group) -> dict[str, Element]:
    return {name: found[0].element for group in groups for name, found in group.values.items()}


def _referrals(groups: list[Group], reading: Reading) -> Iterator[ToldReferral]:
    """Each referral once: the same day from the same source is the same referral."""
    met: dict[tuple[date, str], Element] = {}
    for group in groups:
        on, source = group.value("CINreferralDate"), group.value("ReferralSource") or ""
        if on is None:
            continue
        first = met.setdefault((on, source), group.element)
        if first is not group.element:
            alike = as_text(first) == as_text(group.element)
            how = "says the same" if alike else "says something else"
            sentence = (
                f"A referral of this day from this source stands in line {first.line} already, and this one {how}."
                " Leave one of them out, or mend its date or source."
            )
            kind = Kind.SAME_REFERRAL if alike else Kind.SAME_REFERRAL_OTHERWISE
            reading.note(kind, group.element, sentence)
            continue
        closed_on = group.value("CINclosureDate")
        reason = group.value("ReasonForClosure") or ""
        parts, kept = told_parts(group, reading)
        referral = ToldReferral(
            at=group.element,
            on=on,
            source=source,
            need=group.value("PrimaryNeedCode") or "",
            no_further_action=group.value("ReferralNFA"),
            closed_on=closed_on,
            closure_reason=reason,
            conference_on=group.value("DateOfInitialCPC"),
            parts=parts,
            kept=[*group.kept, *kept],
            said=_said(group),
        )
        if reason and not referral.closed:
            referral.kept.append(referral.said["ReasonForClosure"])
            referral.closure_reason = ""
        yield referral
