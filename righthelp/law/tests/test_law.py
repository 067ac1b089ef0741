"""The law files as they stand, and what is refused of one that cannot be relied on."""

from datetime import date, datetime
from pathlib import Path

import pytest

from righthelp import law
from righthelp.kernel.tests.invented_terms import INVENTED
from righthelp.kernel.uncountable import NoDate
from righthelp.kernel.written import write_plain

day = date.fromisoformat
moment = datetime.fromisoformat

SOUND = """
visit:
  title: A child is visited
  unit: weeks
  counts_from: the placement starts
  stops_when: the child is seen
  status: statutory
  values:
    2011-04-01: {value: 1, source: An instrument, checked: text seen, review_by: 2027-04-01}
    2015-04-01:
      {value: 10, unit: working days, source: Another, href: "https://example.org", checked: secondary,
       review_by: 2027-04-01, note: It counts in working days since.}
"""


def book(folder: Path, text: str) -> law.Book:
    (folder / "invented.yaml").write_text(text, encoding="utf-8")
    return law.Book(folder)


def test_the_files_have_no_faults() -> None:
    assert law.check() == []


@pytest.mark.parametrize(
    ("key", "words", "calendar", "checked", "clock"),
    [
        ("front_door.contact_decision", "24 hours", "CLOCK_HOURS", "local paper", "FD-01"),
        ("front_door.referral_decision", "1 working day", "ENG", "secondary", "FD-02"),
        ("front_door.referrer_told", "24 hours", "CLOCK_HOURS", "local paper", "FD-03"),
        ("front_door.longest_hold", "24 hours", "CLOCK_HOURS", "local paper", "FD-04"),
        ("front_door.immediate_harm_seen", "the same working day", "ENG", "local paper", "FD-05"),
        ("front_door.same_day_gathering", "the same working day", "ENG", "local paper", "FD-06"),
        ("front_door.consultation_recorded", "1 working day", "ENG", "local default", "FD-07"),
        ("front_door.domestic_abuse_triage", "1 working day", "ENG", "local paper", "FD-08"),
        ("front_door.weekly_quality_assurance", "1 week", "CAL", "local paper", "FD-09"),
        ("front_door.telephone_confirmed_in_writing", "48 hours", "CLOCK_HOURS", "not checked", "FD-10"),
        ("front_door.school_told", "before the next school day", "SCHOOL", "not checked", "FD-11"),
        ("front_door.information_answer", "4 hours", "CLOCK_HOURS", "local default", ""),
        ("early_help.chat_contact", "72 hours", "CLOCK_HOURS", "local paper", "EH-01"),
        ("early_help.panel", "1 week", "CAL", "local paper", "EH-02"),
        ("early_help.assessment_authorised", "15 working days", "ENG", "local default", "EH-03"),
        ("early_help.allocated", "5 working days", "ENG", "local default", "EH-04"),
        ("early_help.first_meeting", "6 weeks", "CAL", "local default", "EH-05"),
        ("early_help.meeting", "6 weeks", "CAL", "local default", "EH-06"),
        ("early_help.visit", "2 weeks", "CAL", "local default", "EH-07"),
        ("early_help.single_agency_review", "6 weeks", "CAL", "local default", "EH-08"),
        ("early_help.supervision", "1 month", "CAL", "local default", "EH-10"),
        ("early_help.feedback_collated", "3 months", "CAL", "local paper", "EH-11"),
        ("early_help.parenting_programmes", "1 term", "SCHOOL", "local paper", "EH-12"),
        ("assessment.completed", "45 working days", "ENG", "local paper", "AS-01"),
        ("assessment.checkpoint", "10 working days", "ENG", "not checked", "AS-03"),
        ("assessment.second_checkpoint", "20 working days", "ENG", "not checked", "AS-03"),
        ("assessment.third_checkpoint", "35 working days", "ENG", "not checked", "AS-03"),
        ("assessment.child_seen", "10 working days", "ENG", "local default", "AS-04"),
        ("assessment.outcome_shared", "5 working days", "ENG", "local default", "AS-05"),
        ("assessment.pre_birth_conference", "10 weeks before the baby is due", "CAL", "local default", "AS-07"),
        ("child_in_need.plan_agreed", "10 working days", "ENG", "not checked", "CIN-01"),
        ("child_in_need.visit", "20 working days", "ENG", "not checked", "CIN-02"),
        ("child_in_need.first_review", "3 months", "CAL", "not checked", "CIN-03"),
        ("child_in_need.review", "3 months", "CAL", "not checked", "CIN-03"),
        ("child_protection.strategy_discussion", "1 working day", "ENG", "local default", "CP-01"),
        ("child_protection.section_47_child_seen", "1 working day", "ENG", "not checked", "CP-03"),
        ("child_protection.section_47_concluded", "15 working days", "ENG", "secondary", "CP-04"),
        ("child_protection.initial_conference", "15 working days", "ENG", "local paper", "CP-05"),
        ("child_protection.request_to_convene", "1 working day", "ENG", "local default", "CP-06"),
        ("child_protection.conference_list", "1 week", "CAL", "local paper", "CP-07"),
        ("child_protection.report_to_parents_initial", "2 working days before", "ENG", "not checked", "CP-08"),
        ("child_protection.report_to_parents_review", "5 working days before", "ENG", "not checked", "CP-09"),
        ("child_protection.decisions_sent", "1 working day", "ENG", "not checked", "CP-11"),
        ("child_protection.record_sent", "20 working days", "ENG", "not checked", "CP-12"),
        ("child_protection.first_core_group", "10 working days", "ENG", "secondary", "CP-13"),
        ("child_protection.core_group", "6 weeks", "CAL", "not checked", "CP-14"),
        ("child_protection.first_review", "3 months", "CAL", "not checked", "CP-15"),
        ("child_protection.review", "6 months", "CAL", "not checked", "CP-16"),
        ("child_protection.visit", "10 working days", "ENG", "local default", "CP-17"),
        ("child_protection.chair_oversight", "6 weeks", "CAL", "local default", "CP-18"),
        ("child_protection.transfer_in_conference", "15 working days", "ENG", "not checked", "CP-19"),
        ("child_protection.disagreement_resolved", "5 working days", "ENG", "local default", "CP-20"),
        ("child_protection.two_years", "2 years", "CAL", "not checked", "CP-21"),
        ("supervision.monthly", "1 month", "CAL", "local paper", "QA-01"),
        ("access.break_glass_length", "4 hours", "CLOCK_HOURS", "local default", ""),
        ("access.break_glass_review", "1 working day", "ENG", "local default", ""),
    ],
)
def test_each_timescale_says_what_the_reference_table_says(
    key: str, words: str, calendar: str, checked: str, clock: str
) -> None:
    found = law.value(key, day("2024-05-13"))
    assert (law.deadline_words(found), found.calendar, found.checked, found.clock) == (
        words,
        calendar,
        checked,
        clock,
    )
    assert found.confirmed is (checked in {"text seen", "local paper"})
    assert bool(found.caution) is not found.confirmed
    assert found.source
    assert key in set(law.keys())


def test_how_far_a_value_is_checked_is_said_and_a_second_hand_one_is_said_more_softly() -> None:
    cautions = {key: law.value(key, day("2024-05-13")).caution for key in list(law.keys())}
    assert cautions["front_door.telephone_confirmed_in_writing"].startswith("Not yet confirmed")
    assert cautions["front_door.information_answer"].startswith("Not yet confirmed")
    assert "Not yet confirmed" not in cautions["front_door.referral_decision"]


@pytest.mark.parametrize(
    ("key", "start", "expected"),
    [
        ("front_door.contact_decision", "2024-05-10T16:30", "2024-05-11T16:30:00"),
        ("front_door.referral_decision", "2024-05-10T16:30", "2024-05-13"),
        ("front_door.contact_decision", "2024-03-30T17:00", "2024-03-31T18:00:00"),
        ("front_door.immediate_harm_seen", "2024-05-11T16:30", "2024-05-13"),
        ("front_door.school_told", "2023-10-13T22:00", "2023-10-16T09:00:00"),
        ("early_help.chat_contact", "2023-07-21T17:00", "2023-07-24T17:00:00"),
        ("assessment.completed", "2022-08-15", "2022-10-19"),
        ("child_protection.initial_conference", "2023-03-31", "2023-04-25"),  # over Easter
        ("child_protection.report_to_parents_initial", "2023-04-11T10:00", "2023-04-05"),  # back over Easter
        ("child_protection.first_review", "2022-11-30", "2023-02-28"),
        ("access.break_glass_length", "2024-05-10T22:15", "2024-05-11T02:15:00"),
    ],
)
def test_due(key: str, start: str, expected: str) -> None:
    began = moment(start) if "T" in start else day(start)
    assert write_plain(law.due(key, began, terms=INVENTED)) == expected


def test_school_time_needs_the_countys_term_dates() -> None:
    with pytest.raises(NoDate, match="term dates"):
        law.due("front_door.school_told", moment("2023-10-13T22:00"))


def test_before_the_first_value_there_is_none() -> None:
    with pytest.raises(law.NotInForce, match="from 1 November 2020, and 31 October 2020 is before"):
        law.value("front_door.contact_decision", day("2020-10-31"))
    assert law.value("front_door.contact_decision", day("2020-11-01")).value == 24
    with pytest.raises(law.NotInForce):
        law.due("front_door.contact_decision", moment("2020-10-31T23:59"))


def test_an_unknown_key_names_the_near_ones() -> None:
    with pytest.raises(law.UnknownLaw, match=r"front_door\.contact_decision"):
        law.value("front_door.contact_descision", day("2024-05-13"))


def test_the_day_of_the_event_picks_the_value(tmp_path: Path) -> None:
    found = book(tmp_path, SOUND)
    assert found.faults() == []
    before, after = (found.value("invented.visit", day(on)) for on in ("2015-03-31", "2015-04-01"))
    assert (before.value, before.unit, before.calendar, before.note) == (1, "weeks", "CAL", "")
    assert (after.value, after.unit, after.calendar, after.href) == (
        10,
        "working_days",
        "ENG",
        "https://example.org",
    )
    assert after.since == day("2015-04-01")
    assert after.review_by == day("2027-04-01")


@pytest.mark.parametrize(
    ("right", "wrong", "fault"),
    [
        ("source: An instrument, ", "", "2011-04-01: has no source"),
        ("title: A child is visited", "title:", "has no title"),
        ("unit: weeks", "unit: fortnights", "No unit of time is called “fortnights”"),
        ("unit: weeks", "unit: weeks\n  calendar: moon", "No calendar is called “moon”"),
        ("unit: weeks", "unit: hours\n  calendar: england", "do not go together"),
        ("checked: text seen", "checked: surely", "“surely” is not how a value is checked"),
        ("status: statutory", "status: nice", "“nice” is not a status"),
        ("value: 1,", "value: -1,", "not a length"),
        ("value: 1,", "", "has no value"),
        ("2011-04-01:", "2016-04-01:", "write the oldest first"),
        ("2011-04-01:", "Spring 2011:", "headed by the day"),
        ("2011-04-01:", "2015-04-01:", "written twice"),
        ("review_by: 2027-04-01}", "review_by: soon}", "review_by is a day"),
        ("review_by: 2027-04-01}", "review_by: 2001-04-01}", "review_by is a day"),
        ('"https://example.org"', "example", "begins with https"),
        ("status: statutory", "status: statutory\n  colour: red", "“colour” is not something"),
        ("visit:", "Visit one:", "lower-case words"),
        ("visit:", "visit: [", "cannot be read"),
    ],
)
def test_a_fault_is_named_and_its_value_is_not_given(tmp_path: Path, right: str, wrong: str, fault: str) -> None:
    assert right in SOUND
    found = book(tmp_path, SOUND.replace(right, wrong, 1))
    faults = found.faults()
    assert any(fault in each for each in faults), faults
    assert all(each.startswith("invented.") for each in faults)
    with pytest.raises((law.FaultyLaw, law.UnknownLaw)):
        found.value(found.keys()[0] if found.keys() else "invented.visit", day("2020-01-01"))


@pytest.mark.parametrize(("text", "fault"), [("", "has no entries"), ("visit: 3", "not an entry"), ("- a", "entries")])
def test_a_file_that_is_no_law_file(tmp_path: Path, text: str, fault: str) -> None:
    assert any(fault in each for each in book(tmp_path, text).faults())


def test_an_entry_without_values_is_a_fault(tmp_path: Path) -> None:
    head = SOUND.split("  values:")[0]
    assert any("has no values" in fault for fault in book(tmp_path, head).faults())
    listed = book(tmp_path, f"{head}  values:\n    2011-04-01: 1\n").faults()
    assert any("not a value with a source" in fault for fault in listed)
