"""Whether the facts of one child agree with each other: days that cannot both be so, and pairs that are odd."""

from __future__ import annotations

from datetime import date, timedelta

from righthelp.returns.cin.faults import Kind
from righthelp.returns.cin.reading import Group, Reading

# The Department's rule 8606: nobody is referred longer than this before they are born, or are expected to be.
BEFORE_BIRTH = timedelta(weeks=40)


def of_child(identifiers: Group, characteristics: Group, reading: Reading) -> None:
    """Births and deaths, numbers and reasons for having none, sex under two names, disabilities."""
    _births(identifiers, reading)
    one, other = identifiers.value("Sex"), identifiers.value("GenderCurrent")
    if one and other and one != other:
        sentence = "Sex and GenderCurrent say different things. Leave only the right one."
        reading.note(Kind.REPEATED, identifiers.at("Sex"), sentence)
    if not identifiers.values.get("Sex") and not identifiers.values.get("GenderCurrent"):
        reading.note(Kind.MISSING, identifiers.element, "ChildIdentifiers lacks Sex. Give it.")
    if identifiers.value("UPN") and identifiers.value("UPNunknown"):
        sentence = "There are a UPN and a reason for having none. Leave one of them out."
        reading.note(Kind.UPN_AND_REASON, identifiers.at("UPNunknown"), sentence)
    for disabilities in characteristics.groups.get("Disabilities", []):
        _disabilities(disabilities, reading)


def of_referral(referral: Group, identifiers: Group, reading: Reading) -> None:
    """A referral's own days, and those of the child's birth and death."""
    on, closed_on = referral.value("CINreferralDate"), referral.value("CINclosureDate")
    _closure(referral, reading)
    if not referral.value("PrimaryNeedCode") and referral.value("ReferralNFA") is False:
        sentence = "A referral that went on lacks PrimaryNeedCode. Give it."
        if not referral.values.get("PrimaryNeedCode"):
            reading.note(Kind.MISSING, referral.element, sentence)
    if on is None:
        return
    if closed_on and closed_on < on:
        sentence = f"The referral was closed on {closed_on}, before it was made on {on}. Mend one of the two."
        reading.note(Kind.CLOSED_BEFORE_REFERRED, referral.at("CINclosureDate"), sentence, value=str(closed_on))
    born_on = identifiers.value("PersonBirthDate") or identifiers.value("ExpectedPersonBirthDate")
    if born_on and born_on - on > BEFORE_BIRTH:
        sentence = (
            f"The child was referred on {on}, more than 40 weeks before their birth on {born_on}. Mend one of the two."
        )
        reading.note(Kind.REFERRED_LONG_BEFORE_BIRTH, referral.at("CINreferralDate"), sentence, value=str(on))
    died_on = identifiers.value("PersonDeathDate")
    if died_on and on > died_on:
        sentence = f"The child was referred on {on}, after their death on {died_on}. Check both."
        reading.note(Kind.REFERRED_AFTER_DEATH, referral.at("CINreferralDate"), sentence, value=str(on))


def _births(identifiers: Group, reading: Reading) -> None:
    born_on, expected_on = identifiers.value("PersonBirthDate"), identifiers.value("ExpectedPersonBirthDate")
    died_on = identifiers.value("PersonDeathDate")
    if born_on and identifiers.values.get("ExpectedPersonBirthDate"):
        at = identifiers.at("ExpectedPersonBirthDate")
        sentence = "There are a date of birth and an expected one. Leave the expected one out."
        reading.note(Kind.BORN_AND_EXPECTED, at, sentence)
        reading.only_keep(at)
        expected_on = None
    if not identifiers.values.get("PersonBirthDate") and not identifiers.values.get("ExpectedPersonBirthDate"):
        sentence = "There is neither a date of birth nor an expected one. Give one of them."
        reading.note(Kind.NO_BIRTH, identifiers.element, sentence)
    if born_on and died_on and died_on < born_on:
        sentence = f"The child died on {died_on}, before they were born on {born_on}. Mend one of the two."
        reading.note(Kind.DIED_BEFORE_BORN, identifiers.at("PersonDeathDate"), sentence, value=str(died_on))
    if expected_on and expected_on - _known_by(reading) > BEFORE_BIRTH:
        sentence = f"The child is expected on {expected_on}, which is too far ahead to be known. Mend it."
        at = identifiers.at("ExpectedPersonBirthDate")
        reading.note(Kind.TOO_FAR_AHEAD, at, sentence, value=str(expected_on))


def _known_by(reading: Reading) -> date:
    """The last day on which anything in the return can have been known."""
    return max(reading.days.today, reading.days.reference or reading.days.today)


def _closure(referral: Group, reading: Reading) -> None:
    closed, reason = referral.values.get("CINclosureDate"), referral.values.get("ReasonForClosure")
    if closed and not reason:
        sentence = "The referral has a closing day and no reason. Give ReasonForClosure."
        reading.note(Kind.CLOSED_WITHOUT_REASON, referral.at("CINclosureDate"), sentence)
    if reason and not closed:
        sentence = "The referral has a reason for closing and no day. Give CINclosureDate, or take the reason out."
        reading.note(Kind.REASON_WITHOUT_CLOSURE, referral.at("ReasonForClosure"), sentence)


def _disabilities(disabilities: Group, reading: Reading) -> None:
    found = disabilities.values.get("Disability", [])
    met: set[str] = set()
    for each in found:
        if each.value in met:
            sentence = "This disability stands among the child's already. Leave it out."
            reading.note(Kind.DISABILITIES, each.element, sentence, value=each.value)
        met.add(each.value)
    if "NONE" in met and len(met) > 1:
        sentence = "NONE stands beside other disabilities. Leave one or the other out."
        reading.note(Kind.DISABILITIES, disabilities.element, sentence)
