"""A child of whom much is on record: the summary says the latest of it and leads to the rest, page by page."""

from datetime import timedelta

import pytest
from django.utils import timezone
from lxml import html

from righthelp.engine.journal import Journal
from righthelp.engine.process import process
from righthelp.engine.taking import begin, take
from righthelp.web import chronology


@pytest.fixture
def del_marsh(workplace):
    """Four worries that were settled, of five notes each, and one referral that no worker has yet."""
    child = workplace.person("Del", "Marsh")
    nia, marian, leonard = (workplace.as_(name) for name in ("Nia Prosser", "Marian Blythe", "Leonard Swann"))
    now = timezone.now()
    for number in range(4):
        journal = Journal(now=now - timedelta(days=400 - 90 * number))
        sender = workplace.as_("Ruth Adeyemi")
        row = begin(process("contact"), "send", by=sender, person=child, into=journal, **workplace.usual_worry)
        take(row, "start", by=nia, into=journal, urgency="AMBER", urgency_reason="No harm today.")
        for note in range(5):
            journal.now += timedelta(days=1)
            take(row, "note", by=nia, into=journal, screening_note=f"The school was rung ({note}).")
        settled = {"outcome": "ADVICE", "level": 2, "decision_reason": "Settled.", "parents_told": "YES"}
        take(row, "decide", by=marian, into=journal, **settled)
        journal.write(marian)
    journal = Journal(now=now - timedelta(days=20))
    row = begin(process("referral"), "accept", by=marian, person=child, into=journal, received_at=journal.now)
    journal.now += timedelta(days=3)
    take(
        row, "record_seen", by=leonard, into=journal, child_seen_at=journal.now, seen_by_whom="A duty worker, at school"
    )
    journal.write(marian)
    return child


@pytest.fixture
def shown(browser, del_marsh):
    def page(path="", who="Leonard Swann"):
        answer = browser(who).get(f"/child/{del_marsh.pk}/{path}")
        assert answer.status_code == 200
        return html.fromstring(answer.content)

    return page


def _events(page):
    return [" ".join(one.text_content().split()) for one in page.xpath("//*[contains(@class, 'moj-timeline__title')]")]


def test_what_has_ended_is_told_by_kind_the_latest_of_each_and_how_many(shown):
    page = shown()
    (title,) = page.xpath("//h2[text()='What has ended']/following-sibling::h3")[:1]
    assert title.text_content() == "Worries about children (4)"
    lines = title.getnext().xpath("./li")
    assert len(lines) == 4, "three of them, and the way to all"
    rest = lines[-1].xpath("./a/@href")[0]
    there = shown(rest.partition("/child/")[2].partition("/")[2])
    assert there.xpath("//h2[contains(., '32 events')]")


def test_the_latest_stand_in_the_order_in_which_they_happened(shown):
    found = _events(shown())
    assert found[:2] == ["The child was seen", "Accepted as a referral to children's social care"]
    assert len(found) == 8


def test_the_chronology_says_how_many_there_are_and_comes_in_pages(shown, monkeypatch):
    monkeypatch.setattr(chronology, "ON_A_PAGE", 10)
    first, last = shown("chronology/"), shown("chronology/?page=4")
    assert "34 events" in first.text_content()
    assert "These are 1 to 10" in first.text_content()
    assert [len(_events(page)) for page in (first, last)] == [10, 4]
    whole = first.xpath("//a[contains(., 'on one page')]/@href")[0]
    assert len(_events(shown(f"chronology/{whole}"))) == 34


def test_what_was_chosen_is_kept_from_page_to_page(shown, monkeypatch):
    monkeypatch.setattr(chronology, "ON_A_PAGE", 1)
    page = shown("chronology/?kind=referral")
    assert "2 events, not all that there are" in page.text_content()
    onward = page.xpath("//a[@rel='next']/@href")[0]
    assert _events(shown(f"chronology/{onward}")) == ["Accepted as a referral to children's social care"]


def test_few_events_are_one_page_that_can_be_printed(shown):
    page = shown("chronology/")
    assert page.xpath("//button[@data-print]")
    assert not page.xpath("//nav[contains(@class, 'govuk-pagination')]")


def test_the_pathway_draws_each_piece_of_work_and_says_it_in_words(shown):
    page = shown("pathway/")
    pieces = page.xpath("//*[@class='rh-pathway__piece']/@aria-label")
    assert len(pieces) == 5
    assert pieces[-1].startswith(
        "5: Referral to children's social care, open for 20 days, 20 days of it with no worker"
    )
    rows = page.xpath("//tbody/tr")
    told = [[" ".join(cell.text_content().split()) for cell in row.xpath(".//*[@class='rh-table__value']")]
            for row in rows]  # fmt: skip
    assert told[-1][0] == "5"
    assert told[-1][3].startswith("Open:")
    assert told[-1][5] == "20 days, and still waits"
    assert "The child was seen" in told[-1][7]
    assert "missed" in told[0][6]


def test_where_it_waits_now_is_said_first(shown):
    assert "Waiting for a worker now" in shown("pathway/").text_content()


def test_a_child_of_whom_nothing_is_known_has_an_empty_pathway(workplace, browser):
    child, sylvia = workplace.person("Ada", "Pugh"), browser("Sylvia Marchetti")
    sylvia.post(f"/why/?person={child.pk}", {"reason": "Her mother has written to me"})
    assert b"Nothing has been done yet" in sylvia.get(f"/child/{child.pk}/pathway/").content
