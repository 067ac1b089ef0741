"""Rules about a child's sex, ethnic background and disabilities."""

from __future__ import annotations

from righthelp.returns.cin.rules.census import Census
from righthelp.returns.cin.rules.codes import codes
from righthelp.returns.cin.rules.rule import Broken, rule
from righthelp.returns.cin.tables import Child, Tables

NO_DISABILITY = "NONE"
_GENDERS = frozenset("0129")  # until 2023/24; the codes of GenderCurrent
_GENDER_NOT_KNOWN = "0"


@rule(
    "4180",
    module="ChildIdentifiers",
    fields="GenderCurrent",
    until=2024,
    message="Gender is missing",
    mend="Record the child's sex, or that it is not known.",
)
def no_gender(tables: Tables, census: Census) -> Broken:
    return [child for child in tables.children if child.sex not in _GENDERS]


@rule(
    "8750",
    module="ChildIdentifiers",
    fields="GenderCurrent PersonBirthDate ExpectedPersonBirthDate",
    until=2024,
    message="Gender must equal 0 for an unborn child",
    mend="Until the child is born, record the sex as not known.",
)
def gender_before_birth(tables: Tables, census: Census) -> Broken:
    return sexed_before_birth(tables, _GENDER_NOT_KNOWN)


def sexed_before_birth(tables: Tables, not_known: str) -> list[Child]:
    """Children who are not born yet, with a sex other than not known. That there is none is for rule 4180 to say."""
    return [
        child
        for child in tables.children
        if child.expected_on and not child.born_on and child.sex and child.sex != not_known
    ]


@rule(
    "4220",
    module="ChildCharacteristics",
    fields="Ethnicity",
    message="Ethnicity is missing or invalid (see Ethnicity table)",
    mend="Ask the child or family and record what they say. If nobody has asked yet, or they chose not to say, say so.",
)
def no_ethnicity(tables: Tables, census: Census) -> Broken:
    known = codes("ethnicity")
    return [child for child in tables.children if child.ethnicity not in known]


@rule(
    "8540",
    module="ChildCharacteristics",
    fields="Disability PersonBirthDate ReferralNFA",
    message="Child’s disability is missing or invalid (see Disability table)",
    mend="Record each disability that the child has, or that there is none.",
)
def disability_not_said(tables: Tables, census: Census) -> Broken:
    """Of a child who is born, and one of whose referrals led to help."""
    known = codes("disability")
    return [
        child
        for child in tables.children
        if not (child.disabilities and known.issuperset(child.disabilities))
        and child.born_on
        and any(episode.nfa is False for episode in child.episodes)
    ]


@rule(
    "8790",
    module="Disabilities",
    fields="Disability",
    message="Disability information includes both None and other values",
    mend="The record says both that the child has no disability and that there is one. Take the wrong one out.",
)
def disabled_and_not(tables: Tables, census: Census) -> Broken:
    return [
        child
        for child in tables.children
        if len(child.disabilities) > 1
        and NO_DISABILITY in child.disabilities
        and set(child.disabilities) != {NO_DISABILITY}
    ]


@rule(
    "8794",
    module="Disabilities",
    fields="Disability",
    message="Child has two or more disabilities with the same code",
    mend="The same disability stands twice in the record. Take one of them out.",
)
def disability_twice(tables: Tables, census: Census) -> Broken:
    return [
        child
        for child in tables.children
        if len(child.disabilities) > 1 and len(set(child.disabilities)) < len(child.disabilities)
    ]
