"""A family's records locked to some workers: to everybody else they are not there."""

from datetime import timedelta

import pytest
from django.utils import timezone

from righthelp.engine.journal import Journal
from righthelp.engine.process import process
from righthelp.engine.refusals import NotAllowed, NotTaken
from righthelp.engine.taking import begin, take
from righthelp.guard.models import CircleMember
from righthelp.guard.viewers import DEMONSTRATION, looking, worker_looking
from righthelp.people.matching import matches
from righthelp.people.models import Person
from righthelp.people.told import Told
from righthelp.record.models import CaseEntry, TimelineEvent


@pytest.fixture
def child(workplace):
    return workplace.person("Ada", "Pugh")


def lock(workplace, child, who="Sylvia Marchetti", **answers):
    return workplace.begin("locked_circle", "lock", who, person=child, **{"why": "A worker is her aunt.", **answers})


def sees(workplace, who, person):
    with looking(workplace.as_(who)):
        there = Person.objects.filter(pk=person.pk).exists()
        found = [match.person for match in matches(Told(given="Ada", family="Pugh", born_on=person.born_on))]
        assert (person in found) == there, "found by a search just when it may be opened"
    return there


@pytest.mark.county
def test_locked_let_in_taken_out_and_lifted(workplace, child):
    assert sees(workplace, "Nia Prosser", child)
    circle = lock(workplace, child)
    assert not sees(workplace, "Nia Prosser", child)
    assert sees(workplace, "Sylvia Marchetti", child), "whoever locks may always open it"
    assert not sees(workplace, "Ivan Brandt", child)
    nia = workplace.worker("Nia Prosser")
    circle = workplace.take(circle, "let_in", "Sylvia Marchetti", member=nia)
    assert sees(workplace, "Nia Prosser", child)
    circle = workplace.take(circle, "take_out", "Sylvia Marchetti", member=nia)
    assert not sees(workplace, "Nia Prosser", child), "from that moment, not from tomorrow"
    circle = workplace.take(circle, "lift", "Sylvia Marchetti", lifted_because="She moved away.")
    assert circle.state == "LIFTED"
    assert sees(workplace, "Nia Prosser", child)
    assert Person.objects.get(pk=child.pk).circle is None
    assert circle.circle.until == timezone.localdate()
    assert [event.says for event in TimelineEvent.objects.filter(entry=circle.pk)] == [
        "The record was locked to a circle of workers",
        "Another worker was let into the circle",
        "A worker was taken out of the circle",
        "The lock was lifted",
    ]


def test_members_are_named_when_it_is_locked(workplace, child):
    circle = lock(workplace, child, members=[{"worker": workplace.worker("Nia Prosser").pk}])
    members = {str(member) for member in CircleMember.objects.filter(circle=circle.circle)}
    assert members == {"Nia Prosser", "Sylvia Marchetti"}
    assert sees(workplace, "Nia Prosser", child)


def test_a_member_named_twice_is_a_member_once(workplace, child):
    named = {"worker": workplace.worker("Sylvia Marchetti").pk}
    circle = lock(workplace, child, members=[named, named])
    assert CircleMember.objects.filter(circle=circle.circle).count() == 1


def test_a_partner_is_no_member(workplace, child, refused):
    with refused("members-0-worker"):
        lock(workplace, child, members=[{"worker": workplace.worker("Ruth Adeyemi").pk}])
    circle = lock(workplace, child)
    with refused("member"):
        workplace.take(circle, "let_in", "Sylvia Marchetti", member=workplace.worker("Ruth Adeyemi"))


def test_everybody_who_lives_with_the_child_is_locked_too(workplace, child):
    brother, aunt, friend = (
        workplace.person("Bob", "Pugh"), workplace.person("Cy", "Pugh"), workplace.person("Dai", "Rees")
    )  # fmt: skip
    workplace.household(child, brother)
    workplace.household(brother, aunt)
    circle = lock(workplace, child)
    locked = {str(person) for person in Person.objects.filter(circle=circle.circle)}
    assert locked == {"Ada Pugh", "Bob Pugh"}
    assert workplace.again(aunt).circle is None, "who lives with the brother and not with her stays open"
    assert workplace.again(friend).circle is None


def test_a_lock_has_a_child_and_a_reason(workplace, child, refused):
    with refused("why"):
        lock(workplace, child, why="")
    with refused(saying="from there"):
        lock(workplace, None)


def test_a_record_is_locked_once(workplace, child, refused):
    lock(workplace, child)
    with refused(saying="locked already"):
        lock(workplace, Person.objects.get(pk=child.pk))


@pytest.mark.parametrize("who", ["Marian Blythe", "Leonard Swann", "Nia Prosser", "Una Kelleher", "Ruth Adeyemi"])
def test_only_the_head_of_service_and_information_governance_lock(workplace, child, refused, who):
    with refused(kind=NotAllowed):
        lock(workplace, child, who)


@pytest.mark.parametrize("step", ["let_in", "take_out", "lift"])
def test_who_is_let_in_does_not_change_the_circle(workplace, child, refused, step):
    nia = workplace.worker("Nia Prosser")
    circle = lock(workplace, child, members=[{"worker": nia.pk}])
    with refused(kind=NotAllowed, saying="is for head of service"):
        workplace.take(circle, step, "Nia Prosser", member=nia, lifted_because="She moved away.")


def test_one_locksmith_does_not_open_what_another_locked(workplace, child, refused):
    circle = lock(workplace, child)
    with refused(kind=NotAllowed, saying="may not see it"):
        workplace.take(circle, "lift", "Ivan Brandt", lifted_because="Curious")


def test_what_is_lifted_is_lifted(workplace, child, refused):
    circle = workplace.take(lock(workplace, child), "lift", "Sylvia Marchetti", lifted_because="She moved away.")
    with refused(saying="lifted"):
        workplace.take(circle, "lift", "Sylvia Marchetti", lifted_because="Again")
    with refused(saying="lifted"):
        workplace.take(circle, "let_in", "Sylvia Marchetti", member=workplace.worker("Nia Prosser"))
    with refused(saying="lifted"):
        workplace.take(circle, "take_out", "Sylvia Marchetti", member=workplace.worker("Nia Prosser"))
    again = lock(workplace, Person.objects.get(pk=child.pk))
    assert again.circle_id != circle.circle_id


def test_the_last_worker_is_not_taken_out(workplace, child, refused):
    circle = lock(workplace, child)
    with refused("member"):
        workplace.take(circle, "take_out", "Sylvia Marchetti", member=workplace.worker("Sylvia Marchetti"))


def test_another_locksmith_stays(workplace, child):
    circle = lock(workplace, child)
    circle = workplace.take(circle, "let_in", "Sylvia Marchetti", member=workplace.worker("Ivan Brandt"))
    workplace.take(circle, "take_out", "Ivan Brandt", member=workplace.worker("Sylvia Marchetti"))
    assert sees(workplace, "Ivan Brandt", child)
    assert not sees(workplace, "Sylvia Marchetti", child)


def test_who_is_not_in_the_circle_is_not_taken_out(workplace, child, refused):
    circle = lock(workplace, child)
    with refused("member"):
        workplace.take(circle, "take_out", "Sylvia Marchetti", member=workplace.worker("Nia Prosser"))


def test_a_worker_who_is_a_member_is_not_let_in_twice(workplace, child, refused):
    circle = lock(workplace, child)
    with refused("member"):
        workplace.take(circle, "let_in", "Sylvia Marchetti", member=workplace.worker("Sylvia Marchetti"))


def test_who_was_taken_out_can_be_let_in_again(workplace, child):
    circle, nia = lock(workplace, child), workplace.worker("Nia Prosser")
    for _ in range(2):
        circle = workplace.take(circle, "let_in", "Sylvia Marchetti", member=nia)
        assert sees(workplace, "Nia Prosser", child)
        circle = workplace.take(circle, "take_out", "Sylvia Marchetti", member=nia)
        assert not sees(workplace, "Nia Prosser", child)


def test_lifting_unlocks_the_worries_that_were_locked_with_it(workplace, child):
    circle = lock(workplace, child)
    contact = workplace.worry()
    assert CaseEntry.objects.get(pk=contact.pk).circle_id == circle.circle_id
    workplace.take(circle, "lift", "Sylvia Marchetti", lifted_because="She moved away.")
    assert CaseEntry.objects.get(pk=contact.pk).circle_id is None


def test_what_is_known_of_a_lock_is_itself_locked(workplace, child):
    circle = lock(workplace, child)
    with looking(workplace.as_("Nia Prosser")):
        assert not type(circle).objects.exists()
        assert not CaseEntry.objects.exists()
        assert not TimelineEvent.objects.exists()
    with looking(workplace.as_("Sylvia Marchetti")):
        assert type(circle).objects.get().why == "A worker is her aunt."


def test_a_membership_that_ended_yesterday_opens_nothing(workplace, child):
    circle = lock(workplace, child)
    member = CircleMember(
        circle=circle.circle,
        worker=workplace.worker("Nia Prosser"),
        since=timezone.localdate() - timedelta(days=9),
        until=timezone.localdate() - timedelta(days=1),
    )
    CircleMember.objects.bulk_create([member])
    assert not sees(workplace, "Nia Prosser", child)


# --- In a journal of many steps ------------------------------------------------------------------------------


def test_a_lock_in_a_journal_of_many_steps_locks_what_came_before_and_after_it(workplace, child):
    """Whoever brings in a year of work at once keeps a locked child's worries as close as one day's work does."""
    ruth, sylvia = workplace.as_("Ruth Adeyemi"), workplace.as_("Sylvia Marchetti")
    with looking(DEMONSTRATION):
        gathered = Journal()
        before = begin(process("contact"), "send", by=ruth, into=gathered, **workplace.usual_worry)
        circle = begin(process("locked_circle"), "lock", by=sylvia, into=gathered, person=child, why="Her own niece")
        after = begin(process("contact"), "send", by=ruth, into=gathered, **workplace.usual_worry)
        gathered.write(DEMONSTRATION)
    for contact in (before, after):
        assert CaseEntry.objects.get(pk=contact.pk).circle_id == circle.circle_id


def test_a_lock_that_is_lifted_in_the_same_journal_leaves_nothing_locked(workplace, child):
    sylvia, nia = workplace.as_("Sylvia Marchetti"), workplace.worker("Nia Prosser")
    with looking(DEMONSTRATION):
        gathered = Journal()
        circle = begin(process("locked_circle"), "lock", by=sylvia, into=gathered, person=child, why="Her own niece")
        sylvia = worker_looking(sylvia.worker)  # as whom the lock has made her: a member of the circle
        take(circle, "let_in", by=sylvia, into=gathered, member=nia)
        take(circle, "lift", by=sylvia, into=gathered, lifted_because="She moved away.")
        gathered.write(DEMONSTRATION)
    assert Person.objects.get(pk=child.pk).circle is None
    assert CircleMember.objects.filter(circle=circle.circle).count() == 2
    assert TimelineEvent.objects.filter(entry=circle.pk).count() == 3


def test_a_child_is_locked_once_in_a_journal_too(workplace, child):
    sylvia, ivan = workplace.as_("Sylvia Marchetti"), workplace.as_("Ivan Brandt")
    with looking(DEMONSTRATION):
        gathered = Journal()
        begin(process("locked_circle"), "lock", by=sylvia, into=gathered, person=child, why="Her own niece")
        with pytest.raises(NotTaken, match="locked already"):
            begin(process("locked_circle"), "lock", by=ivan, into=gathered, person=child, why="Safety")


def test_whoever_opened_the_page_before_the_lock_is_told_of_it(workplace, child, refused):
    """The child's page was read before another locksmith locked the record."""
    seen = Person.objects.get(pk=child.pk)
    lock(workplace, child)
    with refused(saying="This record is locked already."):
        lock(workplace, seen, "Ivan Brandt")
