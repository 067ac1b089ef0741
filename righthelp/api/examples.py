"""Examples that stand in the description of the API. A test sends them, so that they stay true."""

from typing import Any

from righthelp.api.notifications import LIST, YES_OR_NO
from righthelp.processes.police_notification.sending import example_rows

WORRY: dict[str, Any] = {
    "child_given": "Mollie",
    "child_family": "Tranter-Vale",
    "child_born_on": "2017-04-03",
    "child_sex": "F",
    "child_lives_at": "14 Weir Close, Ledwyche",
    "child_postcode": "HR4 9ZZ",
    "other_children": [
        {"given": "Alfie", "family": "Tranter-Vale", "born_on": "2021-09-20", "worried_too": False},
    ],
    "adults": [
        {
            "name": "Carys Tranter",
            "relationship": "MOTHER",
            "parental_responsibility": "YES",
            "lives_with_child": True,
        }
    ],
    "worry": "Mollie has come to school without a coat or lunch on four days this week, and falls asleep in lessons.",
    "going_well": "She is glad to be at school. Her grandmother fetches her on Fridays.",
    "significant_harm_likely": False,
    "sender_level": 2,
    "child_says_basis": "OWN_WORDS",
    "child_says": "Mum is in bed and I get myself up.",
    "consent": "GIVEN",
    "consent_from": "Her mother, by telephone this morning",
    "family_knows": True,
    "sender_telephone": "01632 960123",
    "from_name": "Bethan Rowe, class teacher",
}


def notifications() -> dict[str, Any]:
    """The invented incident of two children that stands in the example of a file."""
    said: list[dict[str, Any]] = [{key: word for key, word in row.items() if word} for row in example_rows()]
    for row in said:
        row[YES_OR_NO] = row[YES_OR_NO] == "yes"
    return {LIST: said}
