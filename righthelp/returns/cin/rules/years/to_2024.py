"""The return of 2023/24: Cumberland (942) and Westmorland and Furness (943) are councils since 1 April 2023."""

from __future__ import annotations

from righthelp.returns.cin.rules.census import Census
from righthelp.returns.cin.rules.rule import Broken, rule
from righthelp.returns.cin.rules.upn import AUTHORITIES, authorities
from righthelp.returns.cin.tables import Tables

_AUTHORITIES = AUTHORITIES | authorities("942-943")


@rule(
    "1530",
    module="ChildIdentifiers",
    fields="UPN",
    since=2024,
    message="UPN invalid (characters 2-4 not a recognised LA code)",
    mend="The 2nd to 4th characters of a UPN name a council, and these name none. Ask the school for the right UPN.",
)
def unknown_authority(tables: Tables, census: Census) -> Broken:
    return [child for child in tables.children if child.upn and child.upn[1:4] not in _AUTHORITIES]
