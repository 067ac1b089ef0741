"""A child moves to another county, and what is known of them goes there with its original dates."""

from __future__ import annotations

import time
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from righthelp.engine.refusals import NotAllowed
from righthelp.kernel.written import write_date
from righthelp.packs import Block
from righthelp.record.letters import as_pdf, as_word, words_of
from righthelp.record.models import Document, Issue

LEONARD = "Leonard Swann"
SENT = {
    "county": "Marchshire",
    "sent_to": "Olive Trent, duty team",
    "agreed": "yes",
    "agreed_by": "Her mother, on the telephone today",
    "why": "They move on Friday. See her at her new school.",
    "how": "POST",
}


def a_family(workplace: Any) -> Any:
    """Ada, who has a referral and of whom a manager wrote; Ben, who lives with her; Eve, who is locked."""
    ada, ben = workplace.person("Ada", "Pugh"), workplace.person("Benedict", "Pugh", date(2018, 1, 1))
    workplace.household(ada, ben)
    for child in (ada, ben):
        workplace.begin("referral", "accept", "Marian Blythe", person=child, received_at=timezone.now())
    looked_at = timezone.now() - timedelta(days=3)
    workplace.begin(
        "management_oversight", "look", LEONARD, person=ada, looked_at=looked_at, looked_into="Read it all.",
        safe_enough="YES", safe_because="She is seen.", direction_agreed=True, direction="Go on.",
        actions=[{"what": "Ring the school", "who": LEONARD, "due_on": timezone.localdate()}],
    )  # fmt: skip
    return ada


def send(workplace: Any, child: Any, who: str = LEONARD, **more: Any) -> Any:
    return workplace.begin("transfer_pack", "send", who, person=child, **{**SENT, **more})


@pytest.mark.county
def test_a_pack_is_sent_kept_and_answered(workplace: Any) -> None:
    pack = send(workplace, a_family(workplace))
    document = Document.objects.get(entry=pack.pk)
    assert Issue.objects.get(document=document).to == "Olive Trent, duty team, Marchshire"
    assert "Date of birth: 3 April 2016" in document.words
    assert "Birth registration" in document.words
    happened, written = timezone.localdate() - timedelta(days=3), timezone.localdate()
    assert f"- {write_date(happened)} at" in document.words
    assert f"Written down on {write_date(written)}." in document.words
    assert as_pdf(document).startswith(b"%PDF")
    assert as_word(document).startswith(b"PK")
    pack = workplace.take(pack, "confirm", LEONARD, received_by="Olive Trent", received_on=timezone.localdate())
    assert pack.ended


def test_nothing_of_another_child_is_in_it(workplace: Any) -> None:
    pack = send(workplace, a_family(workplace))
    words = Document.objects.get(entry=pack.pk).words
    assert "Benedict" not in words
    assert words.count("Accepted as a referral") == 1


def test_what_is_refused(workplace: Any, refused: Any) -> None:
    ada = a_family(workplace)
    with refused("agreed_by"):
        send(workplace, ada, agreed_by="")
    with refused("lawful_reason"):
        send(workplace, ada, agreed="no")
    with refused(saying="child's page"):
        send(workplace, None)
    with refused(kind=NotAllowed):
        send(workplace, ada, "Ade Bankole")
    pack = send(workplace, ada)
    with refused("received_on"):
        tomorrow = timezone.localdate() + timedelta(days=1)
        workplace.take(pack, "confirm", LEONARD, received_by="Olive", received_on=tomorrow)


def test_it_is_read_before_it_is_sent(client: Any, workplace: Any) -> None:
    ada = a_family(workplace)
    address = f"/child/{ada.pk}/transfer/"
    client.post("/demonstration/sign-in/", {"worker_id": workplace.worker(LEONARD).pk})
    assert "Ring the school" in client.get(address).content.decode()
    assert "Management oversight: Safe enough today" in client.get(address).content.decode()
    assert address in client.get(f"/child/{ada.pk}/documents/").content.decode()
    client.post("/demonstration/sign-in/", {"worker_id": workplace.worker("Ade Bankole").pk})
    assert client.get(address).status_code == 403
    workplace.begin("locked_circle", "lock", "Sylvia Marchetti", person=ada, why="Her own niece")
    client.post("/demonstration/sign-in/", {"worker_id": workplace.worker(LEONARD).pk})
    assert client.get(address).status_code == 404


def test_four_thousand_events_make_a_file_in_some_seconds() -> None:
    says = "3 April 2026 at 9am: A visit was tried, and the child was not seen. Ade Bankole, Council."
    parts = [Block("heading", "What happened"), *(Block("item", f"{number}. {says}") for number in range(4000))]
    began = time.monotonic()
    assert as_pdf(Document(title="Transfer pack", words=words_of(parts))).startswith(b"%PDF")
    assert time.monotonic() - began < 20
