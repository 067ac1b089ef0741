"""A worry told by telephone, letter or visit, and taken down: who told it, from when it counts, who hears."""

from datetime import timedelta

import pytest
from django.utils import timezone

from righthelp.engine.deadlines import asked
from righthelp.engine.process import process
from righthelp.engine.refusals import NotAllowed
from righthelp.guard.viewers import looking
from righthelp.kernel.timing import Answer
from righthelp.packs import pack
from righthelp.processes.contact.models import Contact
from righthelp.record.models import Deadline, Document, Issue, TimelineEvent

NIGHT = timezone.now().replace(microsecond=0) - timedelta(hours=9)
NOBODY = {"from_name": "", "sender_telephone": "", "consent": "", "consent_from": "", "family_knows": ""}


def neighbour(workplace, **answers):
    given = {**NOBODY, "who_told": "NEIGHBOUR", "from_name": "Mo Hale", "significant_harm_likely": "", **answers}
    return workplace.call(**given)


def due(contact):
    return {deadline.clock: deadline for deadline in Deadline.objects.filter(entry=contact.pk)}


def answer_of(row, clock, moment=None):
    return next(timing.answer for one, _, timing in asked(row, moment or timezone.now()) if one.name == clock)


def test_a_night_call_counts_from_the_night(workplace):
    contact = workplace.call(told=NIGHT, came_by="OUT_OF_HOURS")
    assert contact.received_at == NIGHT
    assert contact.entry.begun_at == NIGHT
    event = TimelineEvent.objects.get(entry=contact.pk)
    assert event.at == NIGHT
    assert event.recorded_at > NIGHT + timedelta(hours=8), "it says as well when it was written down"
    assert event.by.name == "Dale Winters"
    assert {deadline.started_at for deadline in due(contact).values()} == {NIGHT}
    assert due(contact)["decision"].due_at == NIGHT + timedelta(hours=24)


def test_nobody_told_us_tomorrow(workplace, refused):
    with refused("received_at", saying="in the future"):
        workplace.call(told=timezone.now() + timedelta(hours=2))


def test_the_worker_of_an_agency_is_found_by_name_and_told_in_their_workspace(workplace):
    contact = workplace.call(from_name="ruth  adeyemi")
    assert contact.from_worker.name == "Ruth Adeyemi"
    contact = workplace.take(contact, "register", "Dale Winters", match_reason="New to us")
    contact = workplace.decide(contact)
    assert contact.sender_told_at
    assert not contact.sender_to_be_told
    with looking(workplace.as_("Ruth Adeyemi")):
        assert Contact.objects.get().outcome == "ADVICE"
        assert Document.objects.get().addressee_id == workplace.worker("Ruth Adeyemi").pk
    with looking(workplace.as_("Tom Fairley")):
        assert not Contact.objects.exists()


def test_somebody_of_an_agency_without_a_workspace_is_told_by_somebody_who_writes_it_down(workplace, refused):
    contact = workplace.call(from_name="Bea Newcomer")
    assert contact.from_worker is None
    contact = workplace.take(contact, "register", "Dale Winters", match_reason="New to us")
    contact = workplace.decide(contact)
    assert contact.sender_told_at is None
    assert contact.sender_to_be_told
    assert answer_of(contact, "sender told") is Answer.RUNNING
    letter = Document.objects.get(entry=contact.pk)
    assert "Bea Newcomer" in letter.words
    assert Issue.objects.get(document=letter).how == Issue.How.POST
    with looking(workplace.as_("Ruth Adeyemi")):
        assert Document.objects.filter(pk=letter.pk).exists(), "the lead of the agency reads what it is told"
    with looking(workplace.as_("Tom Fairley")):
        assert not Document.objects.exists()
    contact = workplace.take(
        contact, "tell_sender", "Dale Winters", sender_told_how="TELEPHONE", sender_told_what="Rang back at 3, to her."
    )
    assert contact.sender_told_at
    assert answer_of(contact, "sender told") is Answer.MET
    with refused(saying="Nobody waits to be told"):
        workplace.take(contact, "tell_sender", "Dale Winters", sender_told_how="LETTER", sender_told_what="Again")


def test_who_could_not_be_told_is_excused_with_a_reason(workplace, refused):
    contact = workplace.call(from_name="Bea Newcomer")
    contact = workplace.take(contact, "register", "Dale Winters", match_reason="New to us")
    contact = workplace.decide(contact)
    with refused("sender_not_told_because"):
        workplace.take(contact, "tell_sender", "Dale Winters", sender_told_how="NOT_TOLD")
    contact = workplace.take(
        contact, "tell_sender", "Dale Winters", sender_told_how="NOT_TOLD", sender_not_told_because="Rang three times."
    )
    assert contact.sender_told_at is None
    assert answer_of(contact, "sender told", timezone.now() + timedelta(days=3)) is Answer.EXCUSED


def test_a_member_of_the_public_is_told_that_it_was_read_and_no_more(workplace):
    contact = neighbour(workplace, sender_telephone="01632 960444", sender_lives_at="9 High Street")
    assert (contact.from_agency, contact.from_worker) == (None, None)
    contact = workplace.take(contact, "register", "Dale Winters", match_reason="New to us")
    assert contact.entry.person.source == "Worry from a member of the public"
    contact = workplace.decide(contact, outcome="REFERRAL", level=4)
    assert contact.told_sender == pack().word("next_steps_public")
    letter = Document.objects.get(entry=contact.pk)
    assert "Pugh" not in letter.words, "others may open it"
    assert contact.reference in letter.words
    assert letter.agency is None
    assert contact.sender_to_be_told


def test_no_letter_goes_where_it_is_not_safe_to_write(workplace):
    contact = neighbour(workplace, sender_lives_at="9 High Street", safe_to_write="no")
    contact = workplace.take(contact, "register", "Dale Winters", match_reason="New to us")
    workplace.decide(contact)
    assert not Document.objects.exists()


def test_somebody_who_will_not_say_who_they_are_cannot_be_told_and_is_never_named(workplace):
    contact = workplace.call(**{**NOBODY, "who_told": "ANONYMOUS", "from_name": "Left standing"})
    assert contact.from_name == "", "a name is not asked of them"
    assert contact.told_by == "A member of the public"
    assert answer_of(contact, "sender told") is Answer.NOT_APPLICABLE
    contact = workplace.take(contact, "register", "Dale Winters", match_reason="New to us")
    contact = workplace.decide(contact)
    assert not contact.sender_to_be_told
    assert not Document.objects.exists()
    said = " ".join(event.says for event in TimelineEvent.objects.all())
    assert "neighbour" not in said.lower()


def test_who_told_us_of_the_public_stands_in_no_sentence_that_goes_further(workplace):
    """Not on the timeline, not as the source of a fact: both may be read out to the family."""
    contact = neighbour(workplace, sender_not_named="yes")
    contact = workplace.take(contact, "register", "Dale Winters", match_reason="New to us")
    child = contact.entry.person
    said = [event.says for event in TimelineEvent.objects.all()] + [child.source, contact.happening()]
    said += [name.source for name in child.names.all()]
    assert not any("Mo Hale" in words or "eighbour" in words for words in said)


def test_a_professional_is_named_and_says_whether_the_family_agrees(workplace, refused):
    with refused("from_name", saying="always named"):
        workplace.call(from_name="")
    with refused("consent"):
        workplace.call(consent="")
    with refused("without_consent"):
        workplace.call(consent="REFUSED")
    with refused("from_agency"):
        workplace.call(from_agency="")
    assert neighbour(workplace).consent == ""


def test_a_child_whose_name_nobody_knows_can_be_told_of(workplace, refused):
    with refused("child_given", saying="where the child lives"):
        neighbour(workplace, child_given="", child_family="", child_born_on="")
    contact = neighbour(workplace, child_given="", child_family="", child_born_on="", child_lives_at="5 Mill Lane")
    assert contact.heading == "A child whose name was not told"


def test_a_call_is_not_taken_down_as_a_form(workplace, refused):
    for code in ("FORM", "PUBLIC_FORM"):
        with refused("came_by"):
            workplace.call(came_by=code)


@pytest.mark.parametrize("who", ["Ruth Adeyemi", "Ade Bankole", "Una Kelleher"])
def test_only_the_front_door_takes_calls_down(workplace, refused, who):
    with refused(kind=NotAllowed):
        workplace.begin("contact", "take_down", who, came_by="TELEPHONE", received_at=timezone.now())


def test_brothers_and_sisters_of_one_call_are_taken_down_together(workplace):
    other = {"given": "Bob", "family": "Pugh", "born_on": "1 1 2018", "worried_too": "yes"}
    contact = workplace.call(told=NIGHT, other_children=[other])
    bob = Contact.objects.exclude(pk=contact.pk).get()
    assert bob.sent_together == contact.sent_together
    assert (bob.came_by, bob.received_at, bob.entry.begun_at) == ("TELEPHONE", NIGHT, NIGHT)
    assert bob.from_worker_id == contact.from_worker_id


def test_a_worry_of_a_locked_child_is_locked_as_it_is_taken_down(workplace):
    child = workplace.person("Nye", "Lock")
    workplace.begin("locked_circle", "lock", "Sylvia Marchetti", person=child, why="A worker is their aunt.")
    contact = workplace.call(child_given="Nye", child_family="Lock", child_born_on="3 4 2016")
    assert contact.entry.circle_id
    with looking(workplace.as_("Dale Winters")):
        assert not Contact.objects.exists(), "not even to who typed it"


# --- Confirmed in writing ---------------------------------------------------------------------------------


def test_a_professionals_call_waits_for_their_form(workplace):
    contact = workplace.call(told=NIGHT)
    assert due(contact)["confirmed in writing"].due_at == NIGHT + timedelta(hours=48)


@pytest.mark.parametrize("way", ["LETTER", "IN_PERSON"])
def test_what_is_written_already_waits_for_no_form(workplace, way):
    assert "confirmed in writing" not in due(workplace.call(came_by=way))


def test_somebody_of_the_public_is_asked_for_no_form(workplace):
    assert "confirmed in writing" not in due(neighbour(workplace))


def test_the_form_is_joined_to_the_call_and_they_are_decided_once(workplace):
    call = workplace.call(told=NIGHT)
    call = workplace.take(call, "register", "Dale Winters", match_reason="New to us")
    form = workplace.worry("Tom Fairley", confirms=call.reference)
    form = workplace.take(form, "join", "Dale Winters", joins=call)
    assert form.ended
    assert form.entry.person_id == call.entry.person_id
    assert form.entry.arose_from_id == call.pk
    assert not Deadline.objects.filter(entry=form.pk, clock__startswith="decision").exists(), "it is not counted twice"
    call = workplace.again(call)
    assert call.confirmed_at == form.received_at
    assert answer_of(call, "confirmed in writing") is Answer.MET
    workplace.decide(call)
    told = {letter.addressee.name for letter in Document.objects.select_related("addressee")}
    assert told == {"Ruth Adeyemi", "Tom Fairley"}, "who rang and who wrote"


def test_a_call_matched_later_takes_its_form_along(workplace):
    call = workplace.call()
    form = workplace.take(workplace.worry(), "join", "Nia Prosser", joins=call)
    call = workplace.take(workplace.again(call), "register", "Dale Winters", match_reason="New to us")
    assert workplace.again(form).entry.person_id == call.entry.person_id


def test_a_form_confirms_no_call_of_another_agency_and_no_call_twice(workplace, refused):
    surgery = workplace.staff.practices[0]
    other = workplace.call(from_agency=surgery, from_name="Dr Who")
    form, another, call = workplace.worry(), workplace.worry(), workplace.call()
    with refused("joins"):
        workplace.take(form, "join", "Nia Prosser", joins=other)
    with refused("joins"):
        workplace.take(form, "join", "Nia Prosser", joins=another)
    workplace.take(form, "join", "Nia Prosser", joins=call)
    with refused("joins"):
        workplace.take(another, "join", "Nia Prosser", joins=workplace.again(call))


def test_only_a_call_of_an_agency_is_confirmed(workplace, refused):
    for contact in (workplace.worry(), neighbour(workplace)):
        with refused(saying="Only a telephone call by an agency"):
            workplace.take(contact, "confirm_in_writing", "Dale Winters", confirmed_at=timezone.now())
    call = workplace.call(told=NIGHT)
    for wrong in (NIGHT - timedelta(hours=1), timezone.now() + timedelta(hours=2)):
        with refused("confirmed_at"):
            workplace.take(call, "confirm_in_writing", "Dale Winters", confirmed_at=wrong)
    call = workplace.take(call, "confirm_in_writing", "Dale Winters", confirmed_at=NIGHT + timedelta(hours=2))
    assert answer_of(call, "confirmed in writing") is Answer.MET


def test_a_name_heard_wrong_is_corrected_and_the_worker_found(workplace, refused):
    contact = workplace.call(from_name="Ruth Adiemi")
    assert contact.from_worker is None
    contact = workplace.take(contact, "correct_caller", "Dale Winters", from_name="Ruth Adeyemi")
    assert contact.from_worker.name == "Ruth Adeyemi"
    form = workplace.worry()
    with refused(saying="Whoever sent a form"):
        workplace.take(form, "correct_caller", "Dale Winters", from_name="Tom Fairley")


# --- What is waited for ends with the decision ---------------------------------------------------------


def test_what_agencies_were_asked_is_withdrawn_by_the_decision(workplace):
    contact = workplace.registered()
    police = workplace.staff.agencies["Border Counties Police"]
    request = workplace.begin(
        "information_request", "ask", "Nia Prosser", contact=contact, agency=police, about="Ada Pugh",
        question="What do you know?", family_agrees="yes", answer_by=timezone.now() + timedelta(hours=4),
    )  # fmt: skip
    workplace.decide(contact)
    request = workplace.again(request)
    assert request.state == "WITHDRAWN"
    assert request.withdrawn_because == pack().word("no_longer_asked")
    assert not Deadline.objects.filter(entry=request.pk).exists()


def test_what_was_answered_stays_answered(workplace):
    contact = workplace.registered()
    police = workplace.staff.agencies["Border Counties Police"]
    request = workplace.begin(
        "information_request", "ask", "Nia Prosser", contact=contact, agency=police, about="Ada Pugh",
        question="What do you know?", family_agrees="yes", answer_by=timezone.now() + timedelta(hours=4),
    )  # fmt: skip
    workplace.take(request, "reply", "Imran Qureshi", knows="NO")
    workplace.decide(contact)
    assert workplace.again(request).state == "ANSWERED"
    assert process("information_request").objects.count() == 1
