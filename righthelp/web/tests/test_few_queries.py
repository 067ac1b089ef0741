"""Pages ask the database as often for ten worries as for two."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext


def test_the_summary_of_a_child_with_much_on_record(workplace, browser):
    person, nia = workplace.person("Ada", "Pugh"), browser("Nia Prosser")
    asked = []
    for many in (2, 8):
        for number in range(many):
            contact = workplace.screening()
            contact = workplace.take(contact, "match", "Nia Prosser", matched_to=person, match_reason="She is known.")
            if number % 2:
                workplace.decide(contact, outcome="REFERRAL", level=4)
        with CaptureQueriesContext(connection) as queries:
            assert nia.get(f"/child/{person.pk}/").status_code == 200
        asked.append(len(queries))
    assert asked[1] <= asked[0]


@pytest.mark.parametrize(
    ("who", "path"),
    [
        ("Nia Prosser", "/contact/"),
        ("Nia Prosser", "/my-work/"),
        ("Nia Prosser", "/find/?family=Pugh"),
        ("Nia Prosser", "/notices/"),
        ("Marian Blythe", "/team/"),
        ("Marian Blythe", "/lists/"),
        ("Marian Blythe", "/drift/?by=child"),
        ("Leonard Swann", "/referral/"),
        ("Ruth Adeyemi", "/"),
    ],
)
def test_a_list_of_many(workplace, browser, who, path):
    visitor, asked = browser(who), []
    visitor.get(path)
    for many in (3, 8):
        for _ in range(many):
            person = workplace.person("Ada", "Pugh")
            contact = workplace.screening()
            contact = workplace.take(contact, "match", "Nia Prosser", matched_to=person, match_reason="She is known.")
            workplace.screening()
            workplace.decide(contact, outcome="REFERRAL", level=4)
        with CaptureQueriesContext(connection) as queries:
            assert visitor.get(path).status_code == 200
        asked.append(len(queries))
    assert asked[1] <= asked[0], "more to show, and no more to ask"


def test_a_long_chronology(workplace, browser):
    person, nia, asked = workplace.person("Ada", "Pugh"), browser("Nia Prosser"), []
    for many in (2, 8):
        for number in range(many):
            contact = workplace.screening()
            contact = workplace.take(contact, "match", "Nia Prosser", matched_to=person, match_reason="She is known.")
            workplace.take(contact, "note", "Nia Prosser", screening_note=f"The school was rung ({number}).")
        with CaptureQueriesContext(connection) as queries:
            assert nia.get(f"/child/{person.pk}/chronology/").status_code == 200
        asked.append(len(queries))
    assert asked[1] <= asked[0]
