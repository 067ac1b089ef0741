"""Where the county's children live: how many there are by year, and what its parts are called."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from righthelp.packs.codes import CHECKED
from righthelp.packs.reading import Folder

FILE = "places.yaml"


@dataclass(frozen=True)
class Children:
    """How many children under 18 lived in the county (or in a part of it) in one year, and who says so."""

    area: str  # empty: the whole county
    year: int
    number: int
    source: str
    checked: str


@dataclass(frozen=True)
class Places:
    """The county's children by year, and its localities with the first halves of their postcodes."""

    children: tuple[Children, ...] = ()
    localities: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def children_in(self, year: int, area: str = "") -> Children | None:
        """The latest figure that is no later than the year; the first that there is, for what was before it."""
        found = [figure for figure in self.children if figure.area == area]
        return next((figure for figure in reversed(found) if figure.year <= year), found[0] if found else None)


def read(folder: Folder) -> Places:
    """A county's `places.yaml`; none of either where there is no such file."""
    written = folder.yaml(FILE, required=False)
    written.only("children", "localities")
    figures = []
    for row in written.tables("children", required=False):
        row.only("area", "year", "number", "source", "checked")
        if row.text("checked") not in CHECKED:
            row.fault(f"'checked' must be one of: {', '.join(CHECKED)}.", "checked")
        area, year, number = row.text("area", required=False), row.whole("year"), row.whole("number")
        if not number:
            row.fault("'number' is how many children there are: more than none.", "number")
        figures.append(Children(area, year, number, row.text("source"), row.text("checked")))
    localities: dict[str, tuple[str, ...]] = {}
    taken: dict[str, str] = {}
    table = written.table("localities", required=False)
    for name in table:
        localities[name] = tuple(table.texts(name))
        for outward in localities[name]:
            if outward in taken:
                table.fault(f"{outward} is of {taken[outward]} already: a postcode is of one locality.", name)
            taken[outward] = name
    for figure in figures:
        if figure.area and figure.area not in localities:
            written.fault(f"{figure.area!r} is no locality of the county.", "children")
    return Places(tuple(sorted(figures, key=lambda figure: (figure.area, figure.year))), localities)
