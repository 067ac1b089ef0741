"""One value of the law: a length of time in force from a day, with its source and how far it has been
checked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from righthelp.kernel.units import Length

STATUSES = ("statutory", "statutory guidance", "local", "good practice")
"""What kind of duty it is, from most to least binding."""

CAUTIONS: Mapping[str, str] = MappingProxyType(
    {
        "text seen": "",
        "local paper": "",
        "secondary": "Read where another document quotes it, not in its own text.",
        "not checked": "Not yet confirmed: nobody has read it in its source.",
        "local default": "Not yet confirmed: no paper sets this length; it is a default.",
    }
)
"""How a value was checked, and what must be said wherever it is shown. Nothing is said of one that was
seen."""


@dataclass(frozen=True)
class Value:
    """A length of time in force from `since` until the next value of the same key.

    `unit` and `calendar` are names of `righthelp.kernel.units` and `righthelp.kernel.calendars`.
    `counts_from` and `stops_when` say in words what starts and stops the clock. `clock` is the row of the
    reference table it comes from, empty where it has none. `href` is the address of the source, empty where
    none is known.
    """

    key: str
    title: str
    value: Length
    unit: str
    calendar: str
    counts_from: str
    stops_when: str
    status: str
    since: date
    source: str
    href: str
    checked: str
    review_by: date
    clock: str
    note: str

    @property
    def caution(self) -> str:
        """What a reader must be told about it, in a sentence; empty when it was read in its source."""
        return CAUTIONS[self.checked]

    @property
    def confirmed(self) -> bool:
        """Whether somebody read it in its source: the instrument itself, or the county's own paper."""
        return not self.caution
