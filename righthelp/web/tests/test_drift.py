"""What is late, about to be late, or has gone quiet: what a manager and a head of service see of it."""

from datetime import timedelta

import pytest
from django.utils import timezone
from lxml import html

from righthelp.engine.journal import Journal
from righthelp.engine.process import process
from righthelp.engine.taking import begin, take
from righthelp.guard.models import AccessLog
from righthelp.kernel.calendars import calendar_named
from righthelp.kernel.moments import last_moment
from righthelp.record.models import Deadline

DAY = timedelta(days=1)
LOOKED = "a list: drift"


def ago(days):
    return timezone.now() - DAY * days


@pytest.fixture
def counted(browser):
    """How much is late, about to be late, and quiet, and of how many children, as somebody reads it."""

    def numbers(who, query=""):
        page = browser(who).get(f"/drift/{query}")
        assert page.status_code == 200
        found = html.fromstring(page.content).xpath("//dl[@class='rh-counts']//dd")
        return tuple(int(number.text_content()) for number in found)

    return numbers


@pytest.fixture
def lines(browser):
    """The lines about referrals and worries, and not what these begin: child, what, how late, worker, team."""

    def told(who, query=""):
        page = html.fromstring(browser(who).get(f"/drift/{query}").content)
        found = [
            [" ".join(cell.text_content().split()) for cell in row.xpath(".//*[@class='rh-table__value']")]
            for row in page.xpath("//tbody/tr")
        ]
        return [line for line in found if line[1].startswith(("Referral", "Worry"))]

    return told


@pytest.fixture
def referral(workplace):
    """A referral that was taken some days ago, and written down then."""

    def made(days=1, *, person=None, worker="Ade Bankole", **more):
        child = person or workplace.person("Ada", "Pugh")
        then = ago(days)
        journal = Journal(now=then)
        known = {"received_at": then, **more}
        accepts, allocates = workplace.as_("Marian Blythe"), workplace.as_("Leonard Swann")
        row = begin(process("referral"), "accept", by=accepts, person=child, into=journal, **known)
        if worker:
            chosen = workplace.worker(worker)
            take(row, "allocate", by=allocates, into=journal, social_worker=chosen)
        journal.write(accepts)
        return workplace.again(row)

    return made


def test_a_deadline_that_has_passed_is_late_until_what_it_awaits_is_done(workplace, counted, lines, referral):
    before = counted("Sylvia Marchetti")
    row = referral(days=5, immediate=True)
    assert counted("Sylvia Marchetti")[0] == before[0] + 1
    (line,) = [line for line in lines("Leonard Swann") if line[0] == "Ada Pugh"]
    assert "late" in line[2]
    assert line[3:] == ["Ade Bankole", workplace.worker("Ade Bankole").appointments.get().team.name]
    workplace.take(row, "record_seen", "Ade Bankole", child_seen_at=ago(2), seen_by_whom="Ade Bankole, at home")
    assert counted("Sylvia Marchetti")[0] == before[0]


def test_one_that_is_excused_is_not_late(counted, referral):
    row = referral(days=5, immediate=True)
    late = counted("Leonard Swann")[0]
    Deadline.objects.filter(entry=row.pk).update(excused="The family could not be found.")
    assert counted("Leonard Swann")[0] == late - 1


def test_what_has_ended_is_not_late_any_more(workplace, counted, referral):
    row = referral(days=5, immediate=True)
    late = counted("Leonard Swann")[0]
    today = timezone.localdate()
    workplace.take(row, "close", "Leonard Swann", closed_on=today, closure_reason="RC8")
    assert counted("Leonard Swann")[0] == late - 1


@pytest.mark.parametrize(("working_days", "soon"), [(5, 1), (6, 0)])
def test_one_that_is_due_within_five_working_days_is_about_to_be_late(counted, referral, working_days, soon):
    row = referral(immediate=True)
    day = calendar_named("england").working_days_from(timezone.localdate(), working_days)
    Deadline.objects.filter(entry=row.pk).update(due_at=last_moment(day))
    late, found, *_ = counted("Leonard Swann")
    assert (late, found) == (0, soon)


@pytest.mark.parametrize(("days", "quiet"), [(27, 0), (29, 1)])
def test_quiet_is_what_nothing_was_recorded_of_for_28_days(lines, referral, days, quiet):
    referral(days=days)
    assert len(lines("Leonard Swann", "?what=quiet")) == quiet


def test_it_is_quiet_no_more_once_something_is_recorded(workplace, lines, referral):
    row = referral(days=40)
    assert len(lines("Leonard Swann", "?what=quiet")) == 1
    workplace.take(row, "record_seen", "Ade Bankole", child_seen_at=ago(2), seen_by_whom="Ade Bankole, at home")
    assert not lines("Leonard Swann", "?what=quiet")


def test_a_manager_reads_of_their_own_team_alone(workplace, counted, lines, referral):
    referral(days=40, person=workplace.person("Bo", "Vale"))
    workplace.worry(on=ago(40), child_given="Cy", child_family="Webb")
    assert [line[0] for line in lines("Leonard Swann")] == ["Bo Vale"]
    assert not [line for line in lines("Marian Blythe") if line[0] == "Bo Vale"]
    assert [line for line in lines("Marian Blythe") if line[0].startswith("Cy Webb")]
    whole = lines("Sylvia Marchetti")
    assert {"Bo Vale"} < {line[0] for line in whole}


def test_whoever_manages_nobody_does_not_read_it(browser):
    for who in ("Ade Bankole", "Dale Winters", "Ruth Adeyemi"):
        assert browser(who).get("/drift/").status_code == 403
        assert b'href="/drift/"' not in browser(who).get("/", follow=True).content


def test_a_locked_child_is_in_no_line_and_no_number_outside_the_circle(workplace, counted, lines, referral):
    child = workplace.person("Nye", "Lock")
    referral(days=40, person=child, immediate=True)
    seen = counted("Leonard Swann")
    workplace.begin(
        "locked_circle", "lock", "Sylvia Marchetti", person=child, why="A worker is their aunt.",
        members=[{"worker": workplace.worker("Ade Bankole")}],
    )  # fmt: skip
    assert min(seen[0], seen[2], seen[3]) > 0
    assert counted("Leonard Swann") == (0, 0, 0, 0), "nothing else is there"
    assert not lines("Leonard Swann")


def test_a_question_to_an_agency_drifts_with_who_asked_it(workplace, counted):
    contact = workplace.screening(on=ago(10))
    asked = {
        "contact": contact, "agency": workplace.staff.agencies["Wyeside Community Health"], "about": "Ada Pugh",
        "question": "What do you know?", "family_agrees": "yes", "answer_by": ago(5),
    }  # fmt: skip
    before = counted("Marian Blythe")[0]
    request = workplace.begin("information_request", "ask", "Nia Prosser", on=ago(9), **asked)
    assert Deadline.objects.filter(entry=request.pk, due_at__lt=timezone.now()).exists()
    assert counted("Marian Blythe")[0] == before + 1
    assert counted("Leonard Swann")[0] == 0


@pytest.mark.parametrize(
    ("way", "titles"),
    [
        ("child", ["Bo Vale", "Ada Pugh"]),
        ("worker", ["Ade Bankole", "With no worker yet"]),
        ("team", None),
    ],
)
def test_it_is_grouped_as_is_chosen_the_worst_first(workplace, browser, referral, way, titles):
    referral(days=40, person=workplace.person("Bo", "Vale"), immediate=True)
    referral(days=40, worker=None)
    page = html.fromstring(browser("Leonard Swann").get(f"/drift/?by={way}").content)
    found = [" ".join(title.text_content().split()) for title in page.xpath("//main//section/h2")]
    assert found == (titles or [workplace.worker("Ade Bankole").appointments.get().team.name])


def test_it_is_grouped_by_kind_of_work(browser, referral):
    referral(days=40)
    page = html.fromstring(browser("Leonard Swann").get("/drift/?by=kind").content)
    assert "Referrals to children's social care" in [title.text_content() for title in page.xpath("//section/h2")]


def test_it_is_narrowed_by_what_is_wanted_and_by_team(workplace, lines, referral):
    referral(days=40, immediate=True)
    assert len(lines("Leonard Swann")) == 2
    (late,) = lines("Leonard Swann", "?what=late")
    (quiet,) = lines("Leonard Swann", "?what=quiet")
    assert "late" in late[2]
    assert "40 days quiet" in quiet[2]
    front_door = workplace.worker("Nia Prosser").appointments.get().team
    assert lines("Sylvia Marchetti", f"?team={front_door.pk}") == []
    assert len(lines("Leonard Swann", f"?team={front_door.pk}&page=7")) == 2, "not theirs to choose: all of their own"


def test_a_long_list_comes_in_pages_and_the_last_stands_for_those_beyond(workplace, browser, counted, referral):
    def rows(query):
        page = html.fromstring(browser("Leonard Swann").get(f"/drift/{query}").content)
        return page.xpath("//tbody/tr//a/@href")

    child = workplace.person("Bo", "Vale")
    for _ in range(52):
        referral(days=30, person=child)
    late, soon, quiet, children = counted("Leonard Swann")
    assert (quiet >= 52, children) == (True, 1)
    pages = -(-(late + soon + quiet) // 50)
    first, last, beyond, none = (rows(f"?page={page}") for page in (1, pages, pages + 1, "x"))
    assert (len(first), len(last)) == (50, (late + soon + quiet) - 50 * (pages - 1))
    assert (beyond, none) == (last, first)


def test_the_page_says_what_its_rules_are_and_that_nobody_has_confirmed_them(browser):
    page = browser("Leonard Swann").get("/drift/").content.decode()
    assert "5 working days" in page
    assert "28 days" in page
    assert page.count("Not yet confirmed") == 2


def test_that_somebody_read_it_is_logged(browser):
    browser("Leonard Swann").get("/drift/")
    assert AccessLog.objects.filter(what=LOOKED).count() == 1
