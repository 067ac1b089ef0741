"""Rows of a file of comma-separated values, as people's programs write them: read whole, every fault told.

UTF-8 with or without its mark, UTF-16 with its mark, or Windows-1252; commas, semicolons or tabs; new lines inside
quotation marks. Each fault says its line and column, and how it is mended.
"""

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches

MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
SEPARATORS = (",", ";", "\t")
LINES = re.compile(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+")


@dataclass(frozen=True, order=True)
class TableFault:
    """What is wrong in a file: in which line and column (empty where it is the whole line), and how it is mended."""

    line: int
    column: str
    sentence: str


@dataclass(frozen=True)
class Row:
    """One row: the line on which it begins, and its words by column."""

    line: int
    words: Mapping[str, str]


@dataclass
class Table:
    """A file that was read: its rows, and all that is wrong."""

    rows: list[Row] = field(default_factory=list)
    faults: list[TableFault] = field(default_factory=list)
    places: Mapping[str, str] = field(default_factory=dict)  # of each column, as a spreadsheet names it: "C"


class NotReadable(ValueError):
    """The file is no table of text; the message says how to mend it."""


def text_of(content: bytes) -> str:
    """The words of a file. Raises `NotReadable`."""
    for mark, encoding in MARKS:
        if content.startswith(mark):
            try:
                return _printable(content.decode(encoding))
            except UnicodeDecodeError:
                raise NotReadable(f"The file says that it is {encoding}, and is not. Save it as CSV again.") from None
    try:
        return _printable(content.decode("utf-8"))
    except UnicodeDecodeError:
        pass
    try:
        return _printable(content.decode("cp1252"))
    except UnicodeDecodeError as wrong:
        line = content[: wrong.start].count(b"\n") + 1
        raise NotReadable(f"Line {line} holds a sign that no CSV file has. Save the file as CSV UTF-8.") from None


def _printable(text: str) -> str:
    if "\x00" in text:
        raise NotReadable("This is not a CSV file. Save the sheet as CSV and choose that file.")
    return text


def read_table(text: str, headings: Mapping[str, str], *, needed: Sequence[str], most: int) -> Table:
    """Rows of a text by column. `headings` are the columns' names by their key; those `needed` must be there."""
    table = Table()
    records = _records(text, table)
    first = next((record for record in records if any(cell.strip() for cell in record[1])), None)
    if first is None:
        table.faults = table.faults or [TableFault(1, "", "The file is empty. The first line names the columns.")]
        return table
    line, names = first
    columns = _columns(line, names, headings, needed, table)
    if table.faults:
        return table
    table.places = {key: letters(place) for place, key in columns.items()}
    for line, cells in records:
        if not any(cell.strip() for cell in cells):
            continue
        if len(table.rows) == most:
            table.faults.append(TableFault(line, "", f"A file holds at most {most:,} rows. Send the rest in another."))
            break
        if extra := [cell for cell in cells[len(names) :] if cell.strip()]:
            table.faults.append(
                TableFault(
                    line, letters(len(names)),
                    f"“{extra[0][:40]}” stands in a column without a name. Words with a comma in them need quotation "
                    "marks around them.",
                )
            )  # fmt: skip
        table.rows.append(Row(line, {key: cell.strip() for key, cell in _pairs(columns, cells)}))
    if not table.rows and not table.faults:
        table.faults.append(TableFault(line, "", "The file names its columns and has no rows below them."))
    return table


def _pairs(columns: Mapping[int, str], cells: Sequence[str]) -> Iterator[tuple[str, str]]:
    for place, key in columns.items():
        yield key, cells[place] if place < len(cells) else ""


def _records(text: str, table: Table) -> Iterator[tuple[int, list[str]]]:
    """Each record with the line on which it begins; what cannot be read ends them with a fault."""
    lines = LINES.findall(text)
    reader = csv.reader(lines, delimiter=_separator(lines), strict=True)
    begins = 1
    while True:
        try:
            record = next(reader)
        except StopIteration:
            return
        except csv.Error as wrong:
            table.faults.append(TableFault(begins, "", _in_words(wrong)))
            return
        yield begins, record
        begins = reader.line_num + 1


def _separator(lines: Sequence[str]) -> str:
    first = next((line for line in lines if line.strip()), "")
    return max(SEPARATORS, key=first.count)


def _in_words(wrong: csv.Error) -> str:
    said = str(wrong)
    if "unexpected end" in said:
        return "A quotation mark opens here and never closes. Close it, or take it out."
    if "expected after" in said:
        return "A quotation mark stands inside words. Write it twice, or take it out."
    if "field larger" in said:
        return "The words of one column are too long to be read. Perhaps a quotation mark is missing."
    return "This line cannot be read as CSV. Save the sheet as CSV again."


def _columns(
    line: int, names: Sequence[str], headings: Mapping[str, str], needed: Sequence[str], table: Table
) -> dict[int, str]:
    meant = {_plain(words): key for key, words in headings.items()} | {_plain(key): key for key in headings}
    columns: dict[int, str] = {}
    for place, name in enumerate(names):
        key = meant.get(_plain(name))
        if not name.strip():
            continue
        if key is None:
            near = get_close_matches(name.strip().casefold(), [words.casefold() for words in headings.values()], n=1)
            hint = next((f" Did you mean “{words}”?" for words in headings.values() if [words.casefold()] == near), "")
            table.faults.append(
                TableFault(line, letters(place), f"There is no column called “{name.strip()[:60]}”.{hint}")
            )
        elif key in columns.values():
            table.faults.append(TableFault(line, letters(place), f"The column “{headings[key]}” is there twice."))
        else:
            columns[place] = key
    table.faults += [
        TableFault(line, "", f"The column “{headings[key]}” is missing.")
        for key in needed
        if key not in columns.values()
    ]
    return columns


def _plain(words: str) -> str:
    return re.sub(r"[\W_]+", " ", words).strip().casefold()


def letters(place: int) -> str:
    """A column as a spreadsheet names it: A for the first, AA for the twenty-seventh."""
    name = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
