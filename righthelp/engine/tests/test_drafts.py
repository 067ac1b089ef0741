"""A draft gives every box back what was typed into it, whatever that was, and becomes a row only through its step."""

from datetime import timedelta
from itertools import product

import pytest
from django.http import QueryDict
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import html

from righthelp.engine import drafts
from righthelp.engine.answers import part_fields
from righthelp.engine.asking import Asking
from righthelp.engine.process import process, processes
from righthelp.guard.viewers import looking
from righthelp.record.models import Draft

TYPED = st.text(st.characters(blacklist_categories=("Cs",), blacklist_characters="\x00"), max_size=60)
# What a browser can hold in a box of one line; form feeds and their kin are not what a page can carry.
IN_A_BOX = st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=60)
many = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def steps():
    return [(page, step) for page in processes().values() for step in page.steps.values() if step.fields]


def boxes(page, step, names=None):
    """The names of the boxes that a page of a form sends."""
    asking = Asking(page, step)
    for name, field in asking.fields.items():
        if names is None or name in names:
            widgets = getattr(field.widget, "widgets_names", [""])
            yield from (f"{name}{suffix}" for suffix in widgets)
    for name, part in asking.parts.items():
        if names is None or name in names:
            for number, (key, field) in product(range(2), part_fields(part).items()):
                yield from (f"{name}-{number}-{key}{more}" for more in getattr(field.widget, "widgets_names", [""]))


def sent(values, parts=()):
    data = QueryDict(mutable=True)
    for name, several in values.items():
        data.setlist(name, several if isinstance(several, list) else [several])
    for name in parts:
        data.update({f"{name}-TOTAL_FORMS": "2", f"{name}-INITIAL_FORMS": "0"})
    return data


@pytest.fixture
def draft_of(workplace):
    """A draft of a step, by Ruth, who goes on looking for the rest of the test."""
    viewer = workplace.as_("Ruth Adeyemi")
    with looking(viewer):
        yield lambda page, step: drafts.begin(viewer, page, step)


@many
@given(data=st.data())
def test_what_is_typed_is_kept_as_typed(draft_of, data):
    page, step = data.draw(st.sampled_from(steps()), label="step")
    draft = draft_of(page, step)
    parts = Asking(page, step).parts
    values = {name: data.draw(TYPED) for name in boxes(page, step)}
    drafts.keep(draft, sent(values, parts), step.fields)
    back = drafts.typed(Draft.objects.get(pk=draft.pk))
    assert {name: back[name] for name in values} == values


@many
@given(data=st.data())
def test_every_box_shows_what_was_typed_into_it(draft_of, data):
    page, step = data.draw(st.sampled_from(steps()), label="step")
    draft = draft_of(page, step)
    asking = Asking(page, step)
    values = {name: data.draw(IN_A_BOX) for name in boxes(page, step)}
    drafts.keep(draft, sent(values, asking.parts), step.fields)
    again = Asking(page, step, drafts.typed(Draft.objects.get(pk=draft.pk)))
    drawn = "".join(map(str, [again.form(step.fields, judge=False), *again.formsets(step.fields).values()]))
    tree = html.fromstring(f"<main>{drawn}</main>")
    shown = {}
    for box in tree.xpath("//input[@type='text' or @type='tel' or @type='email' or @type='number']"):
        shown[box.get("name")] = box.get("value") or ""
    for box in tree.xpath("//textarea"):
        shown[box.get("name")] = (box.text or "").removeprefix("\n").removeprefix("\r\n")
    assert shown.keys() <= values.keys()
    assert shown == {name: values[name] for name in shown}


@pytest.mark.parametrize("typed", ["", " ", "\n"])
def test_every_draft_has_something_to_be_called_by(typed):
    """A list of drafts names each, whatever has been typed so far: nothing, at first."""
    for page, step in steps():
        answers = {name: [typed] for name in step.fields}
        for kept in ({}, answers):
            assert drafts.about(Draft(kind=page.kind(), step=step.name, answers=kept), page).strip()


def test_there_are_boxes_that_were_looked_at(workplace):
    page = process("contact")
    with looking(workplace.as_("Ruth Adeyemi")):
        drawn = str(Asking(page, page.steps["send"]).form(judge=False))
    assert len(html.fromstring(f"<main>{drawn}</main>").xpath("//input[@type='text'] | //textarea")) >= 15


@pytest.mark.county
def test_a_page_of_a_form_keeps_its_own_answers_and_no_others(draft_of):
    """Kept page by page, in any order, each page gives back all that was typed on it."""
    for page, step in steps():
        sections = Asking(page, step).sections
        pages = {
            part.number: {name: f"{part.number} {name}" for name in boxes(page, step, part.names)} for part in sections
        }
        for order in (sections, sections[::-1]):
            draft = draft_of(page, step)
            for part in order:
                drafts.keep(draft, sent(pages[part.number]), part.names)
            back = drafts.typed(draft)
            everything = {name: value for values in pages.values() for name, value in values.items()}
            assert {name: back[name] for name in back} == everything, f"{page.kind()}.{step.name}"


def test_what_is_unticked_or_taken_out_is_gone(draft_of):
    page = process("contact")
    step = page.steps["send"]
    draft = draft_of(page, step)
    drafts.keep(draft, sent({"indicators": ["L1-001", "L1-002"], "consent": "GIVEN"}))
    drafts.keep(draft, sent({"sender_level": "3"}), ("sender_level", "indicators"))
    assert draft.answers == {"consent": ["GIVEN"], "sender_level": ["3"]}


def test_what_is_no_answer_is_not_kept(draft_of):
    page = process("contact")
    draft = draft_of(page, page.steps["send"])
    drafts.keep(
        draft, sent({"csrfmiddlewaretoken": "x", "save": "yes", "add": "adults", "remove-1": "adults", "a": "b"})
    )
    assert draft.answers == {"a": ["b"]}


def test_a_sign_that_no_column_can_hold_is_left_out(draft_of):
    page = process("contact")
    draft = draft_of(page, page.steps["send"])
    drafts.keep(draft, sent({"worry": "one\x00two"}))
    assert Draft.objects.get(pk=draft.pk).answers == {"worry": ["onetwo"]}


def test_an_empty_draft_is_a_form_on_which_nothing_was_typed(draft_of):
    page = process("contact")
    assert drafts.typed(None) is None
    assert drafts.typed(draft_of(page, page.steps["send"])) is None


def test_a_draft_is_found_again_by_its_writer_step_and_row(workplace):
    contact = workplace.screening()
    page, nia = type(contact), workplace.as_("Nia Prosser")
    note, hold = page.steps["note"], page.steps["hold"]
    with looking(nia):
        older, newer = drafts.begin(nia, page, note, contact.pk), drafts.begin(nia, page, note)
        assert drafts.of_step(nia, page, note, contact.pk) == older
        assert drafts.of_step(nia, page, note, None) == newer
        assert drafts.of_step(nia, page, hold, contact.pk) is None
    sam = workplace.as_("Sam Holt")
    with looking(sam):
        assert drafts.of_step(sam, page, note, contact.pk) is None


def test_a_draft_is_no_evidence(workplace):
    """Not counted, not in the timeline, not in a worry: nothing of it is anywhere but with its writer."""
    ruth = workplace.as_("Ruth Adeyemi")
    page = process("contact")
    before = timezone.now() - timedelta(seconds=1)
    with looking(ruth):
        draft = drafts.begin(ruth, page, page.steps["send"])
        drafts.keep(draft, sent({"worry": "Not yet said"}))
    assert draft.saved_at > before
    assert not page.objects.exists()


def test_looking_at_a_long_form_writes_nothing(client, workplace):
    client.post("/demonstration/sign-in/", {"worker_id": workplace.worker("Ruth Adeyemi").pk})
    for _ in range(3):
        assert "Begin" in client.get("/contact/new/send/").content.decode()
    assert not Draft.objects.exists()
    first, second = (client.post("/contact/new/send/").headers["Location"] for _ in range(2))
    assert first == second, "a draft into which nothing was typed serves again"
    client.post(first, {"child_given": "Ada"})
    assert client.post("/contact/new/send/").headers["Location"] != first
    assert "Go on" in client.get("/contact/new/send/").content.decode()
