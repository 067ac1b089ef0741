"""A police file in the morning: read and mended, loaded, triaged, the school told, and the children passed on."""

import csv
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from righthelp.processes.police_notification.rows import COLUMNS

from .conftest import Comes
from .visitor import Visitor

pytestmark = pytest.mark.browser
YESTERDAY = f"{timezone.localtime() - timedelta(days=1):%d/%m/%Y}"
INCIDENT = {
    "incident_number": "0417-HQ", "attended_on": YESTERDAY, "attended_time": "9:40pm", "category": "Domestic abuse",
    "risk_grading": "High", "officers_saw": "Shouting and a broken door. The man was arrested.",
    "people_there": "Mother; her former partner", "child_family": "Bramwell", "child_lives_at": "3 Weir End",
    "child_postcode": "HR9 6AD", "safety_note": "Do not ring the house: his mother lives there.",
}  # fmt: skip
CHILDREN = (
    {"child_given": "Cora", "child_born_on": "3 4 2017", "child_was": "They saw it",
     "child_said": "I hid with Felix.", "school_named": "Hill Lane Primary School"},
    {"child_given": "Felix", "child_born_on": "20/11/2014", "child_was": "They heard it", "school_named": "St Nobody"},
)  # fmt: skip


def file_of(folder: Path, *rows: dict[str, str]) -> Path:
    path = folder / "incidents.csv"
    with path.open("w", encoding="cp1252", newline="") as out:
        writer = csv.writer(out, delimiter=";")
        writer.writerow([column.heading for column in COLUMNS])
        writer.writerows([[row.get(column.key, "") for column in COLUMNS] for row in rows])
    return path


def chooses_file(visitor: Visitor, path: Path) -> None:
    visitor.page.locator("input[type=file]").set_input_files(path)
    visitor.presses("Read the file")


@pytest.mark.parametrize("width", [1280, 320])
def test_from_the_file_to_the_school_and_the_front_door(comes: Comes, tmp_path: Path, width: int) -> None:
    number = f"0417-{width}"
    rows = [{**INCIDENT, **child, "incident_number": number} for child in CHILDREN]
    scripts = width > 320
    gwen = comes("Gwen Tarrant", width=width, scripts=scripts)
    gwen.opens("/")
    gwen.sees("Your worries and requests")
    gwen.presses("Send police notifications")
    gwen.sees("Send police notifications", "one row for each child")
    gwen.presses("Read the file")
    gwen.sees("Send police notifications", "There is a problem", "Choose the CSV file")
    chooses_file(gwen, file_of(tmp_path, {**rows[0], "category": "Burglary", "child_born_on": "31 2 2017"}, rows[1]))
    gwen.sees("Send police notifications", "has 2 faults", "“Burglary” is not one of", "February has 28 days")
    chooses_file(gwen, file_of(tmp_path, *rows))
    gwen.sees("Check the file before you send it", "2 notifications of 1 incident", "Cora Bramwell")
    gwen.presses("Load 2 notifications")
    gwen.sees("Your worries and requests", number, "The hub has not yet looked at it")
    gwen.presses("Send police notifications")
    chooses_file(gwen, file_of(tmp_path, *rows))
    gwen.sees("Check the file before you send it", "There is nothing new in this file")
    gwen.presses("Choose another file")
    gwen.sees("Send police notifications")

    rhian = comes("Rhian Cobb", width=width, scripts=scripts)
    rhian.opens("/police_notification/")
    rhian.sees("Police notifications", number, "High", "Cora Bramwell", "2 not yet matched")
    rhian.page.get_by_role("link", name=number).click()
    rhian.sees("Domestic abuse", "Do not ring the house", "Are these the children on record?", "I hid with Felix.")
    rhian.ticks("Cora Bramwell is Cora Bramwell on record", "Felix Bramwell is Felix Bramwell on record")
    rhian.presses("Confirm those ticked")
    rhian.sees("Domestic abuse", "2 children confirmed", "On record: Cora Bramwell")

    rhian.opens("/police_notification/schools/")
    rhian.sees("Schools to be told", "Hill Lane Primary School: Cora Bramwell", "St Nobody")
    rhian.ticks("Hill Lane Primary School: Cora Bramwell")
    rhian.presses("Tell the schools ticked")
    rhian.sees("Schools to be told", "1 school was told", "Told, and not yet read")
    rhian.follows("Open the incident of Felix Bramwell")
    rhian.presses("Record that the school was rung")
    rhian.sees("Record that the school was rung", "For which children?")
    rhian.presses("Record that the school was rung")
    rhian.sees("Record that the school was rung", "There is a problem")
    rhian.writes("Who at the school was told?", "Ms Ferrant, deputy head")
    rhian.presses("Record that the school was rung")
    rhian.sees("Domestic abuse", "Ms Ferrant, deputy head")
    rhian.presses("Pass to the front door")
    rhian.sees("Pass to the front door", "For which children?")
    rhian.writes("Why is this right?", "Both saw or heard it, for the third time this year.")
    rhian.writes("Is anything different for Cora Bramwell?", "She hid with her brother.")
    rhian.chooses("Has the child suffered", "Yes")
    rhian.presses("Pass to the front door")
    rhian.sees("Domestic abuse", "Triaged", "Worry about a child")

    ruth = comes("Ruth Adeyemi", width=width, scripts=scripts)
    ruth.opens("/")
    ruth.sees("Your worries and requests", "Cora Bramwell: at home when the police came")
    ruth.follows("Cora Bramwell: at home when the police came")
    ruth.sees("Cora Bramwell", "The police came to domestic abuse", "Do not speak of this to the family")
    ruth.does_not_read("door")
    ruth.presses("Say that you have read it")
    ruth.sees("Say that you have read it")
    ruth.presses("Say that you have read it")
    ruth.sees("Cora Bramwell", "Read by Ruth Adeyemi")

    gwen.opens("/")
    gwen.sees("Your worries and requests", "passed on within children's services", "The school was told")
    gwen.page.get_by_role("link", name=number).first.click()
    gwen.sees("Bramwell", "What came of it", "Told on")
    gwen.does_not_read("third time this year")
    marian = comes("Marian Blythe", width=width, scripts=scripts)
    marian.opens("/contact/")
    marian.follows("Cora Bramwell")
    marian.sees("Cora Bramwell", "Shouting and a broken door", "She hid with her brother", "Do not ring the house")
