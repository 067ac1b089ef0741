"""`./run due`: one day or moment, counted as the law counts. Needs no database."""

import argparse
import sys
from typing import NoReturn

from righthelp.kernel.calendars import CALENDARS, Kind, calendar_named
from righthelp.kernel.lengths import due
from righthelp.kernel.terms import TermTable
from righthelp.kernel.uncountable import Uncountable
from righthelp.kernel.units import UNITS, unit_named
from righthelp.kernel.written import NotADate, read_when, write_plain


class _Words(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """One sentence and no more."""
        self.exit(
            2,
            f"{message[0].upper()}{message[1:]}. For example: ./run due 20 working_days --from 2022-12-09\n",
        )


def main(words: list[str]) -> int:
    """Print the answer alone; for what cannot be counted, a sentence on standard error and exit code 2."""
    parser = _parser()
    asked = parser.parse_args(words)
    # "5 clear_days_before" in one word or in several, as it stands in a list of examples.
    length, _, unit = " ".join(asked.length).strip().partition(" ")
    if not unit.strip():
        parser.error("say a length and a unit")
    try:
        print(answer(length, unit.strip(), asked.start, asked.calendar))
    except (Uncountable, NotADate) as error:
        sentence = str(error)
        print(sentence if sentence.endswith((".", "?")) else f"{sentence}.", file=sys.stderr)
        return 2
    return 0


def answer(length: str, unit: str, start: str, calendar: str | None = None) -> str:
    """The day (2022-12-09) or moment in local time (2022-12-09T17:00:00) on which it is due."""
    return write_plain(due(length, unit, read_when(start), calendar, terms=_terms(unit, calendar)))


def _terms(unit: str, calendar: str | None) -> TermTable | None:
    """The county's school terms, when they are counted by."""
    if calendar_named(calendar or unit_named(unit).calendar).kind is not Kind.SCHOOL:
        return None
    # Only here, so that the other ways of counting do not wait for packs to be read.
    from righthelp.packs import PackFault, UnknownPack, term_table

    try:
        return term_table()
    except (PackFault, UnknownPack) as error:
        raise Uncountable(str(error)) from error


def _parser() -> argparse.ArgumentParser:
    parser = _Words(
        prog="./run due",
        description="The day or moment on which something is due.",
        epilog=f"Units: {', '.join(UNITS)}. Calendars: {', '.join(CALENDARS)}; working days may leave out "
        "a one-off holiday, such as 'ENG minus funeral'.",
    )
    parser.add_argument("length", nargs="+", metavar="LENGTH UNIT", help="such as: 20 working_days")
    parser.add_argument(
        "--from", dest="start", required=True, metavar="WHEN", help="a day or a moment, 2023-07-21T17:00:00"
    )
    parser.add_argument("--calendar", metavar="NAME", help="without it, the unit's own")
    return parser
