"""Keys by which a person is found: how a name sounds and is spelt, dates, postcodes, numbers.

A person keeps their keys; a search makes its own from what was typed and asks who shares any. A misspelt name shares
how it sounds, or one of the spellings with a letter left out; a date of birth with day and month changed round shares
the date as it was meant; an old address shares its postcode.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

import jellyfish

from righthelp.kernel.identifiers import NotAnIdentifier, check_postcode

# Kinds of key, shortest first: a key is stored for every person, so each letter counts.
FAMILY, GIVEN, BOTH, BORN, NUMBER, POSTCODE, NEAR_FAMILY, NEAR_GIVEN = "f", "g", "n", "b", "i", "p", "x", "y"


def plain(name: str) -> str:
    """A name without capitals, accents, spaces, hyphens or apostrophes: O'Brien, obrien and O Brien are one."""
    bare = unicodedata.normalize("NFKD", name)
    return "".join(letter for letter in bare.casefold() if letter.isalnum())


def sounds(name: str) -> set[str]:
    """How each part of a name sounds, and how the whole does."""
    parts = {plain(part) for part in name.replace("-", " ").split()} | {plain(name)}
    return {jellyfish.metaphone(part) or part for part in parts if part}


def keys(
    names: Iterable[tuple[str, str]],
    dates: Iterable[date],
    postcodes: Iterable[str],
    numbers: Iterable[tuple[str, str]],
) -> set[str]:
    """The keys that a person keeps: all their names (given, family), dates of birth, postcodes ever, and numbers."""
    made: set[str] = set()
    for given, family in names:
        made |= {f"{FAMILY}{sound}" for sound in sounds(family)}
        made |= {f"{GIVEN}{sound}" for sound in sounds(given)}
        made |= {f"{BOTH}{one}:{two}" for one in sounds(family) for two in sounds(given)}
        made |= {f"{NEAR_FAMILY}{near}" for near in _one_letter_out(plain(family))}
        made |= {f"{NEAR_GIVEN}{near}" for near in _one_letter_out(plain(given))}
    made |= {f"{BORN}{born:%Y%m%d}" for born in dates}
    made |= {f"{POSTCODE}{code}" for code in map(postcode_key, postcodes) if code}
    made |= {f"{NUMBER}{value}" for _, value in numbers if value}
    return {key[:80] for key in made}


def spellings(given: str, family: str) -> list[str]:
    """The keys of two names just as they are written."""
    return [
        *([f"{NEAR_FAMILY}{plain(family)}"[:80]] if family else []),
        *([f"{NEAR_GIVEN}{plain(given)}"[:80]] if given else []),
    ]


def dates_meant(born_on: date) -> set[date]:
    """A date as typed, and the dates that may have been meant: day and month changed round, one day or year out."""
    meant = {born_on}
    for days in (-1, 1):
        try:
            meant.add(born_on + timedelta(days=days))
        except OverflowError:  # the first day that there is, or the last
            continue
    for year, month, day in (
        (born_on.year, born_on.day, born_on.month),
        (born_on.year - 1, born_on.month, born_on.day),
        (born_on.year + 1, born_on.month, born_on.day),
    ):
        try:
            meant.add(date(year, month, day))
        except ValueError:
            continue
    return meant


def changed_round(one: date, other: date) -> bool:
    """Whether two dates differ only in day and month being changed round."""
    return one != other and (one.year, one.month, one.day) == (other.year, other.day, other.month)


def postcode_key(postcode: str) -> str:
    """A postcode as it is compared; what is not one is compared as typed."""
    try:
        return check_postcode(postcode).replace(" ", "")
    except NotAnIdentifier:
        return plain(postcode).upper()[:8]


def place_key(lines: str, postcode: str) -> str:
    """The same for two spellings of one address: its postcode and its house."""
    code = postcode_key(postcode)
    first = lines.strip().splitlines()[0] if lines.strip() else ""
    house = "".join(word for word in first.replace(",", " ").split()[:2]) if first else ""
    return f"{code}/{plain(house)}"[:60] if code and house else ""


def _one_letter_out(name: str) -> Iterator[str]:
    """The name, and the name with each letter left out: two spellings one letter apart share one of them."""
    if name:
        yield name
    if len(name) > 3:
        for index in range(len(name)):
            yield name[:index] + name[index + 1 :]
