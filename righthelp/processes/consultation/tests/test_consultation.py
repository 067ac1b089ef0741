"""A professional talks a worry through with a social worker of the front door: always recorded, never counted."""

from datetime import date, datetime, timedelta

import pytest

from righthelp.engine.deadlines import asked
from righthelp.engine.process import process
from righthelp.engine.refusals import NotAllowed
from righthelp.guard.guarded import NotShown
from righthelp.guard.viewers import looking
from righthelp.kernel.moments import LONDON
from righthelp.kernel.timing import Answer
from righthelp.processes.consultation.models import Consultation
from righthelp.record.models import Deadline, Holding, TimelineEvent

pytestmark = pytest.mark.county

MONDAY = datetime(2026, 6, 8, 10, 0, tzinfo=LONDON)
RECORD = {
    "from_name": "Ruth Adeyemi",
    "also_there": "The head teacher",
    "child_named": "yes",
    "child_given": "Ada",
    "child_family": "Pugh",
    "consent": "GIVEN",
    "worry": "She is often late, and tired.",
    "advice": "Talk with the mother about mornings; look again in two weeks.",
    "who_does_what": "Ruth rings the mother today.",
    "outcome": "GO_ON",
    "own_note": "Second time this month.",
}


@pytest.fixture
def rung(workplace):
    """Somebody has rung: by default the lead of a school, with the child's name."""

    def ring(on=MONDAY, **answers):
        given = {
            "held_at": on,
            "from_agency": workplace.staff.agencies["Hill Lane Primary School"],
            "from_name": "Ruth Adeyemi",
            "child_named": "yes",
            "child_given": "Ada",
            "child_family": "Pugh",
            "child_born_on": "3 4 2016",
            **answers,
        }
        return workplace.begin("consultation", "hold", "Nia Prosser", on=on + timedelta(minutes=20), **given)

    return ring


def test_it_is_written_down_with_names_and_who_asked_reads_the_advice(workplace, rung):
    held = rung()
    assert Holding.objects.get(entry=held.pk, until__isnull=True).worker.name == "Nia Prosser"
    assert TimelineEvent.objects.get(entry=held.pk).at == MONDAY
    kept = Deadline.objects.get(entry=held.pk)
    assert kept.started_at == MONDAY
    assert kept.due_at.astimezone(LONDON).date() == date(2026, 6, 9)
    row = workplace.take(held, "record", "Nia Prosser", on=MONDAY + timedelta(hours=5), **RECORD)
    assert row.ended
    assert row.advised_by == "Nia Prosser"
    (answer,) = [timing.answer for _, _, timing in asked(row, MONDAY + timedelta(days=9))]
    assert answer is Answer.MET
    with looking(workplace.as_("Ruth Adeyemi")):
        mine = Consultation.objects.get()
        assert mine.advice == RECORD["advice"]
        assert mine.who_does_what == RECORD["who_does_what"]
        with pytest.raises(NotShown):
            str(mine.own_note)
    for who in ("Tom Fairley", "Imran Qureshi"):
        with looking(workplace.as_(who)):
            assert not Consultation.objects.exists()


def test_it_is_neither_a_contact_nor_a_referral(workplace, rung):
    """Whatever comes of it: a worry is told by whoever has it."""
    for outcome in Consultation.Outcome.values:
        workplace.take(
            rung(), "record", "Nia Prosser", on=MONDAY + timedelta(hours=1), **{**RECORD, "outcome": outcome}
        )
    assert Consultation.objects.count() == len(Consultation.Outcome.values)
    for kind in ("contact", "referral", "help_request"):
        assert not process(kind).objects.exists(), kind


def test_one_that_nobody_writes_down_is_late_by_itself(workplace, rung):
    row = rung()
    for moment, answer in ((MONDAY + timedelta(hours=30), Answer.RUNNING), (MONDAY + timedelta(days=2), Answer.MISSED)):
        assert [timing.answer for _, _, timing in asked(row, moment)] == [answer]


def test_a_worry_is_talked_through_without_a_name(workplace, rung, refused):
    row = rung(child_named="no", child_given="Left standing", child_family="", child_born_on="")
    assert (row.child_given, row.heading) == ("", row.title())
    row = workplace.take(row, "record", "Nia Prosser", on=MONDAY, **{**RECORD, "child_named": "no"})
    assert (row.child_given, row.consent) == ("", "")
    child = workplace.person("Ada", "Pugh")
    with refused(saying="No child was named"):
        workplace.take(row, "match", "Nia Prosser", matched_to=child, match_reason="A guess")


def test_a_child_who_is_named_is_named_whole(workplace, rung, refused):
    with refused("child_family"):
        rung(child_family="")


def test_with_the_child_matched_it_stands_on_their_timeline(workplace, rung):
    child = workplace.person("Ada", "Pugh")
    row = workplace.take(rung(), "match", "Nia Prosser", on=MONDAY + timedelta(hours=1), matched_to=child,
                         match_reason="Same name and date of birth")  # fmt: skip
    workplace.take(row, "record", "Nia Prosser", on=MONDAY + timedelta(hours=1), **RECORD)
    said = [event.says for event in TimelineEvent.objects.filter(entry__person=child)]
    assert "Hill Lane Primary School talked a worry through with the front door" in said
    assert child.names.count() == 1, "nothing is learned of a child from a consultation"


def test_an_adult_is_not_the_child(workplace, rung, refused):
    grown = workplace.person("Ada", "Pugh", date(1980, 1, 1))
    row = rung()
    with refused("matched_to"):
        workplace.take(row, "match", "Nia Prosser", matched_to=grown, match_reason="Same name")


def test_one_about_a_locked_child_is_locked_before_it_is_read(workplace, rung):
    child = workplace.person("Nye", "Lock")
    workplace.begin("locked_circle", "lock", "Sylvia Marchetti", person=child, why="A worker is their aunt.")
    row = rung(child_given="Nye", child_family="Lock")
    assert row.entry.circle_id
    with looking(workplace.as_("Marian Blythe")):
        assert not Consultation.objects.exists()


def test_it_was_held_before_it_is_written_down(workplace, rung, refused):
    with refused("held_at"):
        rung(held_at=MONDAY + timedelta(hours=2))


def test_it_is_with_another_agency(workplace, rung, refused):
    with refused("from_agency"):
        rung(from_agency=workplace.staff.agencies["county"])


@pytest.mark.parametrize("name", ["worry", "advice", "who_does_what", "outcome", "from_name"])
def test_the_record_is_whole(workplace, rung, refused, name):
    row = rung()
    with refused(name):
        workplace.take(row, "record", "Nia Prosser", on=MONDAY, **{**RECORD, name: ""})


@pytest.mark.parametrize("who", ["Dale Winters", "Ruth Adeyemi", "Ade Bankole"])
def test_a_contact_worker_gives_no_consultation(workplace, rung, refused, who):
    row = rung()
    with refused(kind=NotAllowed):
        workplace.begin("consultation", "hold", who)
    with refused(kind=NotAllowed):
        workplace.take(row, "record", who, **RECORD)


def test_who_has_no_workspace_has_a_lead_who_reads_it(workplace, rung):
    row = rung(from_name="Bea Newcomer")
    assert row.from_worker is None
    workplace.take(row, "record", "Nia Prosser", on=MONDAY, **{**RECORD, "from_name": "Bea Newcomer"})
    with looking(workplace.as_("Ruth Adeyemi")):
        assert Consultation.objects.get().from_name == "Bea Newcomer"
    with looking(workplace.as_("Tom Fairley")):
        assert not Consultation.objects.exists()
