"""What tests of several processes share: a child on the way to a conference, made through the steps."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from righthelp.engine.process import process
from righthelp.kernel.moments import LONDON
from righthelp.record.models import Invitation

BEGAN = datetime(2026, 6, 1, 9, 0, tzinfo=LONDON)  # a Monday


class Chain:
    """One child's way, a step at a time. `on` is when the last step was taken."""

    def __init__(self, workplace: Any, child: Any, on: datetime = BEGAN) -> None:
        self.at = workplace
        self.child = child
        self.on = on

    def later(self, **more: float) -> datetime:
        self.on += timedelta(**more)
        return self.on

    @property
    def who(self) -> list[dict[str, Any]]:
        """Whom a discussion, or a conference, asks: the three without whom it decides nothing, school and mother."""
        agencies = {worker.name: worker.agency for worker in self.at.staff.workers.values()}
        return [
            {"name": name, "agency": agencies[name], "who": who, "report_wanted": False}
            for name, who in (
                ("Ade Bankole", "Social worker"), ("Kate Lomas", "Detective"), ("Helen Marsh", "Health visitor"),
                ("Ruth Adeyemi", "Safeguarding lead at school"),
            )
        ]  # fmt: skip

    def discussion(self, **more: Any) -> Any:
        """Called."""
        return self.at.begin(
            "strategy_discussion", "call", "Ade Bankole", on=self.on, person=self.child,
            **{
                "suspected_at": self.on - timedelta(minutes=30), "concern": "He has a burn that nobody explains.",
                "immediate_safety": "He stays at his grandmother's tonight.", "meets_at": self.on + timedelta(hours=4),
                "minutes": 45, "place": "By video", "invitations": self.who, **more,
            },
        )  # fmt: skip

    def came(self, meeting: Any, *, view: str = "", away: tuple[str, ...] = ()) -> list[dict[str, Any]]:
        """How everybody took part."""
        invited = [one for one in Invitation.objects.filter(entry=meeting.pk).order_by("number") if one.is_to_come]
        return [
            {"row": str(one.pk), "attendance": "APOLOGIES" if one.name in away else "IN_PERSON", "view": view}
            for one in invited
        ]

    def held(self, discussion: Any, **more: Any) -> Any:
        """The discussion was held, and decided on enquiries."""
        on = self.later(hours=5)
        return self.at.take(
            discussion, "hold", "Ade Bankole", on=on,
            **{
                "held_at": on - timedelta(minutes=45), "attendance": self.came(discussion),
                "summary": "The school saw two bruises in May.", "enquiries": "yes", "made_by": "JOINT",
                "decided": "The injury is not explained.", "safe_meanwhile": "He stays with his grandmother.",
                "family_told": "His mother, by Ade, at once.", **more,
            },
        )  # fmt: skip

    def enquiry(self, **more: Any) -> Any:
        """Enquiries have been made, and a manager agrees."""
        self.held(self.discussion(), **more)
        enquiry = process("section_47").objects.get(entry__person=self.child.pk)
        enquiry = self.at.take(
            enquiry, "allocate", "Leonard Swann", on=self.later(hours=1), social_worker=self.at.worker("Ade Bankole")
        )
        enquiry = self.at.take(
            enquiry, "see", "Ade Bankole", on=self.later(hours=2), child_seen_at=self.on, seen_alone="yes",
            child_says="Dad got cross.",
        )  # fmt: skip
        return self.at.take(
            enquiry, "find", "Ade Bankole", on=self.later(days=5), parents_say="It was an accident.",
            agencies_say="Health: it is not how such burns happen.", found="He was burned by an adult.",
            outcome="AT_RISK", conference="yes",
        )  # fmt: skip

    def called_for(self) -> Any:
        """A conference is called for."""
        enquiry = self.enquiry()
        self.at.take(enquiry, "conclude", "Leonard Swann", on=self.later(hours=3), rationale="I agree.")
        return process("child_protection_conference").objects.get(entry__person=self.child.pk)

    def arranged(self, conference: Any) -> Any:
        """It is asked for, arranged, invited to, and the parents are met and have the report."""
        conference = self.at.take(
            conference, "convene", "Ade Bankole", on=self.later(hours=2), asked_because="He was burned.",
            invitations=[
                *self.who,
                {"name": "Ann Moss", "who": "Mother"},
                {"name": "Lee Moss", "who": "Father", "left_out_because": "The police ask for it until he is seen."},
            ],
        )  # fmt: skip
        conference = self.at.take(
            conference, "arrange", "Colin Ember", on=self.later(hours=2), meets_at=self.on + timedelta(days=9),
            minutes=120, place="The Old Library, room 2", chair=self.at.worker("Beverley Ashdown"),
        )  # fmt: skip
        conference = self.at.take(conference, "invite", "Colin Ember", on=self.later(hours=1))
        conference = self.at.take(
            conference, "write_report", "Ade Bankole", on=self.later(days=3),
            report_child="He wants his mother to come.",
            report_analysis="He is not safe at home in the evenings.", report_proposes="A child protection plan.",
        )  # fmt: skip
        conference = self.at.take(
            conference, "share_report", "Ade Bankole", on=self.later(days=1), report_shared_at=self.on,
            report_shared_how="At home, page by page",
        )  # fmt: skip
        return self.at.take(
            conference, "prepare", "Beverley Ashdown", on=self.later(days=4), parents_met_at=self.on,
            explanation_given="yes",
        )  # fmt: skip

    def conference(self, conference: Any, **more: Any) -> Any:
        """It was held, and made a plan."""
        on = self.later(days=2)
        return self.at.take(
            conference, "hold", "Beverley Ashdown", on=on,
            **{
                "held_at": on - timedelta(hours=2), "attendance": self.came(conference, view="AGREES"),
                "child_part": "Ade brought his drawing of the house.", "family_part": "His mother wants help.",
                "summary": "His grandmother keeps him safe.", "decision": "PLAN", "category": "PHY",
                "decided": "He was hurt and may be again.",
                "outcomes": [{"words": "Nobody hurts Cy."}],
                "actions": [
                    {"what": "See Cy every week.", "who": "Ade Bankole", "due_on": (on + timedelta(days=7)).date()},
                    {"what": "Talk with Cy.", "who": "Ruth Adeyemi", "due_on": (on + timedelta(days=9)).date()},
                ],
                **more,
            },
        )  # fmt: skip

    def planned(self) -> Any:
        """The child has a plan."""
        self.conference(self.arranged(self.called_for()))
        return process("child_protection_plan").objects.get(entry__person=self.child.pk)


@pytest.fixture
def chain(workplace: Any) -> Chain:
    """Cy Moss, about whom nothing is known yet."""
    return Chain(workplace, workplace.person("Cy", "Moss", date(2019, 4, 4)))


@pytest.fixture
def another_chain() -> type[Chain]:
    """To make the way of another child, or from another day."""
    return Chain
