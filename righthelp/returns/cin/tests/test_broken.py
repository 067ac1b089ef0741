"""A file that is not XML is refused with line, column and words for whoever mends it; further faults are told too."""

from __future__ import annotations

from datetime import date

import pytest

from righthelp.returns.cin.checking import check
from righthelp.returns.cin.faults import Fault, Kind
from righthelp.returns.cin.tests.making import file_of, instead, line_of, without

TODAY = date(2026, 11, 1)


def broken(text: str | bytes) -> list[Fault]:
    found = check(text if isinstance(text, bytes) else text.encode(), TODAY)
    assert found.stopped
    return [fault for fault in found.faults if fault.kind is Kind.BROKEN]


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("<SoftwareCode>invented</", "<SoftwareCode>A & B</", "&amp;"),
        ("<SoftwareCode>invented</", "<SoftwareCode>A &nbsp; B</", "&amp;"),
        ("</LEA>", "</LA>", "<LEA>"),
        ("<SoftwareCode>", "<SoftwareCode", "lacks its >"),
        ("<SoftwareCode>", "<SoftwareCode a=1>", "quotation marks"),
        ("<SoftwareCode>", "<SoftwareCode a='1' a='2'>", "twice"),
        ("invented", "inv\x01nted", "control character"),
        ("<SoftwareCode>", "<1SoftwareCode>", "&lt;"),
    ],
)
def test_what_is_broken_is_told_in_plain_words_with_its_line(old: str, new: str, says: str) -> None:
    text = instead(file_of(1), old, new)
    first = broken(text)[0]
    assert first.line == line_of(text, new)
    assert first.column > 1
    assert says in first.sentence


def test_letters_in_another_encoding_than_the_file_names_are_told() -> None:
    text = instead(file_of(1), "invented", "café")
    assert not check(text.encode(), TODAY).faults
    first = broken(text.encode("latin-1"))[0]
    assert first.line == line_of(text, "café")
    assert "UTF-8" in first.sentence


def test_a_file_that_is_cut_short_names_what_has_not_ended() -> None:
    text = file_of(2)
    faults = broken(text[: text.rindex("<CINdetails>")])
    assert "was cut short" in faults[-1].sentence


def test_a_tag_that_is_not_ended_names_the_line_in_which_it_was_begun() -> None:
    text = without(file_of(2), "</CINdetails>")
    first = broken(text)[0]
    assert f"<CINdetails>, begun in line {line_of(text, '<CINdetails>')}" in first.sentence


def test_tags_after_one_that_could_not_be_read_are_not_called_broken_too() -> None:
    assert len(broken(instead(file_of(2), "<Ethnicity>", "<Ethnicity"))) == 1


@pytest.mark.parametrize("text", ["", "   \n", "no XML at all", "LAchildID,UPN\n1,2\n"])
def test_what_is_no_xml_at_all_is_told(text: str) -> None:
    assert "Choose the right file" in broken(text)[0].sentence


def test_something_after_the_end_is_told() -> None:
    assert "must end there" in broken(file_of(1) + "<Message/>")[0].sentence


def test_further_breaks_are_told_with_the_first_in_order() -> None:
    text = file_of(6)
    text = instead(text, "<Ethnicity>", "<Ethnicity>&", which=2)
    text = instead(text, "<Ethnicity>", "<Ethnicity>&", which=5)
    lines = [fault.line for fault in broken(text)]
    assert lines == [line_of(text, "<Ethnicity>&", 1), line_of(text, "<Ethnicity>&", 2)]


def test_what_stands_before_the_break_is_checked_all_the_same() -> None:
    text = instead(file_of(3), "<PersonBirthDate>", "<PersonBirthDate>x")
    text = instead(text, "</ReferralNFA>", "</Referral>", which=3)
    found = check(text.encode(), TODAY)
    assert [fault.kind for fault in found.faults][:2] == [Kind.DATE, Kind.BROKEN]
