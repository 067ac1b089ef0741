"""School terms of a county's schools, read into the table that the calendars of school days work with."""

from dataclasses import dataclass
from datetime import date, time, timedelta
from itertools import pairwise

from righthelp.kernel.terms import ClosedPeriod, TermTable
from righthelp.packs.codes import CHECKED
from righthelp.packs.reading import Folder, Table

FILE = "terms.yaml"
_DAY = timedelta(days=1)
_NONE = TermTable("no school", date.min, date.min, ())


@dataclass(frozen=True)
class _Term:
    name: str
    starts: date
    half_term: ClosedPeriod
    ends: date


def read(folder: Folder) -> TermTable:
    """A county's `terms.yaml` as a table, from the August before its first year to that after its last."""
    written = folder.yaml(FILE)
    written.only("name", "years")
    terms: list[_Term] = []
    training: list[ClosedPeriod] = []
    for year in written.tables("years"):
        year.only("year", "source", "href", "checked", "terms", "training_days")
        year.text("source")
        if year.text("checked") not in CHECKED:
            year.fault(f"'checked' must be one of: {', '.join(CHECKED)}.", "checked")
        for row in year.tables("terms"):
            term = _term(row, year.text("year"))
            if term and terms and term.starts <= terms[-1].ends:
                row.fault(f"The {term.name} begins before the {terms[-1].name} has ended.", "starts")
            elif term:
                terms.append(term)
        training += _training_days(year)
    if not terms or folder.faults:
        return _NONE
    first, last = _august_before(terms[0].starts), _august_after(terms[-1].ends)
    closed = _closed(terms, training, first, last)
    for earlier, later in pairwise(closed):
        if later.first <= earlier.last:
            written.fault(f"The {earlier.name} and the {later.name} overlap on {later.first}.", "years")
            return _NONE
    return TermTable(written.text("name"), first, last, closed, day_starts=time(9))


def _august_before(starts: date) -> date:
    return date(starts.year if starts.month >= 8 else starts.year - 1, 8, 1)


def _august_after(ends: date) -> date:
    return date(ends.year if ends.month <= 8 else ends.year + 1, 8, 31)


def _closed(terms: list[_Term], training: list[ClosedPeriod], first: date, last: date) -> tuple[ClosedPeriod, ...]:
    """Every holiday, half term and training day between two days, in order."""
    holidays = [(first, terms[0].starts - _DAY, f"holiday before the {terms[0].name}")]
    for before, after in pairwise(terms):
        holidays.append((before.ends + _DAY, after.starts - _DAY, f"holiday after the {before.name}"))
    holidays.append((terms[-1].ends + _DAY, last, f"holiday after the {terms[-1].name}"))
    periods = [
        *(ClosedPeriod(begins, ends, name) for begins, ends, name in holidays if begins <= ends),
        *(term.half_term for term in terms),
        *training,
    ]
    return tuple(sorted(periods, key=lambda period: period.first))


def _term(row: Table, year: str) -> _Term | None:
    row.only("name", "starts", "half_term", "ends")
    name = f"{row.text('name')} {year}"
    half = row.table("half_term")
    half.only("starts", "ends")
    starts, ends, half_starts, half_ends = (
        row.day("starts"),
        row.day("ends"),
        half.day("starts"),
        half.day("ends"),
    )
    if starts is None or ends is None or half_starts is None or half_ends is None:
        return None
    if not starts < half_starts <= half_ends < ends:
        row.fault(f"The {name} must begin, break for half term, and end, in that order.", "starts")
        return None
    return _Term(name, starts, ClosedPeriod(half_starts, half_ends, f"half term of the {name}", ends_term=False), ends)


def _training_days(year: Table) -> list[ClosedPeriod]:
    days = year.get("training_days") or []
    if not isinstance(days, list) or not all(isinstance(day, date) for day in days):
        year.fault("'training_days' must be a list of dates.", "training_days")
        return []
    return [ClosedPeriod(day, day, "training day", ends_term=False) for day in days]
