"""Two records of one child become one, and are made two again when that was wrong."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from righthelp.engine.process import process
from righthelp.engine.refusals import NotAllowed
from righthelp.people.differences import BOTH, GOES, differences
from righthelp.people.facts import known_facts
from righthelp.people.matching import matches
from righthelp.people.models import Person, Relationship
from righthelp.people.told import Told
from righthelp.processes.same_person.doing import to_be_said
from righthelp.processes.same_person.tests.conftest import Merging, all_of
from righthelp.record.models import CaseEntry, Deadline, Document, Holding, KeptForLater, TimelineEvent

pytestmark = pytest.mark.county

KEPT = {
    "name_USED": "GOES", "born_on": "GOES", "address": "STAYS",
}  # fmt: skip


def test_the_record_that_was_there_first_stays_with_everything_of_both(
    workplace: Any, merging: Merging, ada: Person, adah: Person
) -> None:
    first = workplace.take(workplace.screening(), "match", "Nia Prosser", matched_to=ada, match_reason="Same")
    second = workplace.screening(child_given="Adah", child_family="Pugh-Rees", child_born_on="4 3 2016")
    second = workplace.take(second, "match", "Nia Prosser", matched_to=adah, match_reason="Same")
    second = workplace.decide(second, outcome="REFERRAL", level=4)
    row = merging.one(adah, ada, **KEPT)  # said from the newer record
    assert (row.entry.person_id, row.other_id, row.state) == (ada.pk, adah.pk, "MERGED")
    ada, adah = workplace.again(ada), workplace.again(adah)
    assert adah.became == ada
    assert (ada.called, ada.born_on, ada.sex) == ("Adah Pugh-Rees", date(2016, 3, 4), "F")
    entries = CaseEntry.objects.filter(person=ada)
    assert {first.pk, second.pk, row.pk, process("referral").objects.get().pk} == {entry.pk for entry in entries}
    assert not CaseEntry.objects.filter(person=adah).exists()
    assert workplace.again(second).matched_to == ada
    assert Deadline.objects.filter(entry__person=ada).count() >= 6
    assert Document.objects.filter(entry__person=ada).exists()
    assert Holding.objects.filter(entry__person=ada, until__isnull=True).exists()
    chronology = TimelineEvent.objects.filter(entry__person=ada).values_list("says", flat=True)
    assert "Two records were found to be of one person, and merged" in chronology
    assert list(chronology).count("Screening began") == 2


def test_what_was_not_kept_is_history_and_both_numbers_find_the_child(
    workplace: Any, merging: Merging, ada: Person, adah: Person
) -> None:
    merging.one(ada, adah, **KEPT)
    now = {fact.what: fact.says for fact in known_facts(workplace.again(ada))}
    past = [fact.says for fact in known_facts(workplace.again(ada), past=True) if fact.ended]
    assert now["Name used"] == "Adah Pugh-Rees"
    assert now["Also known as"] == "Ada Pugh"
    assert now["Address"] == "4 Mill Road, HR4 9AA"
    assert any("9 New Street" in says for says in past)
    for told in (
        Told(identifiers=(("NHS", "9434765919"),)), Told(identifiers=(("LA_CHILD", "77"),)),
        Told(given="Ada", family="Pugh", born_on=date(2016, 3, 4)), Told(family="Pugh", postcode="HR1 2BB"),
    ):  # fmt: skip
        assert [match.person for match in matches(told)] == [ada]


def test_both_may_be_so(workplace: Any, merging: Merging, ada: Person, adah: Person) -> None:
    merging.one(ada, adah, address=BOTH)
    assert [str(address) for address in ada.addresses.filter(until__isnull=True).order_by("postcode")] == [
        "9 New Street, HR1 2BB",
        "4 Mill Road, HR4 9AA",
    ]


def test_only_differences_are_asked_about(workplace: Any, ada: Person, adah: Person) -> None:
    assert {line.slot for line in differences(ada, adah)} == {"name_USED", "born_on", "address"}
    same = workplace.person("Ada", "Pugh", lines="4, Mill Road", postcode="hr4 9aa")
    assert differences(ada, same) == []


def test_what_a_return_left_moves_too_and_its_words_are_never_changed(
    workplace: Any, merging: Merging, ada: Person, adah: Person
) -> None:
    from django.db import DatabaseError, transaction
    from django.utils import timezone

    kept = KeptForLater.objects.create(
        person=adah, kind="DisabilityList", content="<Disability/>", source="A return", line=3,
        recorded_at=timezone.now(),
    )  # fmt: skip
    merging.one(ada, adah)
    assert workplace.again(kept).person == ada
    with pytest.raises(DatabaseError), transaction.atomic():
        KeptForLater.objects.filter(pk=kept.pk).update(content="<Other/>")


def test_relatives_and_households_of_both_are_those_of_one(
    workplace: Any, merging: Merging, ada: Person, adah: Person
) -> None:
    ann = workplace.person("Ann", "Pugh", date(1988, 1, 1))
    workplace.household(ada, ann)
    workplace.household(adah, ann)
    for child, responsible in ((ada, "YES"), (adah, "UNKNOWN")):
        Relationship.objects.create(
            person=ann, other=child, kind="MOTHER", parental_responsibility=responsible, source="School",
            recorded_on=date(2024, 1, 1),
        )  # fmt: skip
    asked = {line.slot: line for line in differences(ada, adah)}
    assert asked[f"relationship_{ann.pk}"].label == "Ann Pugh"
    assert asked[f"relationship_{ann.pk}"].choices[0][1] == "Mother (has parental responsibility)"
    merging.one(ada, adah, **{f"relationship_{ann.pk}": "STAYS", "household": BOTH})
    told = [(fact.what, fact.says) for fact in known_facts(workplace.again(ada))]
    assert told.count(("Mother", "Ann Pugh (has parental responsibility)")) == 1
    assert ada.households.count() == 2


def test_everything_goes_back_to_whom_it_came_from(workplace: Any, merging: Merging, ada: Person, adah: Person) -> None:
    workplace.take(workplace.screening(), "match", "Nia Prosser", matched_to=ada, match_reason="Same")
    second = workplace.screening(child_given="Adah", child_family="Pugh-Rees", child_born_on="4 3 2016")
    workplace.take(second, "match", "Nia Prosser", matched_to=adah, match_reason="Same")
    before = all_of(ada, adah)
    row = merging.one(ada, adah, **KEPT)
    assert all_of(ada, adah) != before
    row = merging.separate(row)
    assert all_of(ada, adah) == before
    assert row.state == "SEPARATED"
    assert workplace.again(adah).became is None


def test_what_was_written_since_goes_to_whom_it_is_said_to_be_of(
    workplace: Any, merging: Merging, ada: Person, adah: Person
) -> None:
    row = merging.one(ada, adah)
    ones, others = (
        workplace.take(
            workplace.screening(child_given="Addie", child_lives_at=lines, child_postcode="HR2 2AA"),
            "match", "Nia Prosser", matched_to=ada, match_reason="Same",
        )
        for lines in ("1 One Street", "2 Two Street")
    )  # fmt: skip
    others = workplace.decide(others, outcome="REFERRAL", level=4)
    asked = to_be_said(row)
    assert {one.pk for one, _ in asked} == {ones.pk, others.pk}, "what they led to and taught follows them"
    merging.separate(row, lambda one: GOES if one.pk == others.pk else "STAYS")
    referral = process("referral").objects.get()
    assert {entry.pk for entry in CaseEntry.objects.filter(person=adah)} == {others.pk, referral.pk}
    assert workplace.again(others).matched_to == adah
    assert adah.addresses.filter(lines="2 Two Street").exists()
    assert ada.addresses.filter(lines="1 One Street").exists()
    assert not ada.addresses.filter(lines="2 Two Street").exists()
    assert "pHR22AA" in workplace.again(adah).searchkey.keys


def test_nothing_that_was_written_since_is_passed_over(
    workplace: Any, merging: Merging, ada: Person, adah: Person, refused: Any
) -> None:
    row = merging.one(ada, adah)
    workplace.take(workplace.screening(), "match", "Nia Prosser", matched_to=ada, match_reason="Same")
    with refused(saying="Say of everything"):
        workplace.take(row, "separate", "Ivan Brandt", separated_because="Twins.", assigned=[])


def test_what_was_corrected_since_stays_corrected(workplace: Any, merging: Merging, ada: Person, adah: Person) -> None:
    row = merging.one(ada, adah, born_on=GOES)
    Person.objects.filter(pk=ada.pk).update(born_on=date(2016, 3, 5))
    merging.separate(row)
    assert workplace.again(ada).born_on == date(2016, 3, 5)
    assert workplace.again(adah).born_on == date(2016, 3, 4)


def test_three_records_become_one_and_are_taken_apart_in_order(
    workplace: Any, merging: Merging, ada: Person, adah: Person, refused: Any
) -> None:
    third = workplace.person("Addie", "Pugh", identifiers=(("UPN", "A884200126001"),))
    before = all_of(ada, adah, third)
    one = merging.one(adah, third)
    two = merging.one(ada, adah)
    assert workplace.again(third).became == adah
    assert workplace.again(adah).became == ada
    assert [match.person for match in matches(Told(identifiers=(("UPN", "A884200126001"),)))] == [ada]
    with refused(saying="Separate those two first"):
        workplace.take(workplace.again(one), "separate", "Ivan Brandt", separated_because="Twins.")
    merging.separate(two)
    merging.separate(one)
    assert all_of(ada, adah, third) == before


def test_two_records_merged_with_one_are_taken_apart_the_last_first(
    workplace: Any, merging: Merging, ada: Person, adah: Person, refused: Any
) -> None:
    third = workplace.person("Addie", "Pugh")
    before = all_of(ada, adah, third)
    one, two = merging.one(ada, adah), merging.one(ada, third)
    with refused(saying="was merged with this one later"):
        workplace.take(workplace.again(one), "separate", "Ivan Brandt", separated_because="Twins.")
    merging.separate(two)
    merging.separate(one)
    assert all_of(ada, adah, third) == before


def test_they_may_be_merged_again(workplace: Any, merging: Merging, ada: Person, adah: Person) -> None:
    merging.separate(merging.one(ada, adah))
    before = all_of(ada, adah)
    merging.separate(merging.one(ada, adah))
    assert all_of(ada, adah) == before


def test_whoever_says_it_does_not_decide_it(
    workplace: Any, merging: Merging, ada: Person, adah: Person, refused: Any
) -> None:
    row = merging.say(ada, adah, "Marian Blythe")
    with refused(saying="Somebody else must decide"):
        merging.merge(row, "Marian Blythe")
    with refused(saying="Somebody else must decide"):
        workplace.take(row, "keep_apart", "Marian Blythe", different_because="Twins.")
    assert merging.merge(row, "Carl Denny").state == "MERGED"


@pytest.mark.parametrize("who", ["Nia Prosser", "Jo Ferris", "Leonard Swann", "Sylvia Marchetti"])
def test_only_a_manager_of_the_front_door_or_information_governance_merges(
    merging: Merging, ada: Person, adah: Person, who: str, refused: Any
) -> None:
    row = merging.say(ada, adah, "Sam Holt")
    with refused(kind=NotAllowed):
        merging.merge(row, who)


@pytest.mark.parametrize("who", ["Ruth Adeyemi", "Una Kelleher", "Dale Winters"])
def test_only_those_who_work_with_children_say_it(
    merging: Merging, ada: Person, adah: Person, who: str, refused: Any
) -> None:
    with refused(kind=NotAllowed):
        merging.say(ada, adah, who)


def test_what_cannot_be_said(workplace: Any, merging: Merging, ada: Person, adah: Person, refused: Any) -> None:
    with refused("other", saying="the same record"):
        merging.say(ada, ada)
    with refused(saying="Open one of the two"):
        workplace.begin("same_person", "propose", "Sam Holt", other=ada, why="Same")
    row = merging.say(ada, adah)
    for one, other in ((ada, adah), (adah, ada)):
        with refused("other", saying="said already"):
            merging.say(one, other)
    merging.merge(row)
    third = workplace.person("Addie", "Pugh")
    with refused("other", saying="merged already"):
        merging.say(third, workplace.again(adah))


def test_each_difference_is_decided(merging: Merging, ada: Person, adah: Person, refused: Any) -> None:
    row = merging.say(ada, adah)
    with refused("born_on", saying="Decide which is right"):
        merging.merge(row, born_on=BOTH)  # nobody has two birthdays
    with refused(saying="do not differ there: sex"):
        merging.merge(row, sex=GOES)


def test_a_record_that_was_changed_meanwhile_is_shown_again(
    workplace: Any, merging: Merging, ada: Person, adah: Person, refused: Any
) -> None:
    from righthelp.people.merging import fingerprint

    row = merging.say(ada, adah)
    shown = fingerprint(row.entry.person, row.other)
    contact = workplace.screening(child_given="Addie")
    workplace.take(contact, "match", "Nia Prosser", matched_to=adah, match_reason="Same")
    with refused(saying="Look at both again"):
        merging.merge(row, shown=shown)
    assert merging.merge(row).state == "MERGED"


def test_nobody_is_their_own_twin(merging: Merging, ada: Person, adah: Person, refused: Any) -> None:
    twins = Relationship.objects.create(
        person=ada, other=adah, kind="TWIN", source="School", recorded_on=date(2024, 1, 1)
    )
    row = merging.say(ada, adah)
    with refused(saying="recorded as twin of the other"):
        merging.merge(row)
    Relationship.objects.filter(pk=twins.pk).update(until=date(2026, 1, 1))
    row = merging.merge(row)
    twins.refresh_from_db()
    assert {twins.person_id, twins.other_id} == {ada.pk, adah.pk}, "what they were to one another stays as it was"
    merging.separate(row)


def test_dates_that_cannot_both_be_are_refused(
    workplace: Any, merging: Merging, ada: Person, adah: Person, refused: Any
) -> None:
    Person.objects.filter(pk=adah.pk).update(died_on=date(2016, 3, 20))
    row = merging.say(ada, adah)
    with refused("died_on", saying="died before they were born"):
        merging.merge(row)
    assert merging.merge(row, born_on=GOES).state == "MERGED"


def test_two_people_are_said_to_be_two(workplace: Any, merging: Merging, ada: Person, adah: Person) -> None:
    row = workplace.take(merging.say(ada, adah), "keep_apart", "Marian Blythe", different_because="They are cousins.")
    assert row.state == "DIFFERENT"
    assert workplace.again(adah).became is None
    assert not Holding.objects.filter(entry=row.pk, until__isnull=True).exists()


def test_what_is_written_about_the_record_that_went_is_written_about_the_one_that_stays(
    workplace: Any, merging: Merging, ada: Person, adah: Person
) -> None:
    contact = workplace.screening(child_given="Adah", child_family="Pugh-Rees", child_postcode="HR3 3AA")
    merging.one(ada, adah)
    contact = workplace.take(contact, "match", "Nia Prosser", matched_to=adah, match_reason="Seen before the merging")
    assert (contact.entry.person_id, contact.matched_to_id) == (ada.pk, ada.pk)
    asked = workplace.begin("locked_circle", "lock", "Sylvia Marchetti", person=adah, why="Safety")
    assert CaseEntry.objects.get(pk=asked.pk).person == ada
