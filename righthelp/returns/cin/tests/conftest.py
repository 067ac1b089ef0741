"""A county into which a return was loaded, and how a test loads one."""

from __future__ import annotations

from typing import Any

import pytest

from righthelp.conftest import Workplace
from righthelp.people.models import Identifier, Person
from righthelp.returns.cin import loading
from righthelp.returns.cin.faults import Kind
from righthelp.returns.cin.loading import Outcome, Report
from righthelp.returns.cin.tests.making import child_number, file_of


def load(text: str, **options: Any) -> Report:
    return loading.load(text.encode(), "return.xml", **options)


def kinds(report: Report) -> list[Kind]:
    return [fault.kind for fault in report.faults]


def the_child(number: int) -> Person:
    """The one person with this number of their authority's."""
    return Person.objects.get(
        identifiers__kind=Identifier.Kind.LA_CHILD,
        identifiers__value=child_number(number),
        identifiers__issuer="884",
    )


@pytest.fixture
def loaded(workplace: Workplace) -> Workplace:
    """A county into which a return of ten children was loaded."""
    report = load(file_of(10))
    assert (report.outcome, report.faults) == (Outcome.LOADED, [])
    return workplace
