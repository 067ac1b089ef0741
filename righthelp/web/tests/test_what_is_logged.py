"""Each reading is logged; a refusal is no reason to look; and no form is drawn for a step of another role."""

import html
import re
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from righthelp.guard.models import AccessLog
from righthelp.record.models import Document, Draft


def logged(**more):
    return AccessLog.objects.filter(**more)


def test_having_been_refused_is_no_reason_to_look(workplace, browser):
    contact, fiona = workplace.worry(), browser("Fiona Garrick")
    assert fiona.get(f"/contact/{contact.pk}/").status_code == 302, "asked why"
    assert fiona.get(f"/contact/{contact.pk}/no-such-step/").status_code == 404
    assert fiona.get(f"/contact/{contact.pk}/who/").status_code == 403
    assert logged(kind="REFUSED", entry=contact.pk).exclude(reason="").count() == 2
    assert fiona.get(f"/contact/{contact.pk}/").status_code == 302, "asked why, as before"
    fiona.post(f"/why/?entry={contact.pk}", {"reason": "The school has rung me about her"})
    assert fiona.get(f"/contact/{contact.pk}/").status_code == 200


def test_asking_for_a_locked_record_that_is_not_there_is_logged(browser):
    told = {"child_given": "Ada", "child_family": "Pugh", "child_born_on": "3 4 2016", "why": "I wonder who she is"}
    assert browser("Nia Prosser").post("/break_glass/new/open/", told).status_code == 200
    (line,) = logged(kind="REFUSED")
    assert line.worker_name == "Nia Prosser"
    assert "Pugh" in line.reason


@pytest.mark.parametrize("kind", ["pdf", "docx"])
def test_a_download_stands_in_the_childs_own_log(workplace, browser, kind):
    contact = workplace.decided()
    letter = Document.objects.get(entry=contact.pk)
    assert browser("Ruth Adeyemi").get(f"/document/{letter.pk}/{kind}/").status_code == 200
    (line,) = logged(kind="PRINTED")
    assert (line.person, line.entry, line.relation) == (contact.entry.person_id, contact.pk, "sent or asked")


def test_a_file_bears_the_day_of_its_letter_in_local_time(workplace, browser):
    contact = workplace.decided(on=datetime(2026, 6, 30, 23, 30, tzinfo=UTC))
    letter = Document.objects.get(entry=contact.pk)
    answer = browser("Marian Blythe").get(f"/document/{letter.pk}/docx/")
    assert "2026-07-01" in answer.headers["Content-Disposition"]


def test_lists_that_name_children_are_logged(workplace, browser):
    workplace.decided(outcome="REFERRAL", level=4)
    leonard = browser("Leonard Swann")
    for address in ("/referral/", "/my-work/", "/team/"):
        before = logged().count()
        assert leonard.get(address).status_code == 200
        assert logged().count() == before + 1, address


def test_a_board_that_only_says_it_loads_anew_is_logged_all_the_same(browser):
    nia = browser("Nia Prosser")
    for _ in range(3):
        assert nia.get("/contact/", headers={"X-Righthelp-Live": "yes"}).status_code == 200
    assert logged(what="the board").count() == 1


def test_a_board_left_open_is_drawn_anew_only_when_something_is_different(workplace, browser, monkeypatch):
    contact, nia = workplace.registered(), browser("Nia Prosser")
    now = timezone.now()
    monkeypatch.setattr("righthelp.processes.contact.board.timezone.now", lambda: now)
    shown = nia.get("/contact/").content.decode()
    mark = re.search(r'"X-Righthelp-Mark": "([^"]+)"', html.unescape(shown))[1]
    left_open = {"X-Righthelp-Live": "yes", "X-Righthelp-Mark": mark}
    assert nia.get("/contact/", headers=left_open).status_code == 204
    workplace.take(contact, "rate", "Nia Prosser", urgency="RED", urgency_reason="He was seen with a burn.")
    drawn = nia.get("/contact/", headers=left_open)
    assert drawn.status_code == 200
    assert "Red" in drawn.content.decode()
    now += timedelta(minutes=1)
    assert nia.get("/contact/", headers=left_open).status_code == 200  # the time left is another


def test_a_search_for_the_child_of_a_worry_says_what_was_asked(workplace, browser):
    contact = workplace.screening()
    browser("Nia Prosser").get(f"/contact/{contact.pk}/who/", {"family": "Quill"})
    assert [line.what for line in logged(kind="SEARCHED")] == ["Searched for Last name: Quill"]


def test_no_form_is_drawn_for_a_step_of_another_role(workplace, browser):
    contact, dale = workplace.registered(), browser("Dale Winters")
    for typed in ({}, {"save": "save", "decision_reason": "Mine"}):
        assert dale.post(f"/contact/{contact.pk}/decide/", typed).status_code == 403
    assert dale.post(f"/contact/{contact.pk}/decide/draft/", {"decision_reason": "Mine"}).status_code == 403
    assert not Draft.objects.exists()


def test_a_locked_worry_that_nobody_holds_waits_with_its_circle(workplace, browser):
    """No member works at the front door: it is on no board that anybody reads."""
    person = workplace.person("Ada", "Pugh")
    workplace.begin("locked_circle", "lock", "Sylvia Marchetti", person=person, why="A worker is her aunt.")
    contact = workplace.worry()
    address = f"/contact/{contact.pk}/"
    assert address not in browser("Marian Blythe").get("/contact/").content.decode()
    assert address in browser("Sylvia Marchetti").get("/my-work/").content.decode()
    assert address not in browser("Marian Blythe").get("/my-work/").content.decode()
