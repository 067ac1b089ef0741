"""A document's frozen words as a page: PDF/UA by Typst, and Word.

The words never change; the page is made from them when it is asked for, so that a letter from years ago opens in
whatever a reader uses now.
"""

import io
import json
import re
from collections.abc import Iterable

import typst
from docx import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.shared import Pt

from righthelp.packs import Block, pack
from righthelp.record.models import Document

PAGE = """
#set document(title: sys.inputs.title, author: sys.inputs.author)
#set page(paper: "a4", margin: 2.5cm, numbering: "1")
#set text(lang: "en", region: "GB", size: 12pt, font: ("Libertinus Serif",))
#set par(leading: 0.75em, spacing: 1.1em)
#show heading: set text(size: 14pt)
#heading(level: 1, sys.inputs.title)
#let words = json(bytes(sys.inputs.words))
#for block in words {
  if block.kind == "heading" { heading(level: 2, block.text) }
  else if block.kind == "item" { list.item(block.text) }
  else if block.kind == "source" { par(text(size: 10pt, style: "italic", "Source: " + block.text)) }
  else { par(block.text) }
}
"""


# What a keyboard or a copied page slips in between letters, and no page can hold.
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
SOURCE = "Source: "  # who said what stands before it, on what basis, and when
MARKS = {"heading": "# ", "item": "- ", "source": f"> {SOURCE}", "paragraph": ""}


def words_of(parts: Iterable[Block]) -> str:
    """A letter's blocks as the words that a document keeps."""
    return "\n\n".join(f"{MARKS[part.kind]}{part.text.strip()}" for part in parts)


def blocks(document: Document) -> list[Block]:
    """The words of a document, block by block."""
    return [_block(paragraph.strip()) for paragraph in _printable(document.words).strip().split("\n\n")]


def _block(text: str) -> Block:
    kind = next(kind for kind, mark in MARKS.items() if text.startswith(mark))
    return Block(kind, text[len(MARKS[kind]) :])


def _printable(words: str) -> str:
    return "\n".join(UNPRINTABLE.sub("", words).splitlines())  # a browser ends its lines with two marks


def as_typed(words: str) -> list[str]:
    """What somebody typed, paragraph by paragraph, so that none of it is taken for a heading, an item or a source."""
    lines = "\n".join(line.strip() for line in _printable(words).split("\n"))
    paragraphs = (paragraph.strip() for paragraph in re.split("\n{2,}", lines))
    # A space that does not break looks the same, and makes no mark.
    return [re.sub("^([#>-]) ", "\\1\u00a0", paragraph) for paragraph in paragraphs if paragraph]


def as_pdf(document: Document) -> bytes:
    """PDF/UA: read aloud in order by those who cannot see it."""
    words = json.dumps([{"kind": block.kind, "text": block.text} for block in blocks(document)])
    inputs = {"title": document.title, "author": pack().title, "words": words}
    try:
        made = typst.compile(PAGE.encode(), sys_inputs=inputs, pdf_standards=["ua-1"])
    except typst.TypstError:
        # A name in letters for which this machine has no font may not call itself accessible; it must open all the
        # same, and a screen reader still reads it.
        made = typst.compile(PAGE.encode(), sys_inputs=inputs)
    assert isinstance(made, bytes)
    return made


def as_word(document: Document) -> bytes:
    """A Word file, for those who must put it into a file of their own."""
    made = WordDocument()
    made.core_properties.title = document.title
    made.core_properties.author = pack().title
    made.core_properties.language = "en-GB"
    made.styles["Normal"].font.size = Pt(12)
    source = made.styles.add_style("Source", WD_STYLE_TYPE.PARAGRAPH)
    source.base_style = made.styles["Normal"]
    source.font.size, source.font.italic = Pt(10), True
    made.add_heading(document.title, level=1)
    for block in blocks(document):
        if block.kind == "heading":
            made.add_heading(block.text, level=2)
        elif block.kind == "source":
            made.add_paragraph(SOURCE + block.text, style="Source")
        else:
            made.add_paragraph(block.text, style="List Bullet" if block.kind == "item" else None)
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()
