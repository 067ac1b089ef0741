"""The directory: services to which anybody in the county can be pointed, as the county begins its listings.

Only what a source says: what nobody has told is left out, and the service itself adds it. Telephone numbers and
addresses have places of their own, so that they are never buried in a sentence where nobody keeps them.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from righthelp.packs.codes import CodeSet
from righthelp.packs.reading import Folder, Table, near

FILE = "directory.yaml"
_NUMBER = re.compile(r"\d(?:[\s()-]?\d){5,}|https?://|www\.|@")
_KEY = re.compile(r"[a-z][a-z0-9_]*")
_WORDS = ("name", "organisation", "organisation_does", "what", "for_whom", "how")
_OWN_PLACES = ("telephone", "email", "web", "address", "postcode", "opening", "languages", "accessibility")
_CODES = {"helps_with": "help_need", "asked_by": "way_to_ask", "places": "place"}
OLDEST = 25  # years: until then services for children go on, for those with a disability or who were in care


@dataclass(frozen=True)
class Entry:
    """A service as the directory first lists it. A key is permanent: by it a later start knows the listing."""

    key: str
    name: str
    organisation: str
    organisation_does: str
    what: str
    for_whom: str
    how: str
    helps_with: tuple[str, ...]
    asked_by: tuple[str, ...]
    places: tuple[str, ...]
    source: str
    youngest: int | None = None
    oldest: int | None = None
    cost: str = ""
    telephone: str = ""
    email: str = ""
    web: str = ""
    address: str = ""
    postcode: str = ""
    opening: str = ""
    languages: str = ""
    accessibility: str = ""
    extra: Mapping[str, Any] = field(default_factory=dict, compare=False, hash=False)

    def facts(self) -> dict[str, Any]:
        """What a listing is made of, by the name of its field."""
        said = {each.name: getattr(self, each.name) for each in fields(self) if each.name not in {"key", "extra"}}
        return {name: list(value) if isinstance(value, tuple) else value for name, value in said.items()}


def read(folder: Folder, sets: Mapping[str, CodeSet]) -> tuple[Entry, ...]:
    """The entries of a county's `directory.yaml`, in its order."""
    return entries(folder.yaml(FILE), sets)


def entries(written: Table, sets: Mapping[str, CodeSet], *more: str) -> tuple[Entry, ...]:
    """The entries of a table of services; `more` are words that whoever reads it adds to each."""
    written.only("source", "checked", "organisations", "services")
    source = written.text("source")
    written.text("checked")
    organisations = written.table("organisations")
    made: dict[str, Entry] = {}
    for table in written.tables("services"):
        table.only("key", *_WORDS, *_OWN_PLACES, *_CODES, "ages", "cost", *more)
        entry = _entry(table, source, organisations, sets, more)
        if entry.key in made:
            table.fault(f"{entry.key!r} comes twice.", "key")
        if entry.name in {each.name for each in made.values()}:
            table.fault(f"{entry.name!r} comes twice.", "name")
        made[entry.key] = entry
    return tuple(made.values())


def _entry(
    table: Table, source: str, organisations: Table, sets: Mapping[str, CodeSet], more: tuple[str, ...]
) -> Entry:
    key = table.text("key")
    if not _KEY.fullmatch(key):
        table.fault(f"{key!r} is not a key: write it as young_carers.", "key")
    for name in (*_WORDS, "opening"):
        if _NUMBER.search(str(table.get(name, ""))):
            table.fault(f"{key}: no telephone number or address in {name!r}; they have places of their own.", name)
    organisation = table.text("organisation")
    if organisation not in organisations:
        table.fault(f"{organisation!r} is not among the organisations.{near(organisation, organisations)}")
    ages = table.table("ages", required=False)
    ages.only("from", "to")
    youngest, oldest = (ages.whole(name) if name in ages else None for name in ("from", "to"))
    if max(youngest or 0, oldest or 0) > OLDEST or (oldest is not None and (youngest or 0) > oldest):
        ages.fault(f"Ages are of children and young people, the younger first, up to {OLDEST}.")
    facts: dict[str, Any] = {
        **{name: table.text(name) for name in ("name", "what", "for_whom", "how")},
        **{name: table.text(name, required=False) for name in _OWN_PLACES},
        **{name: _codes(table, name, sets[set_]) for name, set_ in _CODES.items()},
    }
    return Entry(
        key=key,
        organisation=organisation,
        organisation_does=organisations.text(organisation, required=False),
        youngest=youngest,
        oldest=oldest,
        source=source,
        cost=_known(table, "cost", [table.text("cost")] if "cost" in table else [], sets["service_cost"]),
        extra={name: table[name] for name in more if name in table},
        **facts,
    )


def _codes(table: Table, key: str, known: CodeSet) -> tuple[str, ...]:
    codes = table.texts(key)
    if not codes:
        table.fault(f"{key!r} is empty.", key)
    _known(table, key, codes, known)
    return tuple(codes)


def _known(table: Table, key: str, codes: list[str], known: CodeSet) -> str:
    for code in codes:
        if code not in known:
            table.fault(f"{code!r} is not a code of {known.name}.{near(code, [each.code for each in known])}", key)
    return codes[0] if codes else ""
