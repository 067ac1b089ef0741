"""A county that does not use a process: it is begun by nobody, and what called for it goes on without."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.core.checks import run_checks
from django.urls import NoReverseMatch, clear_url_caches, reverse
from django.utils import timezone

import config.urls
import righthelp.engine.urls
from righthelp.engine.process import Process, process, processes
from righthelp.engine.taking import begin, take
from righthelp.guard.viewers import STEP, looking
from righthelp.packs import Pack
from righthelp.record.models import CaseEntry, Draft
from tests.county import County

# What a county may do without: everything else stands on these two.
SPARED = {"contact", "referral"}
WORRY = {
    "child_given": "Di", "child_family": "Marsh", "worry": "She is alone.", "significant_harm_likely": "no",
    "child_says_basis": "NOT_ASKED", "consent": "GIVEN", "consent_from": "Her mother", "family_knows": "yes",
    "sender_telephone": "1",
}  # fmt: skip


@pytest.fixture(scope="module", params=sorted(processes().keys() - SPARED))
def off(request: Any, lasting_county: County) -> Iterator[str]:
    """A process that was used, and is not any more: for all tests of this file, one process after another."""
    kind: str = request.param
    with pytest.MonkeyPatch.context() as county:
        county.setattr(Pack, "switched_off", lambda self: frozenset({kind}))
        addresses_anew()
        yield kind
    addresses_anew()


def addresses_anew() -> None:
    importlib.reload(righthelp.engine.urls)
    importlib.reload(config.urls)
    clear_url_caches()


def test_it_is_no_fault_of_the_pages(off: str) -> None:
    assert off not in processes()
    assert [str(fault) for fault in run_checks() if off not in str(fault)] == []


def test_it_has_no_address(off: str) -> None:
    with pytest.raises(NoReverseMatch):
        reverse(f"{off}_queue")


@pytest.mark.parametrize("outcome", ["EARLY_HELP", "REFERRAL"])
def test_a_worry_is_decided_without_it(off: str, lasting_county: County, outcome: str) -> None:
    partner, social_worker, manager = (
        lasting_county.as_(who) for who in ("lead of the sender", "Nia Prosser", "Marian Blythe")
    )
    with looking(partner):
        contact = begin(process("contact"), "send", by=partner, **WORRY)
    with looking(social_worker):
        contact = take(contact, "register", by=social_worker, match_reason="New to us")
    with looking(manager):
        take(
            contact, "decide", by=manager, outcome=outcome, level=3, decision_reason="They asked.", parents_told="YES",
            early_help_agreed="yes",
        )  # fmt: skip
    with looking(STEP):
        assert not CaseEntry.objects.filter(kind=off, arose_from=contact.entry).exists()


def test_pages_open_without_it(off: str, lasting_county: County) -> None:
    """What was written while it was used stays on record; the pages of what is used are whole."""
    for who, row in (("Marian Blythe", "screening"), ("Nia Prosser", "asked"), ("team manager", "referral")):
        browser, kept = lasting_county.client(who), lasting_county.rows[row]
        addresses = ["/", reverse("work"), reverse("search"), reverse("team")]
        if kept.kind() != off:
            addresses += [reverse(f"{kept.kind()}_queue"), reverse(f"{kept.kind()}_record", args=[kept.pk])]
        if kept.entry.person_id:
            addresses += [reverse(name, args=[kept.entry.person_id]) for name in ("child", "chronology", "known")]
        for address in addresses:
            assert browser.get(address, follow=True).status_code in {200, 403, 404}, f"{address} for {who}"


def test_a_draft_of_it_is_kept_and_not_shown(off: str, lasting_county: County) -> None:
    worker = lasting_county.worker("Nia Prosser")
    step = next(name for name, step in switched_off_page(off).steps.items() if step.begins)
    with looking(lasting_county.as_("Nia Prosser")):
        draft = Draft.objects.create(worker=worker, kind=off, step=step, saved_at=timezone.now())
    browser = lasting_county.client("Nia Prosser")
    assert browser.get("/", follow=True).status_code == 200
    assert browser.get(reverse("work")).status_code == 200
    assert browser.get(reverse("draft_section", args=[draft.pk, 1])).status_code == 404


def test_nobody_is_asked_where_asking_is_not_used(off: str, lasting_county: County) -> None:
    browser, row = lasting_county.client("Nia Prosser"), lasting_county.rows["screening"]
    answer = browser.get(reverse("contact_ask", args=[row.pk]))
    assert answer.status_code == (404 if off == "information_request" else 200)


def switched_off_page(kind: str) -> Any:
    return next(model for model in apps.get_models() if model._meta.app_label == kind and issubclass(model, Process))
