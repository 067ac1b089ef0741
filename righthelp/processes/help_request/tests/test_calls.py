"""Early help's own telephone line: who rings, what is kept of them, and what comes of it."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from righthelp.engine.process import process
from righthelp.engine.refusals import NotAllowed
from righthelp.kernel.moments import LONDON
from righthelp.record.models import Deadline, Holding, TimelineEvent

RANG = datetime(2026, 6, 12, 10, 0, tzinfo=LONDON)
CALL: dict[str, Any] = {
    "who_rang": "FAMILY",
    "wants": "He will not sleep, and I am worn out.",
    "harm_likely": "no",
    "child_named": "no",
}
CHILD: dict[str, Any] = {
    "child_named": "yes",
    "child_given": "Ada",
    "child_family": "Pugh",
    "child_born_on": "3 4 2016",
    "child_lives_at": "4 Mill Road",
    "agreed": "yes",
}
ADVICE: dict[str, Any] = {"outcome": "ADVICE", "level_found": 2, "outcome_reason": "A plan for bedtimes."}


@pytest.fixture
def call(workplace):
    def take_call(who: str = "Jo Ferris", on: datetime = RANG, **answers: Any) -> Any:
        return workplace.begin("help_request", "take_call", who, on=on, **{**CALL, **answers})

    return take_call


def test_somebody_without_a_name_is_advised_and_it_is_recorded(workplace, call):
    row = call()
    assert row.is_a_call
    assert row.heading == "A call without a name"
    assert Holding.objects.get(entry=row.pk, until__isnull=True).worker.name == "Jo Ferris"
    row = workplace.take(row, "answer", "Jo Ferris", **ADVICE)
    assert row.state == "ANSWERED"
    assert row.entry.person is None
    assert [event.says for event in TimelineEvent.objects.filter(entry=row.pk)] == [
        "Early help was rung: A parent, a carer or somebody else of the family",
        "Early help answered: Advice and guidance given",
    ]


def test_the_72_hours_are_for_what_the_front_door_passes_on(call):
    assert not Deadline.objects.filter(entry=call().pk).exists()


def test_a_named_child_who_is_known_has_the_call_on_their_timeline(workplace, call):
    ada = workplace.person("Ada", "Pugh")
    row = call(**CHILD)
    row = workplace.take(row, "match", "Jo Ferris", matched_to=ada, match_reason="Same name and birth")
    assert row.entry.person == ada
    workplace.take(row, "answer", "Jo Ferris", **ADVICE)
    assert TimelineEvent.objects.filter(entry__person=ada).count() == 3


def test_a_named_child_who_is_not_known_gets_a_record(workplace, call):
    row = workplace.take(call(**CHILD), "register", "Jo Ferris", match_reason="Nobody is like her")
    assert str(row.entry.person) == "Ada Pugh"


def test_what_is_answered_for_a_named_child_stands_on_their_record(workplace, call, refused):
    row = call(**CHILD)
    with refused(saying="Say first which child this is"):
        workplace.take(row, "answer", "Jo Ferris", **ADVICE)


def test_without_a_name_there_is_no_record_to_stand_on(workplace, call, refused):
    ada, row = workplace.person("Ada", "Pugh"), call()
    with refused(saying="No child was named"):
        workplace.take(row, "match", "Jo Ferris", matched_to=ada, match_reason="R")
    with refused(saying="No child was named"):
        workplace.take(row, "register", "Jo Ferris", match_reason="R")


def test_a_call_is_matched_to_a_child_and_once_given_a_record(workplace, call, refused):
    grown = workplace.person("Ada", "Pugh", born_on=date(1980, 1, 1))
    row = call(**CHILD)
    with refused("matched_to", saying="is an adult"):
        workplace.take(row, "match", "Jo Ferris", matched_to=grown, match_reason="R")
    row = workplace.take(row, "register", "Jo Ferris", match_reason="R")
    with refused(saying="said already which child"):
        workplace.take(row, "register", "Jo Ferris", match_reason="R")


@pytest.mark.parametrize(
    ("answers", "at"),
    [
        ({"child_family": ""}, "child_given"),
        ({"agreed": "no"}, "agreed"),
        ({"child_born_on": "1 1 2027"}, "child_born_on"),
        ({"wants": ""}, "wants"),
    ],
)
def test_a_name_is_whole_and_kept_only_when_the_family_agrees(call, refused, answers, at):
    with refused(at):
        call(**{**CHILD, **answers})


def test_a_professional_is_never_anonymous(workplace, call, refused):
    school = workplace.staff.agencies["Hill Lane Primary School"]
    with refused("from_name", saying="always named"):
        call(who_rang="PROFESSIONAL", from_agency=school)
    with refused("from_agency"):
        call(who_rang="PROFESSIONAL", from_name="Ruth Adeyemi")
    row = call(who_rang="PROFESSIONAL", from_agency=school, from_name="Ruth Adeyemi")
    assert row.from_agency == school


@pytest.mark.parametrize("who", ["Nia Prosser", "Marian Blythe", "Dale Winters", "Ruth Adeyemi", "Ade Bankole"])
def test_the_line_is_early_helps_own(call, refused, who):
    with refused(kind=NotAllowed):
        call(who)


def test_an_agency_reads_nothing_of_a_call(workplace, call):
    from righthelp.guard.viewers import looking

    school = workplace.staff.agencies["Hill Lane Primary School"]
    row = call(who_rang="PROFESSIONAL", from_agency=school, from_name="Ruth Adeyemi")
    for who in ("Ruth Adeyemi", "Dale Winters"):
        with looking(workplace.as_(who)):
            assert not process("help_request").objects.filter(pk=row.pk).exists()


# --- Harm -------------------------------------------------------------------------------------------------

HARM: dict[str, Any] = {
    "harm_likely": "yes",
    "stepped_up_because": "He hit her with a belt last night.",
    "urgency": "RED",
}


def test_fear_of_harm_goes_to_the_front_door_with_the_call(call):
    row = call(**CHILD, **HARM)
    assert row.state == "AT_FRONT_DOOR"
    assert row.stepped_up_level == 4
    contact = process("contact").objects.get(help_request=row.pk)
    assert contact.state == "RECEIVED"
    assert contact.urgency == "RED"
    assert contact.heading == "Ada Pugh"
    assert contact.worry == HARM["stepped_up_because"]
    assert CALL["wants"] in contact.happened
    assert contact.significant_harm_likely
    assert contact.told_by != "A member of the public"
    assert contact.received_at == RANG
    assert contact.entry.arose_from_id == row.pk


def test_fear_of_harm_needs_neither_agreement_nor_a_whole_name(call, refused):
    row = call(**{**CHILD, "agreed": "no"}, **HARM)
    assert row.state == "AT_FRONT_DOOR"
    found = call(child_named="yes", child_lives_at="The blue house on Mill Road", agreed="no", **HARM)
    assert found.state == "AT_FRONT_DOOR"
    with refused("child_named", saying="must be able to find them"):
        call(**HARM)
    with refused("stepped_up_because"):
        call(**{**CHILD, **HARM, "stepped_up_because": ""})


def test_whom_the_front_door_finds_the_call_was_about(workplace, call):
    row = call(**CHILD, **HARM)
    contact = process("contact").objects.get(help_request=row.pk)
    contact = workplace.take(contact, "register", "Nia Prosser", match_reason="Nobody is like her")
    workplace.decide(contact, outcome="IMMEDIATE", level=4)
    row = workplace.again(row)
    assert row.state == "DECIDED_THERE"
    assert row.entry.person == contact.entry.person


# --- Answers ----------------------------------------------------------------------------------------------


def test_social_care_is_not_answered_by_early_help(workplace, call, refused):
    row = call()
    with refused("level_found", saying="Step this up"):
        workplace.take(row, "answer", "Jo Ferris", **{**ADVICE, "level_found": 4})


def test_a_signpost_points_somewhere_and_an_assessment_has_a_lead(workplace, call, refused):
    row = call()
    with refused("service"):
        workplace.take(row, "answer", "Jo Ferris", **{**ADVICE, "outcome": "SIGNPOSTED"})
    with refused("might_lead"):
        workplace.take(row, "answer", "Jo Ferris", **{**ADVICE, "outcome": "ASSESSMENT"})
    said = {**ADVICE, "outcome": "ASSESSMENT", "might_lead": "The health visitor"}
    assert workplace.take(row, "answer", "Jo Ferris", **said).might_lead == "The health visitor"


def test_a_service_of_the_directory_is_given_on_a_sheet_and_asked_after(workplace, call):
    from righthelp.guard.viewers import DIRECTORY
    from righthelp.record.models import Document

    service = workplace.begin(
        "service_listing", "bring_in", DIRECTORY, on=RANG - timedelta(days=3), name="Sleep Well",
        organisation="Friends", what="Help with nights", for_whom="Parents", how="Ring.", pack_key="sleep",
        helps_with=["COMPANY"], asked_by=["DROP_IN"], places=["COUNTY"], source="Invented",
    )  # fmt: skip
    row = workplace.take(call(**CHILD), "register", "Jo Ferris", match_reason="New")
    row = workplace.take(row, "answer", "Jo Ferris", **{**ADVICE, "outcome": "SIGNPOSTED"}, service=service)
    pointed = process("signposting").objects.get(service=service)
    assert pointed.entry.person == row.entry.person
    assert Document.objects.filter(entry=pointed.pk).exists()


def test_a_family_is_asked_three_things_once(workplace, call, refused):
    row = call()
    asked = {"helped": "YES", "listened": "PARTLY", "knows_where": "YES", "family_says": "We sleep."}
    with refused(saying="cannot be done now"):
        workplace.take(row, "hear_family", "Jo Ferris", **asked)
    row = workplace.take(row, "answer", "Jo Ferris", **ADVICE)
    with refused("listened"):
        workplace.take(row, "hear_family", "Jo Ferris", **{**asked, "listened": ""})
    row = workplace.take(row, "hear_family", "Petra Lind", **asked)
    assert row.feedback_at
    with refused(saying="written down already"):
        workplace.take(row, "hear_family", "Jo Ferris", **asked)
    with refused(saying="written down already"):
        workplace.take(row, "leave_family", "Jo Ferris", not_asked_because="R")


def test_a_family_that_is_not_to_be_asked_is_not_asked(workplace, call, refused):
    row = workplace.take(call(), "answer", "Jo Ferris", **ADVICE)
    row = workplace.take(row, "leave_family", "Jo Ferris", not_asked_because="They left no number.")
    with refused(saying="written down already"):
        workplace.take(row, "hear_family", "Jo Ferris", helped="YES", listened="YES", knows_where="YES")
