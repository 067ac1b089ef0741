"""The invented people are as many-sided as real ones, every number can be right, and nobody is anybody."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from righthelp.demo import names, words
from righthelp.demo.families import InventedFamily, families
from righthelp.demo.places import Places
from righthelp.demo.staff import NAMED
from righthelp.demo.tests.conftest import some_children
from righthelp.guard.models import Worker
from righthelp.kernel.identifiers import check_nhs_number, check_postcode, check_upn
from righthelp.kernel.moments import local_day
from righthelp.packs import pack
from righthelp.people.models import Address, HouseholdMember, Identifier, Person, PersonName, Relationship, SearchKey
from righthelp.people.rows import known_rows, refreshed_search_key

TODAY = date(2026, 10, 14)
SHOWN = {family["surname"] for family in words.shown()["families"]}  # those of the guides
GIVEN = {*names.GIRLS, *names.BOYS, *names.WOMEN, *names.MEN, "Baby"}
pytestmark = pytest.mark.county


def some_families(seed: int, children: int) -> list[InventedFamily]:
    places = Places(
        pack().demonstration(),
        schools=["Hill Lane Primary School", "Oak Primary School", "Elm High School"],
        surgeries=["Elm Surgery"],
    )
    return list(families(Random(seed), children, TODAY, places, pack().demonstration()))


@given(st.integers(0, 10_000), st.integers(100, 400))
@settings(max_examples=8, deadline=None)
def test_as_many_children_as_wanted_whatever_the_seed(seed: int, children: int) -> None:
    found = [child for family in some_families(seed, children) for child in family.children]
    born = [child for child in found if child.born_on]
    assert len(born) == children
    assert all(child.born_on <= TODAY for child in born if child.born_on)
    assert len({child.nhs for child in born}) == children
    for child in born:
        check_nhs_number(child.nhs)
        if child.upn:
            assert check_upn(child.upn)[1:4] == pack().local_authority.dfe


def test_the_shares_of_twins_moves_and_spellings() -> None:
    record = pack().demonstration()["record"]
    made = some_families(3, 6000)
    children = [child for family in made for child in family.children if child.born_on]
    twins = 2 * sum(child.twin_of is not None for child in children)
    assert twins / len(children) == pytest.approx(record["children_with_a_twin"].value, abs=0.012)
    spelt = sum(bool(child.also_spelt) for child in children)
    assert spelt / len(children) == pytest.approx(record["children_under_two_spellings"].value, abs=0.012)
    moved = sum(len(f.children) for f in made if f.moved_on and (TODAY - f.moved_on).days < 365)
    assert moved / len(children) == pytest.approx(record["children_who_moved_in_a_year"].value, abs=0.025)
    assert any(child.expected_on for family in made for child in family.children)
    assert any(child.known_as for child in children)


def test_no_address_is_two_families() -> None:
    homes = [(family.home.lines, family.home.postcode) for family in some_families(4, 4000)]
    assert len(set(homes)) == len(homes)
    for _, postcode in homes[:200]:
        assert check_postcode(postcode) == postcode


def test_they_live_where_the_papers_say() -> None:
    areas = Counter(family.area for family in some_families(5, 6000))
    for area, share in pack().demonstration().shares("places").items():
        assert areas[area] / areas.total() == pytest.approx(share, abs=0.03)


@pytest.mark.usefixtures("the_county")
class TestOnRecord:
    """What was made of them in the record."""

    def test_every_number_is_sound_and_nobody_elses(self) -> None:
        rows = list(Identifier.objects.values_list("kind", "value"))
        assert len(rows) == len(set(rows)) > some_children()
        for kind, value in rows:
            {"NHS": check_nhs_number, "UPN": check_upn}[kind](value)
            assert kind != "NHS" or value.startswith("999")  # never given to anybody

    def test_names_are_put_together_from_the_lists_and_from_nowhere_else(self) -> None:
        spelt, known_as = set(names.ALSO_SPELT.values()), set(names.KNOWN_AS.values())
        own = {named.name for named in NAMED}
        for kind, first, last in PersonName.objects.values_list("kind", "given", "family"):
            if last == "Garrick" or last in SHOWN:  # a named worker's family, and those of the guides
                continue
            assert last in names.FAMILIES
            assert first in GIVEN | {PersonName.Kind.ALSO: spelt, PersonName.Kind.USED: known_as}.get(kind, set())
        for name in Worker.objects.values_list("name", flat=True):
            first, _, last = name.partition(" ")
            assert name in own or (first in {*names.WOMEN, *names.MEN} and last in names.FAMILIES)

    def test_siblings_twins_a_move_two_spellings_and_a_name_that_is_not_in_law(self) -> None:
        kinds = set(Relationship.objects.values_list("kind", flat=True))
        assert {"MOTHER", "FATHER", "SIBLING", "TWIN"} <= kinds
        assert Relationship.objects.filter(kind="MOTHER", parental_responsibility="YES").exists()
        assert Address.objects.filter(until__isnull=False).exists()
        assert {"USED", "IN_LAW", "ALSO"} <= set(PersonName.objects.values_list("kind", flat=True))
        assert Person.objects.filter(expected_on__isnull=False).exists()
        assert max(Counter(HouseholdMember.objects.values_list("household", flat=True)).values()) > 3

    def test_every_fact_says_who_told_it_and_when(self) -> None:
        for model in (Person, PersonName, Identifier, Address, Relationship, HouseholdMember):
            assert not model.objects.filter(source="").exists()
            assert not model.objects.filter(recorded_on__gt=local_day(_now())).exists()

    def test_a_person_is_found_by_what_is_known_of_them(self) -> None:
        people = Person.objects.prefetch_related("names", "addresses", "identifiers").order_by("called_sort")
        kept = {row.person_id: row.keys for row in SearchKey.objects.all()}
        for person in _every(people, 40):
            assert kept[person.pk] == refreshed_search_key(person, known_rows(person), []).keys


def _now():  # type: ignore[no-untyped-def]
    from righthelp.demo.tests.conftest import WEDNESDAY

    return WEDNESDAY


def _every(rows, step: int) -> Iterator[Person]:  # type: ignore[no-untyped-def]
    yield from list(rows)[::step]
