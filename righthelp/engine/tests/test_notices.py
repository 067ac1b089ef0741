"""Who is told that something waits for them, and who is not."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from righthelp.engine.notices.due import WITHIN_A_DAY, same_day
from righthelp.engine.notices.giving import NEWS_FOR
from righthelp.engine.notices.marking import mark, mark_all
from righthelp.engine.notices.reading import due_now, notices, unread
from righthelp.engine.process import process
from righthelp.engine.taking import begin, journal
from righthelp.guard.models import Appointment
from righthelp.guard.viewers import DEMONSTRATION, looking
from righthelp.record.models import Deadline, Notice
from righthelp.record.notices import Waits


def told(workplace: Any, name: str) -> list[str]:
    worker = workplace.staff.workers.get(name) or workplace.staff.in_role[name][0]
    return list(Notice.objects.filter(worker=worker).order_by("recorded_at", "pk").values_list("kind", flat=True))


def test_a_worry_reaches_those_who_manage_the_team_that_receives_it(workplace: Any) -> None:
    workplace.worry()
    assert told(workplace, "Marian Blythe") == ["LANDED"]
    assert told(workplace, "Nia Prosser") == []  # she sees the board, and manages nobody
    assert told(workplace, "Ruth Adeyemi") == []  # what I did myself


def test_whoever_is_handed_something_is_told_and_whoever_took_it_is_not(workplace: Any) -> None:
    contact = workplace.screening()
    assert told(workplace, "Nia Prosser") == []
    workplace.take(workplace.again(contact), "register", "Nia Prosser", match_reason="New to us.")
    referral = workplace.begin(
        "referral", "accept", "Marian Blythe", person=workplace.person("Ada", "Pugh"), received_at=timezone.now()
    )
    assert told(workplace, "Leonard Swann") == ["CHECK"]  # it goes on only by a step of his
    workplace.take(referral, "allocate", "Leonard Swann", social_worker=workplace.worker("Ade Bankole"))
    assert told(workplace, "Ade Bankole") == ["HANDED"]
    assert told(workplace, "Leonard Swann") == ["CHECK"]


def test_somebody_else_changed_what_i_hold(workplace: Any) -> None:
    contact = workplace.screening()
    workplace.take(contact, "note", "Sam Holt", screening_note="The school was rung.")
    assert told(workplace, "Nia Prosser") == ["CHANGED"]
    workplace.take(workplace.again(contact), "note", "Sam Holt", screening_note="And again.")
    assert told(workplace, "Nia Prosser") == ["CHANGED"]  # once, until it is read
    Notice.objects.update(read_at=timezone.now())
    workplace.take(workplace.again(contact), "note", "Sam Holt", screening_note="And again.")
    assert told(workplace, "Nia Prosser") == ["CHANGED", "CHANGED"]
    workplace.take(workplace.again(contact), "note", "Nia Prosser", screening_note="My own note.")
    assert told(workplace, "Nia Prosser") == ["CHANGED", "CHANGED"]


def test_the_sender_is_told_that_an_answer_came_and_the_worker_that_it_was_decided(workplace: Any) -> None:
    workplace.decided()
    assert told(workplace, "Ruth Adeyemi") == ["ISSUED"]
    assert told(workplace, "Nia Prosser") == ["CHANGED"]  # it is taken from her: it is decided


def test_an_agency_that_is_asked_is_told_and_the_county_that_it_answered(workplace: Any) -> None:
    contact = workplace.screening()
    asked = workplace.begin(
        "information_request", "ask", "Nia Prosser", contact=contact, agency=workplace.worker("Grace Okoro").agency,
        about="Ada Pugh", question="What do you know?", family_agrees="yes",
        answer_by=timezone.now() + timedelta(hours=6),
    )  # fmt: skip
    assert told(workplace, "Grace Okoro") == ["ASKED"]
    assert told(workplace, "Helen Marsh") == ["ASKED"]
    assert told(workplace, "Tom Fairley") == []
    workplace.take(asked, "reply", "Helen Marsh", knows="NO")
    assert told(workplace, "Helen Marsh") == ["ASKED"]
    assert told(workplace, "Nia Prosser") == ["CHANGED"]


def an_emergency(workplace: Any) -> Any:
    workplace.begin(
        "locked_circle", "lock", "Sylvia Marchetti", person=workplace.person("Ada", "Pugh"), why="A worker is her aunt."
    )
    return workplace.begin(
        "break_glass", "open", "Ade Bankole", on=timezone.now() - timedelta(minutes=1), child_given="Ada",
        child_family="Pugh", child_born_on="3 4 2016", why="The police are at the door with her.",
    )  # fmt: skip


def test_an_emergency_opening_waits_for_the_check_of_those_who_review(workplace: Any) -> None:
    opening = an_emergency(workplace)
    assert told(workplace, "Sylvia Marchetti")[-1:] == ["CHECK"]
    assert told(workplace, "Ade Bankole") == []
    reviewer = workplace.as_("Ivan Brandt")
    with looking(reviewer):  # he is not inside the circle: to him there is no such thing, nor word of it
        assert not Notice.objects.exists()
        assert unread(reviewer, timezone.now()) == 0
    with looking(workplace.as_("Sylvia Marchetti")):
        assert [notice.entry_id for notice in Notice.objects.filter(kind="CHECK")] == [opening.pk]


def test_what_was_done_long_ago_is_news_to_nobody(workplace: Any) -> None:
    long_ago = timezone.now() - NEWS_FOR - timedelta(hours=1)
    with looking(DEMONSTRATION), journal(DEMONSTRATION, now=long_ago) as gathered:
        begin(
            process("contact"), "send", by=workplace.as_("Ruth Adeyemi"), on=long_ago, into=gathered,
            **workplace.usual_worry,
        )  # fmt: skip
    assert not Notice.objects.exists()


def test_many_steps_written_together_tell_the_same_as_one_by_one(workplace: Any) -> None:
    worry = workplace.usual_worry
    with looking(DEMONSTRATION), journal(DEMONSTRATION) as gathered:
        begin(process("contact"), "send", by=workplace.as_("Ruth Adeyemi"), into=gathered, **worry)
    together = told(workplace, "Marian Blythe")
    workplace.worry()
    assert told(workplace, "Marian Blythe") == [*together, *together]


def test_a_step_that_is_refused_tells_nobody(workplace: Any, refused: Any) -> None:
    with refused("worry"):
        workplace.worry(worry="")
    assert not Notice.objects.exists()


def test_what_is_due_soon_and_late_is_read_from_the_deadlines(workplace: Any) -> None:
    workplace.screening()
    nia, now = workplace.as_("Nia Prosser"), timezone.now()
    with looking(nia):
        assert due_now(nia, now) == []
        assert {line.kind for line in due_now(nia, now + timedelta(hours=23))} == {Waits.SOON}
        assert Waits.LATE in {line.kind for line in due_now(nia, now + timedelta(hours=25))}
        assert unread(nia, now) == 0
        assert unread(nia, now + timedelta(hours=25)) > 0
        mark_all(nia, now + timedelta(hours=25))
        assert unread(nia, now + timedelta(hours=25)) == 0
    other = workplace.as_("Sam Holt")
    with looking(other):
        assert due_now(other, now + timedelta(hours=25)) == []  # it is not hers


def test_what_is_counted_back_from_a_day_is_soon_two_days_ahead_and_not_of_the_same_day(workplace: Any) -> None:
    """As a report is that parents have before a conference."""
    contact = workplace.screening()
    nia, conference = workplace.as_("Nia Prosser"), timezone.now() + timedelta(days=20)
    report = {"due_at": conference - timedelta(days=5), "started_at": conference}
    with looking(DEMONSTRATION):
        Deadline.objects.filter(entry=contact.pk).exclude(clock="decision").delete()
        Deadline.objects.filter(entry=contact.pk).update(**report)
        assert not same_day(Deadline.objects.get(entry=contact.pk))
        assert not Deadline.objects.filter(WITHIN_A_DAY).exists()
    with looking(nia):
        assert due_now(nia, conference - timedelta(days=8)) == []
        assert {line.kind for line in due_now(nia, conference - timedelta(days=6))} == {Waits.SOON}
        assert {line.kind for line in due_now(nia, conference - timedelta(days=4))} == {Waits.LATE}


def test_a_notice_is_gone_with_what_it_is_about(workplace: Any) -> None:
    contact = workplace.screening()
    contact = workplace.take(contact, "register", "Nia Prosser", match_reason="New to us.")
    workplace.take(contact, "note", "Sam Holt", screening_note="The school was rung.")
    nia = workplace.as_("Nia Prosser")
    with looking(nia):
        assert [line.kind for line in notices(nia, timezone.now())] == [Waits.CHANGED]
    workplace.begin(
        "locked_circle", "lock", "Sylvia Marchetti", person=contact.entry.person, why="A worker is her aunt."
    )
    nia = workplace.as_("Nia Prosser")
    with looking(nia):
        assert notices(nia, timezone.now()) == []
        assert unread(nia, timezone.now()) == 0


def test_a_notice_is_for_nobody_else(workplace: Any) -> None:
    workplace.decided()
    ruth, other = workplace.as_("Ruth Adeyemi"), workplace.as_("Tom Fairley")
    with looking(ruth):
        assert [line.kind for line in notices(ruth, timezone.now())] == [Waits.ISSUED]
        mark(Notice.objects.get(), timezone.now())
        assert unread(ruth, timezone.now()) == 0
        mark(Notice.objects.get(), None)
        assert unread(ruth, timezone.now()) == 1
    with looking(other):
        assert not Notice.objects.exists()


def test_what_is_counted_for_one_viewer_is_counted_anew_when_their_roles_change(workplace: Any) -> None:
    """The question is made once for a viewer; whoever gets another role is another viewer."""
    workplace.screening()
    nia, later = workplace.as_("Nia Prosser"), timezone.now() + timedelta(hours=25)
    with looking(nia):
        assert unread(nia, later) > 0
    assert workplace.as_("Nia Prosser") is nia
    with looking(DEMONSTRATION):
        Appointment.objects.filter(worker=nia.worker).update(role="user administrator", team=None)
    other = workplace.as_("Nia Prosser")
    assert other is not nia
    with looking(other):
        assert unread(other, later) == 0
