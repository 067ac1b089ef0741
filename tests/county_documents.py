"""Reports in the small county: composed from the record and issued to many, of a family and of the locked one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from righthelp.engine.composing import Section, of
from righthelp.engine.doing import Doing
from righthelp.engine.issuing import Recipient
from righthelp.engine.journal import Journal

if TYPE_CHECKING:
    from tests.county import County


def reports(county: County, journal: Journal) -> None:
    """One to a class teacher, a whole agency and a parent."""
    sender, asked = county.worker("sender"), county.worker("asked")
    to = [Recipient(worker=sender), Recipient(agency=asked.agency), Recipient(county.say("The mother"))]
    _report(county, journal, "known", "referral", to)


def locked_report(county: County, journal: Journal) -> None:
    """Of the locked family, to a health visitor alone."""
    _report(county, journal, "locked before", "locked referral", [Recipient(worker=county.worker("asked"))])


def _report(county: County, journal: Journal, worry: str, referral: str, to: list[Recipient]) -> None:
    told, row = county.rows[worry], county.rows[referral]
    doing = Doing(journal, row, by=county.as_("circle member"), on=county.now, begin=_nothing, take=_nothing)
    doing.issue_composed("Report for the meeting", [Section("What we were told", [of(told, "worry")])], to)


def _nothing(*_: Any) -> None:
    """No other step is taken."""
