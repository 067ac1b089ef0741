"""Places of the county: which one somebody means, and how far one is from another as the crow flies."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

from righthelp.packs import Code, pack

EARTH = 3959  # miles from its middle
NEARBY = 15  # miles that a family may travel to a service
_DISTRICT = re.compile(r"^([A-Z]{1,2}[0-9][0-9A-Z]?)(?:[0-9][A-Z]{2})?$")


@dataclass(frozen=True)
class Place:
    """A place of the county."""

    code: str
    label: str

    @property
    def district(self) -> str:
        """The first half of a postcode there."""
        return pack().codes("place")[self.code].also["districts"].split()[0]

    @property
    def position(self) -> tuple[float, float] | None:
        return _position(pack().codes("place")[self.code])

    def nearby(self) -> list[str]:
        """Codes of the places within reach of this one, itself first."""
        if self.position is None:
            return [self.code]
        within = [
            (miles(self.position, there), code.code)
            for code in pack().codes("place")
            if (there := _position(code)) is not None
        ]
        return [code for far, code in sorted(within) if far <= NEARBY]


def place_meant(typed: str) -> Place | None:
    """The place that somebody means by its name, however spelt, or by a postcode or its first half; None if none."""
    codes = [code for code in pack().codes("place") if code.also.get("districts")]
    squeezed = re.sub(r"\s", "", typed).upper()
    if found := _DISTRICT.match(squeezed):
        return next((_place(code) for code in codes if found[1] in code.also["districts"].split()), None)
    names = {code.label.casefold(): code for code in codes}
    wanted = typed.strip().casefold()
    begins = [code for name, code in names.items() if name.startswith(wanted) or wanted in name.split()]
    close = difflib.get_close_matches(wanted, names, n=1, cutoff=0.7)
    chosen = begins[0] if len(begins) == 1 else names[close[0]] if close else None
    return _place(chosen) if chosen else None


def place_of_postcode(postcode: str) -> Place | None:
    """The place in whose district a postcode lies."""
    return place_meant(postcode) if postcode else None


def places() -> list[Place]:
    """The places of the county, by name."""
    return sorted((_place(code) for code in pack().codes("place") if code.also.get("districts")), key=_label)


def miles(one: tuple[float, float], other: tuple[float, float]) -> float:
    """The distance between two positions (latitude, longitude)."""
    (a, b), (c, d) = ((radians(number) for number in each) for each in (one, other))
    half = sin((c - a) / 2) ** 2 + cos(a) * cos(c) * sin((d - b) / 2) ** 2
    return 2 * EARTH * asin(sqrt(half))


def _label(place: Place) -> str:
    return place.label


def _place(code: Code) -> Place:
    return Place(code.code, code.label)


def _position(code: Code) -> tuple[float, float] | None:
    written = code.also.get("position", "").split()
    return (float(written[0]), float(written[1])) if len(written) == 2 else None
