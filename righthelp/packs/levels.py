"""The county's levels of need: what a practitioner looks at when they ask how much help a child needs.

Levels 1 to 4 are national practice (Working Together asks each county to publish its criteria for each
level); their names and the indicators are the county's. Indicators are the start of a conversation. They
carry no weight, are never added up, and nothing here counts them.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from righthelp.packs.reading import Folder

COLUMNS = ("id", "level", "domain", "subdomain", "indicator", "note")
NUMBERS = (1, 2, 3, 4)
SPECIAL, RULE = "special", "rule"
_NUMBERED = tuple(str(number) for number in NUMBERS)


@dataclass(frozen=True)
class Level:
    """A level of need: its number, its name, and what it says in a line."""

    number: int
    title: str
    says: str


@dataclass(frozen=True)
class Indicator:
    """A row of the county's framework: an indicator of a level, a special circumstance, or a rule of its use.

    `level` is "1" to "4", "special" or "rule". `choosable` is true of what may be seen in a child's life, and
    false of what describes a level, how to respond to it, or who can help.
    """

    id: str
    level: str
    domain: str
    subdomain: str
    indicator: str
    note: str
    choosable: bool


@dataclass(frozen=True)
class LevelsOfNeed:
    """A county's framework: four levels, their indicators, special circumstances and rules."""

    title: str
    source: str
    levels: tuple[Level, ...]
    rows: tuple[Indicator, ...]

    def level(self, number: int) -> Level:
        """One level by its number. Raises LookupError for any but 1 to 4."""
        for level in self.levels:
            if level.number == number:
                return level
        raise LookupError(f"There is no level {number}: levels of need are 1 to 4.")

    def indicators(
        self,
        level: int | None = None,
        domain: str | None = None,
        subdomain: str | None = None,
        *,
        choosable: bool | None = None,
    ) -> tuple[Indicator, ...]:
        """Indicators of levels 1 to 4 in the framework's order, narrowed as asked."""
        return tuple(
            row
            for row in self.rows
            if row.level in _NUMBERED
            and (level is None or row.level == str(level))
            and (domain is None or row.domain == domain)
            and (subdomain is None or row.subdomain == subdomain)
            and (choosable is None or row.choosable is choosable)
        )

    def indicator(self, id: str) -> Indicator:
        """One row by its id. Raises LookupError."""
        for row in self.rows:
            if row.id == id:
                return row
        raise LookupError(f"{id!r} is not in {self.title}.")

    def special_circumstances(self) -> tuple[Indicator, ...]:
        """Circumstances in which a practitioner should be particularly alert, at any level."""
        return tuple(row for row in self.rows if row.level == SPECIAL)

    def rules(self, domain: str | None = None) -> tuple[Indicator, ...]:
        """Rules of the framework's use: consent, consultation, the statutory tests, disagreement."""
        return tuple(row for row in self.rows if row.level == RULE and domain in (None, row.domain))

    def tree(self, *, choosable: bool | None = None) -> Mapping[int, Mapping[str, Mapping[str, tuple[Indicator, ...]]]]:
        """Indicators by level, then domain, then sub-domain, each in the framework's order."""
        tree: dict[int, dict[str, dict[str, tuple[Indicator, ...]]]] = {number: {} for number in NUMBERS}
        for row in self.indicators(choosable=choosable):
            groups = tree[int(row.level)].setdefault(row.domain, {})
            groups[row.subdomain] = (*groups.get(row.subdomain, ()), row)
        return tree


def read(folder: Folder) -> LevelsOfNeed:
    """The framework in a county's `levels.yaml` and `levels_of_need.csv`."""
    written = folder.yaml("levels.yaml")
    written.only("title", "source", "levels", "about_the_level")
    levels = []
    for table in written.tables("levels"):
        table.only("number", "title", "says")
        levels.append(Level(table.whole("number"), table.text("title"), table.text("says")))
    if tuple(level.number for level in levels) != NUMBERS:
        written.fault("The levels must be 1, 2, 3 and 4, in that order.", "levels")
    about = set(written.texts("about_the_level", required=False))
    rows = _rows(folder, about)
    for number in _NUMBERED:
        if not any(row.level == number and row.choosable for row in rows):
            folder.fault("levels_of_need.csv", 1, f"Level {number} has no indicator that may be chosen.")
    for domain in sorted(about - {row.domain for row in rows}):
        written.fault(f"No indicator is of the domain {domain!r}.", "about_the_level")
    return LevelsOfNeed(written.text("title"), written.text("source"), tuple(levels), rows)


def _rows(folder: Folder, about: set[str]) -> tuple[Indicator, ...]:
    file = "levels_of_need.csv"
    rows: dict[str, Indicator] = {}
    for line, row in folder.rows(file, COLUMNS):
        for column in COLUMNS[:-1]:
            if not row[column]:
                folder.fault(file, line, f"{column!r} is empty.")
        if row["id"] in rows:
            folder.fault(file, line, f"{row['id']!r} comes twice.")
        if row["level"] not in {*_NUMBERED, SPECIAL, RULE}:
            folder.fault(file, line, f"The level must be 1 to 4, special or rule; it is {row['level']!r}.")
        choosable = row["level"] != RULE and row["domain"] not in about
        rows[row["id"]] = Indicator(**row, choosable=choosable)
    return tuple(rows.values())
