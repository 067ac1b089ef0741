"""The families that the guides name: each stands where the guide says, with the worker who signs in."""

import pytest

from righthelp.demo.tests.conftest import Made
from righthelp.demo.words import shown
from righthelp.engine.process import process
from righthelp.people.models import Person
from righthelp.record.models import Holding, Participant, TimelineEvent

# Child: of what their record has one in this state.
STANDS = {
    "Corin Brandreth": ("family_help", "ACTIVE", {"level": 3}),
    "Linnet Pomeroy": ("family_help", "ACTIVE", {"level": 4}),
    "Bryony Crowhurst": ("strategy_discussion", "ARRANGED", {}),
    "Caspar Mossop": ("section_47", "OPEN", {}),
    "Fenella Wetherell": ("child_protection_conference", "ARRANGED", {"kind_of": "INITIAL"}),
    "Ambrose Larkspur": ("child_protection_plan", "ACTIVE", {}),
    "Celandine Larkspur": ("core_group", "ARRANGED", {}),
    "Sorrel Quickfall": ("family_help", "ACTIVE", {"level": 4}),
    "Barnaby Thistlewood": ("family_help", "ACTIVE", {"level": 3}),
    "Elowen Tamblyn": ("family_help", "CLOSED", {"level": 3}),
}


@pytest.fixture(scope="module")
def a_small_county(a_county: Made):  # type: ignore[no-untyped-def]
    with a_county(children=300, months=0.6):
        yield


pytestmark = pytest.mark.usefixtures("a_small_county")


@pytest.mark.parametrize("child", STANDS)
def test_each_stands_in_the_middle_of_a_stage(child: str) -> None:
    kind, state, more = STANDS[child]
    rows = process(kind).objects.filter(entry__person__called=child, state=state, **more)
    assert rows.count() == 1
    assert state == "CLOSED" or Holding.objects.filter(entry=rows[0].pk, until=None).exists()


def test_four_brothers_and_sisters_went_the_whole_way() -> None:
    four = Person.objects.filter(called__endswith=" Tamblyn", born_on__year__gt=2010)
    assert four.count() == 4
    kinds = ("family_help", "strategy_discussion", "section_47", "child_protection_conference", "child_protection_plan",
             "child_protection_visit", "core_group", "family_meeting")  # fmt: skip
    for child in four:
        assert all(process(kind).objects.filter(entry__person=child).exists() for kind in kinds)
        assert not [row for kind in kinds for row in process(kind).objects.filter(entry__person=child) if not row.ended]
        assert TimelineEvent.objects.filter(entry__person=child).count() > 60
        last = process("family_help").objects.filter(entry__person=child).order_by("-asked_at")[0]
        assert last.wellbeing_plan
        assert last.section_17_until < last.closed_on


def test_the_school_takes_part_where_it_leads_and_no_longer_where_it_ended() -> None:
    now = Participant.objects.filter(worker__name="Tom Fairley", part="LEADS", until=None)
    children = set(now.values_list("entry__person__called", flat=True))
    assert {"Corin Brandreth", "Barnaby Thistlewood"} <= children
    assert not any(str(child).endswith("Tamblyn") for child in children)


def test_nobody_else_bears_their_names() -> None:
    for family in shown()["families"]:
        expected = len(family["children"]) + 1
        assert Person.objects.filter(called__endswith=f" {family['surname']}").count() == expected
