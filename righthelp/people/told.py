"""What somebody told us of a person, before anybody has said who it is."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Told:
    """Details as told: in a worry, a search, a file. Any of them may be missing or wrong."""

    given: str = ""
    family: str = ""
    known_as: str = ""
    born_on: date | None = None
    expected_on: date | None = None
    sex: str = ""
    lines: str = ""
    postcode: str = ""
    identifiers: tuple[tuple[str, str], ...] = ()  # (kind, value) pairs of `Identifier.Kind`

    @property
    def empty(self) -> bool:
        """Nothing that anybody could be found by."""
        return not any((self.given, self.family, self.known_as, self.born_on, self.postcode, self.identifiers))
