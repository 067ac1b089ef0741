"""Who this may be: the people whose record what we were told might belong to, with the reasons for and against.

Never a number on screen, and never a decision: a person looks at both side by side and says.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from operator import itemgetter
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Prefetch, prefetch_related_objects
from rapidfuzz.distance import JaroWinkler

from righthelp.kernel.written import write_date
from righthelp.people.keys import (
    BORN,
    BOTH,
    FAMILY,
    GIVEN,
    NEAR_FAMILY,
    NEAR_GIVEN,
    NUMBER,
    POSTCODE,
    changed_round,
    dates_meant,
    keys,
    place_key,
    plain,
    postcode_key,
    sounds,
    spellings,
)
from righthelp.people.models import Address, Identifier, Person, PersonName
from righthelp.people.told import Told

# How much each likeness says, in bits: from how often it is found between two records of one person against two of
# strangers, in a county of 36,000 children. They order the list; they are never shown.
SAYS = {
    "number": 20.0,
    "born": 13.0,
    "born changed round": 9.0,
    "born near": 6.0,
    "family": 8.0,
    "family sounds": 6.5,
    "family near": 6.0,
    "given": 7.0,
    "given sounds": 5.5,
    "given near": 5.0,
    "names changed round": 9.0,
    "address": 9.0,
    "postcode": 7.0,
    "sex": 1.0,
    "born otherwise": -6.0,
    "family otherwise": -3.0,
    "given otherwise": -5.0,
    "sex otherwise": -3.0,
    "number otherwise": -6.0,
}
SHOWN = 7.0  # less than this is not worth a look
LIKELY = 15.0  # this much is who was meant, unless a person says otherwise
# How many are read and compared: with a date of birth few are meant, without one many may be.
MOST_DATED, MOST_UNDATED = 25, 100
# The kinds of key by which people are found, one way in each: numbers, dates, places, both names, last and first name.
WAYS_IN = (NUMBER, BORN, POSTCODE, BOTH, FAMILY + NEAR_FAMILY, GIVEN + NEAR_GIVEN)


@dataclass
class Match:
    """A person who may be meant: what agrees, what does not."""

    person: Person
    weight: float = 0.0
    agrees: list[str] = field(default_factory=list)
    differs: list[str] = field(default_factory=list)
    alike: set[str] = field(default_factory=set)  # by the names of `SAYS`

    @property
    def likely(self) -> bool:
        return self.weight >= LIKELY

    def note(self, what: str, words: str) -> None:
        says = SAYS[what]
        self.weight += says
        self.alike.add(what)
        (self.agrees if says > 0 else self.differs).append(words)


def matches(told: Told, *, most: int = 10, children_only: bool = False, shown_with: Sequence[str] = ()) -> list[Match]:
    """Who may be meant, likeliest first, among the people whom the viewer may see.

    `shown_with` are the facts of theirs ("addresses") that a list of them shows, read for all of them together.
    """
    return matches_of_several([told], most=most, children_only=children_only, shown_with=shown_with)[0]


def matches_of_several(
    told: Sequence[Told], *, most: int = 10, children_only: bool = False, shown_with: Sequence[str] = ()
) -> list[list[Match]]:
    """Who may be meant by each of several, such as the children of one family, asked for together."""
    asked = [one for one in told if not one.empty]
    if not asked:
        return [[] for _ in told]
    placed, numbered = any(one.postcode for one in asked), any(one.identifiers for one in asked)
    compared = ["names", *(["addresses"] if placed else []), *(["identifiers"] if numbered else [])]
    found_now = Person.objects.filter(pk__in=_found(asked), became__isnull=True)
    people = list(found_now.prefetch_related(*found_by(*compared)))
    found = [[] if one.empty else _likeliest(one, people, most, children_only) for one in told]
    if shown_with:
        prefetch_related_objects([match.person for matches in found for match in matches], *found_by(*shown_with))
    return found


def _likeliest(told: Told, people: Iterable[Person], most: int, children_only: bool) -> list[Match]:
    found = [compare(told, person) for person in people]
    if children_only:
        found = [match for match in found if is_child(match.person)]
    found = [match for match in found if match.weight >= SHOWN]
    return sorted(found, key=lambda match: (-match.weight, match.person.called_sort))[:most]


CERTAIN = ({"number"}, {"given", "family", "born", "address"})


def certain(found: Iterable[Match]) -> Match | None:
    """The one who must be meant: the same number, or the very same name, date of birth and address, and nobody else.

    A person still says so: this only puts them first.
    """
    sure = [
        match
        for match in found
        if any(enough <= match.alike for enough in CERTAIN)
        and not match.alike & {"born otherwise", "number otherwise", "family otherwise"}
    ]
    return sure[0] if len(sure) == 1 else None


# From those who are locked, who are few, to their keys: as a join, it would be begun from the keys of everybody.
SHARING_A_KEY = """
    SELECT person_id FROM search_key
    WHERE person_id = ANY (ARRAY(SELECT id FROM person WHERE circle_id IS NOT NULL)) AND keys && %s::varchar[]
"""


def locked_match(told: Told) -> Match | None:
    """The likeliest of the people whom a circle locks, if what was told is likely about one of them."""
    if told.empty:
        return None
    wanted = sorted(_keys(told))
    with connection.cursor() as cursor:
        cursor.execute(SHARING_A_KEY, [wanted])
        sharing = [key for (key,) in cursor.fetchall()]
    if not sharing:
        return None
    people = Person.objects.filter(pk__in=sharing).prefetch_related(*found_by())
    return _likely(told, people)


class Locked:
    """The people whom circles lock, read once for many questions: what a file is asked against, row by row."""

    def __init__(self) -> None:
        self._sharing: dict[str, list[Person]] = defaultdict(list)
        people = Person.objects.filter(circle__isnull=False, searchkey__isnull=False).select_related("searchkey")
        for person in people.prefetch_related(*found_by()):
            for key in person.searchkey.keys:
                self._sharing[key].append(person)

    def match(self, told: Told) -> Match | None:
        """As `locked_match`."""
        if told.empty:
            return None
        people = {person.pk: person for key in _keys(told) for person in self._sharing.get(key, ())}
        return _likely(told, people.values())


def _likely(told: Told, people: Iterable[Person]) -> Match | None:
    found = [match for match in (compare(told, person) for person in people) if match.likely]
    return max(found, key=lambda match: match.weight, default=None)


def found_by(*names: str) -> "list[Prefetch[str]]":
    """The facts by which people are compared (all of them, if not said), without those found to be of somebody else."""
    models: dict[str, Any] = {"names": PersonName, "addresses": Address, "identifiers": Identifier}
    return [Prefetch(name, models[name].objects.filter(wrong_on__isnull=True)) for name in names or models]


def as_told(person: Person) -> Told:
    """What is known of somebody, as if it had been told: to find who else's record may be theirs."""
    names = sorted(person.names.filter(wrong_on__isnull=True), key=lambda name: name.kind != PersonName.Kind.USED)
    homes = sorted(person.addresses.filter(wrong_on__isnull=True), key=lambda address: not address.now)
    name, home = next(iter(names), None), next(iter(homes), None)
    return Told(
        given=name.given if name else "",
        family=name.family if name else "",
        born_on=person.born_on,
        expected_on=person.expected_on,
        sex=person.sex,
        lines=home.lines if home else "",
        postcode=home.postcode if home else "",
        identifiers=tuple(person.identifiers.filter(wrong_on__isnull=True).values_list("kind", "value")),
    )


def is_child(person: Person, on: date | None = None) -> bool:
    """Under 18, not yet born, or of unknown age (Children Act 1989, section 105(1))."""
    age = person.age_on(on or date.today())  # noqa: DTZ011  (a list for the eye; no clock depends on it)
    return age is None or age < 18


def _keys(told: Told) -> set[str]:
    return keys(
        # Changed round only where there are two: one name alone is not asked to be both.
        names=[
            (told.given, told.family),
            (told.known_as, told.family),
            *([(told.family, told.given)] if told.given and told.family else []),
        ],
        dates=dates_meant(told.born_on) if told.born_on else [],
        postcodes=[told.postcode] if told.postcode else [],
        numbers=told.identifiers,
    )


def _found(told: Sequence[Told]) -> list[UUID]:
    """Numbers of those who share something with any of several: few, however many people there are."""
    wanted = sorted(set().union(*(_keys(one) for one in told)))
    of = {kinds: [key for key in wanted if key[0] in kinds] for kinds in WAYS_IN}
    spelt = [
        spelling
        for one in told
        for spelling in (*spellings(one.given, one.family), *spellings(one.known_as, one.family))
    ]
    most = sum(MOST_DATED if one.born_on else MOST_UNDATED for one in told)
    with connection.cursor() as cursor:
        # Through a function of the owner's, because the second lock would keep the index from being used; it gives
        # numbers only, and whoever they are of is asked for under the viewer's own locks.
        cursor.execute("SELECT person FROM people_found(%s, %s, %s, %s, %s, %s, %s, %s)", [*of.values(), spelt, most])
        return [row[0] for row in cursor.fetchall()]


def compare(told: Told, person: Person) -> Match:
    """What agrees and what does not between what was told and what is known."""
    match = Match(person)
    _numbers(match, told, person.identifiers.all())
    _dates(match, told, person)
    _names(match, told, person.names.all())
    _places(match, told, person.addresses.all())
    if told.sex in {"F", "M"} and person.sex in {"F", "M"}:
        same = told.sex == person.sex
        match.note("sex" if same else "sex otherwise", "Same sex" if same else "Different sex recorded")
    return match


def _numbers(match: Match, told: Told, known: Iterable[Identifier]) -> None:
    if not told.identifiers:
        return  # theirs were not read
    held: dict[str, list[Identifier]] = {}
    for identifier in known:
        held.setdefault(identifier.kind, []).append(identifier)
    values = [value for _, value in told.identifiers]
    for kind, value in told.identifiers:
        if kind not in held:
            continue
        label = held[kind][0].get_kind_display()
        if any(identifier.value == value for identifier in held[kind]):
            match.note("number", f"Same {label}")
        elif values.count(value) == 1:  # one searched for under every kind differs from those that it is not
            match.note("number otherwise", f"Different {label}")


def _dates(match: Match, told: Told, person: Person) -> None:
    one, other = told.born_on, person.born_on
    if one is None or other is None:
        return
    if one == other:
        match.note("born", f"Same date of birth, {write_date(other)}")
    elif changed_round(one, other):
        match.note("born changed round", f"Date of birth with day and month changed round: {write_date(other)}")
    elif other in dates_meant(one):
        match.note("born near", f"Date of birth close: {write_date(other)}")
    else:
        match.note("born otherwise", f"Different date of birth: {write_date(other)}")


def _names(match: Match, told: Told, names: Iterable[PersonName]) -> None:
    known = sorted(names, key=lambda name: name.kind != PersonName.Kind.USED)  # of equals, the name they use
    if not known or not (told.given or told.family):
        return
    if any(
        name.given and plain(told.given) == plain(name.family) and plain(told.family) == plain(name.given)
        for name in known
    ):
        match.note("names changed round", "First and last name changed round")
        return
    if told.family:
        alike, nearest = _nearest(known, lambda name: _alike(told.family, name.family))
        _note_name(match, "family", "last name", alike, nearest.family, nearest)
    if told.given or told.known_as:
        alike, nearest = _nearest(known, lambda name: _alike_either(told, name.given))
        _note_name(match, "given", "first name", alike, nearest.given, nearest)


def _nearest(known: Sequence[PersonName], alike: Callable[[PersonName], int]) -> tuple[int, PersonName]:
    """The first of those that are most alike, and how alike it is."""
    return max(((alike(name), name) for name in known), key=itemgetter(0))


def _alike(one: str, other: str) -> int:
    """3 the same, 2 sounds the same, 1 spelt nearly the same, 0 otherwise."""
    if not one or not other:
        return 0
    if plain(one) == plain(other):
        return 3
    if sounds(one) & sounds(other):
        return 2
    return 1 if JaroWinkler.similarity(plain(one), plain(other)) >= 0.9 else 0


def _alike_either(told: Told, given: str) -> int:
    return max(_alike(told.given, given), _alike(told.known_as, given))


def _note_name(match: Match, what: str, words: str, alike: int, known: str, name: PersonName) -> None:
    if not known:
        return
    where = "" if name.kind == PersonName.Kind.USED else f" ({name.get_kind_display()})"
    if alike == 3:
        match.note(what, f"Same {words}{where}")
    elif alike == 2:
        match.note(f"{what} sounds", f"{words.capitalize()} sounds the same: {known}{where}")
    elif alike == 1:
        match.note(f"{what} near", f"{words.capitalize()} spelt nearly the same: {known}{where}")
    else:
        match.note(f"{what} otherwise", f"Different {words}: {known}")


def _places(match: Match, told: Told, addresses: Iterable[Address]) -> None:
    if not told.postcode:
        return
    key, code = place_key(told.lines, told.postcode), postcode_key(told.postcode)
    for address in sorted(addresses, key=lambda address: address.until is not None):
        was = "" if address.now else " (an earlier address)"
        if key and address.place_key == key:
            match.note("address", f"Same address{was}")
            return
        if code and postcode_key(address.postcode) == code:
            match.note("postcode", f"Same postcode{was}")
            return
