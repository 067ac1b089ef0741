"""A step's questions page by page, what was answered in words, and where each fault is to be mended."""

import pytest
from django.http import QueryDict

from righthelp.engine.asking import Asking
from righthelp.engine.process import process
from righthelp.engine.refusals import NotTaken
from righthelp.kernel.page import Fault
from righthelp.packs import pack
from righthelp.record.models import TimelineEvent

ANSWERS = {
    "child_given": "Ada", "child_family": "Pugh", "child_born_on": "3 4 2016", "child_sex": "F",
    "worry": "She is hungry.", "significant_harm_likely": "no", "sender_level": "3",
    "child_says_basis": "NOT_ASKED", "child_says": "Left standing", "consent": "GIVEN", "consent_from": "Her mother",
    "family_knows": "yes", "sender_telephone": "01432 000000",
    "adults-TOTAL_FORMS": "2", "adults-INITIAL_FORMS": "0",
    "adults-0-name": "Beth Pugh", "adults-0-relationship": "MOTHER", "adults-0-parental_responsibility": "YES",
    "adults-0-lives_with_child": "no", "adults-1-name": "",
    "other_children-TOTAL_FORMS": "1", "other_children-INITIAL_FORMS": "0",
    "other_children-0-given": "Bob", "other_children-0-family": "Pugh", "other_children-0-worried_too": "yes",
}  # fmt: skip


def typed(**changed):
    data = QueryDict(mutable=True)
    data.update({**ANSWERS, **changed})
    return data


def asking(**changed):
    page = process("contact")
    return Asking(page, page.steps["send"], typed(**changed))


def in_words(asked):
    return {
        answered.name if answered.name not in asked.parts else answered.question: answered.answer
        for part in asked.sections
        for answered in asked.answered(part)
    }


def test_each_page_has_its_questions_and_none_is_left_out(workplace):
    asked = asking()
    assert [part.number for part in asked.sections] == list(range(1, len(asked.sections) + 1))
    assert [name for part in asked.sections for name in part.names] == list(asked.step.fields)
    assert asked.section(1).heading == "The child"


@pytest.mark.county
def test_answers_are_shown_in_words_before_they_are_sent(workplace):
    words = in_words(asking())
    assert words["child_born_on"] == "3 April 2016"
    assert words["significant_harm_likely"] == "No"
    assert words["child_sex"] == "Female"
    assert words["consent"] == pack().codes("consent").label("GIVEN")
    assert words["sender_level"] == f"Level 3: {pack().levels().level(3).title}"
    assert "Beth Pugh" in words["Adult 1"]
    assert pack().codes("relationship").label("MOTHER") in words["Adult 1"]
    assert "Adult 2" not in words, "a row left empty is no adult"
    assert "Bob" in words["Child in the family 1"]
    assert "MOTHER" not in "".join(words.values())


def test_a_question_that_was_not_asked_is_not_shown(workplace):
    assert "child_says" not in in_words(asking())
    assert in_words(asking(child_says_basis="SHOWN"))["child_says"] == "Left standing"
    assert "without_consent" not in in_words(asking())


def test_none_told_is_said(workplace):
    words = in_words(asking(**{"adults-TOTAL_FORMS": "0"}))
    assert words["Adult"] == "None told"


def test_ticked_indicators_are_told_in_words(workplace):
    rows = [row for row in pack().levels().rows if row.choosable][:2]
    data = typed()
    data.setlist("indicators", [row.id for row in rows])
    page = process("contact")
    asked = Asking(page, page.steps["send"], data)
    assert in_words(asked)["indicators"] == "; ".join(row.indicator for row in rows)
    assert asked.answers()["indicators"] == [row.id for row in rows]


def test_what_was_typed_is_what_the_step_is_given(workplace):
    contact = workplace.begin("contact", "send", "Ruth Adeyemi", **asking().answers())
    assert (contact.child_given, contact.sender_level, contact.family_knows) == ("Ada", 3, True)
    assert contact.child_says == ""
    assert [str(adult) for adult in contact.adults.all()] == ["Beth Pugh"]
    assert contact.adults.get().lives_with_child is False
    assert [child.worried_too for child in contact.other_children.all()] == [True]
    assert TimelineEvent.objects.filter(step="send").count() == 2


def test_faults_stand_on_the_page_on_which_they_are_mended(workplace):
    asked = asking(worry="", **{"adults-0-relationship": "", "adults-0-name": ""})
    with pytest.raises(NotTaken) as refused:
        workplace.begin("contact", "send", "Ruth Adeyemi", **asked.answers())
    placed = asked.at_their_place([*refused.value.faults, Fault("Somewhere else", at="nowhere"), Fault("At none")])
    headings = {part.number: part.heading for part in asked.sections}
    assert {headings.get(number, ""): [fault.at for fault in faults] for number, faults in placed.items()} == {
        "Your worry": ["worry"],
        "The family": ["adults-0-name", "adults-0-relationship"],
        "": ["nowhere", ""],
    }


def test_a_form_begins_with_what_is_on_record(workplace):
    page = process("contact")
    asked = Asking(page, page.steps["rate"], begin_with={"urgency": "RED", "urgency_reason": "Afraid"})
    form = asked.form()
    assert form["urgency"].value() == "RED"
    assert form["urgency_reason"].value() == "Afraid"
    assert not form.is_bound
