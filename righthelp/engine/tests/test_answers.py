"""Answers made clean: the same from a screen, a file or a program, and the same again when they are clean already."""

from datetime import date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from righthelp.engine.answers import clean, form_fields, part_fields, parts
from righthelp.engine.process import process, processes
from righthelp.kernel.moments import LONDON

PLAIN = st.text(st.characters(blacklist_categories=("Cs", "Cc")), min_size=1, max_size=40).filter(str.strip)


def cleaned(step, answers, kind="contact"):
    page = process(kind)
    return clean(page, page.steps[step], answers)


@pytest.mark.parametrize("typed", [date(2016, 4, 3), "3 4 2016", "3/4/2016", "3 April 2016", "2016-04-03", " 3.4.16 "])
def test_a_date_is_a_date_however_it_was_written(workplace, typed):
    values, _ = cleaned("send", {"child_born_on": typed})
    assert values["child_born_on"] == date(2016, 4, 3)


@pytest.mark.parametrize(("typed", "means"), [(True, True), ("yes", True), (False, False), ("no", False)])
def test_yes_and_no_however_they_come(workplace, typed, means):
    values, _ = cleaned("send", {"significant_harm_likely": typed})
    assert values["significant_harm_likely"] is means


@pytest.mark.parametrize("typed", [None, "", "maybe", "true", 1])
def test_silence_is_not_no(workplace, typed):
    values, faults = cleaned("send", {"significant_harm_likely": typed})
    assert values["significant_harm_likely"] is None
    assert "significant_harm_likely" in [fault.at for fault in faults]


@pytest.mark.parametrize("typed", [3, "3"])
def test_a_number_is_a_number(workplace, typed):
    values, _ = cleaned("send", {"sender_level": typed})
    assert values["sender_level"] == 3


def test_a_moment_from_a_program_or_from_two_boxes(workplace):
    moment = datetime(2026, 6, 9, 16, 30, tzinfo=LONDON)
    for typed in (moment, ["9 6 2026", "4:30pm"]):
        values, faults = cleaned("record_seen", {"child_seen_at": typed, "seen_by_whom": "A"}, "referral")
        assert (values["child_seen_at"], faults) == (moment, [])


def test_words_lose_the_spaces_around_them(workplace):
    values, _ = cleaned("send", {"worry": "  She is hungry.\n"})
    assert values["worry"] == "She is hungry."


def test_a_question_that_is_not_asked_is_answered_with_nothing(workplace):
    values, faults = cleaned("reply", {"knows": "NO", "answer": "Left standing"}, "information_request")
    assert (values, faults) == ({"knows": "NO", "answer": ""}, [])


def test_a_question_that_the_step_does_not_ask_is_a_fault(workplace):
    values, faults = cleaned("note", {"screening_note": "x", "state": "DECIDED", "version": 7})
    assert set(values) == {"screening_note"}
    assert [fault.sentence for fault in faults] == ["Write down what you found out does not ask for state, version."]


def test_what_is_optional_and_left_out_is_what_its_column_says(workplace):
    values, faults = cleaned("accept", {"received_at": datetime(2026, 6, 9, tzinfo=LONDON)}, "referral")
    assert faults == []
    assert (values["immediate"], values["contact"], values["reason"]) == (False, None, "")


def test_rows_left_empty_are_left_out_and_faults_know_their_row(workplace):
    rows = [{"name": ""}, {"name": "Beth Pugh", "relationship": "MOTHER", "parental_responsibility": "MAYBE"}]
    values, faults = cleaned("send", {"adults": rows})
    assert len(values["adults"]) == 1
    assert "adults-1-parental_responsibility" in [fault.at for fault in faults]


def test_a_step_that_asks_for_rows_alone_is_told_one_at_least(workplace):
    plan = process("family_help")
    for told, said in (({}, ""), ({"outcomes": [{"words": ""}]}, ""), ({"outcomes": [{"words": "Sleep"}]}, "Sleep")):
        cleaned, faults = clean(plan, plan.steps["add"], told)
        assert [row["words"] for row in cleaned["outcomes"]] == ([said] if said else [])
        at_fault = [("outcomes", "Nothing is filled in: say at least one outcome or action.")]
        assert [(fault.at, fault.sentence) for fault in faults] == ([] if said else at_fault)


@pytest.mark.county
def test_every_step_of_every_page_asks_fields_that_can_be_drawn(workplace):
    for page in processes().values():
        for step in page.steps.values():
            fields = form_fields(page, step)
            assert set(fields) == set(step.fields) - set(parts(page))
            for name, field in fields.items():
                assert field.label, f"{page.kind()}.{name} has no question"
                assert field.required == (name not in step.optional)
        for part in parts(page).values():
            assert part_fields(part)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    worry=PLAIN,
    born=st.none() | st.dates(date(2008, 1, 1), date(2026, 1, 1)),
    harm=st.booleans(),
    level=st.none() | st.integers(1, 4),
    basis=st.sampled_from(["OWN_WORDS", "SHOWN", "TOO_YOUNG", "NOT_ASKED"]),
    says=st.just("") | PLAIN,
    consent=st.sampled_from(["GIVEN", "IN_PART", "REFUSED"]),
    adult=PLAIN,
)
def test_clean_answers_are_clean(workplace, worry, born, harm, level, basis, says, consent, adult):
    """What a row keeps can be given again as an answer, and is kept unchanged."""
    answers = {
        "child_given": "Ada", "child_family": "Pugh", "child_born_on": born, "worry": worry,
        "significant_harm_likely": harm, "sender_level": level, "child_says_basis": basis, "child_says": says,
        "consent": consent, "consent_from": says, "family_knows": harm, "sender_telephone": "1",
        "adults": [
            {"name": adult, "relationship": "MOTHER", "parental_responsibility": "YES", "lives_with_child": harm}
        ],
    }  # fmt: skip
    once, faults = cleaned("send", answers)
    assert faults == []
    again, faults = cleaned("send", once)
    assert faults == []
    assert again == once
