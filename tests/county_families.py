"""The families of the small county: who they are before anybody tells the front door anything."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from righthelp.engine.journal import Journal
from righthelp.people.models import (
    Characteristic,
    Household,
    HouseholdMember,
    Identifier,
    Involvement,
    Person,
    Relationship,
)
from righthelp.people.rows import Source, new_person
from righthelp.people.told import Told
from righthelp.record.models import KeptForLater, Loaded

if TYPE_CHECKING:
    from tests.county import County

TOLD_ON = date(2024, 9, 2)
# First and last name, date of birth and postcode, by what the child is there for.
CHILDREN = {
    "known": ("Wren", "Quillfeather", date(2015, 3, 21)),
    "known sibling": ("Bramble", "Quillfeather", date(2018, 11, 5)),
    "doubled": ("Wrenna", "Quillfeather", date(2015, 3, 12)),
    "stranger": ("Osmund", "Thistlewick", date(2012, 7, 30)),
    "locked": ("Ottoline", "Varnadoe", date(2013, 10, 9)),
    "locked sibling": ("Peregrine", "Varnadoe", date(2017, 1, 26)),
}
ADULTS = {
    "known mother": ("Marigold", "Quillfeather", date(1988, 6, 14)),
    "locked father": ("Leofric", "Varnadoe", date(1984, 2, 11)),
}
NHS = {"known": "9990000018", "locked": "9990000026"}
POSTCODES = {"Quillfeather": "HR1 2AB", "Thistlewick": "HR4 9XY", "Varnadoe": "HR6 8QW"}


def known(county: County, journal: Journal) -> None:
    """A mother with two children, and a child of another family."""
    _family(county, journal, ["known", "known sibling"], ["known mother"])
    _family(county, journal, ["doubled"], [])
    _family(county, journal, ["stranger"], [])
    say, person = county.say, county.people["known"]
    source = {"source": say("The return of last year"), "recorded_on": TOLD_ON}
    journal.add(
        Characteristic(person=person, kind=Characteristic.Kind.ETHNICITY, code="WBRI", **source),
        Involvement(
            person=person, agency=county.staff.schools[0], kind=Involvement.Kind.SCHOOL, since=TOLD_ON, **source
        ),
        KeptForLater(
            person=person,
            kind=say("DisabilityList"),
            content=say("<Disability>BEH</Disability>"),
            source=say("The return of last year"),
            line=42,
            recorded_at=county.now,
        ),
        Loaded(
            name=say("cin-last-year.xml"), kind="cin", fingerprint="f" * 64, at=county.now, counts=[say("3 children")]
        ),
    )


def to_be_locked(county: County, journal: Journal) -> None:
    """A worker's own family, before anybody locks its records."""
    _family(county, journal, ["locked", "locked sibling"], ["locked father"])
    source = {"source": county.say("The return of the year before"), "recorded_on": TOLD_ON}
    person = county.people["locked"]
    journal.add(
        Characteristic(person=person, kind=Characteristic.Kind.ETHNICITY, code="WIRI", **source),
        Involvement(person=person, agency=county.staff.practices[0], kind=Involvement.Kind.GP, since=TOLD_ON, **source),
        KeptForLater(
            person=person,
            kind=county.say("CareLeaver"),
            content=county.say("<CareLeaver>Y</CareLeaver>"),
            source=county.say("The return of the year before"),
            line=43,
            recorded_at=county.now,
        ),
    )


def told_of(county: County, key: str, say_again: bool = False) -> Told:
    """What anybody is told of one of these people: the names as the county's own words have them."""
    given, family, born = (CHILDREN | ADULTS)[key]
    person = county.people.get(key)
    if person is not None and not say_again:
        names = county.rows[f"names of {key}"]
        return Told(given=names[0], family=names[1], born_on=born, postcode=names[2], lines=names[3])
    lines, postcode = county.say(f"2 {family} Yard"), POSTCODES[family]
    return Told(given=county.say(given), family=county.say(family), born_on=born, postcode=postcode, lines=lines)


def _family(county: County, journal: Journal, children: list[str], adults: list[str]) -> None:
    household = Household()
    journal.add(household)
    source = {"source": county.say("The return of last year"), "recorded_on": TOLD_ON}
    for key in [*children, *adults]:
        told = told_of(county, key)
        numbers = ((Identifier.Kind.NHS, NHS[key]),) if key in NHS else ()
        rows = new_person(
            Told(**{**told.__dict__, "identifiers": numbers}), Source(county.say("A worker's visit"), TOLD_ON)
        )
        person = rows[0]
        assert isinstance(person, Person)
        journal.add(*rows, HouseholdMember(household=household, person=person, since=TOLD_ON, **source))
        county.people[key] = person
        county.rows[f"names of {key}"] = (told.given, told.family, told.postcode, told.lines)
    for adult in adults:
        for child in children:
            journal.add(
                Relationship(
                    person=county.people[adult],
                    other=county.people[child],
                    kind="MOTHER" if "mother" in adult else "FATHER",
                    parental_responsibility=Relationship.ParentalResponsibility.YES,
                    **source,
                )
            )
    for one, other in pairwise(children):
        journal.add(Relationship(person=county.people[one], other=county.people[other], kind="SIBLING", **source))
