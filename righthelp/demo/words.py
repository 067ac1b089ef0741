"""What invented practitioners write: texts from the files beside this one, with the child's name and day filled in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import Any

import yaml

from righthelp.packs import pack

HERE = Path(__file__).parent
ANYBODY = "any"  # a worry that any kind of agency may have
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
PRONOUNS = {
    "F": {"he": "she", "He": "She", "him": "her", "his": "her", "His": "Her"},
    "M": {"he": "he", "He": "He", "him": "him", "his": "his", "His": "His"},
    # A baby expected, or a child whose sex was not told.
    "U": {"he": "the child", "He": "The child", "him": "the child", "his": "the child's", "His": "The child's"},
}


@dataclass(frozen=True)
class Worry:
    """A worry as somebody may write it: who would, about a child of which age, and what it may turn out to be."""

    key: str
    worry: str
    happened: str
    well: str
    tried: str
    about: str
    kinds: frozenset[str]  # of agency
    levels: frozenset[int]
    indicators: Mapping[int, Sequence[str]]
    ages: tuple[int, int] = (0, 17)
    unborn: bool = False
    family: bool = False
    harm: bool = False
    today: bool = False
    says: tuple[str, ...] = ()
    shows: tuple[str, ...] = ()

    def ticked(self, level: int, random: Random) -> list[str]:
        """Indicators of the county's levels of need that the sender ticks at this level."""
        known = {row.id for row in pack().levels().rows if row.choosable}
        here = [number for number in self.indicators.get(level, ()) if number in known]
        if here or not self.indicators:
            return here
        # Written for one county's levels of need: in another, something of the same level.
        return [random.choice(pack().levels().indicators(level, choosable=True)).id]


@dataclass(frozen=True)
class Slots:
    """Of whom a text speaks."""

    child: str
    sex: str = "U"
    more: Mapping[str, str] = field(default_factory=dict)

    def fill(self, text: str) -> str:
        """The text with its places filled in."""
        pronouns = PRONOUNS.get(self.sex, PRONOUNS["U"])
        return text.format(child=self.child, **pronouns, **self.more).strip()


@lru_cache
def worries() -> tuple[Worry, ...]:
    """Every worry that is written."""
    return tuple(_worry(key, written) for key, written in _read("worries.yaml").items())


def _worry(key: str, written: dict[str, Any]) -> Worry:
    lowest, highest = written.get("ages", (-1, -1))
    return Worry(
        key=key,
        kinds=frozenset(written.pop("from")),
        ages=(lowest, highest),
        levels=frozenset(written.pop("levels")),
        says=tuple(written.pop("says", ())),
        shows=tuple(written.pop("shows", ())),
        **{name: value for name, value in written.items() if name != "ages"},
    )


@lru_cache
def answers() -> Mapping[str, Any]:
    """What is written on the way: reasons, questions, answers."""
    return {**_read("answers.yaml"), **_read("protection.yaml"), **_read("helping.yaml")}


@lru_cache
def shown() -> Mapping[str, Any]:
    """The families with names in the guides, as they are written."""
    found: Mapping[str, Any] = _read("shown.yaml")
    return found


def one_of(random: Random, *path: str) -> str:
    """One of the texts under a heading of the answers."""
    found: Any = answers()
    for step in path:
        found = found[step]
    return str(random.choice(found))


def _read(name: str) -> Any:
    return yaml.safe_load((HERE / name).read_text(encoding="utf-8"))
