"""`./run due` as a person types it."""

import pytest

from running.due import main

# From the examples of clocks: id, length and unit as written there, start or meeting, calendar, answer.
EXAMPLES = [
    ("TV-01", "5 clear_days_before", "2023-09-26", "ENG", "2023-09-18"),
    ("TV-03", "5 clear_days_before", "2024-01-23", "ENG", "2024-01-15"),
    ("TV-05", "3 working_days_before", "2023-09-26", "ENG", "2023-09-21"),
    ("TV-07", "5 clear_days_before", "2022-12-13", "ENG", "2022-12-05"),
    ("TV-09", "20 working_days", "2022-12-09", "ENG", "2023-01-11"),
    ("TV-11", "45 working_days", "2022-08-15", "ENG minus funeral", "2022-10-18"),
    ("TV-13", "20 working_days", "2025-07-01", "UK_ANY", "2025-07-30"),
    ("TV-15", "20 working_days", "2025-12-15", "UK_ANY", "2026-01-16"),
    ("TV-17", "3 months", "2022-11-30", "CAL", "2023-02-28"),
    ("TV-19", "12 weeks", "2022-11-30", "CAL", "2023-02-22"),
    ("TV-21", "8 weeks_beginning_with", "2024-01-08", "CAL_INCL", "2024-03-03"),
    ("TV-23", "72 hours", "2023-07-21T17:00:00", "CLOCK_HOURS", "2023-07-24T17:00:00"),
    ("TV-25", "65 working_days", "2024-02-01", "ENG_2006", "2024-05-07"),
]


@pytest.mark.parametrize(("row", "length", "start", "calendar", "expected"), EXAMPLES)
def test_each_example_is_answered_with_its_day_alone(row, length, start, calendar, expected, capsys):
    assert main([*length.split(), "--from", start, "--calendar", calendar]) == 0, row
    assert capsys.readouterr() == (f"{expected}\n", "")


def test_length_and_unit_may_be_one_word_and_the_calendar_the_units_own(capsys):
    assert main(["20 working days", "--from", "2022-12-09"]) == 0
    assert capsys.readouterr().out == "2023-01-11\n"


@pytest.mark.county
def test_school_days_are_counted_by_the_countys_terms(capsys):
    assert main(["1", "school_days", "--from", "2027-01-06"]) == 0
    assert capsys.readouterr().out == "2027-01-07\n"


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (["20", "fortnights", "--from", "2022-12-09"], "fortnights"),
        (["20", "working_days", "--from", "2022-13-09"], "Month"),
        (["20", "working_days", "--from", "2022-12-09", "--calendar", "MOON"], "MOON"),
        (["-3", "working_days", "--from", "2022-12-09"], "-3"),
        (["0", "immediately", "--from", "2022-12-09"], "immediately"),
    ],
)
def test_what_cannot_be_counted_is_a_sentence_on_standard_error(words, part, capsys):
    assert main(words) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert part in said.err
    assert said.err.count("\n") == 1


@pytest.mark.parametrize("words", [[], ["20"], ["20", "working_days"], ["20", "--from", "2022-12-09"]])
def test_too_few_words_are_a_sentence_with_an_example(words, capsys):
    with pytest.raises(SystemExit) as ended:
        main(words)
    assert ended.value.code == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "./run due 20 working_days" in said.err
    assert said.err.count("\n") == 1
