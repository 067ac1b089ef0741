"""Rules about who a child is: the number in the return, the days of birth and death."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from righthelp.returns.cin.rules.census import Census, months_after, years_before
from righthelp.returns.cin.rules.rule import Broken, rule
from righthelp.returns.cin.tables import Tables

_EARLIEST_EXPECTED = timedelta(days=30)  # before the end of the year
_LATEST_EXPECTED = 9  # months after it
_OLDEST = 25  # years


@rule(
    "8500",
    module="ChildIdentifiers",
    fields="LAchildID",
    message="LA Child ID missing",
    mend="Give the child the number by which the council knows them in returns.",
)
def no_number(tables: Tables, census: Census) -> Broken:
    return [child for child in tables.children if not child.number]


@rule(
    "8510",
    module="ChildIdentifiers",
    fields="LAchildID",
    message="More than one child record with the same LA Child ID",
    mend=(
        "Two records have this number. If they are one child, merge the records. If they are two children, give one of"
        " them a number of their own."
    ),
)
def number_twice(tables: Tables, census: Census) -> Broken:
    times = Counter(child.number for child in tables.children)
    return [child for child in tables.children if child.number and times[child.number] > 1]


@rule(
    "8520",
    module="ChildIdentifiers",
    fields="PersonBirthDate",
    message="Date of Birth is after data collection period (must be on or before the end of the census period)",
    mend="Check the date of birth. If the child is not born yet, take it out and give the expected date instead.",
)
def born_after_the_year(tables: Tables, census: Census) -> Broken:
    return [child for child in tables.children if child.born_on and child.born_on > census.end]


@rule(
    "8525Q",
    module="ChildIdentifiers",
    fields="PersonBirthDate ExpectedPersonBirthDate",
    message="Either Date of Birth or Expected Date of Birth must be provided (but not both)",
    mend=(
        "Give the date of birth once the child is born, and take the expected date out. Before that, give the expected"
        " date alone."
    ),
)
def born_or_expected(tables: Tables, census: Census) -> Broken:
    return [child for child in tables.children if (child.born_on is None) == (child.expected_on is None)]


@rule(
    "8530Q",
    module="ChildIdentifiers",
    fields="ExpectedPersonBirthDate",
    message=(
        "Please check and either amend data or provide a reason: Expected Date of Birth is outside the expected range"
        " for this census (March to December of the Census Year end)"
    ),
    mend="Check when the child is expected. If the child has been born, give the date of birth instead.",
)
def expected_at_another_time(tables: Tables, census: Census) -> Broken:
    """From 30 days before the day in question to nine months after it."""
    expected = [child for child in tables.children if child.expected_on]
    first, last = census.asked_on - _EARLIEST_EXPECTED, months_after(census.asked_on, _LATEST_EXPECTED)
    return [child for child in expected if child.expected_on and not first <= child.expected_on <= last]


@rule(
    "8535Q",
    module="ChildIdentifiers",
    fields="PersonDeathDate PersonBirthDate",
    message=(
        "Please check and either amend data or provide a reason: Child’s date of death should not be prior to the"
        " date of birth"
    ),
    mend="Check the dates of birth and of death: one of them is wrong.",
)
def died_before_birth(tables: Tables, census: Census) -> Broken:
    return [child for child in tables.children if child.died_on and child.born_on and child.died_on < child.born_on]


@rule(
    "8545Q",
    module="ChildIdentifiers",
    fields="PersonDeathDate",
    message=(
        "Please check and either amend data or provide a reason: Child's date of death should be within the census year"
    ),
    mend="Check the date of death. If it is right, explain why the child is in this year's return.",
)
def died_in_another_year(tables: Tables, census: Census) -> Broken:
    return [child for child in tables.children if child.died_on and not census.has(child.died_on)]


@rule(
    "8590",
    module="ChildIdentifiers",
    fields="CINdetails LAchildID",
    message="Child does not have a recorded CIN episode.",
    mend="Record the referral through which the child is known, or leave the child out of the return.",
)
def no_episode(tables: Tables, census: Census) -> Broken:
    return [(child, "LAchildID") for child in tables.children if not child.episodes]


@rule(
    "8775Q",
    module="ChildIdentifiers",
    fields="PersonBirthDate CINclosureDate",
    message="Please check and either amend data or provide a reason: Child is over 25 years old",
    mend="Check the date of birth. If it is right, close the case if help has ended, or explain why it goes on.",
)
def over_25(tables: Tables, census: Census) -> Broken:
    """Born more than 25 years ago, and helped after the 25th birthday."""
    limit = years_before(census.asked_on, _OLDEST)
    return [
        child
        for child in tables.children
        if child.born_on
        and child.born_on < limit
        and any(
            episode.closed_on is None or years_before(episode.closed_on, _OLDEST) > child.born_on
            for episode in child.episodes
        )
    ]
