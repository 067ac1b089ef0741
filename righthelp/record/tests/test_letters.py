"""A letter's words as pages that everybody can open: by eye, by ear, and in a file of one's own."""

import io
import re

import pytest
from docx import Document as WordDocument
from hypothesis import given, settings
from hypothesis import strategies as st

from righthelp.packs import Block, pack
from righthelp.record.letters import as_pdf, as_word, blocks, words_of
from righthelp.record.models import Document

LETTER = [
    Block("paragraph", "Dear Ruth Adeyemi"),
    Block("heading", "What we decided"),
    Block("paragraph", "We decided on advice."),
    Block("item", "Ring the school."),
    Block("item", "Keep on seeing her."),
    Block("source", "Tom Fairley (seen) on 9 June 2026"),
]
WORDS = (
    st.text(st.characters(blacklist_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1)
    .map(str.strip)
    .filter(lambda text: text and text[:2] not in {"# ", "- "} and "\x85" not in text)
)


def document(*parts: Block, title: str = "What came of the worry W-2345-BCDF") -> Document:
    return Document(title=title, words=words_of(parts))


@given(st.lists(st.tuples(st.sampled_from(["heading", "item", "source", "paragraph"]), WORDS), min_size=1))
def test_blocks_are_kept_as_they_were_written(parts):
    letter = [Block(kind, text) for kind, text in parts]
    assert blocks(document(*letter)) == letter


def test_paragraphs_typed_in_a_browser_stay_paragraphs():
    assert [block.text for block in blocks(document(Block("paragraph", "First.\r\n\r\nSecond.")))] == [
        "First.",
        "Second.",
    ]


def test_a_pdf_can_be_read_aloud():
    made = as_pdf(document(*LETTER, title="What came of the worry – Zoë"))
    assert made.startswith(b"%PDF-")
    assert b"<pdfuaid:part>1</pdfuaid:part>" in made, "declares itself PDF/UA-1"
    assert b"/Lang(en-GB)" in made
    assert "What came of the worry – Zoë".encode() in made
    assert b"/Marked true" in made
    assert b"/DisplayDocTitle true" in made
    assert b"/StructTreeRoot" in made
    assert re.search(rb"/S ?/H1\b", made)
    assert re.search(rb"/S ?/H2\b", made)
    assert re.search(rb"/S ?/LI\b", made)


def test_a_word_file_has_headings_lists_and_a_language():
    made = WordDocument(io.BytesIO(as_word(document(*LETTER))))
    assert [(line.style.name, line.text) for line in made.paragraphs] == [
        ("Heading 1", "What came of the worry W-2345-BCDF"),
        ("Normal", "Dear Ruth Adeyemi"),
        ("Heading 2", "What we decided"),
        ("Normal", "We decided on advice."),
        ("List Bullet", "Ring the school."),
        ("List Bullet", "Keep on seeing her."),
        ("Source", "Source: Tom Fairley (seen) on 9 June 2026"),
    ]
    assert made.core_properties.title == "What came of the worry W-2345-BCDF"
    assert made.core_properties.language == "en-GB"


@pytest.mark.county
def test_the_county_signs_both(workplace):
    letter = document(*LETTER)
    assert WordDocument(io.BytesIO(as_word(letter))).core_properties.author == pack().title
    assert pack().title.encode() in as_pdf(letter)


@pytest.mark.parametrize(
    "words",
    [
        "",
        "#set page(width: 1cm)",
        "*not bold* _nor this_ $x$ \\ `",
        "李小龍 and ਪੰਜਾਬੀ",
        "محمد",
        "a\x01b\x0bc",
        "# ",
        "😀",
    ],
)
def test_whatever_was_typed_the_letter_opens(words):
    letter = Document(title="A letter", words=words)
    assert as_pdf(letter).startswith(b"%PDF-")
    WordDocument(io.BytesIO(as_word(letter)))


@settings(max_examples=25, deadline=None)
@given(st.text(st.characters(blacklist_categories=("Cs",)), max_size=60))
def test_any_words_at_all_make_a_letter(words):
    letter = Document(title="A letter", words=words)
    assert as_pdf(letter).startswith(b"%PDF-")
    text = "\n".join(line.text for line in WordDocument(io.BytesIO(as_word(letter))).paragraphs)
    for block in blocks(letter):
        assert all(part in text for part in block.text.split())


@pytest.mark.parametrize("words", ["> as you wrote on Monday", ">", "> Source", "#1 of the list", "Source: the school"])
def test_letters_of_before_say_what_they_said(words):
    assert blocks(Document(title="A letter", words=words)) == [Block("paragraph", words)]


def test_what_looks_like_a_command_is_printed_as_words():
    assert blocks(document(Block("paragraph", "#let x = 1"))) == [Block("paragraph", "#let x = 1")]
