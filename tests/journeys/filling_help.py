"""Families whom the journeys through help and protection meet: on record, and as far on as each journey begins."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .filling import Filling


class FillingHelp:
    """Makes them with whatever makes the rest of the county."""

    def __init__(self, filling: Filling) -> None:
        from righthelp.conftest import Workplace

        self.filling = filling
        self.workplace = Workplace(filling.staff)

    def fill(self) -> None:
        """Everybody whom a journey through help or protection needs before its first page."""
        from righthelp.guard.viewers import STEP, looking
        from tests import help_given

        self.family("Harley", ("Ewan", date(2018, 2, 9), "M"))
        self.family("Copley", ("Rosa", date(2017, 9, 21), "F"))
        (callum,) = self.family("Frost", ("Callum", date(2019, 4, 4), "M"))
        (tilly,) = self.family("Brackley", ("Tilly", date(2015, 5, 14), "F"))
        (nell,) = self.family("Ashdale", ("Nell", date(2016, 11, 2), "F"))
        with looking(STEP):
            help_given.under_way(self.workplace, nell)
            self.conference_called_for(callum)
            help_given.in_need(self.workplace, tilly)
        beth, *_ = self.family(
            "Sayle", ("Beth", date(2012, 3, 3), "F"), ("Luke", date(2014, 6, 6), "M"), ("Ned", date(2017, 1, 8), "M"),
            ("Ivy", date(2021, 8, 30), "F"),
        )  # fmt: skip
        (gabriel,) = self.family("Orme", ("Gabriel", date(2010, 10, 10), "M"))
        self.half_brother(gabriel, beth)
        self.filling.locked(gabriel)

    def family(self, name: str, *children: tuple[str, date, str]) -> list[Any]:
        return self.filling.known_family(list(children), name, f"5 {name} Court", "HR4 0BY")

    def half_brother(self, boy: Any, child: Any) -> None:
        """On record as such; he lives elsewhere."""
        from righthelp.engine.journal import Journal
        from righthelp.guard.viewers import DEMONSTRATION
        from righthelp.people.models import Relationship

        journal = Journal()
        said = {"source": "School census", "recorded_on": date(2026, 1, 5)}
        journal.add(Relationship(person=boy, other=child, kind="HALF_SIBLING", **said))
        journal.write(DEMONSTRATION)

    def conference_called_for(self, child: Any) -> None:
        """Enquiries have ended, and the request to convene a conference is awaited."""
        from django.utils import timezone

        from righthelp.processes.conftest import Chain

        Chain(self.workplace, child, timezone.now() - timedelta(days=7)).called_for()
