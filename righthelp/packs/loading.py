"""Finds a pack's folder, reads it over its nation's, and gives it whole or not at all."""

import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from righthelp.kernel.terms import TermTable
from righthelp.packs import (
    benchmarks,
    codes,
    demonstration,
    directory,
    issued,
    letters,
    levels,
    places,
    roles,
    standards,
    teams,
    terms,
    words,
)
from righthelp.packs.codes import CodeSet
from righthelp.packs.county import LocalAuthority, Pack
from righthelp.packs.errors import PackFault, UnknownPack
from righthelp.packs.reading import HOME, Fault, Folder, Table, near
from righthelp.packs.roles import Role

USUAL = "herefordshire"
NATION, COUNTY = "nation", "county"
_MAY_HOLD = {
    NATION: {"pack.yaml", "codes.yaml", "roles.yaml", "letters.yaml", issued.FILE, "README.md"},
    COUNTY: {
        "pack.yaml", "codes.yaml", "roles.yaml", "levels.yaml", "levels_of_need.csv", "clocks.yaml",
        terms.FILE, teams.FILE, directory.FILE, places.FILE, benchmarks.FILE, "demonstration.yaml", issued.FILE,
        "README.md",
    },
}  # fmt: skip
_LAW = {"law", "laws", "values", "timescales"}
_FIXED = {"states": "a state", "state": "a state", "fields": "what a field is", "steps": "what a step does"}
_KIND = re.compile(r"[a-z][a-z0-9_]*")


def names(home: Path = HOME) -> list[str]:
    """The packs that there are for counties."""
    return sorted(
        found.name
        for found in (home.iterdir() if home.is_dir() else ())
        if (found / "pack.yaml").is_file() and Folder(found, []).yaml("pack.yaml").get("kind") == COUNTY
    )


def pack(name: str | None = None) -> Pack:
    """A county's pack, read once; without a name, that of the environment's RIGHTHELP_COUNTY.

    Raises `UnknownPack`, or `PackFault` with every fault.
    """
    return _kept(name or os.environ.get("RIGHTHELP_COUNTY") or USUAL)


@cache
def _kept(name: str) -> Pack:
    return load(name)


def load(name: str, home: Path = HOME) -> Pack:
    """A county's pack, read anew. Raises `PackFault` with every fault; nothing is half loaded."""
    if name not in names(home):
        raise UnknownPack(f"There is no county's pack {name!r}. There are: {', '.join(names(home))}.")
    faults: list[Fault] = []
    loaded, _ = _county(Folder(home / name, faults))
    if faults or loaded is None:
        raise PackFault(name, [str(fault) for fault in _once(faults)])
    return loaded


def check(name: str, home: Path = HOME) -> list[str]:
    """Every fault of a pack by file and line, a county's with its nation's. Empty when it is sound."""
    faults: list[Fault] = []
    folder = Folder(home / name, faults)
    if not folder.path.is_dir():
        raise UnknownPack(f"There is no pack {name!r}.")
    _given(folder)
    return [str(fault) for fault in _once(faults)]


def issue(name: str, on: date, home: Path = HOME) -> list[tuple[str, str]]:
    """Write a pack's new codes into its ledger, with the day they were first given out. Permanent, then.

    Gives the set and code of each. Raises `PackFault` when the pack has any other fault.
    """
    faults: list[Fault] = []
    folder = Folder(home / name, faults)
    if not folder.path.is_dir():
        raise UnknownPack(f"There is no pack {name!r}.")
    given = _given(folder)
    others = [fault for fault in _once(faults) if fault.file != folder.named(issued.FILE)]
    if others:
        raise PackFault(name, [str(fault) for fault in others])
    new = issued.missing(folder, given)
    issued.add(folder, new, on)
    return new


def load_benchmarks(file: Path, known: Iterable[str], name: str | None = None, home: Path = HOME) -> tuple[int, int]:
    """Put a newer file's figures of others into a county's pack: how many are new, how many changed.

    `known` are the measures that there are. Raises `PackFault` with every fault; then nothing is written.
    """
    county = name or os.environ.get("RIGHTHELP_COUNTY") or USUAL
    faults: list[Fault] = []
    given = Folder(file.parent, faults)
    measures = set(known)
    for line, row in given.rows(file.name, benchmarks.COLUMNS):
        if row["measure"] and row["measure"] not in measures:
            given.fault(file.name, line, f"Column 'measure': no measure is called {row['measure']!r}."
                        f"{near(row['measure'], measures)}")  # fmt: skip
    folder = Folder(home / county, faults)
    new = benchmarks.load(folder, file)
    if faults:
        raise PackFault(county, [str(fault) for fault in _once(faults)])
    return new


def term_table(name: str | None = None, home: Path = HOME) -> TermTable:
    """A county's school terms, for who needs nothing else of its pack. Raises `PackFault`, `UnknownPack`."""
    county = name or os.environ.get("RIGHTHELP_COUNTY") or USUAL
    faults: list[Fault] = []
    folder = Folder(home / county, faults)
    if not folder.path.is_dir():
        raise UnknownPack(f"There is no county's pack {county!r}. There are: {', '.join(names(home))}.")
    table = terms.read(folder)
    if faults:
        raise PackFault(county, [str(fault) for fault in _once(faults)])
    return table


@dataclass(frozen=True)
class _Nation:
    words: Mapping[str, str]
    codes: Mapping[str, CodeSet]
    roles: Mapping[str, Role]
    letters: Mapping[str, letters.Wanted]


def _nation(folder: Folder) -> _Nation:
    written = _front(folder, NATION)
    sets = codes.national_sets(folder)
    issued.check(folder, {name: [code.code for code in each] for name, each in sets.items()})
    return _Nation(words.national_words(written), sets, roles.national_roles(folder), letters.wanted(folder))


def _given(folder: Folder) -> Mapping[str, Iterable[str]]:
    """Reads a pack of either kind, for its faults and for the codes that it gives out."""
    if folder.yaml("pack.yaml").get("kind") == NATION:
        return {name: [code.code for code in each] for name, each in _nation(folder).codes.items()}
    return _county(folder)[1]


def _county(folder: Folder) -> tuple[Pack | None, Mapping[str, Iterable[str]]]:
    written = _front(folder, COUNTY, "nation", "local_authority", "labels", "switched_off")
    home = folder.path.parent / written.text("nation")
    if home == folder.path.parent or not (home / "pack.yaml").is_file():
        written.fault(f"There is no nation's pack {written.get('nation')!r}.", "nation")
        return None, {}
    nation = _nation(Folder(home, folder.faults))
    sets = codes.with_county(folder, nation.codes)
    labels = words.labels(written, sets)
    framework = levels.read(folder)
    given: dict[str, list[str]] = {
        name: [code.code for code in each if code.code not in nation.codes[name]] for name, each in sets.items()
    }
    given["levels_of_need"] = [row.id for row in framework.rows]
    issued.check(folder, given)
    loaded = Pack(
        name=folder.path.name,
        title=written.text("title"),
        nation=home.name,
        local_authority=_local_authority(written),
        _words=words.with_county(written, nation.words),
        _labels=labels,
        _codes=codes.relabelled(sets, labels),
        _roles=roles.with_county(folder, nation.roles),
        _levels=framework,
        _letters=letters.read(folder, nation.letters),
        _standards=standards.read(folder),
        _terms=terms.read(folder),
        _places=places.read(folder),
        _directory=directory.read(folder, codes.relabelled(sets, labels)),
        _teams=teams.read(folder),
        _demonstration=demonstration.read(folder, sets),
        _benchmarks=benchmarks.read(folder),
        _switched_off=_switched_off(written),
    )
    return loaded, given


def _front(folder: Folder, kind: str, *allowed: str) -> Table:
    """The pack's own page, after a look at what else the folder holds."""
    written = folder.yaml("pack.yaml")
    for key in written:
        if key in _LAW:
            written.fault("A pack may not hold law values. A county may shorten a clock, in clocks.yaml.", key)
        elif key in _FIXED:
            written.fault(f"A pack may not change {_FIXED[key]}.", key)
    written.only("kind", "name", "title", "words", *allowed, *_LAW, *_FIXED)
    if written.get("kind") != kind:
        written.fault(f"'kind' must be {kind}.", "kind")
    if written.text("name") != folder.path.name:
        written.fault(f"'name' must be the folder's: {folder.path.name}.", "name")
    for file in folder.files():
        stem = Path(file).stem
        if stem in _LAW or file.split("/")[0] in _LAW:
            folder.fault(file, 1, "A pack may not hold law values. A county may shorten a clock, in clocks.yaml.")
        elif file not in _MAY_HOLD[kind] and not (kind == COUNTY and file.startswith("letters/")):
            folder.fault(file, 1, f"This is not a file of a {kind}'s pack.{near(file, _MAY_HOLD[kind])}")
    return written


def _local_authority(written: Table) -> LocalAuthority:
    table = written.table("local_authority")
    table.only("dfe", "ons")
    numbers = LocalAuthority(table.text("dfe"), table.text("ons"))
    if not re.fullmatch(r"\d{3}", numbers.dfe):
        table.fault("'dfe' is the Department for Education's number of the council: three digits.", "dfe")
    if not re.fullmatch(r"E\d{8}", numbers.ons):
        table.fault("'ons' is the council's code at the Office for National Statistics: E and eight digits.", "ons")
    return numbers


def _switched_off(written: Table) -> frozenset[str]:
    kinds = written.texts("switched_off", required=False)
    for kind in kinds:
        if not _KIND.fullmatch(kind):
            written.fault(f"{kind!r} is not the name of a process: write it as family_help.", "switched_off")
    return frozenset(kinds)


def _once(faults: list[Fault]) -> list[Fault]:
    return sorted(set(faults))
