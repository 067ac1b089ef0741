"""CIN Census files of invented children, as many as are wanted, without a fault; and ways to do one damage."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from righthelp.kernel.identifiers import upn_with_check
from righthelp.returns.cin.values import codes

YEAR = 2026
AUTHORITY = "884"


def file_of(
    children: int = 3,
    *,
    year: int = YEAR,
    authority: str = AUTHORITY,
    seed: int = 1,
    first: int = 1,
) -> str:
    """A return of so many children, one element a line. The same numbers from the same seed are the same children."""
    rows = [
        "<?xml version='1.0' encoding='utf-8'?>",
        "<Message>",
        "  <Header>",
        "    <CollectionDetails>",
        "      <Collection>CIN</Collection>",
        f"      <Year>{year}</Year>",
        f"      <ReferenceDate>{year}-03-31</ReferenceDate>",
        "    </CollectionDetails>",
        "    <Source>",
        "      <SourceLevel>L</SourceLevel>",
        f"      <LEA>{authority}</LEA>",
        "      <SoftwareCode>invented</SoftwareCode>",
        "      <SerialNo>001</SerialNo>",
        f"      <DateTime>{year}-05-01T10:00:00</DateTime>",
        "    </Source>",
        "  </Header>",
        "  <Children>",
    ]
    for number in range(first, first + children):
        rows += _child(number, year, authority, Random(f"{seed} {number}"))
    return "\n".join([*rows, "  </Children>", "</Message>", ""])


def child_number(number: int) -> str:
    """The number by which the authority knows the child at this place."""
    return f"INV{number:08}"


def upn(number: int, authority: str = AUTHORITY) -> str:
    """That child's UPN, if they have one: every third has not."""
    return upn_with_check(f"{authority}{number:09}")


def _child(number: int, year: int, authority: str, random: Random) -> list[str]:
    start = date(year - 1, 4, 1)
    born = start - timedelta(days=random.randrange(400, 17 * 365))
    numbered = f"<UPN>{upn(number, authority)}</UPN>" if number % 3 else "<UPNunknown>UN4</UPNunknown>"
    ethnicity = random.choice(list(codes("ethnicity")))
    disabilities = ["NONE"] if number % 5 else sorted(random.sample(["MOB", "HEAR", "LD", "AUT"], 2))
    rows = [
        "    <Child>",
        "      <ChildIdentifiers>",
        f"        <LAchildID>{child_number(number)}</LAchildID>",
        f"        {numbered}",
        f"        <PersonBirthDate>{born}</PersonBirthDate>",
        f"        <{_sex(year)}>{random.choice('FM') if year > 2024 else random.choice('12')}</{_sex(year)}>",
        "      </ChildIdentifiers>",
        "      <ChildCharacteristics>",
        f"        <Ethnicity>{ethnicity}</Ethnicity>",
        "        <Disabilities>",
        *(f"          <Disability>{code}</Disability>" for code in disabilities),
        "        </Disabilities>",
        "      </ChildCharacteristics>",
    ]
    referred = start + timedelta(days=random.randrange(0, 150))
    rows += _referral(number, referred, random)
    if number % 10 == 7:
        rows += _no_further_action(referred + timedelta(days=180), random)
    return [*rows, "    </Child>"]


def _sex(year: int) -> str:
    return "Sex" if year > 2024 else "GenderCurrent"


def _referral(number: int, on: date, random: Random) -> list[str]:
    day = timedelta(days=1)
    closed = on + 150 * day
    source = random.choice(list(codes("referral_source")))
    rows = [
        "      <CINdetails>",
        f"        <CINreferralDate>{on}</CINreferralDate>",
        f"        <ReferralSource>{source}</ReferralSource>",
        f"        <PrimaryNeedCode>N{random.randrange(1, 9)}</PrimaryNeedCode>",
    ]
    if number % 2:
        rows += [
            f"        <CINclosureDate>{closed}</CINclosureDate>",
            "        <ReasonForClosure>RC7</ReasonForClosure>",
        ]
    rows += [
        "        <Assessments>",
        f"          <AssessmentActualStartDate>{on + day}</AssessmentActualStartDate>",
        f"          <AssessmentAuthorisationDate>{on + 30 * day}</AssessmentAuthorisationDate>",
        "          <FactorsIdentifiedAtAssessment>",
        "            <AssessmentFactors>3B</AssessmentFactors>",
        "            <AssessmentFactors>4B</AssessmentFactors>",
        "          </FactorsIdentifiedAtAssessment>",
        "        </Assessments>",
        "        <CINPlanDates>",
        f"          <CINPlanStartDate>{on + 31 * day}</CINPlanStartDate>",
        "        </CINPlanDates>",
    ]
    if number % 4 == 1:
        rows += [
            "        <Section47>",
            f"          <S47ActualStartDate>{on + 2 * day}</S47ActualStartDate>",
            "          <ICPCnotRequired>1</ICPCnotRequired>",
            "        </Section47>",
        ]
    rows.append("        <ReferralNFA>0</ReferralNFA>")
    if number % 8 == 2:
        rows += [
            "        <ChildProtectionPlans>",
            f"          <CPPstartDate>{on + 20 * day}</CPPstartDate>",
            "          <InitialCategoryOfAbuse>NEG</InitialCategoryOfAbuse>",
            "          <LatestCategoryOfAbuse>EMO</LatestCategoryOfAbuse>",
            "          <NumberOfPreviousCPP>0</NumberOfPreviousCPP>",
            "          <Reviews>",
            f"            <CPPreviewDate>{on + 100 * day}</CPPreviewDate>",
            "          </Reviews>",
            "        </ChildProtectionPlans>",
        ]
    return [*rows, "      </CINdetails>"]


def _no_further_action(on: date, random: Random) -> list[str]:
    return [
        "      <CINdetails>",
        f"        <CINreferralDate>{on}</CINreferralDate>",
        "        <ReferralSource>6</ReferralSource>",
        "        <ReferralNFA>1</ReferralNFA>",
        "      </CINdetails>",
    ]


def line_of(text: str, words: str, which: int = 1) -> int:
    """The line, from 1, in which these words stand for the first (or a later) time."""
    lines = [number for number, line in enumerate(text.splitlines(), start=1) if words in line]
    return lines[which - 1]


def instead(text: str, old: str, new: str, which: int = 1) -> str:
    """The text with one place changed: the first, or a later one, in which these words stand."""
    at = -1
    for _ in range(which):
        at = text.index(old, at + 1)
    return text[:at] + new + text[at + len(old) :]


def without(text: str, words: str, which: int = 1) -> str:
    """The text without the line in which these words stand for the first (or a later) time."""
    lines = text.splitlines(keepends=True)
    del lines[line_of(text, words, which) - 1]
    return "".join(lines)
