"""An example of a rule, wrong and right."""

from __future__ import annotations

from dataclasses import dataclass

from righthelp.returns.cin.rules.tests.building import Part, census, child, episode
from righthelp.returns.cin.tables import Child, Tables


@dataclass(frozen=True)
class Example:
    """What breaks a rule, and what only just does not. `also` are rules that break with it by necessity."""

    code: str
    wrong: Tables
    right: Tables
    also: str = ""
    year: int = 2026


def of_child(
    code: str, wrong: Child | list[Child], right: Child | list[Child], also: str = "", year: int = 2026
) -> Example:
    """An example of children, each with all that belongs to them."""
    returns = [census(*each if isinstance(each, list) else [each], year=year) for each in (wrong, right)]
    return Example(code, returns[0], returns[1], also, year)


def of_parts(
    code: str, wrong: Part | list[Part], right: Part | list[Part], also: str = "", year: int = 2026
) -> Example:
    """An example of what followed a referral, in an open case."""
    made = [child(episode(*each if isinstance(each, list) else [each])) for each in (wrong, right)]
    return of_child(code, made[0], made[1], also, year)
