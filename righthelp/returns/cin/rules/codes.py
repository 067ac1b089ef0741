"""The national codes that a return may hold, read from the nation's pack.

Only the nation's list of codes is read, not a county's pack over it: a file is checked without knowing whose it is.
"""

from __future__ import annotations

from functools import cache

from righthelp.packs.nation import national_codes


@cache
def codes(code_set: str) -> frozenset[str]:
    """The codes of a set, those that ended among them: whether one is still asked for is a rule's question."""
    return frozenset(code.code for code in national_codes()[code_set])
