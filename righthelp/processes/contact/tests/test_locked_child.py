"""A worry about a child whose record is locked is locked from its first moment."""

from datetime import timedelta

from django.utils import timezone

from righthelp.guard.viewers import looking
from righthelp.processes.contact.models import Contact
from righthelp.record.models import CaseEntry


def locked(workplace, **child):
    person = workplace.person("Ada", "Pugh", **child)
    lock = workplace.begin("locked_circle", "lock", "Sylvia Marchetti", person=person, why="A worker is her aunt.")
    return person, lock


def sees(workplace, who, contact):
    with looking(workplace.as_(who)):
        return Contact.objects.filter(pk=contact.pk).exists()


def test_a_worry_about_a_locked_child_is_locked_before_anybody_reads_it(workplace):
    _person, lock = locked(workplace)
    contact = workplace.worry()
    assert CaseEntry.objects.get(pk=contact.pk).circle_id == lock.circle_id
    assert not sees(workplace, "Nia Prosser", contact)
    assert sees(workplace, "Sylvia Marchetti", contact)
    assert sees(workplace, "Ruth Adeyemi", contact), "whoever sent it still sees what they sent"


def test_a_worry_about_another_child_is_not(workplace):
    locked(workplace)
    contact = workplace.worry(child_given="Zed", child_family="Quill", child_born_on="9 9 2019")
    assert CaseEntry.objects.get(pk=contact.pk).circle_id is None
    assert sees(workplace, "Nia Prosser", contact)


def test_a_misspelt_name_with_the_date_of_birth_locks_too(workplace):
    _, lock = locked(workplace)
    contact = workplace.worry(child_given="Adda", child_family="Pue")
    assert CaseEntry.objects.get(pk=contact.pk).circle_id == lock.circle_id


def test_a_sibling_of_one_form_is_locked_by_themselves(workplace):
    """Each record is kept by whom it is about; the one about the locked child shows nothing of theirs to others."""
    _, lock = locked(workplace)
    contact = workplace.worry(
        child_given="Zed", child_family="Quill", child_born_on="9 9 2019",
        other_children=[{"given": "Ada", "family": "Pugh", "born_on": "3 4 2016", "worried_too": "yes"}],
    )  # fmt: skip
    other = Contact.objects.exclude(pk=contact.pk).get()
    assert CaseEntry.objects.get(pk=other.pk).circle_id == lock.circle_id
    assert not sees(workplace, "Nia Prosser", other)


def test_a_worry_sent_before_the_lock_is_locked_with_it(workplace):
    person = workplace.person("Ada", "Pugh")
    contact, another = workplace.worry(), workplace.worry(child_given="Zed", child_family="Quill", child_born_on="")
    lock = workplace.begin("locked_circle", "lock", "Sylvia Marchetti", person=person, why="A worker is her aunt.")
    assert CaseEntry.objects.get(pk=contact.pk).circle_id == lock.circle_id
    assert CaseEntry.objects.get(pk=another.pk).circle_id is None
    assert not sees(workplace, "Nia Prosser", contact)


def test_a_record_made_from_a_locked_worry_is_locked(workplace):
    _, lock = locked(workplace)
    contact = workplace.worry()
    viewer = workplace.as_("Nia Prosser")
    assert not viewer.circles
    workplace.take(lock, "let_in", "Sylvia Marchetti", member=workplace.worker("Nia Prosser"))
    contact = workplace.take(contact, "start", "Nia Prosser", urgency="AMBER", urgency_reason="Today")
    contact = workplace.take(contact, "register", "Nia Prosser", match_reason="Another child of the family")
    assert contact.entry.person.circle_id == lock.circle_id


def test_once_matched_the_childs_own_lock_keeps_it(workplace):
    person, lock = locked(workplace)
    workplace.take(lock, "let_in", "Sylvia Marchetti", member=workplace.worker("Nia Prosser"))
    contact = workplace.worry(child_given="Zed", child_family="Quill", child_born_on="9 9 2019")
    workplace.take(contact, "match", "Nia Prosser", matched_to=person, match_reason="She uses her mother's name.")
    assert not sees(workplace, "Sam Holt", contact)
    assert sees(workplace, "Nia Prosser", contact)


def test_worries_of_one_form_are_locked_together(workplace):
    """Each holds the same words and names the children of the others, whoever of them is locked."""
    _, lock = locked(workplace)
    ada = {"given": "Ada", "family": "Pugh", "born_on": "3 4 2016"}
    zed = {"given": "Zed", "family": "Quill", "born_on": "9 9 2019"}
    for worried_too in ("yes", "no"):
        workplace.worry(
            child_given="Bo", child_family="Quill", child_born_on="1 1 2018", worry="Ada is hit, and so is Bo.",
            other_children=[{**ada, "worried_too": worried_too}, {**zed, "worried_too": "yes"}],
        )  # fmt: skip
    assert Contact.objects.count() == 5
    assert {contact.entry.circle_id for contact in Contact.objects.all()} == {lock.circle_id}


def test_what_agencies_were_asked_before_the_lock_is_locked_with_the_worry(workplace):
    person, contact = workplace.person("Ada", "Pugh"), workplace.screening()
    asked = workplace.begin(
        "information_request", "ask", "Nia Prosser",
        contact=contact, agency=workplace.worker("Helen Marsh").agency, about="Ada Pugh, born 3 April 2016",
        question="What do you know?", family_agrees="yes", answer_by=timezone.now() + timedelta(hours=5),
    )  # fmt: skip
    workplace.begin("locked_circle", "lock", "Sylvia Marchetti", person=person, why="A worker is her aunt.")
    with looking(workplace.as_("Nia Prosser")):
        assert not type(asked).objects.filter(pk=asked.pk).exists()
    with looking(workplace.as_("Helen Marsh")):
        assert type(asked).objects.filter(pk=asked.pk).exists(), "whoever is asked can still answer"
