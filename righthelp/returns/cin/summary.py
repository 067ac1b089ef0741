"""What came of a load, counted: for the person who loads, and kept with the file in the record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from righthelp.returns.cin.faults import Fault

LATER = "kept until righthelp has a place for it"
FAULTY = "kept word for word for a fault in it"


@dataclass
class Counts:
    """Children, referrals and their parts, new and known; what was learned of known ones; what is kept for later."""

    children_new: int = 0
    children_known: int = 0
    learned: int = 0  # facts added to children who were known
    referrals_new: int = 0
    referrals_known: int = 0
    closed: int = 0  # known referrals that the file says have ended
    parts_new: Counter[str] = field(default_factory=Counter)  # assessments, enquiries, plans: by what they are called
    parts_known: Counter[str] = field(default_factory=Counter)
    parts_further: Counter[str] = field(default_factory=Counter)  # known ones of which the file tells more
    kept: Counter[str] = field(default_factory=Counter)
    faulty: Counter[str] = field(default_factory=Counter)
    kept_already: int = 0

    def rows(self) -> Iterator[tuple[str, int]]:
        """Each count with its words: children and referrals always, the rest where there is any."""
        yield "children new", self.children_new
        yield "children known already", self.children_known
        yield "referrals new", self.referrals_new
        yield "referrals known already", self.referrals_known
        more = {
            **{f"{words} new": count for words, count in sorted(self.parts_new.items())},
            **{f"{words} known already": count for words, count in sorted(self.parts_known.items())},
            **{f"{words} known already, further told": count for words, count in sorted(self.parts_further.items())},
            "facts added to children known already": self.learned,
            "referrals known already and closed by this file": self.closed,
            **{f"{kind}, {FAULTY}": count for kind, count in sorted(self.faulty.items())},
            **{f"{kind}, {LATER}": count for kind, count in sorted(self.kept.items())},
            "parts that were kept already": self.kept_already,
        }
        yield from ((words, count) for words, count in more.items() if count)

    def sentences(self) -> list[str]:
        """As the record keeps them: one a kind of row."""
        return [f"{words}: {count}"[:120] for words, count in self.rows()]


def by_kind(faults: list[Fault]) -> Iterator[tuple[str, int]]:
    """How many faults of each kind, those that refuse the file first."""
    counted = Counter((not fault.stops, fault.kind.value.name) for fault in faults)
    for (noted, name), count in sorted(counted.items()):
        yield f"{'noted' if noted else 'refused for'}: {name}", count
