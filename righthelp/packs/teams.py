"""The county's own teams: what each is for, and which work lands with it of itself."""

from collections.abc import Mapping
from dataclasses import dataclass

from righthelp.packs.reading import Folder

FILE = "teams.yaml"


@dataclass(frozen=True)
class CountyTeam:
    """A team: its permanent key, what the county calls it, what it does, and the kinds of process it receives."""

    key: str
    title: str
    does: str
    receives: tuple[str, ...]


def read(folder: Folder) -> Mapping[str, CountyTeam]:
    """The teams of a county's `teams.yaml`, by key, in its order."""
    teams: dict[str, CountyTeam] = {}
    taken: dict[str, str] = {}
    for key, table in folder.yaml(FILE).each():
        table.only("title", "does", "receives")
        receives = tuple(table.texts("receives", required=False))
        teams[key] = CountyTeam(key, table.text("title"), table.text("does"), receives)
        for work in receives:
            if work in taken:
                table.fault(f"{work!r} lands with {taken[work]!r} already: it lands with one team.", "receives")
            taken.setdefault(work, key)
    return teams
