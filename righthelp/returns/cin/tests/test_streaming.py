"""A return read into tables: the quick way and the careful one say the same, and both say what the file says."""

from __future__ import annotations

import io
import re
from datetime import date
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from righthelp.returns.cin import streaming
from righthelp.returns.cin.elements import Unreadable
from righthelp.returns.cin.faults import SCHEMA, Kind
from righthelp.returns.cin.reading import Reading
from righthelp.returns.cin.streaming import ReadReturn, read_return
from righthelp.returns.cin.tests.dumping import by_lxml, dump
from righthelp.returns.cin.tests.examples import KEPT, NOTED, STOPPED, Example, another_assessment, dropping, value
from righthelp.returns.cin.tests.making import file_of

TODAY = date(2026, 6, 1)
GOOD = file_of(8)


def read(text: str | bytes, year: int | None = None) -> ReadReturn:
    return read_return(io.BytesIO(text.encode() if isinstance(text, str) else text), TODAY, year)


def carefully(text: str | bytes, monkeypatch: pytest.MonkeyPatch) -> ReadReturn:
    """The same file with every child read by the XML parser."""
    with monkeypatch.context() as patch:
        patch.setattr(streaming, "PLAIN_ENCODINGS", ())
        return read(text)


def test_rows_are_what_the_file_says() -> None:
    found, said = dump(read(file_of(40)).tables), by_lxml(file_of(40).encode())
    for table, rows in said.items():
        assert len(found[table]) == len(rows), table
        for ours, theirs in zip(found[table], rows, strict=True):
            assert {name: ours[name] for name in theirs} == theirs


@given(st.integers(0, 10_000), st.integers(1, 6), st.sampled_from(["\n", "\r\n", "", "\n\t\n"]))
@settings(max_examples=40, deadline=None)
def test_whoever_reads_it_the_rows_are_the_same(seed: int, children: int, between: str) -> None:
    text = re.sub(r"\n\s*", between, file_of(children, seed=seed))
    found, said = dump(read(text).tables), by_lxml(text.encode())
    for table, rows in said.items():
        assert [{name: ours[name] for name in theirs} for ours, theirs in zip(found[table], rows, strict=True)] == rows


ODDITIES = [
    ("<Sex>", "<!-- a remark with <Child> in it --><Sex>"),
    ("</Child>\n", "</Child><!-- <Child>\n</Child> <Child></Child>\n -->\n"),
    ("</Child>\n", "</Child><![CDATA[  ]]>\n"),
    ("<Sex>F</Sex>", "<Sex><![CDATA[F]]></Sex>"),
    ("<Sex>F</Sex>", "<Sex>&#70;</Sex>"),
    ("<Sex>F</Sex>", "<Sex>\nF </Sex >"),
    ("</Child>\n", "</Child\n>\n"),
    ("</Child>\n", "</Child></Children><Children>\n"),
    ("<Child>\n", "<?ours <Child> ?><Child>\n"),
    ("<Children>\n", "<Children>\n<Child/>"),
    ("<Ethnicity>", "<Ethnicity a='>'>"),
    ("\n", "\r"),
]


@pytest.mark.parametrize(("old", "new"), ODDITIES)
def test_both_ways_say_the_same_of_what_is_odd(old: str, new: str, monkeypatch: pytest.MonkeyPatch) -> None:
    text = GOOD.replace(old, new)
    assert text != GOOD
    ours, theirs = read(text), carefully(text, monkeypatch)
    assert dump(ours.tables) == dump(theirs.tables)
    assert ours.faults == theirs.faults


# Not of the file's form: what must stand beside what, and an assessment told twice.
BY_RULE = {
    dropping("<PrimaryNeedCode>", 2)(GOOD),
    value("NumberOfPreviousCPP", "101")(GOOD),
    another_assessment(GOOD),
    another_assessment(GOOD, "3A"),
}


@pytest.mark.parametrize("example", [*STOPPED, *NOTED, *KEPT], ids=lambda each: each.kind.name)
def test_each_fault_of_form_is_told_once_and_the_rest_is_read(
    example: Example, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = example.damage(GOOD)
    ours, theirs = read(text), carefully(text, monkeypatch)
    assert dump(ours.tables) == dump(theirs.tables)
    assert ours.faults == theirs.faults
    kinds = {fault.kind for fault, _ in ours.faults}
    assert (example.kind in kinds) == (example.kind in SCHEMA and text not in BY_RULE)
    assert kinds <= SCHEMA
    whole = {Kind.NO_CHILD, Kind.NO_AUTHORITY}
    assert len(ours.tables.children) >= 8 or kinds & whole


def test_a_sound_child_is_never_read_by_the_parser(monkeypatch: pytest.MonkeyPatch) -> None:
    read_as = []
    group = Reading.group
    monkeypatch.setattr(
        Reading, "group", lambda self, at, *rest, **more: read_as.append(at.name) or group(self, at, *rest, **more)
    )
    read(file_of(50))
    assert read_as.count("Child") == 1  # the first, by which the parser knows where children begin


def test_what_cannot_be_read_has_no_value_and_keeps_its_words() -> None:
    found = read(GOOD.replace("<CINreferralDate>", "<CINreferralDate>about ", 1)).tables.episodes[0]
    assert found.referred_on is None
    words, line = found.said["CINreferralDate"]
    assert words.startswith("about 20")
    assert "about" in GOOD.replace("<CINreferralDate>", "<CINreferralDate>about ", 1).splitlines()[line - 1]


def test_codes_are_those_of_the_year() -> None:
    old = GOOD.replace("<Sex>M</Sex>", "<GenderCurrent>1</GenderCurrent>")
    old = old.replace("<Sex>F</Sex>", "<GenderCurrent>2</GenderCurrent>")
    assert {fault.kind for fault, _ in read(old).faults} == {Kind.OTHER_YEAR, Kind.OLD_CODE}
    in_its_year = re.sub(r"20(26|25)-", lambda found: f"20{int(found[1]) - 3}-", old).replace(">2026<", ">2023<")
    assert read(in_its_year).faults == []
    assert read(in_its_year).tables.children[0].sex in ("1", "2")


def test_the_year_is_the_headers_or_the_one_that_is_asked_for() -> None:
    assert read(GOOD).year == 2026
    assert read(GOOD, 2025).year == 2025
    assert read(re.sub("<Year>.*</Year>", "", GOOD)).year == 2026
    neither = re.sub("<Year>.*</Year>|<ReferenceDate>.*</ReferenceDate>", "", GOOD)
    assert read(neither).year == 2027  # the one that is being gathered today


def test_reviews_in_one_group_or_in_several_are_all_read() -> None:
    plans = read(file_of(60)).tables.protection_plans
    assert any(len(plan.reviews) > 1 for plan in plans)
    apart = file_of(60).replace("</CPPreviewDate>\n", "</CPPreviewDate></Reviews>\n<Reviews>")
    apart = apart.replace("<Reviews></Reviews>", "").replace("<Reviews>            </Reviews>", "")
    apart = re.sub(r"<Reviews>\s*</Reviews>", "", apart)
    found = read(apart)
    assert [[review.on for review in plan.reviews] for plan in found.tables.protection_plans] == [
        [review.on for review in plan.reviews] for plan in plans
    ]
    assert found.faults == []


def test_a_review_without_a_date_is_a_row() -> None:
    text = re.sub(r"<CPPreviewDate>.*?</CPPreviewDate>", "<CPPreviewDate/>", file_of(60), count=1)
    reviews = read(text).tables.reviews
    assert [review.on for review in reviews].count(None) == 1
    text = re.sub(r"<Reviews>.*?</Reviews>", "<Reviews/>", file_of(60), count=1, flags=re.DOTALL)
    reviews = read(text).tables.reviews
    assert [review.on for review in reviews].count(None) == 1


def test_lines_beyond_65535_are_right() -> None:
    text = file_of(3000)
    last = text.rindex("<Ethnicity>")
    broken = f"{text[:last]}<Ethnicity>ZZZZ<{text[text.index('/', last) :]}"
    ((fault, child),) = read(broken).faults
    assert fault.line == text.count("\n", 0, last) + 1 > 65_535
    assert fault.column == last - text.rindex("\n", 0, last)
    assert child == "INV00003000"


PIECES = [piece.encode() for piece in re.split(r"(<[^>]*>)", GOOD) if piece.strip()]


@given(st.integers(0, 2**32))
@settings(max_examples=150, deadline=None)
def test_no_damage_makes_it_fall_over(seed: int) -> None:
    random, source = Random(seed), bytearray(GOOD.encode())
    for _ in range(random.randint(1, 4)):
        at = random.randrange(len(source))
        end = at + random.choice([0, 1, 10, 300])
        new = random.choice(
            [b"", b"<", b">", b"&", b"\0", b"\xff", "é".encode(), random.choice(PIECES), b"<!--", b"]]>"]
        )
        source[at:end] = new * random.choice([1, 1, 2])
    try:
        ours = read(bytes(source))
    except Unreadable:  # a sentence, and no other exception
        return
    with pytest.MonkeyPatch.context() as patch:
        theirs = carefully(bytes(source), patch)
    assert dump(ours.tables) == dump(theirs.tables)
    assert ours.faults == theirs.faults
