"""Search before create, over a county of names: whatever single slip somebody makes, the child is found."""

from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from righthelp.people.matching import matches
from righthelp.people.models import Person
from righthelp.people.rows import Source, new_person
from righthelp.people.told import Told

SYLLABLES = "ba ber cas dar el fen gor hal is jen kel lor mar ned ol per quin ros sel tam ur vin wes yor zan".split()
LETTERS = "abcdefghijklmnopqrstuvwxyz"
BEGIN = date(2009, 1, 1)


def invented(random: Random, parts: int) -> str:
    return "".join(random.choice(SYLLABLES) for _ in range(parts)).capitalize()


@pytest.fixture
def five_hundred(workplace) -> list[tuple[Person, Told]]:
    """Five hundred children, some of one family, some born on one day."""
    random = Random(500)
    families = [invented(random, random.randint(2, 3)) for _ in range(160)]
    people, rows = [], {}
    for _ in range(500):
        told = Told(
            given=invented(random, random.randint(2, 3)),
            family=random.choice(families),
            born_on=BEGIN + timedelta(days=random.randint(0, 5800)),
            postcode=f"HR{random.randint(1, 9)} {random.randint(1, 9)}AA",
        )
        made = new_person(told, Source("Birth registration", date(2020, 1, 1)))
        people.append((made[0], told))
        for row in made:
            rows.setdefault(type(row), []).append(row)
    for model, several in rows.items():
        model.objects.bulk_create(several)
    return people


def slips(name: str) -> st.SearchStrategy[str]:
    """One letter left out, put in, changed, doubled, or changed round with the next."""
    place, letter = st.integers(0, len(name) - 1), st.sampled_from(LETTERS)
    return st.one_of(
        place.map(lambda at: name[:at] + name[at + 1 :]),
        st.tuples(place, letter).map(lambda slip: name[: slip[0]] + slip[1] + name[slip[0] :]),
        st.tuples(place, letter).map(lambda slip: name[: slip[0]] + slip[1] + name[slip[0] + 1 :]),
        place.map(lambda at: name[:at] + name[at] + name[at:]),
        place.map(lambda at: name[:at] + name[at : at + 2][::-1] + name[at + 2 :]),
    )


everywhere = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@everywhere
@given(st.data())
def test_one_slip_in_a_name_with_the_date_of_birth_finds_the_child(five_hundred, data):
    person, told = data.draw(st.sampled_from(five_hundred))
    which = data.draw(st.sampled_from(["given", "family"]))
    typed = Told(**{**vars(told), which: data.draw(slips(getattr(told, which))), "postcode": ""})
    found = [match.person for match in matches(typed, most=5)]
    assert person in found, f"{typed.given} {typed.family} did not find {person}"


@everywhere
@given(st.data())
def test_one_slip_in_a_name_without_a_date_finds_the_child_by_the_other_name(five_hundred, data):
    person, told = data.draw(st.sampled_from(five_hundred))
    typed = Told(given=data.draw(slips(told.given)), family=told.family, postcode=told.postcode)
    assert person in [match.person for match in matches(typed, most=10)]


@everywhere
@given(st.data())
def test_a_slip_in_the_date_with_the_right_name_finds_the_child(five_hundred, data):
    person, told = data.draw(st.sampled_from(five_hundred))
    out = data.draw(st.integers(-400, 400).filter(bool))
    typed = Told(given=told.given, family=told.family, born_on=told.born_on + timedelta(days=out))
    assert person in [match.person for match in matches(typed, most=10)]


@everywhere
@given(st.data())
def test_the_likeliest_stands_first_and_every_match_has_a_reason(five_hundred, data):
    person, told = data.draw(st.sampled_from(five_hundred))
    found = matches(told)
    assert found[0].person == person
    assert [match.weight for match in found] == sorted((match.weight for match in found), reverse=True)
    assert all(match.agrees for match in found)
    assert len({match.person.pk for match in found}) == len(found)


@everywhere
@given(sex=st.sampled_from(["", "F", "M", "U"]), lines=st.text(max_size=30))
def test_a_search_with_nothing_finds_nobody(five_hundred, sex, lines):
    assert matches(Told(sex=sex, lines=lines)) == []


@everywhere
@given(given=st.text("0123456789 .,;!?-'", max_size=12), family=st.text(" .,-'", max_size=8))
def test_marks_that_are_no_name_find_nobody(five_hundred, given, family):
    assert matches(Told(given=given, family=family)) == []
