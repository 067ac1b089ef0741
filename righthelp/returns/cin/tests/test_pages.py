"""What was loaded as a worker sees it: on the child's page and on pages of their own, each with its own days."""

from __future__ import annotations

import re

from django.test import Client
from django.urls import reverse

from righthelp.conftest import Workplace
from righthelp.processes.child_protection_plan.models import ChildProtectionPlan
from righthelp.processes.section_47.models import Section47
from righthelp.record.models import CaseEntry
from righthelp.returns.cin.tests.conftest import the_child


def page(workplace: Workplace, address: str) -> str:
    client = Client()
    client.force_login(workplace.worker("Leonard Swann").account)
    response = client.get(address, follow=True)
    assert response.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_what_was_loaded_is_on_the_childs_page_and_opens(loaded: Workplace) -> None:
    for number in (1, 2, 4, 5, 10):
        child = the_child(number)
        words = page(loaded, reverse("child", args=[child.pk]))
        assert "known from a return that was loaded" in words
        for entry in CaseEntry.objects.filter(person=child):
            assert page(loaded, reverse(f"{entry.kind}_record", args=[entry.pk]))


def test_the_days_of_reviews_and_of_a_conference_are_on_their_pages(loaded: Workplace) -> None:
    plan = ChildProtectionPlan.objects.get(entry__person=the_child(10))
    words = page(loaded, reverse("child_protection_plan_record", args=[plan.pk]))
    for day in (plan.started_on, *plan.review_dates, plan.ended_on):
        assert f"{day:%-d %B %Y}" in words
    enquiries = Section47.objects.get(entry__person=the_child(5))
    words = page(loaded, reverse("section_47_record", args=[enquiries.pk]))
    for day in (enquiries.started_on, enquiries.conference_due_on, enquiries.conference_held_on):
        assert f"{day:%-d %B %Y}" in words
