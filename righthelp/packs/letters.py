"""Letters: a county's own wording, with places for what is known.

A letter is plain text: paragraphs with an empty line between them, a heading starts with `# `, a line of a
list with `- `. `{name}` is a place that is filled. The nation's pack says which letters there are, which
places each may use or must use, and what each must say whatever the county's wording. A paragraph that is one
place and nothing else is left out when there is nothing to put there.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from righthelp.packs.reading import Folder, Table, near

_PLACE = re.compile(r"\{([a-z_]+)\}")
_ANY_BRACE = re.compile(r"[{}]")


@dataclass(frozen=True)
class Block:
    """A part of a letter: `kind` is heading, item or paragraph; or the source of what stands before."""

    kind: str
    text: str


@dataclass(frozen=True)
class Letter:
    """A letter that may be written: what it is for, its text, and the places to be filled."""

    name: str
    title: str
    text: str
    places: Mapping[str, str]

    @property
    def used(self) -> frozenset[str]:
        """The places that this county's wording uses."""
        return frozenset(_PLACE.findall(self.text))

    def blocks(self, **known: str) -> list[Block]:
        """The letter, filled, block by block. Raises ValueError for a place that is not filled or not known.

        What is put in a place stays as it is: it cannot make a heading or another place.
        """
        missing, strange = self.used - known.keys(), known.keys() - self.places.keys()
        if missing or strange:
            raise ValueError(
                f"The letter {self.name!r} "
                + " and ".join(
                    f"{says} {', '.join(sorted(names))}"
                    for says, names in (("needs", missing), ("has no place for", strange))
                    if names
                )
                + "."
            )
        blocks = []
        for kind, text in self._parts():
            whole = _PLACE.fullmatch(text)
            if whole and not known[whole[1]].strip():
                continue
            blocks.append(Block(kind, _PLACE.sub(lambda place: known[place[1]], text)))
        return blocks

    def write(self, **known: str) -> str:
        """The letter, filled, as plain text."""
        return "\n\n".join(f"- {b.text}" if b.kind == "item" else b.text for b in self.blocks(**known)) + "\n"

    def _parts(self) -> list[tuple[str, str]]:
        parts = []
        for paragraph in re.split(r"\n\s*\n", self.text.strip()):
            lines: list[str] = []
            for line in paragraph.splitlines():
                if line.startswith(("# ", "- ")):
                    if lines:
                        parts.append(("paragraph", " ".join(lines)))
                        lines = []
                    parts.append(("heading" if line[0] == "#" else "item", line[2:].strip()))
                else:
                    lines.append(line.strip())
            if lines:
                parts.append(("paragraph", " ".join(lines)))
        return parts


@dataclass(frozen=True)
class Wanted:
    """A letter that every county must supply, as the nation's pack says."""

    name: str
    title: str
    places: Mapping[str, str]
    must_use: tuple[str, ...]
    must_say: tuple[str, ...]


def wanted(folder: Folder) -> dict[str, Wanted]:
    """The letters of a nation's `letters.yaml`."""
    letters = {}
    for name, table in folder.yaml("letters.yaml").each():
        table.only("title", "places", "must_use", "must_say")
        places = table.table("places")
        letters[name] = Wanted(
            name=name,
            title=table.text("title"),
            places={key: places.text(key) for key in places},
            must_use=tuple(table.texts("must_use", required=False)),
            must_say=tuple(table.texts("must_say", required=False)),
        )
        _check_must_use(letters[name], table)
    return letters


def read(folder: Folder, national: Mapping[str, Wanted]) -> dict[str, Letter]:
    """A county's wording of every letter, from `letters/<name>.txt`."""
    for file in folder.files():
        name = file.removeprefix("letters/").removesuffix(".txt")
        if file.startswith("letters/") and name not in national:
            folder.fault(file, 1, f"No letter is called {name!r}.{near(name, national)}")
    letters = {}
    for name, asked in national.items():
        file = f"letters/{name}.txt"
        text = folder.words(file)
        if text is None:
            continue
        _check_wording(folder, file, text, asked)
        letters[name] = Letter(name, asked.title, text, asked.places)
    return letters


def _check_must_use(letter: Wanted, table: Table) -> None:
    for place in letter.must_use:
        if place not in letter.places:
            table.fault(f"{place!r} must be used and is not a place.{near(place, letter.places)}", "must_use")


def _check_wording(folder: Folder, file: str, text: str, asked: Wanted) -> None:
    for number, line in enumerate(text.splitlines(), start=1):
        for place in _PLACE.findall(line):
            if place not in asked.places:
                folder.fault(file, number, f"{{{place}}} is not a place of this letter.{near(place, asked.places)}")
        if _ANY_BRACE.search(_PLACE.sub("", line)):
            folder.fault(file, number, "A brace is only for a place, such as {reference}.")
    used = set(_PLACE.findall(text))
    for place in asked.must_use:
        if place in asked.places and place not in used:
            folder.fault(file, 1, f"The letter must use {{{place}}}: {asked.places[place]}.")
    for words in asked.must_say:
        if words not in text:
            folder.fault(file, 1, f"The letter must say {words!r}.")
