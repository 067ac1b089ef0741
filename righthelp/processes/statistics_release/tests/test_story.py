"""What may be prepared of a release, and what not; what stands in one is tried where the measures are."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from righthelp.processes.statistics_release.periods import over_by
from righthelp.processes.statistics_release.tests.releasing import QUARTER, YEAR, in_, prepared


@pytest.mark.county
def test_what_may_not_be_prepared(workplace: Any, refused: Any) -> None:
    year = timezone.localdate()
    running = next(one.code for one in over_by(year + timedelta(days=400)) if one.until >= year)
    with refused("period"):
        prepared(workplace, period=running)
    prepared(workplace)
    with refused("period", saying="prepared already"):
        prepared(workplace)
    assert prepared(workplace, YEAR, on=in_(QUARTER)).counted_at > in_(QUARTER)  # the facts are those of now
