"""A report is put together from the record: whose words each passage is, on what basis, when. Corrections find it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from righthelp.engine.composing import NOTHING, Passage, Section, compose, of, quoted_in
from righthelp.engine.issuing import Recipient
from righthelp.engine.process import process
from righthelp.guard.viewers import looking
from righthelp.kernel.moments import LONDON
from righthelp.packs import Block
from righthelp.record.letters import as_pdf, as_word, blocks
from righthelp.record.models import Basis, Document, Quotation

SENT = datetime(2026, 6, 9, 10, 15, tzinfo=LONDON)


def parts(*sections: Section) -> list[Block]:
    return blocks(Document(words=compose("Report", sections).words))


def test_a_passage_from_elsewhere_says_who_said_it_on_what_basis_and_when() -> None:
    said = Passage("She saw him fall.", "Ruth Adeyemi, Hill Lane", Basis.SEEN, SENT)
    assert parts(Section("What we know", [said, Passage("We think that she is right.")])) == [
        Block("heading", "What we know"),
        Block("paragraph", "She saw him fall."),
        Block("source", "Ruth Adeyemi, Hill Lane (seen) on 9 June 2026"),
        Block("paragraph", "We think that she is right."),
    ]


@pytest.mark.parametrize(
    ("passage", "source"),
    [
        (Passage("x", basis=Basis.COURT, at=date(2026, 1, 5)), "Found by a court on 5 January 2026"),
        (Passage("x", "The mother", Basis.ALLEGED), "The mother (alleged)"),
        (Passage("x", "The mother"), "The mother"),
        (Passage("x"), ""),
    ],
)
def test_a_source_says_what_is_known_of_it(passage: Passage, source: str) -> None:
    assert passage.source == source


def test_an_empty_section_is_left_out_or_says_so() -> None:
    empty = Passage(" \n ", "Ruth Adeyemi", Basis.TOLD)
    assert parts(Section("Left out", [empty]), Section("Health", [empty], if_empty=NOTHING)) == [
        Block("heading", "Health"),
        Block("paragraph", "Nothing recorded."),
    ]


def test_actions_are_a_list() -> None:
    actions = [Passage("Ring the school\n\non Monday", item=True), Passage("Visit", item=True)]
    assert parts(Section("Actions", actions))[1:] == [
        Block("item", "Ring the school\non Monday"),
        Block("item", "Visit"),
    ]


@pytest.mark.parametrize("mark", ["# ", "- ", "> Source: ", "> "])
@pytest.mark.parametrize("between", ["\n\n", "\r\n\r\n", "\n \n", "\u2028\u2028", "\n\x0b\n"])
def test_nobody_makes_a_heading_or_a_source_by_what_they_type(mark: str, between: str) -> None:
    typed = f"{mark}Proved{between}{mark}A judge (found by a court){between}The end."
    made = parts(Section("The father's account", [Passage(typed, "The father", Basis.TOLD)]))
    assert [block.kind for block in made] == ["heading", "paragraph", "paragraph", "paragraph", "source"]
    assert made[-1].text == "The father (told)"
    assert "A judge" in made[2].text


@pytest.fixture
def issued(workplace: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A report on a worry, composed and issued by the step that writes up its screening."""
    contact = workplace.registered(on=SENT)

    def body(row: Any, on: Any) -> None:
        row.also.issue_composed(
            "Report for the meeting",
            [
                Section("What the school told us", [of(row, "worry", row.also, basis=Basis.TOLD)]),
                Section("Screening", [of(row, "screening_note", row.also)]),
            ],
            [Recipient(worker=workplace.worker("Helen Marsh")), Recipient("The mother")],
        )

    page = process("contact")
    monkeypatch.setitem(page.steps, "note", replace(page.steps["note"], body=body))
    note = "The GP knows her.\n\nShe was last seen in May."
    return workplace.take(contact, "note", "Nia Prosser", on=SENT.replace(hour=12), screening_note=note)


def test_a_field_is_quoted_as_whoever_last_recorded_it(issued: Any) -> None:
    report = Document.objects.get(entry=issued.pk)
    made = blocks(report)
    assert [block.kind for block in made] == [
        "heading", "paragraph", "source", "heading", "paragraph", "paragraph", "source"
    ]  # fmt: skip
    assert made[2].text == "Ruth Adeyemi, Hill Lane Primary School (told) on 9 June 2026"
    assert made[4].text.endswith("The GP knows her.")
    assert made[6].text.startswith("Nia Prosser, ")  # by the very step that issued it
    assert made[6].text.endswith(" (recorded) on 9 June 2026")


def test_a_correction_of_a_field_finds_every_document_that_quoted_it(workplace: Any, issued: Any) -> None:
    report = Document.objects.get(entry=issued.pk)
    quotation = Quotation.objects.get(field="worry")
    assert quotation.entry == issued.entry
    assert quotation.words == issued.worry
    assert quotation.said_by == "Ruth Adeyemi, Hill Lane Primary School"
    assert quotation.said_at == SENT
    assert blocks(report)[quotation.block].text.endswith(issued.worry)
    assert quoted_in(issued.entry, "worry") == [report]
    assert not quoted_in(issued.entry, "child_says")
    assert [issue.to for document in quoted_in(issued.entry, "worry") for issue in document.issues.order_by("to")] == [
        "Helen Marsh, Wyeside Community Health",
        "The mother",
    ]
    other = workplace.worry()
    assert not quoted_in(other.entry, "worry")


def test_quotations_are_seen_with_their_document(workplace: Any, issued: Any) -> None:
    for name, many in (("Nia Prosser", 2), ("Helen Marsh", 2), ("Ruth Adeyemi", 0), ("Una Kelleher", 0)):
        with looking(workplace.as_(name)):
            assert Quotation.objects.count() == many, name


def test_nobody_is_named_where_no_step_asked_it(workplace: Any) -> None:
    contact = workplace.worry(on=SENT)
    assert of(contact, "reference").said_by == ""
    assert of(contact, "reference").source == "Recorded"
    assert of(contact, "worry", said_by="The class teacher", basis=Basis.SEEN).source == (
        "The class teacher (seen) on 9 June 2026"
    )
    with pytest.raises(ValueError, match="on what basis"):
        compose("Report", [Section("Known", [replace(of(contact, "worry"), basis="")])])


def test_a_report_is_an_accessible_pdf_and_a_word_file(issued: Any) -> None:
    report = Document.objects.get(entry=issued.pk)
    assert b"<pdfuaid:part>1</pdfuaid:part>" in as_pdf(report)
    assert as_word(report).startswith(b"PK")
