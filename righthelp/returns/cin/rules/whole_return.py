"""Rules about the return as a whole: its reference date, and what is counted over all its children."""

from __future__ import annotations

from datetime import date
from itertools import chain

from righthelp.returns.cin.rules.census import Census
from righthelp.returns.cin.rules.characteristics import NO_DISABILITY
from righthelp.returns.cin.rules.rule import Broken, rule
from righthelp.returns.cin.rules.together import conferences
from righthelp.returns.cin.tables import Tables

_MOST_WITHOUT_SEX = 0.02  # of all children
_FEWEST_DISABILITIES = 8  # different codes in one return


@rule(
    "100",
    module="Header",
    fields="ReferenceDate Year",
    scope="return",
    message="Reference Date is incorrect",
    mend="The reference date is 31 March of the year in which the census year ends. Correct it in the header.",
)
def wrong_reference_date(tables: Tables, census: Census) -> Broken:
    return [] if tables.header.reference == date(census.year, 3, 31) else [tables.header]


@rule(
    "2883",
    module="ChildProtectionPlans",
    fields="CPPstartDate DateOfInitialCPC",
    scope="return",
    message="There are more child protection plans starting than initial conferences taking place",
    mend=(
        "More child protection plans began in the year than initial conferences were held. Look for plans whose"
        " conference was not recorded; rule 2885 names them."
    ),
)
def more_plans_than_conferences(tables: Tables, census: Census) -> Broken:
    begun = sum(1 for plan in tables.protection_plans if plan.started_on and census.has(plan.started_on))
    held = sum(1 for _, day in conferences(tables) if census.has(day))
    return [tables.header] if begun > held else []


def sex_is_missing(tables: Tables, not_known: str) -> bool:
    """Whether more than 2% of children, all counted, are born and have no sex other than not known."""
    missing = sum(1 for child in tables.children if child.sex in (None, "", not_known) and child.expected_on is None)
    return missing > _MOST_WITHOUT_SEX * len(tables.children)


@rule(
    "2886Q",
    module="ChildIdentifiers",
    fields="GenderCurrent ExpectedPersonBirthDate",
    scope="return",
    until=2024,
    message=(
        "Please check and either amend or provide a reason: Percentage of children with no gender recorded is more than"
        " 2% (excluding unborns)"
    ),
    mend="Record the sex of the children who have none yet, or explain why it is not known of so many.",
)
def gender_missing_often(tables: Tables, census: Census) -> Broken:
    return [tables.header] if sex_is_missing(tables, "0") else []


@rule(
    "2887Q",
    module="Disabilities",
    fields="Disability",
    scope="return",
    message=(
        "Please check and either amend or provide a reason: Less than 8 disability codes have been used in your return"
    ),
    mend=(
        "The children of this return have fewer than eight kinds of disability between them. Check that disabilities"
        " are recorded, each by its own code; explain if there are no others."
    ),
)
def few_disabilities(tables: Tables, census: Census) -> Broken:
    used = set(chain.from_iterable(child.disabilities for child in tables.children))
    return [tables.header] if len(used - {NO_DISABILITY}) < _FEWEST_DISABILITIES else []


@rule(
    "2888Q",
    module="Disabilities",
    fields="Disability",
    scope="return",
    message=(
        "Please check and either amend or provide a reason: Only one disability code is recorded per child and"
        " multiple disabilities should be recorded where possible."
    ),
    mend="No child has more than one disability recorded. Record every disability that a child has, or explain.",
)
def never_two_disabilities(tables: Tables, census: Census) -> Broken:
    """Asked of the children with any: that no child has one is for rule 2887Q to say."""
    numbers = {len(set(child.disabilities) - {NO_DISABILITY}) for child in tables.children if child.disabilities}
    return [tables.header] if max(numbers, default=0) == 1 else []
