"""Of the small county: a sending to the Department that stopped, a child whom it refused, one who waits, one locked."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from righthelp.returns.cin.numbers import number_of
from righthelp.returns.daily.models import DailyPayload, DailySend

if TYPE_CHECKING:
    from tests.county import County


def sent(county: County) -> None:
    """Last night."""
    at = county.now - timedelta(hours=8)
    DailySend.objects.create(began_at=at, ended_at=at, stopped_because=county.say("It asks to come back later"))
    refused(county, "known")
    waiting = county.people["known sibling"]
    county.rows["daily waiting"] = DailyPayload.objects.create(
        number=number_of(waiting.pk, []), person=waiting, waits_since=at
    )


def refused(county: County, key: str) -> None:
    """A child whom the Department refused last night."""
    person = county.people[key]
    county.rows[f"{key} refused"] = DailyPayload.objects.create(
        number=number_of(person.pk, []), person=person, refused="0" * 64,
        refused_at=county.now - timedelta(hours=8), refusal=county.say("It is not a code"),
    )  # fmt: skip
