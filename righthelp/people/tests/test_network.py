"""The family and network of a child on a day: who belongs to it, how, and who lives with whom."""

from datetime import date

import pytest

from righthelp.guard.viewers import looking
from righthelp.people.models import HouseholdMember, Relationship
from righthelp.people.network import network

TODAY = date(2026, 6, 1)
SAID = {"source": "School census", "recorded_on": date(2024, 1, 18)}


@pytest.fixture
def family(workplace):
    people = {
        "ada": workplace.person("Ada", "Pugh"),
        "ann": workplace.person("Ann", "Pugh", date(1988, 1, 1)),
        "gran": workplace.person("Olwen", "Pugh", date(1960, 1, 1)),
        "aunt": workplace.person("Nerys", "Pugh", date(1990, 1, 1)),
        "far": workplace.person("Far", "Away", date(1970, 1, 1)),
        "carl": workplace.person("Carl", "Rees", date(1985, 1, 1)),
    }
    tie(people, "ann", "ada", "MOTHER", parental_responsibility="YES")
    tie(people, "gran", "ann", "MOTHER")
    tie(people, "aunt", "gran", "CHILD")
    tie(people, "far", "aunt", "FRIEND")
    workplace.household(people["ada"], people["ann"])
    return people


def tie(people, one, other, kind, **more):
    return Relationship.objects.create(person=people[one], other=people[other], kind=kind, **SAID, **more)


def names(found):
    return {person.called for person in found.people.values()}


def test_it_reaches_as_far_as_a_grandparent_and_no_further(family):
    found = network(family["ada"], TODAY)
    assert names(found) == {"Ada Pugh", "Ann Pugh", "Olwen Pugh"}
    assert next(iter(found.people.values())) == family["ada"]
    assert names(network(family["ada"], TODAY, reach=4)) >= {"Nerys Pugh", "Far Away"}


def test_who_lives_with_whom_and_who_is_responsible(family):
    found = network(family["ada"], TODAY)
    assert found.lives_with(family["ada"].pk) == [family["ann"]]
    assert found.responsible_for(family["ann"].pk) == [family["ada"]]
    assert found.responsible_for(family["gran"].pk) == []


@pytest.mark.parametrize(
    ("on", "there"),
    [(date(2019, 12, 31), False), (date(2020, 1, 1), True), (date(2024, 5, 5), True), (date(2024, 5, 6), False)],
)
def test_as_it_was_on_any_day(family, on, there):
    tie(family, "carl", "ada", "PARENTS_PARTNER", since=date(2020, 1, 1), until=date(2024, 5, 5))
    home = family["ada"].households.get().household
    HouseholdMember.objects.create(
        household=home, person=family["carl"], since=date(2020, 1, 1), until=date(2024, 5, 5), **SAID
    )
    found = network(family["ada"], on)
    assert ("Carl Rees" in names(found)) is there
    assert (family["carl"] in found.lives_with(family["ada"].pk)) is there


def test_who_was_not_yet_expected_is_not_there(family, workplace):
    family["baby"] = workplace.person("Bo", "Pugh", date(2023, 6, 1))
    tie(family, "ann", "baby", "MOTHER")
    assert "Bo Pugh" not in names(network(family["ada"], date(2022, 1, 1)))
    assert "Bo Pugh" in names(network(family["ada"], date(2023, 1, 1))), "expected by then"


def test_what_is_said_twice_is_drawn_once(family):
    tie(family, "ann", "ada", "MOTHER")
    assert len([one for one in network(family["ada"], TODAY).ties if one.one == family["ann"].pk]) == 1


def test_whoever_is_locked_from_the_viewer_is_in_nobodys_picture(family, workplace):
    workplace.begin("locked_circle", "lock", "Sylvia Marchetti", person=family["gran"], why="Safety")
    with looking(workplace.as_("Nia Prosser")):
        found = network(family["ada"], TODAY)
        assert names(found) == {"Ada Pugh", "Ann Pugh"}
        assert found.left_out == 0
        assert all(family["gran"].pk not in {one.one, one.other} for one in found.ties)
    with looking(workplace.as_("Sylvia Marchetti")):
        assert "Olwen Pugh" in names(network(family["ada"], TODAY))


def test_a_great_network_is_cut_off_and_says_so(family, workplace):
    for number in range(6):
        family[f"n{number}"] = workplace.person(f"N{number}", "Pugh")
        tie(family, f"n{number}", "ada", "FRIEND")
    found = network(family["ada"], TODAY, most=5)
    assert len(found.people) == 5
    assert found.left_out == 4
    assert family["ada"].pk in found.people


def test_it_asks_as_often_whoever_is_there(family, workplace, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as first:
        network(family["ada"], TODAY)
    for number in range(12):
        family[f"n{number}"] = workplace.person(f"N{number}", "Pugh")
        tie(family, f"n{number}", "ann", "SIBLING")
    with django_assert_num_queries(len(first)):
        network(family["ada"], TODAY)
