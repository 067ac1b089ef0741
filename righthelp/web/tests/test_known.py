"""Whether a child is known: one of three answers, logged; and nothing of a child is opened by a contact worker."""

from datetime import date

import pytest

from righthelp.guard.models import AccessLog
from righthelp.guard.viewers import looking
from righthelp.record.models import CaseEntry


@pytest.fixture
def dale(client, workplace):
    client.post("/demonstration/sign-in/", {"worker_id": workplace.worker("Dale Winters").pk})
    return client


def ask(client, given="Ada", family="Pugh", born_on="3 4 2016"):
    page = client.post("/known/", {"given": given, "family": family, "born_on": born_on})
    return " ".join(page.content.decode().split())


KNOWN, NOT, ASK = "Known", "Not known to us by these details", "Ask a front door social worker"


def answer(page):
    return next(one for one in (NOT, ASK, KNOWN) if f">{one}<" in page or f"{one}</" in page)


def test_one_child_who_is_surely_meant_is_known(workplace, dale):
    child = workplace.person("Ada", "Pugh", lines="4 Mill Road", postcode="HR4 9AA")
    page = ask(dale)
    assert answer(page) == KNOWN
    assert str(child.pk) not in page
    assert "Mill Road" not in page
    look = AccessLog.objects.get(kind="SEARCHED")
    assert look.person == child.pk, "it stands on the child's page of who has looked"
    assert "(known)" in look.what


def test_nobody_alike_is_not_known(workplace, dale):
    workplace.person("Ada", "Pugh")
    assert answer(ask(dale, "Eve", "Nobody", "1 1 2012")) == NOT


def test_twins_and_misspellings_are_for_a_social_worker(workplace, dale):
    workplace.person("Ada", "Pugh")
    assert answer(ask(dale, "Aida", "Pugh")) == ASK
    workplace.person("Ada", "Pugh")
    assert answer(ask(dale)) == ASK, "two of one name and birth"


def test_a_locked_child_is_never_known_not_even_to_a_member_of_the_circle(workplace, client):
    child = workplace.person("Nye", "Lock")
    members = [{"worker": workplace.worker(name)} for name in ("Dale Winters", "Nia Prosser")]
    workplace.begin(
        "locked_circle", "lock", "Sylvia Marchetti", person=child, why="A worker is their aunt.", members=members
    )
    for name in ("Dale Winters", "Nia Prosser"):
        client.post("/demonstration/sign-in/", {"worker_id": workplace.worker(name).pk})
        assert answer(ask(client, "Nye", "Lock")) == NOT


def test_an_adult_is_no_child(workplace, dale):
    workplace.person("Ada", "Pugh", date(1980, 4, 3))
    assert answer(ask(dale, born_on="3 4 1980")) == NOT


def test_it_is_asked_with_all_three(workplace, dale):
    for missing in ("given", "family", "born_on"):
        page = ask(dale, **{missing: ""})
        assert "There is a problem" in page
    assert not AccessLog.objects.filter(kind="SEARCHED").exists()


def test_a_partner_may_not_ask(workplace, client):
    client.post("/demonstration/sign-in/", {"worker_id": workplace.worker("Ruth Adeyemi").pk})
    assert client.get("/known/").status_code == 403


def test_a_contact_worker_opens_no_childs_record(workplace, dale):
    contact = workplace.registered()
    child = contact.entry.person.pk
    for page in ("", "chronology/", "known/", "documents/", "looked/"):
        assert dale.get(f"/child/{child}/{page}").status_code == 403, page
    assert dale.get("/find/?given=Ada&family=Pugh").status_code == 403
    assert dale.get(f"/contact/{contact.pk}/").status_code == 200, "it is in hand"
    assert dale.get(f"/contact/{contact.pk}/who/").status_code == 200, "they match it by what tells twins apart"


def test_what_the_contact_worker_has_in_hand_shows_no_history(workplace, dale):
    child = workplace.decided(outcome="REFERRAL", level=4, decision_reason="She was hurt before.").entry.person
    contact = workplace.screening()
    contact = workplace.take(contact, "match", "Dale Winters", matched_to=child, match_reason="Same birth")
    page = dale.get(f"/contact/{contact.pk}/").content.decode()
    assert "Earlier, for this child" not in page
    assert "She was hurt before." not in page
    assert f"/child/{child.pk}/" not in page
    with looking(workplace.as_("Dale Winters")):
        assert set(CaseEntry.objects.values_list("kind", flat=True)) == {"contact"}, "both locks keep them to these"


def test_a_worry_that_is_over_is_not_opened_by_a_contact_worker_who_had_no_part_in_it(workplace, dale):
    contact = workplace.decided()
    assert dale.get(f"/contact/{contact.pk}/").status_code == 403
    assert "why" not in dale.get(f"/contact/{contact.pk}/").headers.get("Location", ""), "no reason opens it"
