"""A child who may be harmed today: a referral at once, a clock that ends today, and the child seen."""

from datetime import timedelta

import pytest
from django.utils import timezone

from righthelp import law
from righthelp.kernel.written import write_date
from righthelp.packs import pack

from .conftest import Comes

pytestmark = pytest.mark.browser


def test_immediate_action(comes: Comes) -> None:
    told_at = timezone.now() - timedelta(hours=1)
    seen_by = law.due("front_door.immediate_harm_seen", told_at)
    leonard = comes("Leonard Swann")
    leonard.sees("Referrals to children's social care")
    leonard.does_not_read("Jude Carver")
    marian = comes("Marian Blythe")
    marian.follows("Jude Carver")
    marian.sees("Jude Carver", "A burn on his hand that nobody can explain.")
    marian.presses("Decide")
    marian.sees("Decide")
    marian.chooses("Decision", "Immediate action the same day")
    marian.chooses("Level of need", "Level 4")
    marian.writes("Why is this the right decision?", "A burn that nobody explains, on a child of six.")
    marian.chooses("Have the parents been told?", "No")
    marian.writes("Why have they not been told?", "He is to be seen first.")
    marian.presses("Decide")
    marian.sees("Jude Carver", "Decided", "Immediate action the same day")

    # It is with social care from the same moment, with what the front door knows and the clock of the law.
    leonard.opens("/team/")
    leonard.sees(pack().teams()["assessment"].title, "With no worker yet", "Jude Carver")
    leonard.follows("Jude Carver")
    leonard.sees("Referral to children's social care", "A burn that nobody explains, on a child of six.")
    leonard.sees("Referral to children's social care", "Deadlines", "Child seen", f"Due {write_date(seen_by)}")
    leonard.presses("Allocate to a social worker")
    leonard.sees("Allocate to a social worker")
    leonard.picks("Social worker", "Ade Bankole")
    leonard.presses("Allocate to a social worker")
    leonard.sees("Referral to children's social care", "Held by Ade Bankole")

    ade = comes("Ade Bankole")
    ade.opens("/my-work/")
    ade.sees("My work", "Jude Carver")
    ade.follows("Jude Carver")
    ade.presses("Record that the child was seen")
    ade.sees("Record that the child was seen")
    tomorrow = timezone.localdate() + timedelta(days=1)
    ade.writes("Date", f"{tomorrow:%d %m %Y}", within="When was the child seen?")
    ade.writes("Time", "11:20", within="When was the child seen?")
    ade.writes("Who saw the child, and where?", "Ade Bankole, at school, with his teacher near.")
    ade.presses("Record that the child was seen")
    ade.sees("Record that the child was seen", "The child cannot have been seen in the future.")
    ade.writes("Date", f"{timezone.localtime():%d %m %Y}", within="When was the child seen?")
    ade.writes("Time", f"{timezone.localtime():%H:%M}", within="When was the child seen?")
    ade.presses("Record that the child was seen")
    ade.sees("Referral to children's social care", "Ade Bankole, at school", "The child was seen", "Met")
    ade.follows("Jude Carver")
    ade.sees("Jude Carver", "What is happening", "Ade Bankole")
