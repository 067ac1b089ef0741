"""Finding one person among a million by a misspelt name: `./run benchmark searching [--people N] [--searches N]`.

People are invented with names as unevenly spread as a country's: a few that thousands share, and a long tail. Each
search is what a worker types of one of them, with a slip of the kind that people make; what is timed is the whole of
a search, from the words to the people ranked with their reasons.
"""

import argparse
import sys
import time
from bisect import bisect
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from itertools import accumulate
from random import Random
from typing import Any

from benchmarks.ground import Figure, counted, database, percentile, staffed, told

STARTS = """
Ab Ack Ald Ash Ather Bar Bax Beck Bell Ben Birk Black Bol Brad Bran Brom Buck Bur Cal Cam Can Car Chad Char Chil Clay
Cob Col Cor Crad Dal Dan Den Dor Dun East Eck Ed Ell Ever Fair Fal Fen Fern Flax Gar Gat Gil God Gran Had Hal Ham Har
Hat Hazel Hen Hol Horn Hud Ink Kel Ken Kim Kin Lang Lath Led Lin Lod Mar Med Mel Mil Mor Nor Oak Old Or Ox Pem Pen
Pick Pol Pres Rad Ran Red Ridge Rock Ross Rud Sal San Sed Shel Sher Skel Sped Stan Stav Sut Tal Tam Ter Thorn Til Tun
Up Wad Wal War Wath Wel Wen West Whit Wil Win Wool Wor
""".split()
MIDDLES = ["", "", "", "en", "er", "ing", "le", "is", "o", "al"]
ENDS = """
bourne bury by combe cott dale den don field ford gate ham hurst ley low man mere more ridge shaw son stead stock
stone ton tree wall ward wick win wood worth
""".split()
SOUNDS_LIKE = [("ph", "f"), ("ck", "k"), ("ie", "ei"), ("y", "i"), ("c", "k"), ("ll", "l"), ("ee", "ea"), ("ou", "ow")]


def main() -> int:
    """Both kinds of search, over people chosen by lot; percentiles, and how often the right one is among ten."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=1_000_000)
    parser.add_argument("--searches", type=int, default=400, help="of each kind (400)")
    options = parser.parse_args()
    name = f"searching_{options.people}"
    fresh = database(name)
    from righthelp.guard.viewers import DEMONSTRATION, looking, worker_looking

    if fresh:
        fill(options.people)
        counted(name)
    with looking(DEMONSTRATION):
        from righthelp.guard.models import Worker
        from righthelp.people.models import PersonName

        nia = worker_looking(Worker.objects.get(name="Nia Prosser").pk)
        random = Random("who is searched for")
        wanted = list(
            PersonName.objects.filter(number_within(random, options)).select_related("person")[: options.searches]
        )
    assert nia is not None
    dated: list[float] = []
    named: list[float] = []
    found = [0, 0]
    with looking(nia):
        for person in wanted:
            typed = slip(random, person.given), slip(random, person.family)
            for kind, (times, born_on) in enumerate([(dated, person.person.born_on), (named, None)]):
                took, there = searched(*typed, born_on, person.person_id)
                times.append(took)
                found[kind] += there
    for what, times in (("with date of birth", dated), ("name alone", named)):
        print(f"{what}: median {percentile(times, 50) * 1000:.1f} ms, slowest {max(times) * 1000:.0f} ms")
    searches = len(wanted)
    return told(
        [
            Figure("misspelt name and date of birth, 95th percentile", percentile(dated, 95) * 1000, 10, "ms"),
            Figure("misspelt name alone, 95th percentile", percentile(named, 95) * 1000, 150, "ms"),
            Figure("right person in the first ten, with date of birth", found[0] / searches * 100, 95, "%", True),
            Figure("right person in the first ten, name alone", found[1] / searches * 100, 85, "%", True),
        ]
    )


def number_within(random: Random, options: Any) -> Any:
    """People chosen by lot, by where they stand among all."""
    from django.db.models import Q

    from righthelp.people.models import PersonName

    every = list(PersonName.objects.values_list("pk", flat=True))
    return Q(pk__in=random.sample(every, options.searches))


def searched(given: str, family: str, born_on: date | None, wanted: Any) -> tuple[float, bool]:
    """Seconds a search takes, and whether the person is among the first ten."""
    from righthelp.people.matching import matches
    from righthelp.people.told import Told

    began = time.perf_counter()
    first = matches(Told(given=given, family=family, born_on=born_on), most=10)
    return time.perf_counter() - began, any(match.person.pk == wanted for match in first)


def slip(random: Random, name: str) -> str:
    """A name as somebody writes it who heard it over the telephone, or types quickly: half the time, one slip."""
    if random.random() < 0.5 or len(name) < 4:
        return name
    at = random.randrange(1, len(name) - 1)
    ways: Sequence[Callable[[], str]] = (
        lambda: name[:at] + name[at + 1 :],
        lambda: name[:at] + name[at] + name[at:],
        lambda: name[:at] + name[at + 1] + name[at] + name[at + 2 :],
        lambda: name[:at] + random.choice("aeiourstn") + name[at + 1 :],
        lambda: as_heard(random, name),
    )
    return random.choice(ways)()


def as_heard(random: Random, name: str) -> str:
    """One sound of it spelt another way."""
    alike = [(one, other) for one, other in SOUNDS_LIKE if one in name.lower()]
    if not alike:
        return name + "e"
    one, other = random.choice(alike)
    return name.lower().replace(one, other, 1).capitalize()


def fill(people: int) -> None:
    """So many invented people, each with a name, a date of birth, an address and what they are found by."""
    from righthelp.demo import names
    from righthelp.demo.bulk import Table, new_id
    from righthelp.guard.viewers import DEMONSTRATION, looking
    from righthelp.people.keys import keys, place_key
    from righthelp.people.models import Address, Person, PersonName, SearchKey
    from righthelp.people.rows import called, sort_name

    random = Random("a million people")
    tail = [f"{start}{middle}{end}".replace("ss", "s") for start in STARTS for middle in MIDDLES for end in ENDS]
    random.shuffle(tail)
    families = uneven(random, list(dict.fromkeys([*names.FAMILIES, *tail])), level=40)
    given = uneven(random, list(dict.fromkeys([*names.GIRLS, *names.BOYS, *names.WOMEN, *names.MEN])), level=25)
    staffed()
    known = ("source", "recorded_on")
    said = ("Invented", date(2026, 1, 1))
    eldest, days = date(1936, 1, 1), 90 * 365
    for first in range(0, people, 20_000):
        tables = (
            Table(Person, "id", "called", "called_sort", "sex", "born_on", *known),
            Table(PersonName, "id", "person", "kind", "given", "family", *known),
            Table(Address, "id", "person", "lines", "postcode", "place_key", *known),
            Table(SearchKey, "person", "keys"),
        )
        for _ in range(min(20_000, people - first)):
            pk, one, other = new_id(), given(), families()
            born_on = eldest + timedelta(days=random.randrange(days))
            lines = f"{random.randint(1, 199)} {random.choice(names.STREETS)} Road"
            letters = "".join(random.choices("ABDEFGHJLNPQRSTUWXYZ", k=2))
            postcode = f"HR{random.randint(1, 9)} {random.randint(1, 9)}{letters}"
            tables[0].add(pk, called(one, other, ""), sort_name(one, other), random.choice("FM"), born_on, *said)
            tables[1].add(new_id(), pk, PersonName.Kind.USED, one, other, *said)
            tables[2].add(new_id(), pk, lines, postcode, place_key(lines, postcode), *said)
            tables[3].add(pk, sorted(keys([(one, other)], [born_on], [postcode], [])))
        with looking(DEMONSTRATION):
            for table in tables:
                table.write()
        print(f"{min(first + 20_000, people):,} people", flush=True)


def uneven(random: Random, values: list[str], *, level: int) -> Callable[[], str]:
    """One of them by lot: the first is commonest, and the share falls with the place (Zipf, level at the top)."""
    shares = list(accumulate(1 / (place + level) for place in range(len(values))))
    return lambda: values[bisect(shares, random.random() * shares[-1])]


if __name__ == "__main__":
    sys.exit(main())
