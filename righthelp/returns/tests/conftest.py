"""A child who was referred a week ago, of whom the return still asks something."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone


@pytest.fixture
def ada(workplace: Any) -> Any:
    """Everything is known of her that a return asks of a child, but for her pupil number."""
    child = workplace.person("Ada", "Pugh", sex="F")
    told = {"ethnicity": "WBRI", "disabilities": ["NONE"], "told_by": "Her mother"}
    workplace.begin("child_details", "put_right", "Ade Bankole", person=child, **told)
    return child


@pytest.fixture
def referred(workplace: Any) -> Any:
    """A referral that was accepted, and allocated to Ade Bankole of Leonard Swann's team."""

    def made(child: Any, **more: Any) -> Any:
        at = timezone.now() - timedelta(days=7)
        answers = {"received_at": at, **more}
        row = workplace.begin("referral", "accept", "Marian Blythe", on=at, person=child, **answers)
        worker = workplace.worker("Ade Bankole")
        return workplace.take(row, "allocate", "Leonard Swann", on=at + timedelta(hours=2), social_worker=worker)

    return made
