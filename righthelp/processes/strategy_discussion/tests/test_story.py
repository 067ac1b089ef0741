"""A strategy discussion: called at once, quorate, decided, and what follows."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from righthelp.engine.process import process
from righthelp.engine.refusals import NotAllowed
from righthelp.engine.siblings import Own, begin_for_all, take_for_all
from righthelp.guard.viewers import looking
from righthelp.kernel.moments import local
from righthelp.record.models import Deadline, Document, Issue, Participant, TimelineEvent


@pytest.mark.county
def test_it_is_called_held_and_begins_enquiries(workplace: Any, chain: Any) -> None:
    discussion = chain.discussion()
    assert discussion.state == "ARRANGED"
    told = Issue.objects.filter(document__entry=discussion.pk).values_list("worker__name", flat=True)
    assert set(told) == {"Ade Bankole", "Kate Lomas", "Helen Marsh", "Ruth Adeyemi"}
    assert {one.worker.name for one in Participant.objects.filter(entry=discussion.pk)} == set(told)
    assert local(Deadline.objects.get(entry=discussion.pk).due_at).date() == date(2026, 6, 2)
    discussion = chain.held(discussion)
    enquiry = process("section_47").objects.get(discussion=discussion.pk)
    assert (enquiry.started_on, enquiry.made_by) == (local(discussion.held_at).date(), "JOINT")
    assert Deadline.objects.get(entry=discussion.pk).stopped_at == discussion.held_at
    workplace.take(discussion, "send_record", "Ade Bankole", on=chain.later(hours=1))
    record = Document.objects.get(entry=discussion.pk, title__startswith="Record:")
    for words in ("He has a burn that nobody explains.", "He stays with his grandmother.", "Kate Lomas, Detective"):
        assert words in record.words
    assert [event.says for event in TimelineEvent.objects.filter(entry=discussion.pk)] == [
        "A strategy discussion was called",
        "The strategy discussion was held",
        "The record of the meeting was sent to everybody who was invited",
    ]


def test_where_no_enquiries_are_made_none_begin(chain: Any) -> None:
    chain.held(chain.discussion(), enquiries="no", made_by="")
    assert not process("section_47").objects.exists()


def test_without_the_police_it_is_said_why_it_went_ahead(chain: Any, refused: Any) -> None:
    discussion = chain.discussion()
    away = chain.came(discussion, away=("Kate Lomas",))
    with refused("went_ahead_because", saying="Nobody was there from: police"):
        chain.held(discussion, attendance=away)
    assert chain.held(discussion, attendance=away, went_ahead_because="They agreed by telephone.").state == "HELD"


def test_of_everybody_it_is_said_whether_they_came(chain: Any, refused: Any) -> None:
    discussion = chain.discussion()
    with refused(saying="Say how Kate Lomas, Helen Marsh, Ruth Adeyemi took part"):
        chain.held(discussion, attendance=chain.came(discussion)[:1])


@pytest.mark.parametrize(
    ("answers", "at"),
    [
        ({"concern": ""}, "concern"),
        ({"immediate_safety": ""}, "immediate_safety"),
        ({"meets_at": "1 1 2026 at 9am"}, "meets_at"),
        ({"suspected_at": "1 1 2027 at 9am"}, "suspected_at"),
        ({"invitations": []}, ""),
    ],
)
def test_a_call_is_whole(chain: Any, refused: Any, answers: Any, at: str) -> None:
    with refused(at):
        chain.discussion(**answers)


def test_a_school_does_not_call_one(workplace: Any, chain: Any, refused: Any) -> None:
    with refused(kind=NotAllowed):
        workplace.begin("strategy_discussion", "call", "Ruth Adeyemi", on=chain.on, concern="Harm")


def test_for_four_children_at_once_each_with_a_decision_of_its_own(workplace: Any, chain: Any, client: Any) -> None:
    """Police, health and school are asked once; of each child it is decided apart."""
    family = [
        workplace.person(name, "Moss", born) for name, born in (("Di", date(2015, 2, 2)), ("Ed", date(2022, 2, 2)))
    ]
    workplace.household(chain.child, *family)
    by = workplace.as_("Ade Bankole")
    page = process("strategy_discussion")
    said = {
        "suspected_at": chain.on, "concern": "The father hits them.", "immediate_safety": "They are with Gran.",
        "meets_at": chain.on + timedelta(hours=4), "minutes": 60, "place": "By video", "invitations": chain.who,
    }  # fmt: skip
    with looking(by):
        rows = begin_for_all(
            page, "call", by=by, person=chain.child, others={one.pk: Own() for one in family}, on=chain.on, **said
        )
        on = chain.later(hours=5)
        held = take_for_all(
            rows[0], "hold", by=by, on=on,
            others={
                rows[1].pk: Own(
                    {"enquiries": "yes", "made_by": "JOINT", "decided": "She saw it.", "child_part": "I saw."}
                ),
                rows[2].pk: Own({"enquiries": "no", "decided": "He lives with Gran.", "child_part": ""}),
            },
            held_at=on - timedelta(hours=1), attendance=chain.came(rows[0]), summary="All know the family.",
            enquiries="yes", made_by="JOINT", decided="He was hit.", safe_meanwhile="With Gran.",
            family_told="The mother, by Ade.", child_part="Dad hit me.",
        )  # fmt: skip
    assert [(row.enquiries, row.child_part) for row in held] == [(True, "Dad hit me."), (True, "I saw."), (False, "")]
    assert process("section_47").objects.count() == 2
