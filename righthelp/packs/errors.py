"""What can go wrong when a pack is asked for, or asked something."""

from collections.abc import Sequence


class PackFault(Exception):
    """A pack has faults, so nothing of it was loaded. `faults` holds every one as a sentence."""

    def __init__(self, name: str, faults: Sequence[str]) -> None:
        super().__init__(f"The pack {name!r} has faults:\n" + "\n".join(f"  {fault}" for fault in faults))
        self.name = name
        self.faults = tuple(faults)


class UnknownPack(LookupError):
    """There is no pack of that name for a county."""


class UnknownWord(LookupError):
    """A word, a letter or a set that no pack has."""


class UnknownCode(LookupError):
    """A code that was never in the set."""
