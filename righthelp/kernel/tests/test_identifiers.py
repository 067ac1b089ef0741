"""Numbers with check digits. The numbers here are published examples or made up."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from righthelp.kernel.identifiers import (
    UPN_LETTERS,
    NotAnIdentifier,
    check_nhs_number,
    check_postcode,
    check_uln,
    check_upn,
    check_uprn,
    is_temporary_upn,
    nhs_number_with_check,
    uln_with_check,
    upn_with_check,
)

nine_digits = st.text("0123456789", min_size=9, max_size=9)


@pytest.mark.parametrize("text", ["943 476 5919", "9434765919", "943-476-5919", " 9434765919 "])
def test_an_nhs_number_however_it_is_spaced(text: str) -> None:
    assert check_nhs_number(text) == "9434765919"


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("9434765918", "not a valid NHS number"),
        ("943476591", "10 numbers long, and this has 9"),
        ("94347659190", "10 numbers long, and this has 11"),
        ("943476591X", "only numbers"),
        ("", "this has 0"),
        ("0000000000", "stand-in"),
        ("٩٤٣٤٧٦٥٩١٩", "only numbers"),
    ],
)
def test_what_is_not_an_nhs_number(text: str, wrong: str) -> None:
    with pytest.raises(NotAnIdentifier, match=wrong):
        check_nhs_number(text)


@pytest.mark.parametrize("text", ["P207000016049", "p207000016049", "X00180001701A", "P 2070 0001 6049"])
def test_a_upn_permanent_or_temporary(text: str) -> None:
    assert check_upn(text) == text.upper().replace(" ", "")
    assert is_temporary_upn(text) is text.endswith("A")


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("B207000016049", "first letter does not fit"),
        ("P20700001604", "13 characters long, and this has 12"),
        ("I207000016049", "begin with a letter other than I, O or S"),
        ("1207000016049", "begin with a letter"),
        ("P2070000X6049", "from the 2nd to the 12th"),
        ("X00180001701I", "end in a number"),
        ("X00180001701B", "first letter does not fit"),
    ],
)
def test_what_is_not_a_upn(text: str, wrong: str) -> None:
    with pytest.raises(NotAnIdentifier, match=wrong):
        check_upn(text)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [("12345", "10 numbers long"), ("1234567890", "not a valid ULN"), ("ABCDEFGHIJ", "only numbers")],
)
def test_what_is_not_a_uln(text: str, wrong: str) -> None:
    with pytest.raises(NotAnIdentifier, match=wrong):
        check_uln(text)


def test_a_uln_by_hand() -> None:
    # 1×10 = 10, and 10 modulo 11 is 10, so the check digit is 0; 2×10 = 20 leaves 9, so it is 1.
    assert check_uln("1000000000") == "1000000000"
    assert check_uln("200 000 0001") == "2000000001"


def test_a_uprn_is_text_of_up_to_twelve_digits() -> None:
    assert check_uprn("100023336956") == "100023336956"
    assert check_uprn("000010002333") == "10002333"
    for text in ("", "0", "1000233369561", "10002x"):
        with pytest.raises(NotAnIdentifier):
            check_uprn(text)


@pytest.mark.parametrize(
    ("text", "postcode"),
    [
        ("hr4 0xh", "HR4 0XH"),
        ("HR40XH", "HR4 0XH"),
        (" sw1a1aa ", "SW1A 1AA"),
        ("M11AA", "M1 1AA"),
        ("b33-8th", "B33 8TH"),
        ("EC1A 1BB", "EC1A 1BB"),
        ("gir0aa", "GIR 0AA"),
    ],
)
def test_a_postcode_is_put_in_order(text: str, postcode: str) -> None:
    assert check_postcode(text) == postcode


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("HR4", "5 to 7"),
        ("", "5 to 7"),
        ("HR4 OXH", "second half"),
        ("HR4 0CV", "second half"),
        ("QR4 0XH", "first half"),
        ("1R4 0XH", "first half"),
    ],
)
def test_what_is_not_a_postcode(text: str, wrong: str) -> None:
    with pytest.raises(NotAnIdentifier, match=wrong):
        check_postcode(text)


@given(nine_digits, st.integers(0, 9), st.integers(1, 9))
def test_one_wrong_digit_of_an_nhs_number_is_always_seen(first: str, place: int, more: int) -> None:
    try:
        number = nhs_number_with_check(first)
    except NotAnIdentifier:
        assume(False)
    assume(len(set(number)) > 1)
    assert check_nhs_number(number) == number
    wrong = f"{number[:place]}{(int(number[place]) + more) % 10}{number[place + 1 :]}"
    with pytest.raises(NotAnIdentifier):
        check_nhs_number(wrong)


@given(st.text("0123456789", min_size=11, max_size=11), st.sampled_from(f"0123456789{UPN_LETTERS}"))
def test_a_made_upn_passes_and_another_letter_does_not(digits: str, last: str) -> None:
    upn = upn_with_check(digits + last)
    assert check_upn(upn.lower()) == upn
    other = UPN_LETTERS[(UPN_LETTERS.index(upn[0]) + 1) % len(UPN_LETTERS)]
    with pytest.raises(NotAnIdentifier):
        check_upn(other + upn[1:])


@given(nine_digits)
def test_a_made_uln_passes(first: str) -> None:
    try:
        uln = uln_with_check(first)
    except NotAnIdentifier:
        assume(False)
    assert check_uln(uln) == uln
