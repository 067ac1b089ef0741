"""The roles with their steps, as a page and as a document."""

import pytest

from righthelp.engine.generated import documents
from righthelp.engine.matrix import agencies_and_teams, role_matrix, steps_of
from righthelp.engine.process import process, processes
from righthelp.guard.roles import ROLES
from righthelp.guard.viewers import PURPOSES
from righthelp.packs import pack

pytestmark = pytest.mark.county


def test_every_role_is_there_in_plain_words():
    lines = role_matrix()
    assert [line.name for line in lines] == list(ROLES)
    for line in lines:
        assert line.title
        assert line.title == pack().roles()[line.name].title
        assert len(line.does.split()) >= 5
        assert len(line.sees.split()) >= 3


def test_a_role_has_just_the_steps_that_name_it():
    for line in role_matrix():
        told = {step.title for _, steps in line.steps for step in steps}
        assert told == {
            step.title for page in processes().values() for step in page.steps.values() if line.name in step.by
        }


def test_every_step_is_in_somebodys_line_or_a_jobs():
    told = {(title, step.name) for line in role_matrix() for title, steps in line.steps for step in steps}
    for page in processes().values():
        for step in page.steps.values():
            assert (page.title(), step.name) in told or step.by <= PURPOSES.keys()


def test_a_manager_decides_and_a_partner_sends():
    page = process("contact")
    assert {"decide", "decide_again"} <= {step.name for step in steps_of(page, "front door manager")}
    assert [step.name for step in steps_of(page, "partner")] == ["send"]
    assert steps_of(page, "user administrator") == []


def test_agencies_stand_with_their_teams(workplace):
    listed = {agency.name: [team.name for team in teams] for agency, teams in agencies_and_teams()}
    assert list(listed) == sorted(listed)
    county = workplace.staff.agencies["county"].name
    assert set(listed[county]) == {team.name for team in workplace.staff.teams.values()}
    assert listed["Border Counties Police"] == []


def test_the_generated_documents_name_every_state_step_and_role():
    made = documents()
    for kind, page in processes().items():
        text = made[f"process-{kind}.md"]
        assert page.title() in text
        for state in page.State:
            assert state.label in text
        for step in page.steps.values():
            assert step.title in text
    for line in role_matrix():
        assert line.does in made["roles.md"]
