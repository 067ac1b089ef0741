"""Letters: what every county's must say, and what can never be written into one."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from righthelp.packs import Letter, UnknownWord, pack

COUNTIES = ("elsewhere", "herefordshire")
LETTERS = ("contact_outcome", "information_request")


def filled(letter: Letter, **other: str) -> dict[str, str]:
    return {name: f"[{name}]" for name in letter.places} | other


@pytest.mark.parametrize("name", COUNTIES)
@pytest.mark.parametrize("letter", LETTERS)
def test_a_letter_is_filled_and_says_what_to_do_in_danger(name: str, letter: str) -> None:
    wording = pack(name).letter(letter)
    text = wording.write(**filled(wording))
    assert all(f"[{place}]" in text for place in wording.used)
    assert "999" in text
    assert not re.search(r"[{}]", text)
    assert len(re.findall(r"\d{5,}", text)) == 0  # no telephone number


def test_the_counties_word_them_differently() -> None:
    for letter in LETTERS:
        assert pack("herefordshire").letter(letter).text != pack("elsewhere").letter(letter).text


def test_the_sender_is_told_how_to_disagree() -> None:
    text = pack("herefordshire").letter("contact_outcome").text
    assert pack("herefordshire").word("disagreement_policy") in text
    assert pack("elsewhere").word("disagreement_policy") in pack("elsewhere").letter("contact_outcome").text


def test_a_paragraph_with_nothing_to_say_is_left_out() -> None:
    letter = pack("herefordshire").letter("contact_outcome")
    with_it = letter.blocks(**filled(letter))
    without = letter.blocks(**filled(letter, parents_told="", sender_asked_to="  "))
    assert len(with_it) - len(without) == 2
    assert not any(block.text.strip() == "" for block in without)


def test_headings_and_lists_are_told_apart() -> None:
    letter = pack("elsewhere").letter("contact_outcome")
    kinds = [block.kind for block in letter.blocks(**filled(letter))]
    assert kinds.count("heading") == 4
    assert kinds.count("item") == 3


def test_a_place_that_is_not_filled_or_not_known_is_refused() -> None:
    letter = pack("herefordshire").letter("contact_outcome")
    short = filled(letter)
    del short["decision"]
    with pytest.raises(ValueError, match="needs decision"):
        letter.write(**short)
    with pytest.raises(ValueError, match="has no place for address"):
        letter.write(**filled(letter), address="1 High Street")


def test_a_letter_that_there_is_not() -> None:
    with pytest.raises(UnknownWord, match="Did you mean 'contact_outcome'"):
        pack("herefordshire").letter("contact_outcomes")


@given(words=st.text(min_size=1).filter(lambda words: words.strip()))
def test_what_is_filled_in_stays_as_it_is(words: str) -> None:
    letter = pack("herefordshire").letter("contact_outcome")
    plain = letter.blocks(**filled(letter))
    blocks = letter.blocks(**filled(letter, decision=words))
    assert [block.kind for block in blocks] == [block.kind for block in plain]
    assert words in [block.text for block in blocks]
