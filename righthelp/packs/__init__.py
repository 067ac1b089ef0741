"""Reference packs: a nation's code sets and roles; a county's words, levels of need, letters, standards.

A pack may rename, add codes that map to national codes, shorten a clock, switch a process off, and supply
letters, school terms and levels of need. It may not change a law value, a state, or what a field is. A code
never dies: it is closed with `until`.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from righthelp.packs.benchmarks import Benchmark
    from righthelp.packs.codes import Code, CodeSet
    from righthelp.packs.county import LocalAuthority, Pack
    from righthelp.packs.demonstration import Demonstration, Figure
    from righthelp.packs.directory import Entry
    from righthelp.packs.errors import PackFault, UnknownCode, UnknownPack, UnknownWord
    from righthelp.packs.letters import Block, Letter
    from righthelp.packs.levels import Indicator, Level, LevelsOfNeed
    from righthelp.packs.loading import check, load, load_benchmarks, names, pack, term_table
    from righthelp.packs.roles import Role
    from righthelp.packs.standards import LocalStandard
    from righthelp.packs.teams import CountyTeam

# Read only when asked for: who wants a nation's codes alone does not wait for law and calendars.
_WHERE = {
    "benchmarks": "Benchmark",
    "codes": "Code, CodeSet",
    "county": "LocalAuthority, Pack",
    "demonstration": "Demonstration, Figure",
    "directory": "Entry",
    "errors": "PackFault, UnknownCode, UnknownPack, UnknownWord",
    "letters": "Block, Letter",
    "levels": "Indicator, Level, LevelsOfNeed",
    "loading": "check, load, load_benchmarks, names, pack, term_table",
    "roles": "Role",
    "standards": "LocalStandard",
    "teams": "CountyTeam",
}

__all__ = [
    "Benchmark",
    "Block",
    "Code",
    "CodeSet",
    "CountyTeam",
    "Demonstration",
    "Entry",
    "Figure",
    "Indicator",
    "Letter",
    "Level",
    "LevelsOfNeed",
    "LocalAuthority",
    "LocalStandard",
    "Pack",
    "PackFault",
    "Role",
    "UnknownCode",
    "UnknownPack",
    "UnknownWord",
    "check",
    "load",
    "load_benchmarks",
    "names",
    "pack",
    "term_table",
]


def __getattr__(name: str) -> Any:
    for module, given in _WHERE.items():
        if name in given.split(", "):
            return getattr(import_module(f"righthelp.packs.{module}"), name)
    raise AttributeError(f"righthelp.packs has no {name!r}")
