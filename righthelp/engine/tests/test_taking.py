"""`begin` and `take`: what they refuse, what they write in one go, and what they never half-write."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from righthelp.engine.journal import Journal
from righthelp.engine.process import process
from righthelp.engine.refusals import Clash, NotAllowed, NotTaken
from righthelp.engine.taking import begin, journal, may_begin, may_take, take
from righthelp.guard.viewers import DEMONSTRATION, looking
from righthelp.kernel.moments import LONDON
from righthelp.record.models import CaseEntry, Deadline, Holding, TimelineEvent

URGENT = {"urgency": "RED", "urgency_reason": "Afraid to go home"}
LONG_AGO = datetime(2026, 6, 8, 10, 0, tzinfo=LONDON)


def test_one_step_writes_the_row_the_event_the_deadlines_and_who_holds_it(workplace):
    contact = workplace.worry(on=LONG_AGO)
    assert contact.version == 1
    event = TimelineEvent.objects.get(entry=contact.pk)
    assert (event.step, event.at) == ("send", LONG_AGO)
    assert event.recorded_at > event.at, "when it was written down is not when it happened"
    assert event.by_name == "Ruth Adeyemi, Hill Lane Primary School"
    assert {deadline.started_at for deadline in Deadline.objects.filter(entry=contact.pk)} == {LONG_AGO}
    assert Holding.objects.get(entry=contact.pk).since == LONG_AGO
    assert CaseEntry.objects.get(pk=contact.pk).begun_at == LONG_AGO


def test_each_step_counts_the_version(workplace):
    contact = workplace.registered()
    assert contact.version == 3
    assert workplace.again(contact).version == 3


def test_a_step_on_an_older_version_shows_what_is_there_now(workplace, refused):
    contact = workplace.worry()
    seen = contact.version
    workplace.take(contact, "start", "Sam Holt", seen=seen, urgency="GREEN", urgency_reason="All is well")
    with refused(kind=Clash, saying="What you wrote is kept"):
        workplace.take(contact, "start", "Nia Prosser", seen=seen, **URGENT)
    with pytest.raises(Clash) as clash:
        workplace.take(contact, "rate", "Nia Prosser", seen=seen, **URGENT)
    assert clash.value.row.urgency_reason == "All is well"
    assert clash.value.row.version == seen + 1


def test_who_has_not_looked_is_not_held_up(workplace):
    contact = workplace.worry()
    workplace.take(contact, "start", "Sam Holt", **URGENT)
    assert workplace.take(contact, "rate", "Nia Prosser", **URGENT).version == 3


def test_a_row_that_one_may_not_see_is_not_there(workplace, refused):
    contact = workplace.worry()
    person = workplace.person("Zed", "Quill")
    workplace.begin("locked_circle", "lock", "Sylvia Marchetti", person=person, why="Her own nephew")
    locked = workplace.worry(child_given="Zed", child_family="Quill")
    with refused(kind=NotAllowed, saying="There is no such record, or you may not see it."):
        workplace.take(locked, "start", "Nia Prosser", **URGENT)
    other_agencys = workplace.as_("Imran Qureshi")
    with looking(other_agencys), pytest.raises(NotAllowed, match="no such record"):
        take(contact, "start", by=other_agencys, **URGENT)


def test_whom_one_may_not_see_one_cannot_name(workplace, refused):
    person = workplace.person("Zed", "Quill")
    workplace.begin("locked_circle", "lock", "Sylvia Marchetti", person=person, why="Her own nephew")
    contact = workplace.worry()
    with refused("matched_to"):
        workplace.take(contact, "match", "Nia Prosser", matched_to=str(person.pk), match_reason="Guessed")


def test_a_few_minutes_ahead_are_two_clocks_and_an_hour_is_a_mistake(workplace, refused):
    assert workplace.worry(on=timezone.now() + timedelta(minutes=4))
    with refused(saying="future"):
        workplace.worry(on=timezone.now() + timedelta(minutes=6))


def test_nothing_is_dated_before_it_began(workplace, refused):
    contact = workplace.worry(on=LONG_AGO)
    with refused(saying="before this began"):
        workplace.take(contact, "start", "Nia Prosser", on=LONG_AGO - timedelta(seconds=1), **URGENT)
    assert workplace.take(contact, "start", "Nia Prosser", on=LONG_AGO, **URGENT).version == 2


def test_a_refused_step_leaves_the_callers_row_as_it_was(workplace, refused):
    contact = workplace.registered()
    with refused("early_help_agreed"):
        workplace.decide(contact, outcome="EARLY_HELP", early_help_agreed="no")
    assert (contact.outcome, contact.version) == ("", 3)
    assert workplace.again(contact).outcome == ""


def test_a_row_is_changed_only_by_a_step(workplace):
    contact = workplace.worry()
    with pytest.raises(RuntimeError, match="only by taking a step"):
        _ = contact.also


def test_a_step_that_there_is_not(workplace):
    contact = workplace.worry()
    with pytest.raises(KeyError):
        workplace.take(contact, "forget", "Marian Blythe")


def test_what_a_button_shows_is_what_may_be_done(workplace):
    contact, steps = workplace.worry(), process("contact").steps
    nia, ruth = workplace.as_("Nia Prosser"), workplace.as_("Ruth Adeyemi")
    assert may_take(contact, steps["start"], nia)
    assert not may_take(contact, steps["start"], ruth)
    assert not may_take(contact, steps["note"], nia), "not from this state"
    assert not may_take(contact, steps["send"], ruth), "it has begun already"
    assert may_begin(steps["send"], ruth)
    assert not may_begin(steps["send"], nia)
    assert not may_begin(steps["start"], nia), "it does not begin anything"


# --- Many steps together -------------------------------------------------------------------------------------


def send(workplace, into, by, **answers):
    return begin(process("contact"), "send", by=by, into=into, **{**workplace.usual_worry, **answers})


def test_nothing_is_written_before_the_journal_is(workplace):
    ruth, nia = workplace.as_("Ruth Adeyemi"), workplace.as_("Nia Prosser")
    with looking(DEMONSTRATION):
        with journal(DEMONSTRATION) as gathered:
            contact = send(workplace, gathered, ruth)
            take(contact, "start", by=nia, into=gathered, **URGENT)
            assert not process("contact").objects.exists()
        kept = process("contact").objects.get()
    assert (kept.state, kept.version) == ("SCREENING", 2)
    assert [event.step for event in TimelineEvent.objects.filter(entry=kept.pk)] == ["send", "start"]
    assert Deadline.objects.filter(entry=kept.pk).count() == 3


def test_several_steps_of_a_row_that_is_there_already(workplace):
    contact = workplace.worry()
    nia = workplace.as_("Nia Prosser")
    gathered = Journal()
    with looking(nia):
        row = take(contact, "start", by=nia, into=gathered, **URGENT)
        row = take(row, "note", by=nia, into=gathered, screening_note="The school saw a bruise.")
        take(contact, "register", by=nia, into=gathered, match_reason="New to us")  # by whichever copy one holds
    assert workplace.again(contact).version == 1
    gathered.write(nia)
    kept = workplace.again(contact)
    assert (kept.version, kept.state, kept.screening_note) == (4, "SCREENING", "The school saw a bruise.")
    assert str(kept.entry.person) == "Ada Pugh"
    assert TimelineEvent.objects.filter(entry=kept.pk).count() == 4
    holders = [holding.worker for holding in Holding.objects.filter(entry=kept.pk, until__isnull=True)]
    assert [holder.name for holder in holders] == ["Nia Prosser"]


@pytest.mark.parametrize("kind", ["begun", "taken"])
def test_a_journal_into_which_a_step_was_refused_is_not_written(workplace, refused, kind):
    ruth, nia = workplace.as_("Ruth Adeyemi"), workplace.as_("Nia Prosser")
    with looking(DEMONSTRATION):
        gathered = Journal()
        contact = send(workplace, gathered, ruth)
        half = {
            "begun": lambda: send(workplace, gathered, ruth, worry=""),
            "taken": lambda: take(contact, "start", by=nia, into=gathered, urgency="RED", urgency_reason=""),
        }
        with pytest.raises(NotTaken):
            half[kind]()
        with pytest.raises(RuntimeError, match="A step was refused"):
            gathered.write(DEMONSTRATION)
        assert not process("contact").objects.exists()
        assert not CaseEntry.objects.exists()


def test_a_journal_that_fails_writes_nothing(workplace):
    ruth = workplace.as_("Ruth Adeyemi")

    def half_way():
        with journal(DEMONSTRATION) as gathered:
            send(workplace, gathered, ruth)
            raise ZeroDivisionError

    with looking(DEMONSTRATION), pytest.raises(ZeroDivisionError):
        half_way()
    assert not process("contact").objects.exists()


def test_a_journal_that_is_written_is_empty(workplace):
    ruth = workplace.as_("Ruth Adeyemi")
    gathered = Journal()
    with looking(DEMONSTRATION):
        send(workplace, gathered, ruth)
        gathered.write(DEMONSTRATION)
        gathered.write(DEMONSTRATION)
        send(workplace, gathered, ruth, child_given="Bob")
        gathered.write(DEMONSTRATION)
    assert process("contact").objects.count() == 2


def test_work_for_which_there_is_no_team_is_said_so(workplace):
    with pytest.raises(LookupError, match="No team receives"):
        Journal().team_that_receives("weather")
