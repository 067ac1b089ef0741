"""The canary crawl (`canary.py`) as every second reader; and that it finds what is planted."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.county import County
from tests.leaks.addresses import addresses
from tests.leaks.canary import SOME, county, crawl, crawl_address, crawl_all, tokens  # noqa: F401 (fixtures)
from tests.leaks.crawl import Crawl
from tests.leaks.lots import Lots
from tests.leaks.readers import Reader
from tests.leaks.tokens import PROBE, Tokens
from tests.leaks.typing_in import Typing


@pytest.mark.parametrize("who", SOME)
def test_nothing_turns_up_that_is_not_theirs(who: str, county: County, crawl: Callable[[str], Crawl]) -> None:  # noqa: F811
    crawl_all(who, crawl(who), county)


@pytest.mark.parametrize(
    ("named", "found"),
    [
        ("contact_record", {"Contact.worry", "Person.called", "the identifier of a Person"}),
        ("contact_take", {"Person.called"}),
    ],
)
def test_a_planted_leak_is_found(
    named: str,
    found: set[str],
    county: County,  # noqa: F811
    crawl: Callable[[str], Crawl],  # noqa: F811
    tokens: Tokens,  # noqa: F811
) -> None:
    """What a member of the circle is answered is a leak to somebody outside it: the crawl must say so."""
    going = crawl("circle member")
    going.reader = Reader("without relation", county.as_("without relation"), tokens)
    (address,) = (one for one in addresses() if one.name == named)
    crawl_address("circle member", going, address, Lots(county), Typing(county))
    assert found <= {part for what in going.wrong for part in what.split(" or ")}
    assert any("<locked>" in place for places in going.wrong.values() for place in places)


def test_words_let_through_as_markup_are_found(crawl: Callable[[str], Crawl]) -> None:  # noqa: F811
    going = crawl("circle member")
    assert "let through as markup" in set(going.faults(f"<p>{PROBE}</p>", ""))
    assert "let through as a template" in set(going.faults(PROBE.replace("{{9|add:9}}", "18"), ""))
