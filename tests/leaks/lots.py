"""Who tries what: all that is about the locked child is tried by everybody, the rest by a few who are drawn.

Which page opens, and what it shows, goes by rules that are the same at every row and every step: to try each of them
as each reader is half of the suite's time, and finds nothing that these few at each of a thousand places do not.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from righthelp.engine.process import Process
from tests.county import VIEWERS, County
from tests.leaks.addresses import Address

FEW = 3


@dataclass
class Lots:
    """The lots of a county: always the same for the same place."""

    county: County
    roles: dict[str, frozenset[str]] = field(init=False)
    locked: dict[str, Any] = field(init=False)  # rows about the locked family, by number
    _drawn: dict[tuple[str, frozenset[str]], list[str]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.roles = {who: self.county.as_(who).roles for who in VIEWERS}
        named = [*self.county.rows.items(), *self.county.people.items()]
        rows = [row for name, row in named if name.startswith("lock") or name == "emergency opening"]
        letters = [row for row in self.county.rows["letters"] if row.entry_id in {row.pk for row in rows}]
        self.locked = {str(row.pk): row for row in (*rows, *letters)}

    def drawn(self, what: str, by: frozenset[str] = frozenset()) -> list[str]:
        """Everybody in the order in which they are drawn for a place: first one whose role may take the step there,
        then one whose may not."""
        if (what, by) not in self._drawn:
            order = sorted(VIEWERS, key=lambda who: sha256(f"{who} {what}".encode()).digest())
            may = [who for who in order if self.roles[who] & by][:1]
            may_not = [who for who in order if not self.roles[who] & by][:1]
            first = [*may, *may_not]
            self._drawn[what, by] = [*first, *(who for who in order if who not in first)]
        return self._drawn[what, by]

    def about_the_locked(self, address: Address, number: str) -> bool:
        """Whether a place is about the locked family: at a page of another kind the number is of nothing."""
        if address.page is None:
            row = self.locked.get(number)
            return row is not None and (not isinstance(row, Process) or address.route.startswith(f"{row.kind()}/"))
        return isinstance(self.locked.get(number), address.page)

    def tried_by_everybody(self, address: Address, number: str) -> bool:
        """Whether everybody is to try a place, and hand something in there whatever is asked for: each step and each
        page of the worry about the locked child, and of the child. What hangs on it goes by the same rules."""
        chief = {str(self.county.rows["locked"].pk), str(self.county.people["locked"].pk)}
        return number in chief and self.about_the_locked(address, number)

    def read_by(self, address: Address, order: int, number: str, step: str) -> list[str]:
        """Who asks for a place, in the order in which they are drawn: everybody for each page that there is, of the
        first row that it can be of, and for what is about the locked family; a few for each other row and step."""
        of_a_step = "step" in address.parameters
        declared = address.page.steps.get(step) if address.page and of_a_step else None
        lot = self.drawn(f"{address.name} {order}", declared.by if declared else frozenset())
        if of_a_step:
            begins = not number and declared is not None and declared.begins
            whole = begins or self.tried_by_everybody(address, number)
        else:
            alone = address.parameters == ["pk"]
            whole = order == 0 or not number or (alone and self.about_the_locked(address, number))
        return lot if whole else lot[:FEW]
