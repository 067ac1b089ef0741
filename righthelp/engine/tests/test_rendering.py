"""What a person meets in a form: every answer has its question, hint and fault tied to it, in words."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from righthelp.engine.rendering.fields import (
    ChoiceField,
    ChoicesField,
    DateField,
    MomentField,
    TimeField,
    YesNoField,
)
from righthelp.engine.rendering.problems import problems
from righthelp.engine.rendering.renderer import GovukRenderer
from righthelp.engine.rendering.reveals import Reveals, unjudged

LONDON = ZoneInfo("Europe/London")
LEVELS = [("1", "Universal"), ("2", "Early help"), ("4", "Specialist")]


class Plain(Reveals, forms.Form):
    default_renderer = GovukRenderer

    name = forms.CharField(label="Child’s name", max_length=100, help_text="As they are called")
    born_on = DateField(label="Date of birth", latest=date(2026, 5, 3))
    school = forms.CharField(label="School", max_length=20, required=False)
    level = ChoiceField(label="Which level?", choices=LEVELS, hints={"4": "Likely significant harm"})
    told = YesNoField(label="Do the parents know?", reveals={"no": ["why_not"]})
    why_not = forms.CharField(label="Why not?", widget=forms.Textarea, max_length=500)
    worries = ChoicesField(
        label="Worries",
        choices=[("At home", [("neglect", "Neglect")]), ("Elsewhere", [("none", "None of these")])],
        alone=["none"],
    )
    seen_at = MomentField(label="When was the child seen?")
    phoned_at = TimeField(label="Time of the call", required=False)
    siblings = forms.IntegerField(label="Brothers and sisters", required=False, max_value=20)
    team = forms.ChoiceField(label="Team", choices=[("", "Choose"), ("a", "North")])
    letter = forms.FileField(label="Letter", required=False)
    rung = forms.BooleanField(label="I have rung the front door", required=False, help_text="If answered")
    word = forms.CharField(label="Password", widget=forms.PasswordInput, required=False)


GOOD = {
    "name": "Wren Ashby",
    "born_on": "27 3 2015",
    "level": "2",
    "told": "yes",
    "worries": "neglect",
    "seen_at_day": "1 May 2026",
    "seen_at_time": "9.30am",
    "team": "a",
}


def posted(**answers: Any) -> QueryDict:
    data = QueryDict(mutable=True)
    for name, answer in answers.items():
        data.setlist(name, answer if isinstance(answer, list) else [answer])
    return data


def page(form: forms.BaseForm | forms.BaseFormSet) -> html.HtmlElement:
    return html.fromstring(f"<main>{form}</main>")


def control(root: html.HtmlElement, id_: str) -> html.HtmlElement:
    found = root.xpath("//*[@id=$id]", id=id_)
    assert len(found) == 1, f"{len(found)} elements have the id {id_}"
    return found[0]


def described_by(root: html.HtmlElement, element: html.HtmlElement) -> str:
    """What a screen reader says after the name of an element; fails when a reference leads nowhere."""
    ids = (element.get("aria-describedby") or "").split()
    return " | ".join(" ".join(control(root, id_).text_content().split()) for id_ in ids)


@pytest.mark.parametrize("data", [None, {}, GOOD], ids=["new", "empty", "answered"])
def test_every_input_has_a_name_to_be_called_by(data: dict[str, str] | None) -> None:
    root = page(Plain(None if data is None else posted(**data)))
    inputs = root.xpath("//input[not(@type='hidden')] | //select | //textarea")
    assert len(inputs) == 19
    for element in inputs:
        labels = root.xpath("//label[@for=$id]", id=element.get("id"))
        assert len(labels) == 1, html.tostring(element)
        assert labels[0].text_content().strip()
        described_by(root, element)


def test_no_id_is_used_twice() -> None:
    ids = page(Plain(posted())).xpath("//@id")
    assert len(ids) == len(set(ids))


def test_groups_have_legends() -> None:
    for group in page(Plain()).xpath("//fieldset"):
        assert group.xpath("./legend")[0].text_content().strip()


def test_a_hint_and_a_fault_are_read_out_with_the_input() -> None:
    root = page(Plain(posted()))
    element = control(root, "id_name")
    assert described_by(root, element) == "As they are called | Error: Enter child’s name"
    assert "govuk-input--error" in element.get("class")
    assert element.get("aria-invalid") == "true"


def test_an_input_without_fault_is_not_marked() -> None:
    element = control(page(Plain(posted(name="Wren"))), "id_name")
    assert "error" not in element.get("class")
    assert element.get("aria-invalid") is None


def test_optional_questions_say_so_and_nothing_has_an_asterisk_or_the_browsers_own_check() -> None:
    root = page(Plain())
    labels = {label.get("for"): label.text_content() for label in root.xpath("//label")}
    assert "(optional)" in labels["id_school"]
    assert "(optional)" not in labels["id_name"]
    assert "(optional)" not in labels["id_rung"]
    assert "*" not in root.text_content()
    assert not root.xpath("//*[@required] | //*[@placeholder] | //*[@maxlength]")


def test_a_filter_does_not_say_optional() -> None:
    class Filter(Plain):
        mark_optional = False

    assert "(optional)" not in page(Filter()).text_content()


def test_names_are_kept_out_of_the_browsers_memory_unless_a_field_says_otherwise() -> None:
    class Own(forms.Form):
        default_renderer = GovukRenderer
        child = forms.CharField()
        mine = forms.CharField(widget=forms.TextInput(attrs={"autocomplete": "name"}))

    root = page(Own())
    assert control(root, "id_child").get("autocomplete") == "off"
    assert control(root, "id_mine").get("autocomplete") == "name"


def test_width_follows_the_length_of_the_answer() -> None:
    root = page(Plain())
    assert "govuk-input--width-20" in control(root, "id_school").get("class")
    assert "govuk-input--width-5" in control(root, "id_siblings").get("class")


def test_a_number_is_a_text_box_with_a_number_pad() -> None:
    element = control(page(Plain()), "id_siblings")
    assert (element.get("type"), element.get("inputmode")) == ("text", "numeric")


def test_a_text_area_counts_and_does_not_cut() -> None:
    root = page(Plain())
    area = control(root, "id_why_not")
    counter = area.xpath("ancestor::*[@data-module='govuk-character-count']")[0]
    assert counter.get("data-maxlength") == "500"
    assert described_by(root, area) == "You can write up to 500 characters"


def test_an_answer_has_its_own_hint() -> None:
    root = page(Plain())
    assert described_by(root, control(root, "id_level_2")) == "Likely significant harm"
    assert control(root, "id_level_0").get("aria-describedby") is None


def test_answers_stand_in_a_row_unless_one_of_them_reveals_a_question() -> None:
    class Asked(Reveals, forms.Form):
        default_renderer = GovukRenderer
        plain = YesNoField(label="Plain?")
        more = YesNoField(label="More?", reveals={"yes": ["why"]})
        why = forms.CharField(label="Why?")

    form = Asked()
    assert "govuk-radios--inline" in str(form["plain"].as_field_group())
    assert "govuk-radios--inline" not in str(form["more"].as_field_group())


def test_a_revealed_question_stands_beneath_its_answer_and_nowhere_else() -> None:
    root = page(Plain())
    answer = control(root, "id_told_1")
    part = control(root, answer.get("data-reveals"))
    assert part.xpath(".//textarea[@name='why_not']")
    assert len(root.xpath("//textarea[@name='why_not']")) == 1


def test_the_known_answer_says_where_it_came_from_until_it_is_changed() -> None:
    known = {"name": "school referral, 3 May 2026"}
    fresh = Plain(initial={"name": "Wren"})
    fresh.known_from = known  # type: ignore[attr-defined]
    root = page(fresh)
    assert "From: school referral, 3 May 2026" in described_by(root, control(root, "id_name"))
    changed = Plain(posted(name="Robin"), initial={"name": "Wren"})
    changed["name"].known_from = known["name"]  # type: ignore[attr-defined]
    root = page(changed)
    assert "Changed by you" in described_by(root, control(root, "id_name"))


def test_what_people_write_is_never_markup() -> None:
    root = page(Plain(posted(name="<script>alert(1)</script>", why_not="</textarea><b>x")))
    assert not root.xpath("//script | //b")


def test_the_summary_leads_to_the_input_that_is_to_be_mended() -> None:
    answers = GOOD | {"seen_at_time": "", "level": "", "born_on": "31 4 2015", "worries": ["neglect", "none"]}
    form = Plain(posted(**answers))
    found = {problem.href: problem.sentence for problem in problems(form)}
    assert found == {
        "#id_born_on": "Date of birth: April has 30 days",
        "#id_level_0": "Answer the question: Which level?",
        "#id_worries_0_0": "Choose “None of these” or other answers, not both",
        "#id_seen_at_1": "When was the child seen: enter the time as well",
    }
    root = page(form)
    for href in found:
        control(root, href.removeprefix("#"))
    assert "govuk-input--error" not in control(root, "id_seen_at_0").get("class")
    assert "govuk-input--error" in control(root, "id_seen_at_1").get("class")


def test_a_form_nobody_has_sent_has_no_faults() -> None:
    assert problems(Plain()) == []


def test_answers_are_read() -> None:
    form = Plain(posted(**GOOD), {"letter": SimpleUploadedFile("a.txt", b"words")})
    assert form.is_valid(), form.errors.as_json()
    assert form.cleaned_data["born_on"] == date(2015, 3, 27)
    assert form.cleaned_data["told"] is True
    assert form.cleaned_data["seen_at"] == datetime(2026, 5, 1, 9, 30, tzinfo=LONDON)
    assert form.cleaned_data["worries"] == ["neglect"]


def test_silence_is_not_no() -> None:
    form = Plain(posted(**{name: answer for name, answer in GOOD.items() if name != "told"}))
    assert "told" in form.errors


def test_a_question_that_is_not_asked_is_neither_missed_nor_kept() -> None:
    form = Plain(posted(**GOOD, why_not="left standing"))
    assert form.is_valid()
    assert form.cleaned_data["why_not"] == ""


def test_a_question_that_is_asked_must_be_answered() -> None:
    form = Plain(posted(**GOOD | {"told": "no"}))
    assert form.errors["why_not"] == ["Answer the question: Why not?"]


def test_words_being_kept_are_not_judged() -> None:
    form = unjudged(Plain(posted(name="Wren", born_on="nonsense")))
    assert problems(form) == []
    assert control(page(form), "id_born_on").get("value") == "nonsense"


def test_a_day_after_the_last_allowed_is_refused_by_name() -> None:
    form = Plain(posted(**GOOD | {"born_on": "4 5 2026"}))
    assert form.errors["born_on"] == ["Date of birth must be 3 May 2026 or earlier"]
    assert "born_on" not in Plain(posted(**GOOD | {"born_on": "3 5 2026"})).errors


def test_the_hour_that_the_clocks_leave_out_is_refused() -> None:
    assert "seen_at" in Plain(posted(**GOOD | {"seen_at_day": "29 3 2026", "seen_at_time": "1:30am"})).errors
    form = Plain(posted(**GOOD | {"seen_at_day": "25 10 2026", "seen_at_time": "1:30am"}))
    assert form.is_valid()
    assert form.cleaned_data["seen_at"].fold == 0


@given(st.datetimes(min_value=datetime(1971, 1, 1), max_value=datetime(2068, 1, 1)))  # noqa: DTZ001
def test_a_moment_comes_back_as_it_was_shown(written: datetime) -> None:
    moment = written.replace(second=0, microsecond=0, tzinfo=ZoneInfo("UTC"))

    class Seen(forms.Form):
        default_renderer = GovukRenderer
        seen_at = MomentField(label="Seen")

    root = page(Seen(initial={"seen_at": moment}))
    shown = {f"seen_at_{part}": control(root, f"id_seen_at_{n}").get("value") for n, part in enumerate(("day", "time"))}
    again = Seen(posted(**shown))
    assert again.is_valid()
    # Of the two hours that the autumn change makes, the first is meant.
    assert again.cleaned_data["seen_at"] == moment.astimezone(LONDON).replace(fold=0)


def test_other_peoples_forms_look_the_same() -> None:
    class Theirs(forms.Form):
        default_renderer = GovukRenderer
        when = forms.SplitDateTimeField(label="When")
        size = forms.ChoiceField(choices=LEVELS, widget=forms.RadioSelect, label="Size")
        kinds = forms.MultipleChoiceField(choices=LEVELS, widget=forms.CheckboxSelectMultiple, label="Kinds")

    root = page(Theirs(posted()))
    assert len(root.xpath("//fieldset")) == 3
    assert len(root.xpath("//input[contains(@class, 'govuk-radios__input')]")) == 3
    assert len(root.xpath("//input[contains(@class, 'govuk-checkboxes__input')]")) == 3
