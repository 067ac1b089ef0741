"""Whatever two records hold, and whatever is written after they are merged: nothing is lost, and all goes back."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from righthelp.engine.process import process
from righthelp.engine.taking import begin, take
from righthelp.guard.guarded import GuardedModel
from righthelp.guard.viewers import STEP, looking
from righthelp.people.differences import differences
from righthelp.people.merging import fingerprint, hung_on, text_of
from righthelp.people.models import (
    Address,
    Characteristic,
    Household,
    HouseholdMember,
    Identifier,
    Involvement,
    Person,
    PersonName,
    Relationship,
)
from righthelp.people.rows import known_rows, search_key
from righthelp.people.unmerging import key_of
from righthelp.processes.same_person.doing import to_be_said
from righthelp.processes.same_person.models import SamePerson
from righthelp.record.models import CaseEntry, KeptForLater
from tests.properties.snapshots import counts, put_back
from tests.properties.world import BEGAN, SOURCE, World, viewer_of

SAID = {"source": SOURCE.words, "recorded_on": SOURCE.on}
DAYS = [None, date(2015, 1, 1), date(2020, 6, 1)]
seeds = st.randoms(use_true_random=False)
tries = settings(
    max_examples=12,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


class Families:
    """Records of people made at random, with all that can hang on one."""

    def __init__(self, world: World, random: Random) -> None:
        self.world, self.random = world, random
        self.others = [Person.objects.get(pk=child.pk) for child in world.children[:2]]
        self.homes = [Household.objects.create() for _ in range(2)]

    def record(self) -> Person:
        random = self.random
        person = Person.objects.create(
            called="Some Body", called_sort="body some", sex=random.choice("FMU"), born_on=random.choice(DAYS), **SAID
        )
        for _ in range(random.randint(0, 8)):
            self.something(person)
        search_key(person, known_rows(person)).save(force_insert=True)
        return person

    def something(self, person: Person) -> GuardedModel:
        """One more row about a person."""
        random, place = self.random, self.random.choice("123")
        agency = self.world.staff.agencies["Border Counties Police"]
        since, until = random.choice([(None, None), (DAYS[1], None), (DAYS[1], DAYS[2])])
        when: dict[str, Any] = {**SAID, "since": since, "until": until}
        made: GuardedModel = random.choice(
            [
                lambda: PersonName(
                    person=person, kind=random.choice(PersonName.Kind.values), given=f"N{place}", family="Pugh", **when
                ),
                lambda: Address(person=person, lines=f"{place} Mill Road", place_key=f"k{place}", **when),
                lambda: Identifier(person=person, kind=random.choice(["NHS", "UPN"]), value=f"9{place}", **when),
                lambda: Characteristic(
                    person=person, kind=random.choice(Characteristic.Kind.values), code=f"C{place}", **when
                ),
                lambda: Involvement(person=person, kind="SCHOOL", agency=agency, **when),
                lambda: HouseholdMember(person=person, household=random.choice(self.homes), **when),
                lambda: Relationship(person=person, other=random.choice(self.others), kind="SIBLING", **when),
                lambda: Relationship(
                    person=random.choice(self.others), other=person, kind=random.choice(["MOTHER", "TWIN"]), **when
                ),
                lambda: KeptForLater(person=person, kind="x", content="x", source="x", line=1, recorded_at=BEGAN),
                lambda: CaseEntry(kind="help_request", person=person, begun_at=BEGAN),
            ]
        )()
        made.save(force_insert=True)
        return made


def state(*people: Person) -> list[Any]:
    """All that hangs on people and what they are, but for what tells of merging."""
    told = []
    for person in people:
        now = Person.objects.get(pk=person.pk)
        rows = [row for row, _ in hung_on(now) if not isinstance(row, SamePerson)]
        rows = [row for row in rows if getattr(row, "kind", "") != "same_person"]
        told.append(
            (
                sorted((str(row.pk), [text_of(row, one.name) for one in row._meta.concrete_fields]) for row in rows),
                [text_of(now, one.name) for one in now._meta.concrete_fields],
                sorted(now.searchkey.keys),
            )
        )
    return told


def merged(world: World, random: Random, one: Person, other: Person, hours: int) -> SamePerson:
    sam, marian = (viewer_of(world.staff.workers[name]) for name in ("Sam Holt", "Marian Blythe"))
    on = BEGAN + timedelta(hours=hours)
    with looking(sam):
        row: Any = begin(process("same_person"), "propose", by=sam, on=on, person=one, other=other, why="Alike")
    with looking(marian):
        lines = differences(row.stays, row.other)
        shown = fingerprint(row.stays, row.other)
        decisions = [{"slot": line.slot, "keeps": random.choice(line.choices)[0]} for line in lines]
        return take(  # type: ignore[no-any-return]
            row, "merge", by=marian, on=on, decisions=decisions, shown=shown, merged_because="Seen both"
        )


def separated(world: World, row: SamePerson, whose: dict[Any, str], hours: int) -> None:
    ivan = viewer_of(world.staff.workers["Ivan Brandt"])
    row = SamePerson.objects.get(pk=row.pk)
    with looking(ivan):
        said = [{"key": key_of(one, name), "belongs": whose[one.pk]} for one, name in to_be_said(row)]
        on = BEGAN + timedelta(hours=hours)
        take(row, "separate", by=ivan, on=on, separated_because="Two people", assigned=said)


@tries
@given(random=seeds)
def test_merging_and_separating_gives_back_what_was(world: World, random: Random) -> None:
    with put_back(), looking(STEP):
        families = Families(world, random)
        one, other = families.record(), families.record()
        before, rows = state(one, other), counts()
        row = merged(world, random, one, other, 1)
        own = {
            "same_person",
            "same_person_decision",
            "same_person_moved",
            "case_entry",
            "timeline_event",
            "holding",
            "notice",
        }
        assert {table: many for table, many in counts().items() if table not in own} == {
            table: many for table, many in rows.items() if table not in own
        }, "no row is lost, and none is made twice"
        left = [one for one, _ in hung_on(Person.objects.get(pk=other.pk))]
        assert [type(one) for one in left] == [SamePerson], "only what says that it went"
        separated(world, row, {}, 2)
        assert state(one, other) == before


@tries
@given(random=seeds)
def test_three_become_one_and_are_taken_apart_in_order(world: World, random: Random) -> None:
    with put_back(), looking(STEP):
        families = Families(world, random)
        people = [families.record() for _ in range(3)]
        before = state(*people)
        if random.random() < 0.5:
            first, second = (people[0], people[1]), (people[0], people[2])
        else:
            first, second = (people[1], people[2]), (people[0], people[1])
        one = merged(world, random, *first, 1)
        between = state(*people)
        two = merged(world, random, *(Person.objects.get(pk=person.pk) for person in second), 2)
        separated(world, two, {}, 3)
        assert state(*people) == between
        separated(world, one, {}, 4)
        assert state(*people) == before


@tries
@given(random=seeds)
def test_what_is_written_after_a_merging_is_afterwards_where_somebody_said(world: World, random: Random) -> None:
    with put_back(), looking(STEP):
        families = Families(world, random)
        one, other = families.record(), families.record()
        row = merged(world, random, one, other, 1)
        fresh = [families.something(Person.objects.get(pk=one.pk)) for _ in range(random.randint(1, 5))]
        whose = {made.pk: random.choice(["STAYS", "GOES"]) for made in fresh}
        separated(world, row, whose, 2)
        people = {"STAYS": one, "GOES": other}
        hung = {side: [made.pk for made, _ in hung_on(person)] for side, person in people.items()}
        for made in fresh:
            assert hung[whose[made.pk]].count(made.pk) == 1
            assert made.pk not in hung["GOES" if whose[made.pk] == "STAYS" else "STAYS"]
        for person in people.values():
            now = Person.objects.get(pk=person.pk)
            assert sorted(now.searchkey.keys) == search_key(now, known_rows(now)).keys
