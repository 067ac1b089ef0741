"""Reads a pack's files and remembers the line of each thing, so that a fault can be found and mended.

YAML is read more plainly than usual: a key is always text (code `10` or `NO` needs no quotation marks), only
`true` and `false` are yes and no, and a key that comes twice is a fault. Nothing here stops at the first
fault: readers go on with an empty value, and whoever asked for the pack is told of all of them together.
"""

import csv
import difflib
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from yaml.nodes import MappingNode, Node, SequenceNode

HOME = Path(__file__).resolve().parents[2] / "packs"
_LOADER: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_WHOLE = re.compile(r"[-+]?(0|[1-9][0-9]*)")
_DECIMAL = re.compile(r"[-+]?[0-9]*\.[0-9]+")


@dataclass(frozen=True, order=True)
class Fault:
    """One thing that is wrong in a pack: file, line (from 1), and a sentence that says how to mend it."""

    file: str
    line: int
    sentence: str

    def __str__(self) -> str:
        return f"{self.file}, line {self.line}: {self.sentence}"


def near(word: str, known: Iterable[str]) -> str:
    """A few words of help for a name that is not known: those that look like it, or nothing."""
    close = difflib.get_close_matches(word, list(known), n=3, cutoff=0.6)
    return f" Did you mean {' or '.join(repr(name) for name in close)}?" if close else ""


class Table(dict[str, Any]):
    """One mapping of a file, with its lines. Each reader takes a key, and tells when it is at fault."""

    def __init__(self, faults: list[Fault], file: str, line: int = 1) -> None:
        super().__init__()
        self.faults, self.file, self.line = faults, file, line
        self.lines: dict[str, int] = {}

    def fault(self, sentence: str, key: str = "") -> None:
        """Tell of a fault, at the line of a key or of the whole table."""
        self.faults.append(Fault(self.file, self.lines.get(key, self.line), sentence))

    def only(self, *allowed: str) -> None:
        """Every key that is not allowed here is a fault."""
        for key in self:
            if key not in allowed:
                self.fault(f"{key!r} is not known here.{near(key, allowed)}", key)

    def text(self, key: str, *, required: bool = True) -> str:
        """Words. A number that was written without quotation marks is taken as its digits."""
        value = self.get(key, "")
        if isinstance(value, int | float) and not isinstance(value, bool):
            value = str(value)
        if not isinstance(value, str):
            self.fault(f"{key!r} must be words.", key)
            return ""
        if required and not value.strip():
            self.fault(f"{key!r} is missing.", key)
        return value.strip()

    def number(self, key: str) -> float:
        """A number, not negative."""
        value = self.get(key)
        if not isinstance(value, int | float) or isinstance(value, bool) or value < 0:
            self.fault(f"{key!r} must be a number, zero or more.", key)
            return 0
        return value

    def whole(self, key: str) -> int:
        """A whole number, not negative."""
        value = self.number(key)
        if value != int(value):
            self.fault(f"{key!r} must be a whole number.", key)
        return int(value)

    def flag(self, key: str) -> bool:
        """true or false."""
        value = self.get(key)
        if not isinstance(value, bool):
            self.fault(f"{key!r} must be true or false.", key)
        return value is True

    def day(self, key: str, *, required: bool = True) -> date | None:
        """A date, written as 2026-09-01."""
        value = self.get(key)
        if value is None and not required:
            return None
        if not isinstance(value, date):
            self.fault(f"{key!r} must be a date, written as 2026-09-01.", key)
            return None
        return value

    def table(self, key: str, *, required: bool = True) -> "Table":
        """A table within this one; an empty one when there is none."""
        value = self.get(key)
        if isinstance(value, Table):
            return value
        if value is not None or required:
            self.fault(f"{key!r} must hold a table of names and values.", key)
        return Table(self.faults, self.file, self.lines.get(key, self.line))

    def tables(self, key: str, *, required: bool = True) -> list["Table"]:
        """A list of tables."""
        return [row for row in self._listed(key, required) if self._is(row, Table, key, "a table")]

    def texts(self, key: str, *, required: bool = True) -> list[str]:
        """A list of words."""
        return [row for row in self._listed(key, required) if self._is(row, str, key, "words")]

    def each(self) -> Iterator[tuple[str, "Table"]]:
        """Every key with its table."""
        for key in self:
            yield key, self.table(key)

    def _listed(self, key: str, required: bool) -> list[Any]:
        value = self.get(key)
        if isinstance(value, list):
            return value
        if value is not None or required:
            self.fault(f"{key!r} must be a list.", key)
        return []

    def _is(self, row: object, kind: type, key: str, called: str) -> bool:
        if not isinstance(row, kind):
            self.fault(f"Each line of {key!r} must be {called}.", key)
        return isinstance(row, kind)


class Folder:
    """A pack's folder. Faults name files as `<pack>/<file>`."""

    def __init__(self, path: Path, faults: list[Fault]) -> None:
        self.path, self.faults = path, faults

    def named(self, file: str) -> str:
        return f"{self.path.name}/{file}"

    def fault(self, file: str, line: int, sentence: str) -> None:
        self.faults.append(Fault(self.named(file), line, sentence))

    def files(self) -> list[str]:
        """Every file of the folder, by its path within it; not the hidden ones that a desktop leaves."""
        return sorted(
            found.relative_to(self.path).as_posix()
            for found in self.path.rglob("*")
            if found.is_file() and not found.name.startswith(".")
        )

    def words(self, file: str, *, required: bool = True) -> str | None:
        """The text of a file, or None when there is none."""
        try:
            return (self.path / file).read_text(encoding="utf-8")
        except (FileNotFoundError, IsADirectoryError):
            if required:
                self.fault(file, 1, "The file is missing.")
        except UnicodeDecodeError:
            self.fault(file, 1, "The file is not written in UTF-8.")
        return None

    def yaml(self, file: str, *, required: bool = True) -> Table:
        """The table that a YAML file holds; an empty one when the file is not there or cannot be read."""
        empty = Table(self.faults, self.named(file))
        words = self.words(file, required=required)
        if words is None:
            return empty
        try:
            node = yaml.compose(words, Loader=_LOADER)
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            problem = getattr(error, "problem", None) or "it cannot be understood"
            self.fault(file, mark.line + 1 if mark else 1, f"This is not YAML: {problem}.")
            return empty
        if node is None:
            return empty
        value = self._value(node, file, set())
        if not isinstance(value, Table):
            self.fault(file, 1, "The file must hold a table of names and values.")
            return empty
        return value

    def rows(self, file: str, columns: tuple[str, ...], *, required: bool = True) -> list[tuple[int, dict[str, str]]]:
        """The rows of a CSV file under exactly these columns, each with its line."""
        words = self.words(file, required=required)
        if words is None:
            return []
        reader = csv.reader(io.StringIO(words, newline=""))
        header = tuple(next(reader, ()))
        if header != columns:
            self.fault(file, 1, f"The columns must be {', '.join(columns)}; they are {', '.join(header)}.")
            return []
        rows = []
        for cells in reader:
            if len(cells) != len(columns):
                self.fault(file, reader.line_num, f"The row has {len(cells)} cells, and should have {len(columns)}.")
                continue
            rows.append((reader.line_num, dict(zip(columns, (cell.strip() for cell in cells), strict=True))))
        return rows

    def _value(self, node: Node, file: str, seen: set[Node]) -> Any:
        line = node.start_mark.line + 1
        if node in seen:
            self.fault(file, line, "A pack says each thing where it stands, without YAML's anchors and aliases.")
            return None
        seen.add(node)
        if isinstance(node, MappingNode):
            table = Table(self.faults, self.named(file), line)
            for key_node, value_node in node.value:
                key = str(key_node.value)
                if key in table:
                    self.fault(file, key_node.start_mark.line + 1, f"{key!r} comes twice.")
                table[key] = self._value(value_node, file, seen)
                table.lines[key] = key_node.start_mark.line + 1
            return table
        if isinstance(node, SequenceNode):
            return [self._value(each, file, seen) for each in node.value]
        return self._scalar(str(node.value), node.tag.rsplit(":", 1)[-1], file, line)

    def _scalar(self, words: str, kind: str, file: str, line: int) -> Any:
        if kind == "null":
            return None
        if kind == "bool" and words in {"true", "false"}:
            return words == "true"
        if kind == "int" and _WHOLE.fullmatch(words):
            return int(words)
        if kind == "float" and _DECIMAL.fullmatch(words):
            return float(words)
        if kind == "timestamp":
            try:
                return date.fromisoformat(words)
            except ValueError:
                self.fault(file, line, f"{words!r} is not a day of the calendar.")
                return None
        return words
