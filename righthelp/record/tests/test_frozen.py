"""What was issued is frozen, what happened is never rewritten, and a draft is its writer's own."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from righthelp.guard.viewers import looking
from righthelp.record.models import (
    CaseEntry,
    Deadline,
    Document,
    Draft,
    Holding,
    Issue,
    KeptForLater,
    TimelineEvent,
)


@pytest.mark.parametrize(
    ("model", "field"),
    [(Document, "words"), (Document, "title"), (Issue, "to"), (TimelineEvent, "says"), (TimelineEvent, "at")],
)
def test_not_even_a_step_rewrites_what_was_said_or_sent(workplace, model, field):
    workplace.decided()
    row = model.objects.first()
    before = getattr(row, field)
    with pytest.raises(DatabaseError), transaction.atomic():
        model.objects.filter(pk=row.pk).update(**{field: timezone.now() if field == "at" else "Something else"})
    with pytest.raises(DatabaseError), transaction.atomic():
        model.objects.filter(pk=row.pk).delete()
    assert getattr(workplace.again(row), field) == before


@pytest.mark.parametrize("model", [CaseEntry, Holding])
def test_what_may_change_is_still_never_deleted(workplace, model):
    workplace.worry()
    with pytest.raises(DatabaseError), transaction.atomic():
        model.objects.all().delete()


def test_a_worker_writes_nothing_past_a_step(workplace):
    contact = workplace.registered()
    with looking(workplace.as_("Nia Prosser")):
        for model, values in (
            (CaseEntry, {"begun_at": timezone.now()}),
            (Holding, {"worker": None}),
            (Deadline, {"due_at": timezone.now() + timedelta(days=9)}),
            (type(contact), {"state": "DECIDED"}),
        ):
            assert model.objects.all().update(**values) == 0, f"{model.__name__} was changed past a step"
        event = TimelineEvent(
            entry=contact.entry, at=timezone.now(), recorded_at=timezone.now(), step="x", says="x", by_name="x"
        )
        with pytest.raises(DatabaseError), transaction.atomic():
            TimelineEvent.objects.bulk_create([event])


def test_the_ledger_says_who_got_what_when_and_how(workplace):
    contact = workplace.decided()
    issue = Issue.objects.get()
    assert issue.document.entry_id == contact.pk
    assert issue.to == "Ruth Adeyemi, Hill Lane Primary School"
    assert issue.how == Issue.How.WORKSPACE
    assert issue.at == contact.decided_at
    assert str(issue) == f"What came of the worry {contact.reference} to Ruth Adeyemi, Hill Lane Primary School"


def test_a_changed_decision_is_a_new_letter_beside_the_old_one(workplace):
    contact = workplace.decided(told_sender="We shall ring you.")
    workplace.take(
        contact, "decide_again", "Marian Blythe", why_changed="The police rang.", outcome="REFERRAL", level=4,
        decision_reason="More is known now.", parents_told="YES", told_sender="A social worker will visit.",
    )  # fmt: skip
    first, second = Document.objects.order_by("made_at", "id")
    assert "We shall ring you." in first.words
    assert "A social worker will visit." not in first.words
    assert "A social worker will visit." in second.words
    assert Issue.objects.count() == 2


def test_an_entry_is_held_once_at_a_time(workplace):
    contact = workplace.screening()
    open_ = Holding.objects.get(entry=contact.pk, until__isnull=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        Holding.objects.bulk_create([Holding(entry=contact.entry, team=open_.team, since=timezone.now())])


def test_a_clock_has_one_deadline(workplace):
    contact = workplace.worry()
    twice = Deadline.objects.filter(entry=contact.pk).first()
    twice.pk = contact.pk
    with pytest.raises(IntegrityError), transaction.atomic():
        Deadline.objects.bulk_create([twice])


def test_what_is_kept_for_later_stays(workplace):
    kept = KeptForLater(kind="CINplanDates", content="<x/>", source="A return", line=4, recorded_at=timezone.now())
    KeptForLater.objects.bulk_create([kept])
    with pytest.raises(DatabaseError), transaction.atomic():
        KeptForLater.objects.update(content="")


def test_a_draft_is_seen_and_written_by_its_writer_alone(workplace):
    nia, sam = workplace.as_("Nia Prosser"), workplace.as_("Sam Holt")
    with looking(nia):
        draft = Draft(worker_id=nia.worker, kind="contact", step="note", answers={"a": ["b"]}, saved_at=timezone.now())
        Draft.objects.bulk_create([draft])
    with looking(sam):
        assert not Draft.objects.exists()
        assert Draft.objects.filter(pk=draft.pk).update(answers={}) == 0
        with pytest.raises(DatabaseError), transaction.atomic():
            Draft.objects.bulk_create(
                [Draft(worker_id=nia.worker, kind="contact", step="note", saved_at=timezone.now())]
            )
    with looking(nia):
        assert Draft.objects.get().answers == {"a": ["b"]}
        Draft.objects.get().delete()
        assert not Draft.objects.exists()
