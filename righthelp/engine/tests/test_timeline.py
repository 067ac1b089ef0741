"""The sentence that the timeline says of a step."""

from datetime import date, datetime

import pytest

from righthelp.engine.process import process, processes
from righthelp.engine.timeline import in_words, placeholders, sentence, words
from righthelp.kernel.moments import LONDON
from righthelp.packs import pack
from righthelp.record.models import TimelineEvent


@pytest.mark.parametrize(
    ("value", "says"),
    [
        (None, ""),
        (True, "Yes"),
        (False, "No"),
        (date(2026, 6, 9), "9 June 2026"),
        (datetime(2026, 6, 9, 16, 30, tzinfo=LONDON), "9 June 2026 at 4:30pm"),
        (["a", date(2026, 6, 9)], "a, 9 June 2026"),
        (4, "4"),
        ("", ""),
    ],
)
def test_values_in_words(value, says):
    assert words(value) == says


@pytest.mark.county
def test_a_sentence_tells_codes_as_the_county_says_them(workplace):
    page = process("contact")
    row = page(outcome="SIGNPOSTING", level=2, urgency="AMBER")
    urgency = pack().codes("urgency").label("AMBER")
    outcome = pack().label("contact.outcome.SIGNPOSTING", "Signposting to another service")
    assert sentence(row, page.steps["rate"]) == f"Urgency set to {urgency}"
    assert sentence(row, page.steps["decide"]) == (f"Decided: {outcome}, Level 2: {pack().levels().level(2).title}")


def test_a_sentence_tells_people_by_name(workplace):
    page = process("referral")
    row = page(social_worker=workplace.worker("Ade Bankole"))
    assert sentence(row, page.steps["allocate"]) == "Allocated to Ade Bankole"


def test_placeholders_are_the_facts_it_tells():
    assert placeholders(process("contact").steps["decide"]) == ["outcome", "level"]
    assert placeholders(process("contact").steps["start"]) == []


def test_braces_in_what_somebody_wrote_are_words(workplace):
    page = process("referral")
    worker = workplace.worker("Ade Bankole")
    worker.name = "A {state} B"
    assert sentence(page(social_worker=worker), page.steps["allocate"]) == "Allocated to A {state} B"


def test_lists_in_words(workplace):
    rows = [row for row in pack().levels().rows if row.choosable][:2]
    contact = process("contact")(indicators=[row.id for row in rows])
    assert in_words(contact, "indicators") == "; ".join(row.indicator for row in rows)
    assert in_words(contact, "outcome") == ""


@pytest.mark.county
def test_no_sentence_tells_what_is_not_everybodys_to_read():
    for page in processes().values():
        for step in page.steps.values():
            assert set(placeholders(step)) <= page.Shown.everyone


def test_the_sentence_stays_as_it_was_said(workplace):
    contact = workplace.screening()
    workplace.take(contact, "rate", "Nia Prosser", urgency="RED", urgency_reason="Afraid")
    workplace.take(contact, "rate", "Nia Prosser", urgency="GREEN", urgency_reason="All is well")
    label = pack().codes("urgency").label
    said = TimelineEvent.objects.filter(entry=contact.pk, step="rate").values_list("says", flat=True)
    assert list(said) == [f"Urgency set to {label('RED')}", f"Urgency set to {label('GREEN')}"]
