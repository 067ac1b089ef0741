"""How many children each worker holds, against the range that the county's plan sets."""

from datetime import timedelta

import pytest
from django.utils import timezone
from lxml import html

from righthelp.engine.journal import Journal
from righthelp.engine.process import process
from righthelp.engine.taking import begin, take
from righthelp.record.models import Deadline
from righthelp.web.caseload import capacity

WORKER, TEAM, CHILDREN, VERDICT, KINDS, LATE = range(6)


@pytest.fixture
def hold(workplace):
    """So many referrals about as many children (or about one), held by a worker."""

    def held(many, worker="Ade Bankole", *, of_one=False, **more):
        now = timezone.now() - timedelta(days=5)
        journal = Journal(now=now)
        accepts, allocates = workplace.as_("Marian Blythe"), workplace.as_("Leonard Swann")
        child = None
        for _ in range(many):
            if child is None or not of_one:
                child = workplace.person("Bo", "Vale")
            known = {"person": child, "received_at": now, **more}
            row = begin(process("referral"), "accept", by=accepts, into=journal, **known)
            if worker:
                take(row, "allocate", by=allocates, into=journal, social_worker=workplace.worker(worker))
        journal.write(accepts)
        return child

    return held


@pytest.fixture
def loads(browser):
    """What the page says of each worker."""

    def told(who="Leonard Swann"):
        page = browser(who).get("/team/caseload/")
        assert page.status_code == 200
        table = html.fromstring(page.content).xpath("//table[contains(., 'Against the range')]/tbody/tr")
        rows = [
            [" ".join(cell.text_content().split()) for cell in row.xpath(".//*[@class='rh-table__value']")]
            for row in table
        ]
        return {row[WORKER]: row for row in rows}

    return told


@pytest.mark.parametrize(
    ("children", "verdict"),
    [(15, "Below the range"), (16, "In the range"), (20, "In the range"), (21, "Above the range"),
     (24, "Above the range"), (25, "More than 24")],
)  # fmt: skip
def test_the_range_is_that_of_the_countys_plan(children, verdict):
    assert capacity(timezone.localdate()).verdict(children)[0] == verdict


def test_children_are_counted_and_not_pieces_of_work(hold, loads):
    hold(3)
    hold(4, of_one=True)
    line = loads()["Ade Bankole"]
    assert (line[CHILDREN], line[VERDICT]) == ("4", "Below the range")
    assert "social care: 4" in line[KINDS]


def test_more_than_24_stands_out(hold, loads, browser):
    hold(25)
    assert loads()["Ade Bankole"][VERDICT] == "More than 24"
    page = html.fromstring(browser("Leonard Swann").get("/team/caseload/").content)
    assert len(page.xpath("//*[contains(@class, 'rh-caseload__bar--too-many')]")) == 1


def test_of_whoever_is_no_social_worker_nothing_is_judged(loads):
    assert loads()["Leonard Swann"][VERDICT] == "No range is set"


def test_what_is_late_is_counted_with_who_holds_it(hold, loads):
    hold(2, immediate=True)
    assert loads()["Ade Bankole"][LATE] == "2"
    Deadline.objects.update(excused="The family could not be found.")
    assert loads()["Ade Bankole"][LATE] == "0"


def test_a_worker_of_another_team_is_not_shown_to_a_manager_of_one(loads):
    assert "Nia Prosser" not in loads("Leonard Swann")
    assert "Ade Bankole" not in loads("Marian Blythe")
    assert {"Nia Prosser", "Ade Bankole"} <= loads("Sylvia Marchetti").keys()


def test_what_no_worker_holds_is_said_with_its_longest_wait(hold, browser):
    hold(2, worker=None)
    page = html.fromstring(browser("Leonard Swann").get("/team/caseload/").content)
    (row,) = page.xpath("//table[contains(., 'Longest wait')]/tbody/tr")
    cells = [" ".join(cell.text_content().split()) for cell in row.xpath(".//*[@class='rh-table__value']")]
    assert cells[2:] == ["2", "5 days"]


def test_a_locked_child_is_not_counted_outside_the_circle(workplace, hold, loads):
    child = hold(1)
    workplace.begin(
        "locked_circle", "lock", "Sylvia Marchetti", person=child, why="A worker is their aunt.",
        members=[{"worker": workplace.worker("Ade Bankole")}],
    )  # fmt: skip
    assert loads("Leonard Swann")["Ade Bankole"][CHILDREN] == "0"


def test_it_says_where_the_range_comes_from_and_is_led_to(browser):
    page = browser("Leonard Swann").get("/team/caseload/").content.decode()
    assert "16 to 20" in page
    assert "improvement plan" in page
    assert 'href="/team/caseload/"' in browser("Leonard Swann").get("/team/").content.decode()


def test_whoever_manages_nobody_does_not_read_it(browser):
    for who in ("Ade Bankole", "Ruth Adeyemi"):
        assert browser(who).get("/team/caseload/").status_code == 403
