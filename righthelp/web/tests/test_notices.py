"""The page of what waits for somebody, its count on every page, and the way to what each notice is about."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

from django.db import connection
from django.test.utils import CaptureQueriesContext

from righthelp.record.models import Notice


def header(browser: Any, place: str = "/notices/") -> str:
    page = browser.get(place).content.decode()
    found = re.search(r'class="rh-header__notices".*?</a>', page, re.DOTALL)
    assert found
    return re.sub(r"<[^>]+>", "", found[0].partition(">")[2]).strip()


def test_a_sender_finds_the_answer(workplace: Any, browser: Any) -> None:
    workplace.decided()
    ruth = browser("Ruth Adeyemi")
    assert header(ruth, "/") == "Notices 1 unread"
    page = ruth.get("/notices/").content.decode()
    assert "A letter was sent to you" in page
    notice = Notice.objects.get(worker=workplace.worker("Ruth Adeyemi"))
    letter = ruth.get(f"/notices/{notice.pk}/", follow=True)
    assert letter.status_code == 200
    assert letter.request["PATH_INFO"].startswith("/document/")
    assert header(ruth) == "Notices"  # taking the way to it is reading it


def test_marking_one_as_read_and_as_not_read_and_all(workplace: Any, browser: Any) -> None:
    workplace.worry()
    workplace.worry()
    marian = browser("Marian Blythe")
    first = Notice.objects.filter(worker=workplace.worker("Marian Blythe")).first()
    assert header(marian) == "Notices 2 unread"
    marian.post("/notices/", {"read": str(first.pk)})
    assert header(marian) == "Notices 1 unread"
    marian.post("/notices/", {"unread": str(first.pk)})
    assert header(marian) == "Notices 2 unread"
    page = marian.post("/notices/", {"all": "yes"}, follow=True).content.decode()
    assert "All notices are marked as read." in page
    assert "Nothing waits for you that you have not read." in page
    assert header(marian) == "Notices"


def test_nobody_opens_or_marks_the_notice_of_another(workplace: Any, browser: Any) -> None:
    workplace.worry()
    notice = Notice.objects.get(worker=workplace.worker("Marian Blythe"))
    for who in ("Nia Prosser", "Ruth Adeyemi", "Una Kelleher"):
        assert browser(who).get(f"/notices/{notice.pk}/").status_code == 404
        assert browser(who).post("/notices/", {"read": str(notice.pk)}).status_code == 404
    assert browser("Marian Blythe").get(f"/notices/{uuid4()}/").status_code == 404
    assert browser("Marian Blythe").post("/notices/", {"read": "nonsense"}).status_code == 302
    assert Notice.objects.get(pk=notice.pk).read_at is None


def test_the_count_is_one_query_and_the_page_asks_no_more_for_many(workplace: Any, browser: Any) -> None:
    marian, asked = browser("Marian Blythe"), []
    for many in (2, 8):
        for _ in range(many):
            workplace.worry()
        with CaptureQueriesContext(connection) as queries:
            marian.get("/notices/")
        asked.append(len(queries))
        assert sum("LIMIT 100) waiting" in query["sql"] for query in queries) == 1
    assert asked[1] <= asked[0]
