"""One document for many: each reads it who got it, nobody else of another agency, and the ledger says who did."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from righthelp.engine.issuing import Recipient
from righthelp.engine.process import process
from righthelp.guard.models import Worker
from righthelp.guard.viewers import looking, worker_looking
from righthelp.record.models import Document, Issue, Notice

HEALTH = "Wyeside Community Health"
POLICE = "Border Counties Police"


@pytest.fixture
def issuing(workplace: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Writes up the screening of a worry, a step that issues a document to these people."""
    contact = workplace.registered()

    def take(*recipients: Recipient, what: Any = ("The plan", "We shall meet on Monday.")) -> Document:
        page, made = process("contact"), []

        def body(row: Any, on: Any) -> None:
            made.append(row.also.issue_to(what, recipients))

        monkeypatch.setitem(page.steps, "note", replace(page.steps["note"], body=body))
        workplace.take(workplace.again(contact), "note", "Nia Prosser", screening_note="All agencies were written to.")
        return made[0]

    return take


def seen_by(workplace: Any, name: str, lock: str = "both") -> set[Any]:
    """Documents, and lines of the ledger, that somebody sees behind both locks or behind one of them alone."""
    viewer = worker_looking(Worker.objects.get(name=name).pk)
    assert viewer is not None
    with looking(viewer), connection.cursor() as cursor:
        if lock == "second":
            cursor.execute("SELECT id FROM document UNION ALL SELECT id FROM issue")
            return {key for (key,) in cursor.fetchall()}
        if lock == "first":  # the database thinks that a step looks, and only the managers narrow
            cursor.execute("SELECT set_config('righthelp.purpose', 'step', true)")
        rows = (*Document.objects.all(), *Issue.objects.all())
        return {row.pk for row in rows}


@pytest.mark.parametrize("lock", ["first", "second", "both"])
def test_each_partner_sees_what_reached_them_and_no_other_line_of_the_ledger(
    workplace: Any, issuing: Any, lock: str
) -> None:
    helen, imran = workplace.worker("Helen Marsh"), workplace.worker("Imran Qureshi")
    plan = issuing(Recipient(worker=helen), Recipient(worker=imran), Recipient("The mother", how=Issue.How.HAND))
    lines = {issue.to.split(",")[0]: issue.pk for issue in plan.issues.all()}
    colleague = Worker.objects.filter(agency=helen.agency).exclude(name__in=["Helen Marsh", "Grace Okoro"])[0].name
    expected: dict[str, set[Any]] = {
        "Helen Marsh": {plan.pk, lines["Helen Marsh"]},
        "Grace Okoro": {plan.pk, lines["Helen Marsh"]},  # who leads at the same agency
        colleague: set(),  # of the same agency
        "Imran Qureshi": {plan.pk, lines["Imran Qureshi"]},
        "Gwen Tarrant": set(),
        "Ruth Adeyemi": set(),  # who sent the worry, and was not written to
        "Nia Prosser": {plan.pk, *lines.values()},
        "Una Kelleher": set(),  # of the county, and works with no child
    }
    assert {name: seen_by(workplace, name, lock) for name in expected} == expected


@pytest.mark.parametrize("lock", ["first", "second", "both"])
def test_what_an_agency_got_without_a_name_is_for_its_leads(workplace: Any, issuing: Any, lock: str) -> None:
    plan = issuing(Recipient(agency=workplace.staff.agencies[HEALTH]))
    line = plan.issues.get()
    assert (line.to, line.how) == (HEALTH, Issue.How.WORKSPACE)
    assert seen_by(workplace, "Grace Okoro", lock) == {plan.pk, line.pk}
    for name in ("Helen Marsh", "Ruth Adeyemi"):
        assert seen_by(workplace, name, lock) == set()


def test_a_locked_circle_keeps_a_document_from_staff_of_the_county_whoever_it_was_issued_to(
    workplace: Any, issuing: Any
) -> None:
    ade = workplace.worker("Ade Bankole")
    plan = issuing(
        Recipient(worker=ade), Recipient(agency=ade.agency), Recipient(worker=workplace.worker("Helen Marsh"))
    )
    assert plan.pk in seen_by(workplace, "Ade Bankole")
    workplace.begin(
        "locked_circle", "lock", "Sylvia Marchetti", person=plan.entry.person, why="Her aunt works here.",
        members=[{"worker": workplace.worker("Nia Prosser")}],
    )  # fmt: skip
    for lock in ("first", "second"):
        assert seen_by(workplace, "Ade Bankole", lock) == seen_by(workplace, "Una Kelleher", lock) == set()
        assert plan.pk in seen_by(workplace, "Nia Prosser", lock)
        assert plan.pk in seen_by(workplace, "Helen Marsh", lock)  # it is theirs: they were sent it


def test_everybody_who_got_it_is_told_and_led_to_it(workplace: Any, issuing: Any, client: Any) -> None:
    plan = issuing(
        Recipient(worker=workplace.worker("Helen Marsh")),
        Recipient(worker=workplace.worker("Ade Bankole")),
        Recipient(agency=workplace.staff.agencies[POLICE]),
        Recipient("The father"),
    )
    told = {notice.worker.name for notice in Notice.objects.filter(kind="ISSUED").select_related("worker")}
    assert told == {"Helen Marsh", "Ade Bankole", "Imran Qureshi"}  # who leads safeguarding at the police
    for name in ("Helen Marsh", "Imran Qureshi"):
        notice = Notice.objects.get(kind="ISSUED", worker__name=name)
        client.force_login(workplace.worker(name).account)
        assert client.get(f"/notices/{notice.pk}/").url == f"/document/{plan.pk}/"
        assert "The plan" in client.get("/notices/").content.decode()
        assert f"/document/{plan.pk}/" in client.get("/").content.decode(), (
            "nothing else in their workspace leads there"
        )


def test_the_page_shows_the_ledger_to_the_county_and_to_others_their_own_line(
    workplace: Any, issuing: Any, client: Any
) -> None:
    plan = issuing(Recipient(worker=workplace.worker("Helen Marsh")), Recipient("The mother", how=Issue.How.HAND))
    for name, there, hidden in (("Nia Prosser", "The mother, by hand", "Tom"), ("Helen Marsh", HEALTH, "The mother")):
        client.force_login(workplace.worker(name).account)
        page = client.get(f"/document/{plan.pk}/").content.decode()
        assert "We shall meet on Monday." in page
        assert there in page
        assert hidden not in page
    client.force_login(workplace.worker("Ruth Adeyemi").account)
    assert client.get(f"/document/{plan.pk}/").status_code == 404


def test_it_may_be_issued_again_later_as_it_was(workplace: Any, issuing: Any) -> None:
    helen = workplace.worker("Helen Marsh")
    plan = issuing(Recipient(worker=helen), Recipient(worker=helen))
    assert plan.issues.count() == 1, "named twice, written to once"
    assert issuing(Recipient(worker=workplace.worker("Ruth Adeyemi")), what=plan) == plan
    assert seen_by(workplace, "Ruth Adeyemi") >= {plan.pk}
    assert Document.objects.get() == plan
    assert [issue.to for issue in plan.issues.order_by("at")] == [
        f"Helen Marsh, {HEALTH}",
        "Ruth Adeyemi, Hill Lane Primary School",
    ]


def test_a_letter_to_one_worker_is_in_the_ledger_as_theirs(workplace: Any) -> None:
    workplace.decided()
    ruth = workplace.worker("Ruth Adeyemi")
    line = Issue.objects.get()
    assert (line.worker, line.agency) == (ruth, ruth.agency)
    assert (line.document.addressee, line.document.agency) == (ruth, ruth.agency)


def test_a_line_that_names_a_worker_names_their_agency(workplace: Any, issuing: Any) -> None:
    plan = issuing(Recipient("The mother"))
    line = Issue(document=plan, to="x", how="POST", at=plan.made_at, worker=workplace.worker("Helen Marsh"))
    with pytest.raises(IntegrityError), transaction.atomic():
        Issue.objects.bulk_create([line])
    with pytest.raises(ValueError, match="somebody by name"):
        issuing(Recipient())
