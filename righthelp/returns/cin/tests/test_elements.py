"""Elements are read with the line and column where they begin, and nothing dangerous is obeyed."""

from __future__ import annotations

import pytest

from righthelp.returns.cin.elements import MOST_ELEMENTS, Element, Unreadable, as_text, elements, header
from righthelp.returns.cin.faults import Kind
from righthelp.returns.cin.tests.making import child_number, file_of, line_of


def the_elements(text: str | bytes) -> list[Element]:
    return list(elements(text if isinstance(text, bytes) else text.encode()))


def refusal(text: str | bytes) -> Unreadable:
    with pytest.raises(Unreadable) as refused:
        the_elements(text)
    return refused.value


def test_each_child_comes_by_itself_and_the_whole_comes_last() -> None:
    found = the_elements(file_of(3))
    assert [each.name for each in found] == ["Child", "Child", "Child", "Message"]
    assert found[1].path == "Message/Children/Child[2]"
    assert [each.name for each in found[-1].elements] == ["Header", "Children"]
    assert found[-1].elements[1].elements == []  # whoever has had a child lets go of it


def test_an_element_knows_where_it_begins_and_what_it_says() -> None:
    text = file_of(2)
    second = the_elements(text)[1]
    number = second.elements[0].elements[0]
    assert number.value == child_number(2)
    assert (number.line, number.column) == (line_of(text, child_number(2)), 9)
    assert number.path == "Message/Children/Child[2]/ChildIdentifiers/LAchildID"


def test_a_start_tag_over_several_lines_begins_in_its_first() -> None:
    text = "<Message>\n<Children>\n  <Child\n    a='1'\n    b='2'\n  ><X/></Child></Children></Message>"
    child = the_elements(text)[0]
    assert (child.line, child.column) == (3, 3)
    assert (child.elements[0].line, child.elements[0].column) == (6, 4)


def test_lines_are_right_however_long_the_file_is() -> None:
    """A county's return is hundreds of thousands of lines; beyond 65,535 some parsers lose count."""
    text = file_of(3).replace("<Children>", "<Children>" + "\n" * 200_000)
    last = the_elements(text)[2].elements[0].elements[0]
    assert last.value == child_number(3)
    assert last.line == line_of(text, child_number(3)) > 200_000


def test_words_between_elements_are_told_apart_from_values() -> None:
    text = "<Message><Children><Child>\n  <A>a\n b</A> loose <B/>\n\tmore\n</Child></Children></Message>"
    child = the_elements(text)[0]
    assert child.elements[0].value == "a\n b"
    assert [(each.words.strip(), each.line, each.column) for each in child.texts] == [("loose", 3, 8), ("more", 4, 2)]


def test_an_element_can_be_kept_word_for_word() -> None:
    text = "<Message><Children><Child>\n  <A x='1 &lt; 2'>\n <B>R &amp; D</B>\n <C/></A></Child></Children></Message>"
    assert as_text(the_elements(text)[0].elements[0]) == '<A x="1 &lt; 2"><B>R &amp; D</B><C/></A>'


def test_the_header_is_read_alone() -> None:
    text = file_of(1)
    head = header(text.encode())
    assert head is not None
    assert head.path == "Message/Header"
    assert header(b"<Message><Children/></Message>") is None
    cut_short = text[: text.index("</Children>")]
    assert header(cut_short.encode()) is not None


def test_comments_and_instructions_are_passed_over() -> None:
    text = "<Message><?sort by=age?><Children><Child><A>ab<!-- no -->c</A></Child></Children></Message>"
    assert the_elements(text)[0].elements[0].value == "abc"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1", "windows-1252"], ids=lambda name: str(name)
)
def test_a_file_may_be_in_any_usual_encoding(encoding: str) -> None:
    declared = f"<?xml version='1.0' encoding='{encoding.removesuffix('-sig')}'?>"
    text = f"{declared}<Message><Children><Child><A>é</A></Child></Children></Message>"
    assert the_elements(text.encode(encoding))[0].elements[0].value == "é"


@pytest.mark.parametrize("encoding", ["no-such-encoding", "utf-7", "shift_jis"])
def test_an_encoding_that_cannot_be_read_is_told(encoding: str) -> None:
    refused = refusal(f"<?xml version='1.0' encoding='{encoding}'?><Message/>")
    assert refused.kind is Kind.BROKEN
    assert (refused.line, refused.column) >= (1, 1)


BOMB = """<?xml version='1.0'?>
<!DOCTYPE Message [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>
<Message><Children><Child><A>&c;</A></Child></Children></Message>"""
FETCH = """<?xml version='1.0'?>
<!DOCTYPE Message [<!ENTITY a SYSTEM "file:///etc/passwd">]>
<Message><Children><Child><A>&a;</A></Child></Children></Message>"""


@pytest.mark.parametrize("text", [BOMB, FETCH, "<!DOCTYPE Message SYSTEM 'http://elsewhere.invalid/x.dtd'><Message/>"])
def test_a_document_type_is_refused_before_anything_in_it_is_obeyed(text: str) -> None:
    refused = refusal(text)
    assert refused.kind is Kind.DOCUMENT_TYPE
    assert refused.line == line_of(text, "<!DOCTYPE")
    assert "DOCTYPE" in refused.sentence


def test_another_kind_of_file_is_refused_at_its_first_element() -> None:
    refused = refusal("<?xml version='1.0'?>\n<EXPSSDA903><CHILD/></EXPSSDA903>")
    assert (refused.kind, refused.line, refused.column) == (Kind.OTHER_RETURN, 2, 1)


def test_a_file_that_could_exhaust_the_machine_is_refused() -> None:
    deep = "<Message><Children><Child>" + "<A>" * 40 + "</A>" * 40 + "</Child></Children></Message>"
    wide = "<Message><Children><Child>" + "<A/>" * (MOST_ELEMENTS + 1) + "</Child></Children></Message>"
    outside = "<Message><Children>" + "<Chld/>" * (MOST_ELEMENTS + 1) + "</Children></Message>"
    long = "<Message><Children><Child><A>" + "a" * 1_100_000 + "</A></Child></Children></Message>"
    for text in (deep, wide, outside, long):
        assert refusal(text).kind is Kind.TOO_MUCH


def test_many_children_are_not_too_much() -> None:
    child = "<Child>" + "<A/>" * 20 + "</Child>"
    many = MOST_ELEMENTS // 20 + 10
    assert len(the_elements(f"<Message><Children>{child * many}</Children></Message>")) == many + 1
