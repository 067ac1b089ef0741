"""A child's pages ask the database as often for ten worries as for two."""

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
