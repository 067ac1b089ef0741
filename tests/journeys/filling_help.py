"""Families whom the journeys through help and protection meet: on record, and as far on as each journey begins."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .filling import Filling


class FillingHelp:
    """Makes them with whatever makes the rest of the county."""

    def __init__(self, filling: Filling) -> None:
        self.filling = filling

    def fill(self) -> None:
        """Everybody whom a journey through help or protection needs before its first page."""
        self.filling.known_family([("Ewan", date(2018, 2, 9), "M")], "Harley", "5 Tannery Court", "HR4 0BY")
