"""A browser for the workers of the small county."""

from collections.abc import Callable

import pytest
from django.test import Client


@pytest.fixture
def browser(workplace, settings) -> Callable[[str], Client]:
    """`browser("Nia Prosser")`: signed in as a worker, by name or as the first who holds a role."""
    settings.DEMONSTRATION = True
    settings.SECURE_SSL_REDIRECT = False

    def signed_in(who: str) -> Client:
        worker = workplace.staff.workers.get(who) or workplace.staff.in_role[who][0]
        client = Client(raise_request_exception=False)
        client.force_login(worker.account)
        return client

    return signed_in
