"""The canary crawl (`canary.py`) as every second reader."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.county import County
from tests.leaks.canary import SOME, county, crawl, crawl_all, tokens  # noqa: F401 (fixtures)
from tests.leaks.crawl import Crawl


@pytest.mark.parametrize("who", SOME)
def test_nothing_turns_up_that_is_not_theirs(who: str, county: County, crawl: Callable[[str], Crawl]) -> None:  # noqa: F811
    crawl_all(who, crawl(who), county)
