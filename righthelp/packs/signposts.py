"""Signposts: where in the county else a family may turn, in general words.

Names of services, whom they are for and how to ask, never a telephone number or an address: those change, and
are kept by the county's directory of services.
"""

import re
from dataclasses import dataclass

from righthelp.packs.reading import Folder

_NUMBER = re.compile(r"\d(?:[\s()-]?\d){5,}|https?://|www\.|@")


@dataclass(frozen=True)
class Signpost:
    """A service that a worker may point a family to."""

    name: str
    what: str
    for_whom: str
    how: str


def read(folder: Folder) -> tuple[Signpost, ...]:
    """The signposts of a county's `signposts.yaml`, in its order."""
    written = folder.yaml("signposts.yaml")
    written.only("source", "checked", "services")
    written.text("source")
    signposts: list[Signpost] = []
    for table in written.tables("services"):
        table.only("name", "what", "for_whom", "how")
        signpost = Signpost(table.text("name"), table.text("what"), table.text("for_whom"), table.text("how"))
        for key in table:
            if _NUMBER.search(str(table[key])):
                table.fault(f"{signpost.name}: no telephone number or address here; say how to ask in words.", key)
        if signpost.name in {each.name for each in signposts}:
            table.fault(f"{signpost.name!r} comes twice.", "name")
        signposts.append(signpost)
    return tuple(signposts)
