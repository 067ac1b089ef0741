"""A file of notifications: every fault by line and column, nothing twice, and loaded whole or not at all."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from time import monotonic

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from righthelp.engine.refusals import NotTaken
from righthelp.guard.viewers import looking
from righthelp.kernel.tables import letters
from righthelp.processes.police_notification.loading import MOST_ROWS, load, preview, read_file
from righthelp.processes.police_notification.models import PoliceNotification
from righthelp.processes.police_notification.rows import COLUMNS, HEADINGS, read_row
from righthelp.processes.police_notification.sending import example_rows
from righthelp.processes.police_notification.tests.making import POLICE, ROW, sent, written

PLACE = {column.key: f"{letters(number)} ({column.heading})" for number, column in enumerate(COLUMNS)}


def faults(content):
    return [(fault.line, fault.column, fault.sentence) for fault in read_file(content).faults]


def test_the_template_and_its_example_can_be_read():
    read = read_row(ROW)
    assert read.faults == []
    assert read.answers["category"] == "DOMESTIC_ABUSE"
    assert read.answers["child_was"] == "HEARD"
    assert f"{read.answers['child_born_on']:%d %m %Y}" == "03 04 2017"
    assert timezone.localtime(read.answers["attended_at"]).strftime("%d %m %Y %H:%M") == "12 11 2026 21:40"


def test_the_example_of_the_guide_is_the_one_that_is_downloaded():
    guide = Path(__file__).parents[4] / "docs" / "guides" / "police-notifications-example.csv"
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([column.heading for column in COLUMNS])
    writer.writerows([[row[column.key] for column in COLUMNS] for row in example_rows()])
    assert guide.read_bytes().decode("utf-8-sig").splitlines() == out.getvalue().splitlines()
    read = read_file(guide.read_bytes())
    assert read.faults == []
    assert len(read.rows) == 2


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_however_it_was_saved(encoding, delimiter):
    read = read_file(written({"child_given": "Zoë", "officers_saw": 'Two\nlines; "quoted", and a comma'},
                             delimiter=delimiter, encoding=encoding))  # fmt: skip
    assert read.faults == []
    assert read.rows[0].answers["child_given"] == "Zoë"
    assert read.rows[0].answers["officers_saw"] == 'Two\nlines; "quoted", and a comma'


@pytest.mark.parametrize("born_on", ["3 4 2017", "03/04/2017", "3.4.17", "3 April 2017", "2017-04-03"])
def test_dates_as_people_write_them(born_on):
    assert read_row({**ROW, "child_born_on": born_on}).answers["child_born_on"].isoformat() == "2017-04-03"


@pytest.mark.parametrize(
    ("key", "said", "sentence"),
    [
        ("attended_on", "31 2 2026", "February has 28 days"),
        ("attended_on", "", "is missing"),
        ("attended_time", "23:59", "cannot have attended in the future"),
        ("attended_time", "25:00", "The hour must be"),
        ("attended_time", "", "is missing"),
        ("category", "Burglary", "“Burglary” is not one of: Domestic abuse"),
        ("risk_grading", "Extreme", "is not one of: High, Medium, Standard"),
        ("risk_grading", "", "is missing"),
        ("child_given", "", "is missing"),
        ("child_born_on", "3 4", "must include"),
        ("child_born_on", "1 1 2027", "after the incident"),
        ("child_sex", "X", "is not one of: F, M, U"),
        ("child_postcode", "HERE", "postcode"),
        ("address_is_secret", "maybe", "is not one of: Yes, No"),
        ("child_was", "Upstairs", "is not one of: They saw it"),
        ("incident_number", "", "is missing"),
        ("incident_number", "9" * 41, "40"),
        ("officers_saw", "", "is missing"),
    ],
)
def test_every_fault_is_told_with_its_line_and_column(key, said, sentence):
    more = {"attended_on": "1 1 2044"} if sentence.startswith("cannot") else {}
    found = faults(written({}, {"incident_number": "2", key: said, **more}))
    assert [(line, column) for line, column, _ in found] == [(3, PLACE[key])], found
    assert sentence in found[0][2]


def test_all_faults_are_told_at_once():
    found = faults(written({"category": "x", "child_given": ""}, {"child_was": "y", "incident_number": ""}))
    assert [(line, column) for line, column, _ in found] == sorted(
        [(2, PLACE["category"]), (2, PLACE["child_given"]), (3, PLACE["child_was"]), (3, PLACE["incident_number"])]
    )


def test_a_line_is_counted_as_an_editor_counts_it():
    """A row that goes over three lines is followed by one on the fifth."""
    found = faults(written({"officers_saw": "one\ntwo\nthree"}, {"incident_number": "2", "category": "x"}))
    assert [line for line, _, _ in found] == [5]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty"),
        (b"\n\n", "The file is empty"),
        (b"PK\x03\x04\x00\x00", "not a CSV file"),
        (b"\xff\xfeP", "Save it as CSV again"),
        (b"a,\x81\n", "a sign that no CSV file has"),
        (b"Incident number\n1\n", "The column “Category” is missing"),
        (b"Child's surname\n", "There is no column called “Child's surname”"),
        (b"Categroy\n", "Did you mean “Category”?"),
        (b'"Incident number\n', "A quotation mark opens here and never closes"),
    ],
)
def test_what_is_no_such_file_is_told_in_words(content, sentence):
    found = faults(content)
    assert any(sentence in said for _, _, said in found), found


def test_the_same_column_twice():
    content = written({}).replace(b"Where,", b"Category,", 1)
    assert any("is there twice" in said for _, _, said in faults(content))


def test_words_with_a_comma_and_no_quotation_marks():
    content = written({}).rstrip() + b",and left\r\n"
    assert any("a column without a name" in said for _, _, said in faults(content))


def test_a_file_without_rows():
    assert any("no rows below" in said for _, _, said in faults(written()))


def test_a_child_twice_in_a_file_and_an_incident_told_two_ways():
    found = faults(written({}, {}, {"child_given": "Bob", "risk_grading": "High"}))
    assert (3, PLACE["child_given"], "This child of this incident is on line 2 already.") in found
    assert (4, PLACE["risk_grading"], "Line 2 says something else of the same incident.") in found


def test_what_was_sent_before_is_not_sent_twice(workplace):
    first = written({}, {"child_given": "Bob"})
    done = sent(workplace, first)
    assert (len(done.fresh), done.incidents) == (2, 1)
    again = sent(workplace, written({}, {"child_given": "Bob"}, {"child_given": "Cy"}))
    assert [row.answers["child_given"] for row in again.fresh] == ["Cy"]
    assert len(again.sent_already) == 2
    assert PoliceNotification.objects.count() == 3
    assert PoliceNotification.objects.values("incident").distinct().count() == 1


def test_a_file_is_loaded_whole_or_not_at_all(workplace):
    """Somebody sends one of its rows in between: nothing of it is written."""
    gwen = workplace.as_(POLICE)
    with looking(gwen):
        read = read_file(written({"incident_number": "1"}, {"incident_number": "2"}, {"incident_number": "3"}))
        stale = preview(read.rows, gwen.agency)
        load([read.rows[1]], workplace.worker(POLICE), gwen)
        with pytest.MonkeyPatch.context() as between:
            between.setattr("righthelp.processes.police_notification.loading.preview", lambda rows, force: stale)
            with pytest.raises(NotTaken, match="sent already"):
                load(read.rows, workplace.worker(POLICE), gwen)
    assert PoliceNotification.objects.count() == 1


def test_a_school_is_found_by_its_name(workplace):
    sent(workplace, written({"school_named": "hill lane PRIMARY school"}, {"child_given": "Bob", "school_named": "No"}))
    schools = dict(PoliceNotification.objects.values_list("child_given", "school__name"))
    assert schools == {"Mollie": "Hill Lane Primary School", "Bob": None}


def test_many_rows_are_loaded_by_a_number_of_questions_that_hardly_grows(workplace, django_assert_max_num_queries):
    rows = [{"incident_number": str(number // 2), "child_given": f"Kit{number}"} for number in range(600)]
    with django_assert_max_num_queries(120):
        sent(workplace, written(*rows))
    assert PoliceNotification.objects.count() == 600


def test_a_large_file_is_read_and_loaded_quickly(workplace):
    """Ten thousand rows take five times as long, and the whole suite should not wait for them."""
    rows = [{"incident_number": str(number // 2), "child_given": f"Kit{number}"} for number in range(2000)]
    began = monotonic()
    sent(workplace, written(*rows))
    assert PoliceNotification.objects.count() == 2000
    assert monotonic() - began < 20


def test_a_row_too_many_is_told():
    rows = [{"incident_number": str(number)} for number in range(MOST_ROWS + 1)]
    content = written(*rows)
    assert faults(content)[-1] == (MOST_ROWS + 2, "", "A file holds at most 10,000 rows. Send the rest in another.")


def test_an_incident_is_the_same_in_every_file_of_the_force(workplace):
    """The day after, its third child is told of, with the number written otherwise."""
    sent(workplace, written({"incident_number": "ab 1"}))
    sent(workplace, written({"incident_number": "AB1", "child_given": "Bob"}))
    assert PoliceNotification.objects.values("incident").distinct().count() == 1


@settings(deadline=None, max_examples=150)
@given(content=st.one_of(st.binary(max_size=400), st.text(max_size=400).map(lambda text: text.encode())))
def test_no_bytes_break_it(content):
    read = read_file(content)
    assert read.faults
    assert all(fault.sentence.strip() and fault.line >= 1 for fault in read.faults)


@settings(deadline=None, max_examples=150)
@given(words=st.dictionaries(st.sampled_from([*HEADINGS, "no such column"]), st.text(max_size=60)))
def test_no_words_break_it(words):
    """As a program may send them: answers or faults, each fault at a column."""
    read = read_row(words)
    assert bool(read.faults) or set(read.answers) >= {"incident_number", "category"}
    assert {fault.at for fault in read.faults} <= {*HEADINGS, "no such column"}


def test_no_time_that_the_clock_left_out():
    said = {**ROW, "attended_on": "29 3 2026", "attended_time": "1:30am"}
    assert [fault.at for fault in read_row(said).faults] == ["attended_time"]
