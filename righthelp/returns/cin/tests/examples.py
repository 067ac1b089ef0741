"""Examples of every kind of fault that a file can have: how to make it, and where it is then found.

The file from which each is made has no fault at all: it is the passing example of them all.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from righthelp.returns.cin.faults import Kind
from righthelp.returns.cin.tests.making import child_number, file_of, instead, line_of, upn, without

GOOD = file_of(4)


@dataclass(frozen=True)
class Example:
    """A damage to the good file, and the fault that it must make: its kind, and words in the line it is found in."""

    kind: Kind
    damage: Callable[[str], str]
    found_in: str
    which: int = 1
    also: frozenset[Kind] = frozenset()  # kinds that cannot but come with it


def replacing(old: str, new: str, which: int = 1) -> Callable[[str], str]:
    return lambda text: instead(text, old, new, which)


def dropping(words: str, which: int = 1) -> Callable[[str], str]:
    return lambda text: without(text, words, which)


def value(name: str, new: str, which: int = 1) -> Callable[[str], str]:
    """Another value for an element, whatever it was."""

    def damage(text: str) -> str:
        start = -1
        for _ in range(which):
            start = text.index(f"<{name}>", start + 1)
        end = text.index(f"</{name}>", start)
        return f"{text[:start]}<{name}>{new}{text[end:]}"

    return damage


def both(*damages: Callable[[str], str]) -> Callable[[str], str]:
    def damage(text: str) -> str:
        for each in damages:
            text = each(text)
        return text

    return damage


REFERRED = GOOD.splitlines()[line_of(GOOD, "<CINreferralDate>") - 1].strip()


def referral(no_further_action: str) -> str:
    """A further referral of the first child, of the day of the first one."""
    nfa = f"<ReferralNFA>{no_further_action}</ReferralNFA>"
    return f"<CINdetails>{REFERRED}<ReferralSource>4</ReferralSource>{nfa}</CINdetails>"


def another_assessment(text: str, factor: str = "3B") -> str:
    """The first assessment of the file a second time, of the same day."""
    end = text.index("</Assessments>") + len("</Assessments>")
    assessment = text[text.index("<Assessments>") : end].replace("3B", factor)
    return f"{text[:end]}\n{assessment}{text[end:]}"


DISABILITIES = "<Disability>NONE</Disability>\n          <Disability>HEAR</Disability>"

STOPPED = [
    Example(Kind.OTHER_RETURN, value("Collection", "SSDA903"), "<Collection>"),
    Example(Kind.NO_AUTHORITY, dropping("<LEA>"), "<Source>", also=frozenset({Kind.MISSING})),
    Example(Kind.NO_AUTHORITY, value("LEA", "Hereford"), "<LEA>"),
    Example(
        Kind.NO_AUTHORITY,
        replacing("  </Header>", "    <Source><LEA>885</LEA></Source>\n  </Header>"),
        "<LEA>885",
    ),
    Example(
        Kind.NO_YEAR,
        both(dropping("<Year>"), dropping("<ReferenceDate>")),
        "<CollectionDetails>",
        also=frozenset({Kind.MISSING}),
    ),
    Example(Kind.NO_YEAR, value("ReferenceDate", "31/03/2026"), "<CollectionDetails>", also=frozenset({Kind.DATE})),
    Example(Kind.NO_CHILD, lambda text: file_of(0), "<Message>"),
    Example(Kind.UNKNOWN_OUTSIDE, replacing("<Children>", "<Children>\n<Chlid/>"), "<Chlid/>"),
    Example(Kind.UNKNOWN_OUTSIDE, replacing("</Header>", "</Header>\n<Footer/>"), "<Footer/>"),
    Example(
        Kind.MISPLACED, replacing("</Disabilities>", "</Disabilities>\n<LAchildID>A1</LAchildID>"), "<LAchildID>A1"
    ),
    Example(Kind.REPEATED, replacing("<Sex>", "<Sex>U</Sex>\n<Sex>"), "<Sex>", which=2),
    Example(
        Kind.REPEATED,
        replacing("<Sex>", "<GenderCurrent>9</GenderCurrent>\n<Sex>"),
        "<Sex>",
        also=frozenset({Kind.OTHER_YEAR, Kind.OLD_CODE}),
    ),
    Example(Kind.MISSING_NEEDED, dropping("<LAchildID>"), "<ChildIdentifiers>"),
    Example(Kind.MISSING_NEEDED, value("LAchildID", "  "), "<LAchildID>"),
    Example(Kind.MISSING_NEEDED, dropping("<CINreferralDate>", which=2), "<CINdetails>", which=2),
    Example(Kind.MIXED, replacing("<Ethnicity>", "<Ethnicity><b/>"), "<Ethnicity>", also=frozenset()),
    Example(Kind.DATE, value("PersonBirthDate", "14/03/2015"), "<PersonBirthDate>"),
    Example(Kind.DATE, value("CINreferralDate", "2025-02-30", which=2), "<CINreferralDate>2025-02-30"),
    Example(Kind.DATE, value("CINclosureDate", "20250601"), "<CINclosureDate>"),
    Example(Kind.CODE, value("Ethnicity", "ZZZZ"), "<Ethnicity>ZZZZ"),
    Example(Kind.CODE, value("Sex", "X"), "<Sex>X"),
    Example(Kind.CODE, value("Disability", "BLUE", which=3), "<Disability>BLUE"),
    Example(Kind.CODE, value("ReferralSource", "99"), "<ReferralSource>99"),
    Example(Kind.CODE, value("PrimaryNeedCode", "N99"), "<PrimaryNeedCode>N99"),
    Example(Kind.CODE, value("ReasonForClosure", "RC0"), "<ReasonForClosure>RC0"),
    Example(Kind.YES_NO, value("ReferralNFA", "perhaps"), "<ReferralNFA>perhaps"),
    Example(Kind.TOO_LONG, value("LAchildID", "A" * 41), "<LAchildID>AAA"),
    Example(Kind.TOO_LONG, value("UPN", "A" * 41), "<UPN>AAA"),
    Example(Kind.SAME_CHILD_NUMBER, value("LAchildID", child_number(1), which=3), child_number(1), which=2),
    Example(Kind.FUTURE, value("CINreferralDate", "2027-01-01", which=2), "<CINreferralDate>2027"),
    Example(
        Kind.FUTURE,
        value("PersonBirthDate", "2027-01-01"),
        "<PersonBirthDate>2027",
        also=frozenset({Kind.REFERRED_LONG_BEFORE_BIRTH}),
    ),
    Example(Kind.LONG_AGO, value("PersonBirthDate", "1066-10-14"), "<PersonBirthDate>1066"),
    Example(
        Kind.TOO_FAR_AHEAD,
        lambda text: value("PersonBirthDate", "2031-01-01")(text).replace(
            "PersonBirthDate>", "ExpectedPersonBirthDate>", 2
        ),
        "<ExpectedPersonBirthDate>",
        also=frozenset({Kind.REFERRED_LONG_BEFORE_BIRTH}),
    ),
    Example(Kind.CLOSED_BEFORE_REFERRED, value("CINclosureDate", "2025-03-31"), "<CINclosureDate>2025-03-31"),
    Example(
        Kind.REFERRED_LONG_BEFORE_BIRTH,
        value("PersonBirthDate", "2026-10-01"),
        "<CINreferralDate>",
        also=frozenset({Kind.AFTER_THE_YEAR}),
    ),
    Example(
        Kind.DIED_BEFORE_BORN,
        replacing("</Sex>", "</Sex>\n<PersonDeathDate>2001-01-01</PersonDeathDate>"),
        "<PersonDeathDate>",
        also=frozenset({Kind.REFERRED_AFTER_DEATH}),
    ),
    Example(
        Kind.SAME_REFERRAL_OTHERWISE,
        replacing(
            "      <CINdetails>",
            f"      {referral('1')}\n      {referral('true')}\n      <CINdetails>",
        ),
        "true</ReferralNFA>",
    ),
]

NOTED = [
    Example(Kind.HEADER, value("ReferenceDate", "2026-03-30"), "<ReferenceDate>"),
    Example(Kind.HEADER, value("Year", "2025"), "<ReferenceDate>"),
    Example(Kind.HEADER, value("SourceLevel", "S"), "<SourceLevel>"),
    Example(Kind.UNKNOWN_ELEMENT, replacing("</UPN>", "</UPN>\n<ShoeSize>4</ShoeSize>"), "<ShoeSize>"),
    Example(Kind.UNKNOWN_ELEMENT, replacing("<LEA>", "<Fax>1</Fax>\n<LEA>"), "<Fax>"),
    Example(
        Kind.REPEATED_ALIKE, replacing("<Collection>", "<Collection>CIN</Collection>\n<Collection>"), "<Collection>", 2
    ),
    Example(Kind.MISSING, dropping("<Ethnicity>"), "<ChildCharacteristics>"),
    Example(Kind.MISSING, dropping("<Sex>"), "<ChildIdentifiers>"),
    Example(Kind.MISSING, dropping("<ReferralSource>", 2), "<CINdetails>", 2),
    Example(Kind.MISSING, dropping("<ReferralNFA>", 2), "<CINdetails>", 2),
    Example(Kind.MISSING, dropping("<PrimaryNeedCode>", 2), "<CINdetails>", 2),
    Example(Kind.MISSING, dropping("<Year>"), "<CollectionDetails>"),
    Example(Kind.EMPTY, replacing("<UPN>", "<FormerUPN/>\n<UPN>"), "<FormerUPN/>", also=frozenset({Kind.OUT_OF_ORDER})),
    Example(
        Kind.OUT_OF_ORDER,
        replacing("<ReferralSource>", "<ReasonForClosure>RC7</ReasonForClosure>\n<ReferralSource>"),
        "<ReasonForClosure>",
        also=frozenset({Kind.REPEATED_ALIKE}),
    ),
    Example(Kind.STRAY_TEXT, replacing("</UPN>", "</UPN>\nPersonBirthDate"), "PersonBirthDate"),
    Example(Kind.ATTRIBUTE, replacing("<UPN>", "<UPN checked='1'>"), "<UPN checked"),
    Example(Kind.ATTRIBUTE, replacing("<Message>", "<Message xmlns='urn:x'>"), "<Message xmlns"),
    Example(
        Kind.OTHER_YEAR,
        both(replacing("<Sex>F</Sex>", "<Sex>M</Sex>"), replacing("<Sex>M</Sex>", "<GenderCurrent>1</GenderCurrent>")),
        "<GenderCurrent>",
        also=frozenset({Kind.OLD_CODE}),
    ),
    Example(Kind.NUMBER, value("SerialNo", "first"), "<SerialNo>"),
    Example(Kind.NUMBER, value("Year", "26"), "<Year>"),
    Example(Kind.MOMENT, value("DateTime", "yesterday"), "<DateTime>"),
    Example(Kind.ODD_SPELLING, value("Ethnicity", "wbri"), "<Ethnicity>wbri"),
    Example(Kind.ODD_SPELLING, value("ReferralNFA", "FALSE"), "<ReferralNFA>FALSE"),
    Example(Kind.ODD_SPELLING, value("PersonBirthDate", "2012-05-06T00:00:00Z"), "<PersonBirthDate>2012-05-06T"),
    Example(Kind.OLD_CODE, value("Sex", "1"), "<Sex>1"),
    Example(Kind.CHILD_NUMBER, value("LAchildID", "A" * 21), "<LAchildID>AAA"),
    Example(Kind.CHILD_NUMBER, value("LAchildID", "A/1"), "<LAchildID>A/1"),
    Example(Kind.UPN, value("UPN", "A" + upn(1)[1:] if upn(1)[0] != "A" else "B" + upn(1)[1:]), "<UPN>"),
    Example(Kind.UPN, replacing("</UPN>", "</UPN>\n<FormerUPN>X98765432123B</FormerUPN>"), "<FormerUPN>"),
    Example(Kind.UPN_AND_REASON, replacing("</UPN>", "</UPN>\n<UPNunknown>UN3</UPNunknown>"), "<UPNunknown>UN3"),
    Example(Kind.SAME_UPN, value("UPN", upn(1), which=2), "<UPN>", which=2),
    Example(Kind.AFTER_THE_YEAR, value("CINclosureDate", "2026-04-20"), "<CINclosureDate>2026-04-20"),
    Example(
        Kind.REFERRED_AFTER_DEATH,
        replacing("</Sex>", "</Sex>\n<PersonDeathDate>2025-04-01</PersonDeathDate>"),
        "<CINreferralDate>",
    ),
    Example(
        Kind.BORN_AND_EXPECTED,
        replacing(
            "</PersonBirthDate>", "</PersonBirthDate>\n<ExpectedPersonBirthDate>2026-05-01</ExpectedPersonBirthDate>"
        ),
        "<ExpectedPersonBirthDate>",
    ),
    Example(Kind.NO_BIRTH, dropping("<PersonBirthDate>"), "<ChildIdentifiers>"),
    Example(Kind.CLOSED_WITHOUT_REASON, dropping("<ReasonForClosure>"), "<CINclosureDate>"),
    Example(Kind.REASON_WITHOUT_CLOSURE, dropping("<CINclosureDate>"), "<ReasonForClosure>"),
    Example(Kind.DISABILITIES, replacing("<Disability>NONE</Disability>", DISABILITIES), "<Disabilities>"),
    Example(
        Kind.DISABILITIES,
        replacing("<Disability>NONE", "<Disability>NONE</Disability>\n<Disability>NONE"),
        "<Disability>",
        2,
    ),
    Example(
        Kind.SAME_REFERRAL,
        replacing(
            "      <CINdetails>",
            f"      {referral('1')}\n      {referral('1')}\n      <CINdetails>",
        ),
        "<CINdetails><CINreferralDate>",
        2,
    ),
]

# In an assessment, an enquiry or a plan what would stop the load is told, and that part is kept word for word.
KEPT = [
    Example(Kind.DATE, value("AssessmentActualStartDate", "soon"), "<AssessmentActualStartDate>soon"),
    Example(Kind.CODE, value("AssessmentFactors", "RB"), "<AssessmentFactors>RB"),
    Example(Kind.OLD_CODE, value("AssessmentFactors", "18A"), "<AssessmentFactors>18A"),
    Example(Kind.CODE, value("UPNunknown", "UN99"), "<UPNunknown>UN99"),
    Example(Kind.CODE, value("LatestCategoryOfAbuse", "BAD"), "<LatestCategoryOfAbuse>BAD"),
    Example(Kind.NUMBER, value("NumberOfPreviousCPP", "two"), "<NumberOfPreviousCPP>two"),
    Example(Kind.YES_NO, value("ICPCnotRequired", "maybe"), "<ICPCnotRequired>maybe"),
    Example(Kind.MISSING, dropping("<CPPstartDate>"), "<ChildProtectionPlans>"),
    Example(Kind.MISSING, dropping("<CPPreviewDate>"), "<Reviews>"),
    Example(
        Kind.ENDED_BEFORE_BEGUN, value("AssessmentAuthorisationDate", "2025-04-01"), "<AssessmentAuthorisationDate>"
    ),
    Example(Kind.ENDED_BEFORE_BEGUN, value("CPPreviewDate", "2025-04-01"), "<CPPreviewDate>"),
    Example(Kind.NUMBER, value("NumberOfPreviousCPP", "101"), "<NumberOfPreviousCPP>101"),
    Example(Kind.REPEATED_ALIKE, lambda text: another_assessment(text), "<Assessments>", 2),
    Example(Kind.REPEATED, lambda text: another_assessment(text, "3A"), "<Assessments>", 2),
    Example(Kind.FUTURE, value("CINPlanStartDate", "2028-04-28"), "<CINPlanStartDate>2028"),
    Example(Kind.MISPLACED, replacing("</CINPlanDates>", "<LEA>1</LEA></CINPlanDates>"), "<LEA>1</LEA>"),
    Example(Kind.MIXED, replacing("<AssessmentFactors>", "<AssessmentFactors><b/>"), "<AssessmentFactors>"),
    Example(
        Kind.REPEATED,
        replacing("<CPPstartDate>", "<CPPstartDate>2025-05-05</CPPstartDate>\n<CPPstartDate>"),
        "<CPPstartDate>",
        2,
    ),
    Example(
        Kind.OTHER_YEAR,
        replacing(
            "</ReferralNFA>",
            "</ReferralNFA>\n<PreProceedingsandFGDM><PPStartDate>2026-01-09</PPStartDate></PreProceedingsandFGDM>",
        ),
        "<PreProceedingsandFGDM>",
    ),
    Example(
        Kind.REPEATED,
        replacing(
            "<ReferralNFA>",
            "<DateOfInitialCPC>2025-05-05</DateOfInitialCPC>\n<DateOfInitialCPC>2025-05-06</DateOfInitialCPC>\n<ReferralNFA>",
        ),
        "<DateOfInitialCPC>",
        2,
        also=frozenset({Kind.OUT_OF_ORDER}),
    ),
]
