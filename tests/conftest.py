"""What tests that cross rooms share: the small county.

Models may be imported only once Django is set up, which is after this file is read.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.county import County


@pytest.fixture
def small_county(db: None) -> County:
    """The small county, in a database that is emptied of it again after the test."""
    from tests.county import make_county

    return make_county()


@pytest.fixture
def for_real(settings: Any) -> None:
    """Settings as outside the demonstration, but answered without a redirect to https."""
    settings.DEMONSTRATION = False
    settings.LOGIN_URL = "account_login"
    settings.SECURE_SSL_REDIRECT = False


@pytest.fixture(scope="module")
def lasting_county(django_db_setup: None, django_db_blocker: Any, request: Any) -> Iterator[County]:
    """The small county in a database of a file's own, where what is written stays. Not together with `db`."""
    from tests.county import make_county
    from tests.databases import a_database_of_its_own

    with django_db_blocker.unblock(), a_database_of_its_own(request.module.__name__.rpartition(".")[2]):
        yield make_county()
