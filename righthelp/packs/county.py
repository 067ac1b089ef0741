"""A county's pack: everything that its nation and the county itself say, ready to be asked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from righthelp import law
from righthelp.kernel import lengths, units
from righthelp.kernel.moments import When, local_day
from righthelp.kernel.terms import TermTable
from righthelp.packs import standards
from righthelp.packs.benchmarks import Benchmark
from righthelp.packs.codes import CodeSet
from righthelp.packs.demonstration import Demonstration
from righthelp.packs.directory import Entry
from righthelp.packs.errors import UnknownWord
from righthelp.packs.letters import Letter
from righthelp.packs.levels import LevelsOfNeed
from righthelp.packs.places import Places
from righthelp.packs.reading import near
from righthelp.packs.roles import Role
from righthelp.packs.standards import LocalStandard, Standards
from righthelp.packs.teams import CountyTeam


@dataclass(frozen=True)
class LocalAuthority:
    """The council's numbers: the Department for Education's (three digits) and the statistics office's."""

    dfe: str
    ons: str


@dataclass(frozen=True)
class Pack:
    """Reference data of one county: its nation's, with what the county adds, renames and makes shorter."""

    name: str
    title: str
    nation: str
    local_authority: LocalAuthority
    _words: Mapping[str, str]
    _labels: Mapping[str, str]
    _codes: Mapping[str, CodeSet]
    _roles: Mapping[str, Role]
    _levels: LevelsOfNeed
    _letters: Mapping[str, Letter]
    _standards: Standards
    _terms: TermTable
    _places: Places
    _directory: tuple[Entry, ...]
    _teams: Mapping[str, CountyTeam]
    _demonstration: Demonstration | None
    _benchmarks: tuple[Benchmark, ...]
    _switched_off: frozenset[str]

    def word(self, key: str, default: str | None = None) -> str:
        """What the county calls something. Without a default an unknown word raises `UnknownWord`."""
        found = self._words.get(key, default)
        if found is None:
            raise UnknownWord(f"No pack has the word {key!r}.{near(key, self._words)}")
        return found

    def words(self) -> Mapping[str, str]:
        """Every word by its key."""
        return self._words

    def label(self, path: str, default: str) -> str:
        """The county's label for a code, field or step, by its path; the default when the county has none."""
        return self._labels.get(path, default)

    def labels(self) -> Mapping[str, str]:
        """Every label by path. Whoever knows the processes checks that each path leads somewhere."""
        return self._labels

    def codes(self, name: str) -> CodeSet:
        """A code set by name. Raises `UnknownWord`."""
        if name not in self._codes:
            raise UnknownWord(f"There is no code set {name!r}.{near(name, self._codes)}")
        return self._codes[name]

    def code_sets(self) -> Mapping[str, CodeSet]:
        """Every code set by name."""
        return self._codes

    def roles(self) -> Mapping[str, Role]:
        """Every role by its permanent name."""
        return self._roles

    def levels(self) -> LevelsOfNeed:
        """The county's levels of need."""
        return self._levels

    def letter(self, name: str) -> Letter:
        """A letter in the county's wording. Raises `UnknownWord`."""
        if name not in self._letters:
            raise UnknownWord(f"There is no letter {name!r}.{near(name, self._letters)}")
        return self._letters[name]

    def clock(self, key: str, on: date | None = None) -> LocalStandard | None:
        """The county's own, shorter standard for a clock that starts on a day; None when it has none."""
        return standards.in_force(self._standards, key, on)

    def due(self, key: str, start: When) -> date | datetime:
        """When something that started then is due: by the county's own standard, else by the law.

        Raises as `law.due` does.
        """
        standard = self.clock(key, local_day(start))
        if standard is None:
            return law.due(key, start, terms=self._terms)
        return lengths.due(standard.value, standard.unit, start, standard.calendar, terms=self._terms)

    def allowed(self, key: str, on: date) -> str:
        """How long a clock that starts that day gives, in words: "24 hours". Raises as `law.value` does."""
        found = self.clock(key, on) or law.value(key, on)
        return units.in_words(found.value, found.unit)

    def clocks(self) -> Standards:
        """Every local standard by the law's key."""
        return self._standards

    def terms(self) -> TermTable:
        """When the county's schools are open."""
        return self._terms

    def places(self) -> Places:
        """How many children live in the county, and in which parts of it."""
        return self._places

    def directory(self) -> tuple[Entry, ...]:
        """Services with which the directory of the county begins."""
        return self._directory

    def teams(self) -> Mapping[str, CountyTeam]:
        """The county's own teams by key."""
        return self._teams

    def receiver(self, work: str) -> CountyTeam | None:
        """The team with which a kind of process lands; None when the pack names none."""
        return next((team for team in self._teams.values() if work in team.receives), None)

    def switched_off(self) -> frozenset[str]:
        """Kinds of process that the county does not use. Who knows the processes checks that each exists."""
        return self._switched_off

    def benchmarks(self) -> tuple[Benchmark, ...]:
        """Figures of others, and the county's own as published, for measures."""
        return self._benchmarks

    def demonstration(self) -> Demonstration:
        """What the demonstration county is to look like. Raises LookupError when the pack has none."""
        if self._demonstration is None:
            raise LookupError(f"The pack {self.name!r} says nothing about a demonstration county.")
        return self._demonstration
