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
    if number % 8 == 2:
        rows.append(f"        <DateOfInitialCPC>{on + 20 * day}</DateOfInitialCPC>")
    rows += [
        *_assessment(number, on + day),
        "        <CINPlanDates>",
        f"          <CINPlanStartDate>{on + 31 * day}</CINPlanStartDate>",
        *([f"          <CINPlanEndDate>{on + 120 * day}</CINPlanEndDate>"] if number % 3 == 0 else []),
        "        </CINPlanDates>",
        *(_enquiries(number, on + 2 * day) if number % 4 == 1 else []),
        "        <ReferralNFA>0</ReferralNFA>",
        *(_protection_plan(number, on + 20 * day) if number % 8 == 2 else []),
    ]
    return [*rows, "      </CINdetails>"]


def _assessment(number: int, on: date) -> list[str]:
    """Every sixth is not authorised yet."""
    reviewed = f"          <AssessmentInternalReviewDate>{on + timedelta(days=10)}</AssessmentInternalReviewDate>"
    return [
        "        <Assessments>",
        f"          <AssessmentActualStartDate>{on}</AssessmentActualStartDate>",
        *([reviewed] if number % 2 == 0 else []),
        *(_authorised(on + timedelta(days=29)) if number % 6 != 4 else []),
        "        </Assessments>",
    ]


def _authorised(on: date) -> list[str]:
    return [
        f"          <AssessmentAuthorisationDate>{on}</AssessmentAuthorisationDate>",
        "          <FactorsIdentifiedAtAssessment>",
        "            <AssessmentFactors>3B</AssessmentFactors>",
        "            <AssessmentFactors>4B</AssessmentFactors>",
        "          </FactorsIdentifiedAtAssessment>",
    ]


def _enquiries(number: int, on: date) -> list[str]:
    """Half of them lead to a conference."""
    to_conference = [
        f"          <InitialCPCtarget>{on + timedelta(days=21)}</InitialCPCtarget>",
        f"          <DateOfInitialCPC>{on + timedelta(days=18)}</DateOfInitialCPC>",
        "          <ICPCnotRequired>0</ICPCnotRequired>",
    ]
    return [
        "        <Section47>",
        f"          <S47ActualStartDate>{on}</S47ActualStartDate>",
        *(to_conference if number % 8 == 5 else ["          <ICPCnotRequired>1</ICPCnotRequired>"]),
        "        </Section47>",
    ]


def _protection_plan(number: int, on: date) -> list[str]:
    """Half of them have ended, at their second review."""
    ended = number % 16 == 10
    reviews = [on + timedelta(days=80), *([on + timedelta(days=120)] if ended else [])]
    return [
        "        <ChildProtectionPlans>",
        f"          <CPPstartDate>{on}</CPPstartDate>",
        *([f"          <CPPendDate>{reviews[-1]}</CPPendDate>"] if ended else []),
        "          <InitialCategoryOfAbuse>NEG</InitialCategoryOfAbuse>",
        "          <LatestCategoryOfAbuse>EMO</LatestCategoryOfAbuse>",
        f"          <NumberOfPreviousCPP>{number % 3}</NumberOfPreviousCPP>",
        "          <Reviews>",
        *(f"            <CPPreviewDate>{day}</CPPreviewDate>" for day in reviews),
        "          </Reviews>",
        "        </ChildProtectionPlans>",
    ]


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
