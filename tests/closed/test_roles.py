"""The roles of the guard, of every pack and of every page are one list."""

import pytest

from righthelp.engine.process import processes
from righthelp.guard.guarded import guarded_models
from righthelp.guard.roles import ROLES
from righthelp.guard.rules import InRole
from righthelp.guard.viewers import PURPOSES
from righthelp.packs.loading import names, pack
from tests.county import ROLE_HOLDERS
from tests.leaks.readers import COUNTY, OPENS_NO_CHILD, WITH_CHILDREN


@pytest.mark.parametrize("county", names())
def test_every_pack_describes_just_these_roles_with_just_these_rights(county: str) -> None:
    described = pack(county).roles()
    assert {name: (role.county, role.works_with_children) for name, role in described.items()} == {
        name: (role.county, role.works_with_children) for name, role in ROLES.items()
    }
    assert all(role.title and role.does and role.sees for role in described.values())


def test_a_role_outside_the_county_never_works_with_children_here() -> None:
    assert not [role for role in ROLES.values() if role.works_with_children and not role.county]
    assert not [role for role in ROLES.values() if role.manages and not role.works_with_children]
    assert not [role for role in ROLES.values() if role.leads and role.county]


def test_every_role_has_a_page_to_begin_with_and_a_holder_in_the_tests() -> None:
    assert set(ROLE_HOLDERS) == set(ROLES)


def test_rules_and_steps_name_only_roles_that_there_are() -> None:
    for model in guarded_models():
        for rule in (*model.seen_by, *model.written_by):
            if isinstance(rule, InRole):
                assert rule.roles <= ROLES.keys(), model
    for page in processes().values():
        for step in page.steps.values():
            assert step.by <= ROLES.keys() | PURPOSES.keys(), step.name


def test_the_rules_of_the_crawl_are_of_the_same_roles() -> None:
    """They are written apart from the guard's on purpose; a new role must be thought about in both."""
    assert {role.name for role in ROLES.values() if role.works_with_children} == WITH_CHILDREN
    assert {role.name for role in ROLES.values() if role.county} == COUNTY
    assert {role.name: set(role.kept_to) for role in ROLES.values() if role.kept_to is not None} == OPENS_NO_CHILD


def test_what_a_role_is_kept_to_is_there() -> None:
    assert set().union(*(role.kept_to or set() for role in ROLES.values())) <= processes().keys()
