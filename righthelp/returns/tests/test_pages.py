"""Pages of return readiness: on the child's page, in my work, on the board by team, and where a query is explained."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from lxml import html

from righthelp.guard.models import AccessLog
from righthelp.returns.models import ReturnFinding
from righthelp.returns.readiness import WEEKS, readiness

BOARD = "/returns/cin/"
QUERY, ERROR = "8770Q", "8610"
WHY = "She is taught at home, and was never on a school's roll."


@pytest.fixture
def signed_in(workplace: Any) -> Any:
    return lambda who: workplace.signed_in(who, Client())


@pytest.fixture
def case(ada: Any, referred: Any) -> Any:
    return referred(ada)


def words(page: Any) -> str:
    text: str = html.fromstring(page.content).xpath("//main")[0].text_content()
    return " ".join(text.split())


def address(rule: str) -> str:
    return f"{BOARD}{ReturnFinding.objects.get(rule=rule, mended_on__isnull=True).pk}/"


def test_on_the_childs_page_each_is_told_in_plain_words_and_leads_to_its_step(
    ada: Any, case: Any, signed_in: Any
) -> None:
    page = signed_in("Ade Bankole").get(f"/child/{ada.pk}/")
    assert "To put right for the return" in words(page)
    found = html.fromstring(page.content).xpath("//h2[@id='returns']/following-sibling::ul[1]/li")
    told = {item.xpath(".//span[@class='rh-quiet']")[0].text_content(): item for item in found}
    number = next(item for code, item in told.items() if QUERY in code)
    assert number.xpath(".//a")[0].get("href") == f"/child_details/new/put_right/?person={ada.pk}"
    need = next(item for code, item in told.items() if ERROR in code)
    assert need.xpath(".//a")[0].get("href") == f"/referral/{case.pk}/name_need/"
    assert "Ade Bankole" in need.text_content()


def test_in_my_work_i_see_mine_and_nobody_elses(case: Any, signed_in: Any) -> None:
    assert "3 things are to be put right" in words(signed_in("Ade Bankole").get("/my-work/"))
    assert "put right" not in words(signed_in("Fiona Garrick").get("/my-work/"))


def test_the_board_counts_by_team_and_tells_the_oldest_first(case: Any, signed_in: Any) -> None:
    old = ReturnFinding.objects.get(rule=ERROR)
    ReturnFinding.objects.filter(pk=old.pk).update(found_on=timezone.localdate() - timedelta(days=40))
    page = signed_in("Leonard Swann").get(BOARD)
    rows = html.fromstring(page.content).xpath("//table[caption[contains(., 'oldest first')]]/tbody/tr")
    assert [ERROR in row.text_content() for row in rows] == [True, False, False]
    assert "1 more error is open than four weeks ago" in words(page)
    assert AccessLog.objects.filter(what="a list: what the return's rules found").exists()
    (team,) = html.fromstring(page.content).xpath("//table[caption[normalize-space()='By team']]/tbody/tr")
    assert [cell.text_content()[-1] for cell in team.xpath("./*")][1:4] == ["2", "1", "0"]


@pytest.mark.parametrize(
    ("query", "rules"), [("?what=QUERY", 1), ("?what=ERROR", 2), ("?team=none", 0), ("?team=x", 3)]
)
def test_the_board_is_narrowed(case: Any, signed_in: Any, query: str, rules: int) -> None:
    page = signed_in("Leonard Swann").get(f"{BOARD}{query}")
    shown = html.fromstring(page.content).xpath("//table[caption[contains(., 'oldest first')]]/tbody/tr")
    assert len(shown) == rules


@pytest.mark.parametrize("who", ["Ade Bankole", "Ruth Adeyemi", "Dale Winters"])
def test_the_board_is_for_those_who_answer_for_the_work(case: Any, signed_in: Any, who: str) -> None:
    assert signed_in(who).get(BOARD).status_code == 403


def test_weeks_tell_what_was_open_at_their_end(case: Any) -> None:
    today = timezone.localdate()
    sunday = today + timedelta(days=6 - today.weekday())
    year = ReturnFinding.objects.all()[0].year
    ReturnFinding.objects.filter(rule__in=[ERROR, "8866"]).update(found_on=sunday - timedelta(days=30))
    ReturnFinding.objects.filter(rule="8866").update(mended_on=sunday - timedelta(days=14))
    weeks = readiness(year, today).weeks
    assert len(weeks) == WEEKS
    assert [week.errors for week in weeks][-6:-1] == [0, 2, 2, 1, 1]
    assert (weeks[-1].errors, weeks[-1].queries) == (1, 1)


def test_a_query_is_explained_and_leaves_my_work(case: Any, signed_in: Any, workplace: Any) -> None:
    browser, where = signed_in("Ade Bankole"), address(QUERY)
    page = browser.post(where, {"explanation": "No."})
    assert "Say a little more" in words(page)
    assert html.fromstring(page.content).xpath("//*[contains(@class, 'govuk-error-summary')]")
    assert browser.post(where, {"explanation": WHY}).status_code == 302
    page = browser.get(where)
    assert f"{WHY} (Ade Bankole" in words(page)
    assert "2 things are to be put right" in words(browser.get("/my-work/"))
    board = signed_in("Leonard Swann").get(f"{BOARD}?what=QUERY")
    assert WHY not in words(board)


def test_an_error_is_put_right_and_not_explained(case: Any, signed_in: Any) -> None:
    browser, where = signed_in("Ade Bankole"), address(ERROR)
    assert not html.fromstring(browser.get(where).content).xpath("//main//textarea")
    assert browser.post(where, {"explanation": WHY}).status_code == 403


def test_who_neither_holds_the_work_nor_answers_for_it_explains_nothing(
    ada: Any, case: Any, signed_in: Any, workplace: Any
) -> None:
    browser, where = signed_in("Fiona Garrick"), address(QUERY)
    browser.post(f"/why/?person={ada.pk}&next=/", {"reason": "I am asked to look at this case"})
    browser.post(f"/why/?entry={case.pk}&next=/", {"reason": "I am asked to look at this case"})
    assert not html.fromstring(browser.get(where).content).xpath("//main//textarea")
    assert browser.post(where, {"explanation": WHY}).status_code == 403
    assert ReturnFinding.objects.get(rule=QUERY).explanation == ""


def test_of_a_locked_child_nobody_outside_learns_what_is_found(
    ada: Any, case: Any, signed_in: Any, workplace: Any
) -> None:
    where = address(QUERY)
    workplace.begin("locked_circle", "lock", "Sylvia Marchetti", person=ada, why="A worker is her aunt.")
    manager, worker = signed_in("Leonard Swann"), signed_in("Ade Bankole")
    board = manager.get(BOARD)
    assert "Ada Pugh" not in words(board)
    assert "No rule finds anything that you may see" in words(board)
    assert manager.get(where).status_code == worker.get(where).status_code == 404
    assert "Ada Pugh" not in words(worker.get("/my-work/"))
    assert "Ada Pugh" in words(signed_in("Sylvia Marchetti").get(BOARD))


def test_a_partner_sees_none_of_it(case: Any, signed_in: Any) -> None:
    browser = signed_in("Ruth Adeyemi")
    assert browser.get(address(QUERY)).status_code == 404


def test_the_menu_leads_managers_there(signed_in: Any, workplace: Any) -> None:
    assert BOARD.encode() in signed_in("Leonard Swann").get("/my-work/").content
    assert BOARD.encode() not in signed_in("Ade Bankole").get("/my-work/").content
