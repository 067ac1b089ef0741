"""The daily payload of a whole county: every child fits the schema, numbers stay, and locked children are sent too."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from righthelp.guard.viewers import DAILY, STEP, looking
from righthelp.people.models import Characteristic, Person
from righthelp.returns.cin import loading
from righthelp.returns.cin.tests.making import file_of
from righthelp.returns.daily import finding, schema
from righthelp.returns.daily.models import DailyPayload
from righthelp.returns.daily.payload import Drawn, draw, held_by, in_social_care
from righthelp.returns.daily.writing import CannotWrite, write
from tests.county import County


@pytest.fixture(scope="module")
def county(lasting_county: County) -> County:
    assert loading.load(file_of(20).encode(), "return.xml").outcome is loading.Outcome.LOADED
    return lasting_county


def all_drawn() -> dict[str, Drawn]:
    with looking(DAILY):
        return {one.number: one for one in draw(in_social_care())}


def test_every_child_fits_the_schema(county: County) -> None:
    drawn = all_drawn()
    assert len(drawn) > 20
    assert {number: faults for number, one in drawn.items() if (faults := schema.faults(one.payload))} == {}


def test_nothing_is_said_that_has_no_place_in_the_schema(county: County) -> None:
    """What the schema allows and the record does not hold is left out: no empty element stands for it."""
    whole = json.dumps([one.payload for one in all_drawn().values()])
    for never in ("health_and_wellbeing", "uasc", "adoption", "care_leavers", "null", '""', "[]", "{}"):
        assert never not in whole


def test_numbers_are_the_same_however_children_are_asked_for(county: County) -> None:
    together = all_drawn()
    with looking(DAILY):
        one_by_one = [each for child in in_social_care()[:6] for each in draw([child])]
    for one in one_by_one:
        assert one.payload == together[one.number].payload


def test_a_change_of_a_fact_changes_that_child_and_no_number(county: County) -> None:
    before = all_drawn()
    with looking(STEP):
        row = Characteristic.objects.filter(kind="ethnicity", person__identifiers__value="INV00000004").get()
        was, row.code = row.code, "REFU" if row.code != "REFU" else "NOBT"
        row.save()
    after = all_drawn()
    assert after.keys() == before.keys()
    changed = {number for number in after if after[number].fingerprint != before[number].fingerprint}
    assert changed == {"INV00000004"}
    assert {number: held_by(one.payload) for number, one in after.items()} == {
        number: held_by(one.payload) for number, one in before.items()
    }
    with looking(STEP):
        row.code = was
        row.save()


def test_a_loaded_child_comes_out_as_they_went_in(county: County) -> None:
    """Child 2: a conference without enquiries, a child protection plan and a plan as a child in need."""
    [episode] = all_drawn()["INV00000002"].payload["social_care_episodes"]
    assert episode["referral_no_further_action_flag"] is False
    assert len(episode["child_protection_plans"]) == len(episode["child_in_need_plans"]) == 1
    [assessment] = episode["child_and_family_assessments"]
    assert assessment["factors"] == ["3B", "4B"]
    fifth = all_drawn()["INV00000005"].payload
    assert len(fifth["child_details"]["disabilities"]) == 2
    [enquiry] = fifth["social_care_episodes"][0]["section_47_assessments"]
    assert isinstance(enquiry["icpc_required_flag"], bool)
    assert all_drawn()["INV00000003"].payload["child_details"]["unique_pupil_number_unknown_reason"] == "UN4"


def test_a_locked_child_is_sent_as_any_other(county: County) -> None:
    """Decision 33: a statutory return is of all children; who reads about it here is another question."""
    before = all_drawn()["INV00000001"]
    with looking(STEP):
        child = Person.objects.get(pk=before.person)
        child.circle = county.people["locked"].circle
        child.save()
    after = all_drawn()["INV00000001"]
    assert after.payload == before.payload
    assert "unique_pupil_number" in after.payload["child_details"]


def test_a_dry_run_writes_what_would_be_sent_and_marks_nothing(county: County, tmp_path: Path, capsys: Any) -> None:
    with looking(STEP):
        before = set(DailyPayload.objects.values_list("pk", "waits_since", "refused"))
    call_command("send_daily", dry_run=tmp_path / "out")
    files = sorted((tmp_path / "out").iterdir())
    written = [payload for file in files for payload in json.loads(file.read_text())]
    assert {one["la_child_id"] for one in written} == all_drawn().keys()
    assert (tmp_path / "out").stat().st_mode & 0o077 == 0
    with looking(STEP):
        assert set(DailyPayload.objects.values_list("pk", "waits_since", "refused")) == before
    assert "Nothing was" in capsys.readouterr().out
    with pytest.raises(CannotWrite, match="not empty"):
        write(tmp_path / "out")


def test_a_county_is_looked_through_in_pieces(county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "AT_ONCE", 7)
    told: list[int] = []
    messages = list(finding.would_send(lambda what, count: told.append(count)))
    assert len(messages) == len(all_drawn()) == told[-1]
    assert len(told) == -(-told[-1] // 7)
