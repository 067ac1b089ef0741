"""The menu leads to the first lists; the page of all lists says of each how much is open and how much is late."""

from datetime import timedelta

import pytest
from django.utils import timezone
from lxml import html

from righthelp.web.shell import LISTS_IN_MENU, queues


def _menu(page):
    return [link.text_content().strip() for link in html.fromstring(page.content).xpath("//nav//a")]


def _rows(page):
    """Of each list its open and late rows."""
    rows = html.fromstring(page.content).xpath("//tbody/tr")
    cells = [[cell.xpath(".//span[@class='rh-table__value']")[0].text_content() for cell in row] for row in rows]
    return {name.strip(): (int(many), int(late)) for name, many, late in cells}


def test_a_manager_with_many_lists_finds_the_first_in_the_menu_and_all_on_a_page(workplace, browser):
    marian = browser("Marian Blythe")
    page = marian.get("/lists/")
    titles = [one.list_title() for one in queues(workplace.as_("Marian Blythe"))]
    assert len(titles) > LISTS_IN_MENU
    assert list(_rows(page)) == titles
    menu = _menu(page)
    assert "All lists" in menu
    assert [title for title in titles if title in menu] == titles[:LISTS_IN_MENU]


@pytest.mark.parametrize(
    ("who", "first"),
    [("Ade Bankole", "referral"), ("Beverley Ashdown", "child_protection_conference"), ("Jo Ferris", "help_request")],
)
def test_a_day_begins_with_the_work_of_ones_own_team(workplace, browser, who, first):
    assert browser(who).get("/").url == f"/{first}/"


def test_who_has_few_lists_has_them_in_the_menu(workplace, browser):
    dale = browser("Dale Winters")
    assert "All lists" not in _menu(dale.get("/my-work/"))


def test_it_counts_what_is_open_and_what_is_late(workplace, browser):
    marian = browser("Marian Blythe")
    before = _rows(marian.get("/lists/"))["The board"]
    workplace.screening()
    workplace.screening(on=timezone.now() - timedelta(days=30))
    assert _rows(marian.get("/lists/"))["The board"] == (before[0] + 2, before[1] + 1)


def test_what_is_locked_to_others_is_not_counted(workplace, browser):
    marian = browser("Marian Blythe")
    child = workplace.person("Nye", "Lock")
    contact = workplace.screening()
    workplace.take(contact, "match", "Nia Prosser", matched_to=child, match_reason="Known.")
    before = _rows(marian.get("/lists/"))["The board"]
    workplace.begin(
        "locked_circle", "lock", "Sylvia Marchetti", person=child, why="A worker is their aunt.",
        members=[{"worker": workplace.worker("Nia Prosser")}],
    )  # fmt: skip
    assert _rows(marian.get("/lists/"))["The board"] == (before[0] - 1, before[1])


def test_the_head_of_services_day_begins_with_emergency_openings(browser):
    sylvia = browser("Sylvia Marchetti")
    assert sylvia.get("/").url == "/break_glass/"
