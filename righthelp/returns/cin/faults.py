"""What can be wrong with a CIN Census file, and which of it stops the load: the one table of that decision.

A fault STOPS when a fact that righthelp keeps could not be written truly: it cannot be read, it has no meaning here,
it cannot be said whose it is, or two facts of one child cannot both be so. Everything else is NOTED: kept as it was
given, marked where it is marked, and reported. A fault inside an assessment, an enquiry or a plan never stops: that
part is kept word for word instead, and nothing is made of it. So is a part for which righthelp has no place yet.
docs/decisions/0007 and 0029 tell what was ruled out.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


@dataclass(frozen=True)
class Ruling:
    """What becomes of a kind of fault, and why."""

    name: str  # as the summary counts it
    stops: bool
    because: str


STOPS, NOTED = True, False


class Kind(Enum):
    """Every kind of fault, with its ruling."""

    # The file
    BROKEN = Ruling("not well-formed XML", STOPS, "What stands after it cannot be read for certain.")
    DOCUMENT_TYPE = Ruling(
        "declares a document type", STOPS, "It could bring in words from elsewhere; a return has none."
    )
    TOO_MUCH = Ruling(
        "larger than any return", STOPS, "Reading on could exhaust the machine; no authority's file is so."
    )
    OTHER_RETURN = Ruling("not a CIN Census", STOPS, "Its elements would mean something else.")
    NO_AUTHORITY = Ruling(
        "no authority", STOPS, "A child's number is one authority's; without it nobody is found again."
    )
    NO_YEAR = Ruling("no year or reference date", STOPS, "Every fact keeps the day as at which it was said.")
    NO_CHILD = Ruling("no child", STOPS, "A return without children is the wrong file, or one cut short.")
    HEADER = Ruling("odd header", NOTED, "Nothing in the record rests on it.")

    # Its structure
    UNKNOWN_ELEMENT = Ruling("unknown element", NOTED, "It is kept whole with the child or referral it stands in.")
    UNKNOWN_OUTSIDE = Ruling("unknown element outside a child", STOPS, "A child may be in it, and would be lost.")
    MISPLACED = Ruling("misplaced element", STOPS, "Which child or referral it speaks of cannot be said for certain.")
    REPEATED = Ruling("said twice, differently", STOPS, "Which of the two is right only its keeper can say.")
    REPEATED_ALIKE = Ruling("said twice alike", NOTED, "Once is enough, and both say the same.")
    MISSING_NEEDED = Ruling(
        "missing, and nothing goes without it", STOPS, "Without it there is no child, or no referral."
    )
    MISSING = Ruling("missing", NOTED, "The record says that it is not known, which is true.")
    EMPTY = Ruling("empty element", NOTED, "It says nothing, which is as if it were not there.")
    OUT_OF_ORDER = Ruling("out of order", NOTED, "Its place differs, its meaning does not.")
    STRAY_TEXT = Ruling("stray text", NOTED, "Words between elements belong to no fact.")
    ATTRIBUTE = Ruling("attribute", NOTED, "The return has none, and nothing is read from them.")
    OTHER_YEAR = Ruling("of another year's return", NOTED, "Its meaning is known, whichever year it was asked in.")
    MIXED = Ruling("elements within a value", STOPS, "What the value is cannot be said for certain.")

    # Its values
    DATE = Ruling(
        "unreadable date",
        STOPS,
        "A guess at a day would be written as a fact, and clocks would start from it.",
    )
    CODE = Ruling("unknown code", STOPS, "A code without a meaning cannot be counted, shown or returned.")
    YES_NO = Ruling("neither yes nor no", STOPS, "It decides whether the referral is still open.")
    NUMBER = Ruling(
        "not a number", NOTED, "Nothing rests on those in the header; a plan with such a one is kept whole."
    )
    MOMENT = Ruling("unreadable date and time", NOTED, "It says only when the file was made.")
    TOO_LONG = Ruling("longer than the record can hold", STOPS, "It would be cut short.")
    ODD_SPELLING = Ruling("odd spelling", NOTED, "There is only one way to read it.")
    OLD_CODE = Ruling("code of other years", NOTED, "Its meaning is known, whichever years it was used in.")

    # Numbers of children
    CHILD_NUMBER = Ruling("odd child number", NOTED, "Kept as given: people search by it.")
    UPN = Ruling(
        "unsound UPN",
        NOTED,
        "Kept and marked as unsound: people search by it; nobody is found again by it alone.",
    )
    UPN_AND_REASON = Ruling("UPN and a reason for having none", NOTED, "Both are kept.")
    SAME_CHILD_NUMBER = Ruling("two children with one number", STOPS, "Whose facts these are cannot be said.")
    SAME_UPN = Ruling("two children with one UPN", NOTED, "Both keep it; their own numbers tell them apart.")

    # Dates that cannot be so, or are odd
    FUTURE = Ruling("in the future", STOPS, "What has not happened is not a fact.")
    LONG_AGO = Ruling("before 1900", STOPS, "No child of a return was then alive.")
    TOO_FAR_AHEAD = Ruling("expected too far ahead", STOPS, "No child already known is born so late.")
    CLOSED_BEFORE_REFERRED = Ruling("closed before referred", STOPS, "One of the two days is wrong.")
    REFERRED_LONG_BEFORE_BIRTH = Ruling("referred long before birth", STOPS, "One of the two days is wrong.")
    ENDED_BEFORE_BEGUN = Ruling("ended before it began", STOPS, "One of the two days is wrong.")
    DIED_BEFORE_BORN = Ruling("died before born", STOPS, "One of the two days is wrong.")
    AFTER_THE_YEAR = Ruling("after the reference date", NOTED, "It may be true; it belongs to the next return.")
    REFERRED_AFTER_DEATH = Ruling("referred after death", NOTED, "It happens: a death is itself looked into.")
    BORN_AND_EXPECTED = Ruling("born and expected", NOTED, "The day of birth counts; the other is kept word for word.")
    NO_BIRTH = Ruling("neither born nor expected", NOTED, "The record says that it is not known, which is true.")
    CLOSED_WITHOUT_REASON = Ruling("closed without a reason", NOTED, "The day is true without it.")
    REASON_WITHOUT_CLOSURE = Ruling(
        "reason without a closing day", NOTED, "The referral stays open, so that nobody is missed."
    )
    DISABILITIES = Ruling("odd disabilities", NOTED, "Kept as given, each once.")
    SAME_REFERRAL = Ruling("one referral said twice alike", NOTED, "Once is enough, and both say the same.")
    SAME_REFERRAL_OTHERWISE = Ruling(
        "one referral said twice, differently", STOPS, "Which is right only its keeper can say."
    )

    # What the record knows already
    TWO_RECORDS = Ruling("two records have the number", STOPS, "Whose facts these are cannot be said.")
    MAYBE_KNOWN = Ruling("perhaps known by another number", NOTED, "A person looks at both records and says.")
    DIFFERS = Ruling(
        "differs from what is known", NOTED, "Both are kept, each with its source; nothing is overwritten."
    )
    REFUSED = Ruling("refused by the record", STOPS, "The record's own rules forbid it.")


SCHEMA = frozenset(
    {
        Kind.OTHER_RETURN,
        Kind.NO_AUTHORITY,
        Kind.NO_YEAR,
        Kind.NO_CHILD,
        Kind.HEADER,
        Kind.UNKNOWN_ELEMENT,
        Kind.UNKNOWN_OUTSIDE,
        Kind.MISPLACED,
        Kind.REPEATED,
        Kind.REPEATED_ALIKE,
        Kind.MISSING_NEEDED,
        Kind.MISSING,
        Kind.EMPTY,
        Kind.OUT_OF_ORDER,
        Kind.STRAY_TEXT,
        Kind.ATTRIBUTE,
        Kind.OTHER_YEAR,
        Kind.MIXED,
        Kind.DATE,
        Kind.CODE,
        Kind.YES_NO,
        Kind.NUMBER,
        Kind.MOMENT,
        Kind.TOO_LONG,
        Kind.ODD_SPELLING,
        Kind.OLD_CODE,
    }
)
"""Faults of the file's form: what stands where, how often, and whether it is a value of its kind.

The others are about what is said (two days that cannot both be so), which is for the Department's rules to judge.
"""


@dataclass(frozen=True)
class Fault:
    """One fault: where it stands, and in a sentence what it is and how it is mended.

    `line` and `column` count from 1 and are where the element begins. `kept` is whether it stands in a part that is
    kept word for word. `value` and `sentence` are for the person who loads the file, never for a log.
    """

    kind: Kind
    line: int
    column: int
    path: str
    sentence: str
    value: str = ""
    kept: bool = False

    def __post_init__(self) -> None:
        # What is quoted of a file may hold anything, and is printed on somebody's terminal.
        object.__setattr__(self, "path", printable(self.path))
        object.__setattr__(self, "sentence", printable(self.sentence))

    @property
    def stops(self) -> bool:
        """Whether the file is refused for it."""
        return self.kind.value.stops and not self.kept

    @property
    def place(self) -> tuple[int, int]:
        return self.line, self.column


def printable(words: str, most: int = 500) -> str:
    """Words without characters that a terminal obeys, and no more of them than can be read."""
    short = words if len(words) <= most else f"{words[: most - 3]}..."
    return "".join(letter if letter.isprintable() else "?" for letter in short)


def shown(value: str) -> str:
    """A value as it is quoted in a sentence."""
    return f'"{printable(value, 40)}"'
