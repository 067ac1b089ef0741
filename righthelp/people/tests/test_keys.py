"""The keys by which a person is found."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from righthelp.people.keys import changed_round, dates_meant, keys, place_key, plain, postcode_key, sounds

NAMES = st.text(st.characters(whitelist_categories=("Lu", "Ll"), max_codepoint=0x17F), min_size=1, max_size=20)


@pytest.mark.parametrize("name", ["O'Brien", "o brien", "OBRIEN", "Ó Brien", "O’Brien", "O-Brien"])
def test_one_name_written_many_ways(name):
    assert plain(name) == "obrien"


@pytest.mark.parametrize(
    ("one", "other"), [("Catherine", "Kathryn"), ("Stephen", "Steven"), ("Geoff", "Jeff"), ("Smyth", "Smith")]
)
def test_names_that_sound_alike(one, other):
    assert sounds(one) & sounds(other)


def test_each_part_of_a_double_barrelled_name_is_a_name():
    assert sounds("Smith-Jones") >= sounds("Smith") | sounds("Jones")


def test_a_date_and_what_may_have_been_meant():
    assert dates_meant(date(2015, 4, 9)) == {
        date(2015, 4, 9), date(2015, 4, 8), date(2015, 4, 10), date(2015, 9, 4), date(2014, 4, 9), date(2016, 4, 9),
    }  # fmt: skip
    assert date(2016, 2, 29) in dates_meant(date(2016, 2, 29)), "a leap day has no day like it a year before"


@given(st.dates(date(1920, 1, 1), date(2030, 1, 1)))
def test_what_was_meant_is_meant_both_ways(born):
    for meant in dates_meant(born):
        assert born in dates_meant(meant) or born.day == 29
    assert not changed_round(born, born)


def test_the_same_house_written_twice():
    assert place_key("4, Mill Road\nLedwyche", "hr49aa") == place_key("4 Mill Rd", "HR4 9AA") == "HR49AA/4mill"
    assert place_key("6 Mill Road", "HR4 9AA") != place_key("4 Mill Road", "HR4 9AA")
    assert place_key("", "HR4 9AA") == place_key("4 Mill Road", "") == ""


def test_what_is_no_postcode_is_compared_as_typed():
    assert postcode_key("hr4 9aa") == "HR49AA"
    assert postcode_key("not known!") == "NOTKNOWN"


def letter_out(name):
    return st.integers(0, len(name) - 1).map(lambda index: name[:index] + name[index + 1 :])


@given(NAMES.filter(lambda name: len(plain(name)) > 4), st.data())
def test_a_name_with_one_letter_left_out_shares_a_key(name, data):
    """The heart of search before create: two spellings a letter apart share one of the letters left out."""
    short = data.draw(letter_out(plain(name)))
    kept = keys([("", name)], [], [], [])
    assert keys([("", short)], [], [], []) & {key for key in kept if key[0] == "x"}


@given(NAMES, NAMES, st.dates(), st.text(max_size=200))
def test_keys_fit_their_column(given_name, family, born, number):
    made = keys([(given_name, family)], [born], ["HR4 9AA"], [("NHS", number)])
    assert all(0 < len(key) <= 80 for key in made)


def test_nothing_known_makes_no_key_that_everybody_shares():
    assert keys([("", "")], [], [""], [("NHS", "")]) - {"x", "y"} == set()
    assert not keys([], [], [], [])
