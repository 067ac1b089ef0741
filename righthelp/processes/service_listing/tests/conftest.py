"""Listings for the tests of the directory."""

from __future__ import annotations

from typing import Any

import pytest

from righthelp.guard.viewers import DIRECTORY

FACTS: dict[str, Any] = {
    "name": "Harbour Room",
    "organisation": "Friends of the Harbour",
    "organisation_does": "Volunteers who keep a warm room.",
    "what": "A warm room with tea, toys and somebody who listens",
    "for_whom": "Anybody with a child under five",
    "how": "Walk in.",
    "helps_with": ["BABY", "COMPANY"],
    "asked_by": ["DROP_IN"],
    "places": ["COUNTY"],
    "telephone": "01632 960101",
    "pack_key": "harbour_room",
    "source": "Invented",
}


@pytest.fixture
def listed(workplace: Any) -> Any:
    """Lists a service as a pack does; what is said stands over the usual facts."""

    def make(**said: Any) -> Any:
        return workplace.begin("service_listing", "bring_in", DIRECTORY, **{**FACTS, **said})

    return make


@pytest.fixture
def kept(workplace: Any, listed: Any) -> Any:
    """A listing that the agency of Grace Okoro and Helen Marsh keeps."""
    return listed(agency=workplace.worker("Helen Marsh").agency)


@pytest.fixture
def as_typed() -> dict[str, Any]:
    """The facts as somebody who changes a listing hands them in."""
    return {name: value for name, value in FACTS.items() if name not in {"pack_key", "source"}}
