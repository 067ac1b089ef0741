"""What every attack needs: the small county, and what was logged of it. What an attack writes is taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from righthelp.guard.models import AccessLog
    from tests.county import County


@pytest.fixture
def county(lasting_county: County) -> Iterator[County]:
    """The small county, as it was before each attack."""
    from django.db import transaction

    with transaction.atomic():
        yield lasting_county
        transaction.set_rollback(True)


@pytest.fixture
def refusals(county: County) -> Callable[[str], list[AccessLog]]:
    """What somebody was refused since the test began, the latest last."""
    from righthelp.guard.models import AccessLog
    from righthelp.guard.viewers import STEP, looking

    def of(who: str) -> list[Any]:
        with looking(STEP):
            rows = AccessLog.objects.filter(kind=AccessLog.Kind.REFUSED, worker=county.worker(who).pk)
            return list(rows.exclude(pk__in=before).order_by("at"))

    with looking(STEP):
        before = list(AccessLog.objects.values_list("pk", flat=True))
    return of
