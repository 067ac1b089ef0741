"""Why a length of time could not be counted. Each is a sentence that a practitioner can act on."""

from collections.abc import Iterable
from difflib import get_close_matches


class Uncountable(ValueError):
    """No day or moment can be given; the message says why."""


class UnknownUnit(Uncountable):
    """Nobody has said what this unit of time is."""


class UnknownCalendar(Uncountable):
    """Nobody has said which days this calendar counts."""


class NotALength(Uncountable):
    """The length is not one that can be counted in its unit: negative, a fraction, or too long to be
    meant."""


class NoDate(Uncountable):
    """The law or the papers set a duty here, but no day follows from it by counting."""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """' Did you mean A or B?' for names near `word`; otherwise the list of all that are known."""
    names = sorted(known)
    near = get_close_matches(word, names, n=3, cutoff=0.6)
    if near:
        return f" Did you mean {' or '.join(near)}?"
    return f" Known: {', '.join(names)}."
