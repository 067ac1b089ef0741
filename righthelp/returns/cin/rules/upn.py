"""Rules about the unique pupil number (UPN), and about why a child has none."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from itertools import chain

from righthelp.kernel.identifiers import UPN_LETTERS, upn_letter
from righthelp.returns.cin.rules.census import Census, years_before
from righthelp.returns.cin.rules.codes import codes
from righthelp.returns.cin.rules.rule import Broken, rule
from righthelp.returns.cin.tables import Child, Tables

_FORMER = re.compile(rf"[{UPN_LETTERS}][0-9]{{11}}[0-9{UPN_LETTERS}]", re.IGNORECASE)
_WELL_FORMED = re.compile(rf"[0-9]{{11}}[0-9{UPN_LETTERS}]")
_LAST = frozenset("0123456789" + UPN_LETTERS)
NOT_OF_SCHOOL_AGE = "UN1"
NO_FURTHER_ACTION = "UN7"

# Numbers of local authorities after April 1998, and those given to pseudo authorities, as rule 1530 lists them.
_AUTHORITIES = (
    "001-005 201-213 301-320 330-336 340-344 350-359 370-373 380-384 390-394 420 660-681 701-708 800-803 805-808"
    " 810-813 815-816 820-823 825-826 830-831 835-841 845-846 850-852 855-857 860-861 865-896 908-909 916 919 921"
    " 925-926 928-929 931 933 935-938 940-941"
)


def authorities(ranges: str) -> frozenset[str]:
    """The numbers of "001-005 420", each of three figures."""
    pairs = (each.split("-") for each in ranges.split())
    return frozenset(chain.from_iterable((f"{n:03}" for n in range(int(pair[0]), int(pair[-1]) + 1)) for pair in pairs))


AUTHORITIES = authorities(_AUTHORITIES)


@rule(
    "1510",
    module="ChildIdentifiers",
    fields="UPN",
    message="UPN invalid (wrong check letter at character 1)",
    mend="A letter or number of the UPN was mistyped. Copy it again from the school, or ask the school for it.",
)
def wrong_letter(tables: Tables, census: Census) -> Broken:
    """Asked only where the rest is well formed: otherwise there is no right letter, and another rule says so."""
    return [
        child
        for child in tables.children
        if (upn := child.upn) and _WELL_FORMED.fullmatch(rest := upn[1:].upper()) and upn[0].upper() != upn_letter(rest)
    ]


@rule(
    "1520",
    module="ChildIdentifiers",
    fields="UPN",
    message="More than one record with the same UPN.",
    mend=(
        "Two children have this UPN. If they are one child, merge the records. If not, ask the school whose it is and"
        " take it out of the other record."
    ),
)
def upn_twice(tables: Tables, census: Census) -> Broken:
    times = Counter(child.upn.upper() for child in tables.children if child.upn)
    if len(times) == sum(times.values()):
        return []
    return [child for child in tables.children if child.upn and times[child.upn.upper()] > 1]


@rule(
    "1530",
    module="ChildIdentifiers",
    fields="UPN",
    message="UPN invalid (characters 2-4 not a recognised LA code)",
    mend="The 2nd to 4th characters of a UPN name a council, and these name none. Ask the school for the right UPN.",
)
def unknown_authority(tables: Tables, census: Census) -> Broken:
    return [child for child in tables.children if child.upn and child.upn[1:4] not in AUTHORITIES]


@rule(
    "1540",
    module="ChildIdentifiers",
    fields="UPN",
    message="UPN invalid (characters 5-12 not all numeric)",
    mend="The 5th to 12th characters of a UPN are all numbers. Copy it again from the school.",
)
def not_all_numbers(tables: Tables, census: Census) -> Broken:
    return [
        child
        for child in tables.children
        if (upn := child.upn) and not (len(part := upn[4:12]) == 8 and part.isascii() and part.isdigit())
    ]


@rule(
    "1550",
    module="ChildIdentifiers",
    fields="UPN",
    message="UPN invalid (character 13 not a recognised value)",
    mend="A UPN has 13 characters and ends in a number, or a letter other than I, O or S. Copy it from the school.",
)
def wrong_last_character(tables: Tables, census: Census) -> Broken:
    return [child for child in tables.children if child.upn and child.upn[12:].upper() not in _LAST]


@rule(
    "1560Q",
    module="ChildIdentifiers",
    fields="FormerUPN",
    message="Please check and either amend or provide a reason: Former UPN wrongly formatted",
    mend=(
        "A former UPN is written like any UPN: a letter, eleven numbers, and a number or letter. Copy it again, or take"
        " it out."
    ),
)
def former_wrongly_written(tables: Tables, census: Census) -> Broken:
    return [child for child in tables.children if child.former_upn and not _FORMER.fullmatch(child.former_upn)]


@rule(
    "8770Q",
    module="ChildIdentifiers",
    fields="UPNunknown UPN",
    until=2024,
    message=(
        "Please check and either amend or provide a reason: UPN or reason UPN missing expected for a child who is more"
        " than 5 years old"
    ),
    mend="Ask the child's school for the UPN, or say why there is none.",
)
def no_upn_over_five(tables: Tables, census: Census) -> Broken:
    return without_upn(tables, years_before(census.end, 5))


def without_upn(tables: Tables, born_by: date) -> list[Child]:
    """Children born by this day, helped after a referral, with neither a UPN nor a reason that holds at school age."""
    reasons = codes("upn_unknown") - {NOT_OF_SCHOOL_AGE}
    return [
        child
        for child in tables.children
        if not child.upn
        and child.born_on
        and child.born_on <= born_by
        and (child.upn_unknown or "").upper() not in reasons
        and any(episode.nfa is False for episode in child.episodes)
    ]


@rule(
    "8772",
    module="ChildIdentifiers",
    fields="UPNunknown ReferralNFA",
    message=(
        "UPN unknown reason is UN7 (Referral with no further action) but at least one CIN details is a referral going"
        " on to further action"
    ),
    mend=(
        "The reason for having no UPN says that the referral came to nothing, and one of the child's referrals led to"
        " help. Ask the school for the UPN, or give another reason."
    ),
)
def unknown_though_helped(tables: Tables, census: Census) -> Broken:
    return [
        child
        for child in tables.children
        if child.upn_unknown
        and child.upn_unknown.upper() == NO_FURTHER_ACTION
        and any(episode.nfa is False for episode in child.episodes)
    ]
