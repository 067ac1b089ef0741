"""A disk that is full: nothing that was acknowledged is lost, nothing is kept by half, and nobody is told otherwise."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from righthelp.engine import drafts
from righthelp.guard.viewers import STEP, looking
from righthelp.processes.contact.models import Contact
from righthelp.record.models import Draft
from tests.county import County
from tests.databases import by_the_owner

TYPED = {
    "child_given": ["Fern"], "child_family": ["Marsh"], "worry": ["She is alone."], "child_says_basis": ["NOT_ASKED"],
    "significant_harm_likely": ["no"], "consent": ["GIVEN"], "consent_from": ["Her mother"], "family_knows": ["yes"],
    "sender_telephone": ["1"],
}  # fmt: skip


@contextmanager
def full() -> Iterator[None]:
    """The database can write no worry, and says so when a step is to be kept, as it does when its disk is full."""
    with by_the_owner(), connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            " RAISE EXCEPTION USING ERRCODE = 'disk_full', MESSAGE = 'could not extend file'; END $$"
        )
        cursor.execute(
            "CREATE CONSTRAINT TRIGGER no_room AFTER INSERT ON contact DEFERRABLE INITIALLY DEFERRED"
            " FOR EACH ROW EXECUTE FUNCTION no_room()"
        )
    try:
        yield
    finally:
        with by_the_owner(), connection.cursor() as cursor:
            cursor.execute("DROP TRIGGER no_room ON contact")
            cursor.execute("DROP FUNCTION no_room()")


def test_nothing_is_lost_and_nothing_is_silent(lasting_county: County, for_real: None, caplog: Any) -> None:
    sender = lasting_county.as_("sender")
    with looking(sender):
        draft = drafts.begin(sender, Contact, Contact.steps["send"], **TYPED)
    browser = Client(raise_request_exception=False)
    browser.force_login(lasting_county.account("sender"))
    browser.get("/")
    with full(), caplog.at_level(logging.CRITICAL):
        answer = browser.post(f"/drafts/{draft.pk}/check/")
    assert answer.status_code == 503
    assert "We cannot keep anything at the moment" in answer.content.decode()
    assert "The disk of the database is full" in caplog.text
    with looking(STEP):
        assert not Contact.objects.filter(child_given="Fern").exists()
        assert Draft.objects.filter(pk=draft.pk).exists(), "what was typed is still there to be sent"
    again = browser.post(f"/drafts/{draft.pk}/check/")
    assert again.status_code == 302
    with looking(STEP):
        assert Contact.objects.filter(child_given="Fern").count() == 1


@pytest.mark.parametrize("address", ["/", "/about/"])
def test_whoever_only_reads_reads_on(lasting_county: County, for_real: None, address: str) -> None:
    browser = Client()
    browser.force_login(lasting_county.account("sender"))
    with full():
        assert browser.get(address, follow=True).status_code == 200
