"""Anybody finds a service by words however spelt, by need, age, place and way of asking, and is told why."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from righthelp.guard.viewers import PUBLIC, looking
from righthelp.packs import pack
from righthelp.processes.service_listing.near import miles, place_meant, places
from righthelp.processes.service_listing.searching import Asked, DirectoryForm, found, listings, words_of

HERE = places()[0]  # the county's first place, and one of its districts


@pytest.fixture
def shelf(listed: Any) -> dict[str, Any]:
    """A few services that differ in everything."""
    return {
        "room": listed(youngest=0, oldest=4),
        "minds": listed(
            name="Calm Minds",
            pack_key="calm_minds",
            what="Talking groups for young people",
            for_whom="Young people at school",
            helps_with=["MIND"],
            asked_by=["PROFESSIONAL"],
            places=[HERE.code],
            postcode=f"{HERE.district} 1AA",
            youngest=10,
            oldest=18,
        ),
        "debt": listed(
            name="Pennywise",
            pack_key="pennywise",
            what="Help to get out of debt",
            for_whom="Families",
            helps_with=["MONEY"],
            asked_by=["SELF"],
            places=["ONLINE"],
        ),
    }


def asked(**typed: Any) -> Asked:
    form = DirectoryForm(typed)
    assert form.is_valid(), form.errors
    return Asked.by(form)


def names(**typed: Any) -> list[str]:
    return [row.name for row in listings(asked(**typed))]


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("debt", "Pennywise"),
        ("dept", "Pennywise"),
        ("bills", "Pennywise"),  # what people call it is found, too
        ("anxeity", "Calm Minds"),
        ("anxious about scool", "Calm Minds"),
        ("calm mind", "Calm Minds"),
        ("Calm Minds", "Calm Minds"),
        ("talking", "Calm Minds"),
        ("talk", "Calm Minds"),  # another form of the word
        ("toys for a baby", "Harbour Room"),
        ("toyz and tee", "Harbour Room"),
    ],
)
def test_words_are_found_however_they_are_spelt(shelf: Any, words: str, first: str) -> None:
    assert names(words=words)[:1] == [first]


def test_words_that_nobody_wrote_find_nothing(shelf: Any) -> None:
    assert names(words="xylophone") == []
    assert len(names(words="help with my")) == 3  # words that say nothing ask for nothing


def test_need_age_way_and_place_narrow(shelf: Any) -> None:
    assert names(need="MONEY") == ["Pennywise"]
    assert names(age="3") == ["Harbour Room", "Pennywise"]
    assert names(age="18") == ["Calm Minds", "Pennywise"]
    assert names(ask="PROFESSIONAL") == ["Calm Minds"]
    assert names(place=HERE.label) == ["Calm Minds", "Harbour Room", "Pennywise"]  # what is there comes first
    elsewhere = next(place for place in places() if HERE.code not in place.nearby())
    assert "Calm Minds" not in names(place=elsewhere.label)


def test_each_is_found_with_its_reasons(shelf: Any) -> None:
    wish = asked(words="anxeity groups", need="MIND", age="12", place=HERE.district, ask="PROFESSIONAL")
    (one,) = found(list(listings(wish)), wish)
    assert one.reasons == [
        "“anxeity” is like “anxiety”",
        "It speaks of “groups”",
        "It helps with: feelings and mental health",
        "It is for the age you gave: 10 to 18 years",
        f"It is in {HERE.label}",
        "Somebody who works with you asks for you",
    ]
    assert one.far == f"In {HERE.label}"


def test_how_far_it_is_is_said_where_it_is_known(shelf: Any) -> None:
    other = next(place for place in places() if place != HERE and place.code in HERE.nearby())
    wish = asked(place=other.label)
    far = {one.listing.name: one.far for one in found(list(listings(wish)), wish)}
    assert far["Calm Minds"].startswith("About ")
    assert far["Calm Minds"].endswith(f" miles from {other.label}")
    assert far["Pennywise"] == ""


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"place": "Atlantis"}, "We do not know that place"),
        ({"age": "nine"}, "whole years"),
        ({"age": "70"}, "up to 25"),
    ],
)
def test_what_cannot_be_looked_for_is_said(typed: dict[str, str], says: str) -> None:
    form = DirectoryForm(typed)
    assert not form.is_valid()
    assert says in str(form.errors)


def test_a_place_is_meant_by_name_postcode_or_nearly() -> None:
    for place in places():
        for typed in (place.label, place.label.upper(), place.district, f"{place.district} 2AB", place.label[:-1]):
            assert place_meant(typed) == place, typed
    assert place_meant("") is None or place_meant("zz") is None


def test_a_closed_service_is_not_found(workplace: Any, shelf: Any) -> None:
    workplace.take(shelf["debt"], "close", "Petra Lind", closed_because="No more money")
    assert names(words="debt") == []


def test_the_public_asks_a_fixed_number_of_queries(listed: Any) -> None:
    def queries() -> int:
        wish = asked(words="warm room", age="3")
        with looking(PUBLIC), CaptureQueriesContext(connection) as made:
            assert found(list(listings(wish)), wish)
        return len(made)

    listed()
    few = queries()
    for number in range(12):
        listed(name=f"Harbour Room {number}", pack_key=f"room_{number}")
    assert queries() == few


@given(st.text(max_size=80))
def test_any_words_can_be_looked_for(typed: str) -> None:
    words = words_of(typed)
    assert len(words) <= 8
    assert all(word == word.casefold() for word in words)


POSITION = st.tuples(st.floats(49, 60), st.floats(-8, 2))


@given(POSITION, POSITION)
def test_a_distance_is_the_same_both_ways(one: tuple[float, float], other: tuple[float, float]) -> None:
    assert miles(one, other) == pytest.approx(miles(other, one))
    assert miles(one, one) == pytest.approx(0, abs=1e-6)


def test_a_distance_is_what_a_map_says() -> None:
    """London to Edinburgh is some 330 miles as the crow flies."""
    assert miles((51.507, -0.128), (55.953, -3.188)) == pytest.approx(332, abs=3)


def test_every_need_says_what_else_people_call_it() -> None:
    assert all(code.also["also_called"] and code.also["domain"] for code in pack().codes("help_need"))
