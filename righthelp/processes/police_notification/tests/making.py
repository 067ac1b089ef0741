"""Notifications as a police worker sends them, for the tests of this folder."""

from __future__ import annotations

import csv
import io
from datetime import datetime
from typing import Any

from righthelp.guard.viewers import looking
from righthelp.kernel.moments import LONDON
from righthelp.processes.police_notification.loading import load, read_file
from righthelp.processes.police_notification.models import PoliceNotification
from righthelp.processes.police_notification.rows import COLUMNS

POLICE, HUB = "Gwen Tarrant", "Rhian Cobb"
ATTENDED = datetime(2026, 6, 9, 22, 40, tzinfo=LONDON)  # a Tuesday in term
SENT = datetime(2026, 6, 10, 6, 30, tzinfo=LONDON)
TOLD: dict[str, Any] = {
    "incident_number": "0001-090626",
    "attended_at": ATTENDED,
    "category": "DOMESTIC_ABUSE",
    "risk_grading": "MEDIUM",
    "place": "4 Mill Road, Ledwyche",
    "officers_saw": "Shouting. A door was broken. The man left with officers.",
    "people_there": "Beth Pugh, mother; Lee Marsden, her partner",
    "child_given": "Ada",
    "child_family": "Pugh",
    "child_born_on": "3 4 2016",
    "child_lives_at": "4 Mill Road\nLedwyche",
    "child_postcode": "HR4 9AA",
    "child_was": "HEARD",
    "child_said": "I put the pillow on my ears.",
    "school_named": "Hill Lane Primary School",
    "safety_note": "Do not ring the house: he answers.",
}
ROW = {column.key: column.example for column in COLUMNS}


def notified(workplace: Any, *, on: datetime = SENT, **told: Any) -> PoliceNotification:
    """A notification that the police have sent, its school known."""
    told.setdefault("school", workplace.staff.agencies["Hill Lane Primary School"])
    row: PoliceNotification = workplace.begin("police_notification", "notify", POLICE, on=on, **{**TOLD, **told})
    return row


def known(workplace: Any, row: PoliceNotification) -> PoliceNotification:
    """It was said that nobody on record is the child."""
    found: PoliceNotification = workplace.take(row, "not_known", HUB, match_reason="Nobody like them.")
    return found


def written(*rows: dict[str, str], delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    """Rows as a CSV file."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerow([column.heading for column in COLUMNS])
    writer.writerows([[{**ROW, **row}[column.key] for column in COLUMNS] for row in rows])
    return out.getvalue().encode(encoding)


def sent(workplace: Any, content: bytes, who: str = POLICE) -> Any:
    """A file that was read and loaded."""
    viewer = workplace.as_(who)
    with looking(viewer):
        read = read_file(content)
        assert read.faults == []
        return load(read.rows, workplace.worker(POLICE), viewer)
