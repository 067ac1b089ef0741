"""A nation's code sets by themselves, for what is told to the nation and needs nothing else of a pack."""

from collections.abc import Mapping
from functools import cache

from righthelp.packs.codes import CodeSet, national_sets
from righthelp.packs.errors import PackFault
from righthelp.packs.reading import HOME, Fault, Folder


@cache
def national_codes(nation: str = "england") -> Mapping[str, CodeSet]:
    """The code sets that a nation's returns know, by name. Raises `PackFault`."""
    faults: list[Fault] = []
    sets = national_sets(Folder(HOME / nation, faults))
    if faults:
        raise PackFault(nation, [str(fault) for fault in faults])
    return sets
