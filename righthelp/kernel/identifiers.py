"""Numbers and codes by which others know a person or a place: how each is written, and whether it can be
right.

A check that passes says that a number was not mistyped. It does not say whose number it is.
"""

import re
from collections.abc import Iterable
from operator import mul

UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
"""Check letters of a unique pupil number in order of value, 0 to 22. I, O and S look like digits and are not
used."""
_UPN_VALUES = {c: value for values in ("0123456789", UPN_LETTERS) for value, c in enumerate(values)}

LONGEST = 40
"""Characters that the record holds of any such number."""


class NotAnIdentifier(ValueError):
    """What was written cannot be such a number; the message says what is wrong with it."""


def _squeeze(text: str) -> str:
    return re.sub(r"[\s\-–]+", "", text).upper()


def _digits(text: str, count: int, name: str) -> str:
    """Exactly so many digits, without the spaces and hyphens people put in."""
    squeezed = _squeeze(text)
    if not re.fullmatch(r"[0-9]*", squeezed):
        raise NotAnIdentifier(f"{name} must contain only numbers")
    if len(squeezed) != count:
        raise NotAnIdentifier(f"{name} must be {count} numbers long, and this has {len(squeezed)}")
    return squeezed


def _weighted(digits: str, weights: Iterable[int]) -> int:
    return sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True))


def check_nhs_number(text: str) -> str:
    """An NHS number: 10 digits, the last a check digit modulo 11 (NHS Data Dictionary). Gives the digits
    alone."""
    digits = _digits(text, 10, "An NHS number")
    if len(set(digits)) == 1:
        raise NotAnIdentifier("An NHS number is not the same number ten times: this looks like a stand-in")
    try:
        right = nhs_number_with_check(digits[:9])
    except NotAnIdentifier:
        right = ""
    if digits != right:
        raise NotAnIdentifier("This is not a valid NHS number: check each digit against the letter or record")
    return digits


def nhs_number_with_check(first_nine: str) -> str:
    """The NHS number that begins with these nine digits. One start in eleven has no check digit and is
    refused."""
    digits = _digits(first_nine, 9, "The start of an NHS number")
    check = (11 - _weighted(digits, range(10, 1, -1)) % 11) % 11
    if check == 10:
        raise NotAnIdentifier("No NHS number begins with these nine digits")
    return f"{digits}{check}"


def check_upn(text: str) -> str:
    """A unique pupil number: a check letter, then 12 digits; a temporary one ends in a letter instead of a
    digit.

    The Department for Education's rules 1510 (check letter), 1540 (characters 5 to 12 are digits) and 1550
    (the last is a digit or a letter other than I, O and S). Whether characters 2 to 4 name a local authority
    (1530) is for the return's own list to say.
    """
    upn = _squeeze(text)
    if len(upn) != 13:
        raise NotAnIdentifier(f"A UPN must be 13 characters long, and this has {len(upn)}")
    if upn[0] not in UPN_LETTERS:
        raise NotAnIdentifier("A UPN must begin with a letter other than I, O or S")
    if not re.fullmatch(r"[0-9]{11}", upn[1:12]):
        raise NotAnIdentifier("A UPN must have a number in every place from the 2nd to the 12th")
    right = upn_with_check(upn[1:])
    if upn != right:
        raise NotAnIdentifier("This is not a valid UPN: its first letter does not fit the numbers after it")
    return upn


def upn_with_check(after_letter: str) -> str:
    """The unique pupil number with these 12 characters after its check letter.

    The letter is the sum of each character times its place (2 to 13), modulo 23. In a temporary number the
    letter in the last place counts as its own value, A as 0 and B as 1.
    """
    rest = _squeeze(after_letter)
    if not re.fullmatch(rf"[0-9]{{11}}[0-9{UPN_LETTERS}]", rest):
        raise NotAnIdentifier("A UPN must end in a number, or if it is temporary in a letter other than I, O or S")
    return f"{upn_letter(rest)}{rest}"


def upn_letter(after_letter: str) -> str:
    """The check letter before these 12 characters of a unique pupil number, which are known to be well formed."""
    return UPN_LETTERS[sum(map(mul, map(_UPN_VALUES.__getitem__, after_letter), range(2, 14))) % 23]


def is_temporary_upn(upn: str) -> bool:
    """Whether a unique pupil number is one that a school gave while it waited for the real one."""
    return check_upn(upn)[-1] in UPN_LETTERS


def check_uln(text: str) -> str:
    """A unique learner number: 10 digits, the last a check digit (Learning Records Service). Gives the digits
    alone."""
    digits = _digits(text, 10, "A ULN")
    try:
        right = uln_with_check(digits[:9])
    except NotAnIdentifier:
        right = ""
    if digits != right:
        raise NotAnIdentifier("This is not a valid ULN: check each digit")
    return digits


def uln_with_check(first_nine: str) -> str:
    """The unique learner number that begins with these nine digits: 10 less the weighted sum modulo 11.

    A remainder of 0 is never issued and is refused.
    """
    digits = _digits(first_nine, 9, "The start of a ULN")
    remainder = _weighted(digits, range(10, 1, -1)) % 11
    if not remainder or digits[0] == "0":
        raise NotAnIdentifier("No ULN begins with these nine digits")
    return f"{digits}{10 - remainder}"


def check_uprn(text: str) -> str:
    """A unique property reference number: text of 1 to 12 digits. Zeros that only pad it in front are taken
    off."""
    uprn = _squeeze(text)
    if not re.fullmatch(r"[0-9]+", uprn):
        raise NotAnIdentifier("A UPRN must contain only numbers")
    if len(uprn) > 12:
        raise NotAnIdentifier(f"A UPRN must be 12 numbers or fewer, and this has {len(uprn)}")
    if not uprn.strip("0"):
        raise NotAnIdentifier("A UPRN is not 0")
    return uprn.lstrip("0")


def check_postcode(text: str) -> str:
    """A UK postcode in capitals with its space: "hr12ab" is HR1 2AB. Says that it is well formed, not that it
    exists."""
    squeezed = _squeeze(text)
    outward, inward = squeezed[:-3], squeezed[-3:]
    if not 5 <= len(squeezed) <= 7:
        raise NotAnIdentifier("A postcode has 5 to 7 letters and numbers, such as HR4 0XH")
    if not re.fullmatch(r"[0-9][ABD-HJLNP-UW-Z]{2}", inward):
        raise NotAnIdentifier("The second half of a postcode is a number and two letters, such as 0XH")
    if not re.fullmatch(r"(?![QVX])[A-Z](?![IJZ])[A-Z]?[0-9]([0-9]|[A-Z])?|GIR", outward):
        raise NotAnIdentifier("The first half of a postcode is one or two letters and a number, such as HR4")
    return f"{outward} {inward}"
