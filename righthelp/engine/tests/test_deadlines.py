"""Deadlines are made from facts: kept beside them, made again at any time, and mended when they were damaged."""

import io
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command

from righthelp.engine import rebuilding
from righthelp.engine.deadlines import FACTS, answer, derive, fact
from righthelp.engine.process import process
from righthelp.engine.rebuilding import rebuild
from righthelp.guard.models import AccessLog
from righthelp.guard.viewers import LOAD, looking
from righthelp.kernel.moments import LONDON
from righthelp.kernel.timing import Answer
from righthelp.record.models import Deadline

MONDAY = datetime(2026, 6, 8, 10, 0, tzinfo=LONDON)


def kept(row):
    return {
        deadline.clock: tuple(getattr(deadline, name) for name in FACTS)
        for deadline in Deadline.objects.filter(entry=row.pk)
    }


def derived(row):
    return {deadline.clock: tuple(getattr(deadline, name) for name in FACTS) for deadline in derive(row)}


def test_what_is_kept_is_what_the_facts_say(workplace):
    contact = workplace.worry(on=MONDAY)
    assert kept(contact) == derived(contact)
    assert len(kept(contact)) == 3
    contact = workplace.decide(workplace.take(contact, "register", "Nia Prosser", match_reason="New"))
    assert kept(contact) == derived(workplace.again(contact))
    assert all(stopped is not None for *_, stopped, _ in kept(contact).values())


def test_a_fact_of_a_row_that_it_points_to(workplace):
    contact = workplace.decided(on=MONDAY, outcome="REFERRAL", level=4)
    referral = process("referral").objects.get()
    assert fact(referral, "contact.received_at") == MONDAY
    assert fact(referral, "contact.held_at") is None
    assert fact(referral, "social_worker.name") is None
    assert fact(contact, "no_such_fact") is None


def damage(contact):
    """What a mistake in a migration, or a law file put right later, leaves behind."""
    rows = Deadline.objects.filter(entry=contact.pk)
    rows.filter(clock="decision").update(due_at=MONDAY + timedelta(days=30))
    rows.filter(clock="sender told").delete()
    stale = rows.get(clock="decision by guidance")
    stale.clock, stale.pk = "no longer a clock", contact.pk
    Deadline.objects.bulk_create([stale])


def test_making_them_again_changes_nothing_that_is_right(workplace):
    contact = workplace.worry(on=MONDAY)
    before = list(Deadline.objects.order_by("pk").values())
    found = rebuild(type(contact))
    assert (found.rows, found.differed) == (1, 0)
    assert list(Deadline.objects.order_by("pk").values()) == before


def test_damage_is_found_and_mended(workplace):
    contact, other = workplace.worry(on=MONDAY), workplace.worry(on=MONDAY)
    right = kept(contact)
    damage(contact)
    found = rebuild(type(contact), mend=False)
    assert (found.rows, found.different, found.missing, found.left_over) == (2, 1, 1, 1)
    assert kept(contact) != right, "looking changes nothing"
    found = rebuild(type(contact))
    assert found.differed == 3
    assert kept(contact) == right == kept(other)
    assert rebuild(type(contact)).differed == 0


@pytest.mark.parametrize("batch", [1, 2, 3, 5])
def test_every_batch_is_looked_at_once(workplace, monkeypatch, batch):
    monkeypatch.setattr(rebuilding, "BATCH", batch)
    contacts = [workplace.worry(on=MONDAY) for _ in range(3)]
    Deadline.objects.all().update(due_at=MONDAY)
    found = rebuild(type(contacts[0]))
    assert (found.rows, found.different) == (3, 9)


def command(*options):
    out = io.StringIO()
    call_command("rebuild_deadlines", *options, stdout=out)
    return out.getvalue()


def test_the_command_tells_what_it_found_and_is_in_the_log(workplace):
    contact = workplace.decided(on=MONDAY, outcome="REFERRAL", level=4)
    said = command("--check")
    assert "Every deadline is what the facts and the law say." in said
    for page in (type(contact), process("referral")):
        assert f"{page.titles()}: 1 looked at" in said
    damage(contact)
    with pytest.raises(CommandError, match="3 deadlines differ"):
        command("--check")
    assert "3 deadlines were made again." in command()
    assert "Every deadline is what the facts and the law say." in command()
    jobs = AccessLog.objects.filter(kind=AccessLog.Kind.PURPOSE, purpose="make deadlines again")
    assert jobs.count() == 4
    assert all(job.reason for job in jobs)


def test_a_clock_that_no_longer_applies_is_taken_away_and_comes_back(workplace):
    """A referral that turns out to be immediate has a clock; one that a return brings has none."""
    child = workplace.person("Ada", "Pugh")
    asks = {"person": child, "on": MONDAY, "received_at": MONDAY}
    immediate = workplace.begin("referral", "accept", "Marian Blythe", immediate="yes", **asks)
    not_so = workplace.begin("referral", "accept", "Marian Blythe", immediate="no", **asks)
    loaded = workplace.begin("referral", "load_open", LOAD, **asks)
    assert [len(kept(row)) for row in (immediate, not_so, loaded)] == [1, 0, 0]


def test_a_worker_does_not_write_deadlines(workplace):
    contact = workplace.worry(on=MONDAY)
    with looking(workplace.as_("Marian Blythe")):
        assert Deadline.objects.filter(entry=contact.pk).update(due_at=MONDAY) == 0


def test_an_answer_follows_from_the_moment_of_asking(workplace):
    deadline = Deadline(started_at=MONDAY, due_at=MONDAY + timedelta(hours=1))
    assert answer(deadline, MONDAY).answer is Answer.RUNNING
    assert answer(deadline, MONDAY + timedelta(hours=2)).answer is Answer.MISSED
    deadline.excused = "The family asked for a later day"
    assert answer(deadline, MONDAY + timedelta(hours=2)).answer is Answer.EXCUSED
    deadline.stopped_at = MONDAY + timedelta(minutes=1)
    assert answer(deadline, MONDAY + timedelta(hours=2)).answer is Answer.MET
    assert answer(None, MONDAY).answer is Answer.NOT_STARTED
    assert answer(None, MONDAY, applies=False).answer is Answer.NOT_APPLICABLE


@pytest.mark.parametrize("minutes", [0, 30, 60, 90, 119])
def test_in_the_hour_that_october_has_twice_what_is_kept_is_what_the_facts_say(workplace, minutes):
    doubled = datetime(2026, 10, 25, 0, 0, tzinfo=UTC) + timedelta(minutes=minutes)  # 1am to 3am, as clocks show it
    contacts = [workplace.worry(on=doubled - begun) for begun in (timedelta(), timedelta(hours=24))]
    assert all(kept(contact) == derived(contact) for contact in contacts)
    assert rebuild(type(contacts[0]), mend=False).differed == 0
