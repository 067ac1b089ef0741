"""The pages on which records are found to be of one person, merged and separated; and who sees which of it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from righthelp.engine.process import process
from righthelp.guard.models import AccessLog
from righthelp.guard.viewers import looking
from righthelp.people.models import Person, Relationship
from righthelp.processes.same_person.possible import Pairs
from righthelp.processes.same_person.tests.conftest import Merging


@pytest.fixture
def as_(client: Any, workplace: Any) -> Any:
    def sign_in(name: str) -> Any:
        client.post("/demonstration/sign-in/", {"worker_id": workplace.worker(name).pk})
        return client

    return sign_in


def text(answer: Any) -> str:
    assert answer.status_code == 200, answer
    return str(answer.content.decode())


def test_it_is_said_from_a_childs_page_with_those_who_are_alike(
    as_: Any, workplace: Any, ada: Person, adah: Person
) -> None:
    same = workplace.person("Ada", "Pugh", lines="4 Mill Road", postcode="HR4 9AA")
    browser = as_("Nia Prosser")
    browser.post(f"/why/?person={ada.pk}&next=/", {"reason": "I am screening a worry about her"})
    page = text(browser.get(f"/same_person/new/propose/?person={ada.pk}"))
    assert f"other={same.pk}" in page
    assert f"other={ada.pk}" not in page
    form = text(browser.get(f"/same_person/new/propose/?person={ada.pk}&other={same.pk}"))
    assert "Ada Pugh, born 3 April 2016" in form
    answer = browser.post(f"/same_person/new/propose/?person={ada.pk}&other={same.pk}", {"other": same.pk, "why": "x"})
    assert answer.headers["Location"] == f"/child/{ada.pk}/"
    assert process("same_person").objects.get().other == same


def test_each_difference_is_asked_and_nothing_typed_is_lost(
    as_: Any, merging: Merging, ada: Person, adah: Person
) -> None:
    row = merging.say(ada, adah)
    here = f"/same_person/{row.pk}/merge/"
    browser = as_("Marian Blythe")
    page = browser.get(here)
    assert "Date of birth: which is right?" in text(page)
    typed = {"shown": page.context["shown"], "born_on": "GOES", "name_USED": "GOES", "merged_because": "I rang"}
    again = text(browser.post(here, typed))
    assert "Decide which is right: Address" in again
    assert "I rang" in again
    browser.post(here, {**typed, "save": "later"})
    assert "I rang" in text(browser.get(here))
    answer = browser.post(here, {**typed, "address": "BOTH"})
    assert answer.headers["Location"] == f"/same_person/{row.pk}/"
    assert "Adah Pugh-Rees" in text(browser.get(answer.headers["Location"]))
    assert process("same_person").objects.get().state == "MERGED"


def test_what_changed_meanwhile_is_shown_again(as_: Any, merging: Merging, ada: Person, adah: Person) -> None:
    row = merging.say(ada, adah)
    here = f"/same_person/{row.pk}/merge/"
    browser = as_("Marian Blythe")
    shown = browser.get(here).context["shown"]
    Person.objects.filter(pk=adah.pk).update(born_on=date(2015, 3, 4))
    typed = {"shown": shown, "born_on": "GOES", "name_USED": "GOES", "address": "BOTH", "merged_because": "I rang"}
    again = browser.post(here, typed)
    assert "Look at both again" in text(again)
    assert "4 March 2015" in text(again)
    assert browser.post(here, {**typed, "shown": again.context["shown"]}).status_code == 302


def test_old_addresses_lead_to_the_record_and_looks_at_both_are_told(
    as_: Any, merging: Merging, ada: Person, adah: Person
) -> None:
    browser = as_("Fiona Garrick")
    browser.post(f"/why/?person={adah.pk}&next=/", {"reason": "Her school rang me"})
    browser.get(f"/child/{adah.pk}/")
    merging.one(ada, adah)
    browser = as_("Marian Blythe")
    for page in ("", "chronology/", "known/", "documents/", "looked/"):
        answer = browser.get(f"/child/{adah.pk}/{page}?a=b")
        assert answer.headers["Location"] == f"/child/{ada.pk}/{page}?a=b"
    assert "Her school rang me" in text(browser.get(f"/child/{ada.pk}/looked/"))


def test_whoever_decides_is_logged_at_both_records(as_: Any, merging: Merging, ada: Person, adah: Person) -> None:
    row = merging.say(ada, adah)
    text(as_("Marian Blythe").get(f"/same_person/{row.pk}/"))
    looked = AccessLog.objects.filter(worker_name="Marian Blythe")
    assert {look.person for look in looked if look.entry == row.pk} == {ada.pk, adah.pk}


def test_what_was_written_since_is_asked_on_the_page(
    as_: Any, workplace: Any, merging: Merging, ada: Person, adah: Person
) -> None:
    row = merging.one(ada, adah)
    contact = workplace.take(workplace.screening(), "match", "Nia Prosser", matched_to=ada, match_reason="Same")
    browser = as_("Ivan Brandt")
    here = f"/same_person/{row.pk}/separate/"
    browser.post(f"/why/?person={ada.pk}&next=/", {"reason": "A school says that they are twins"})
    assert "Worry about a child: Ada Pugh" in text(browser.get(here))
    assert "Say whose this is" in text(browser.post(here, {"separated_because": "Twins"}))
    typed = {"separated_because": "Twins", f"case_entry-person-{contact.pk}": "GOES"}
    assert browser.post(here, typed).status_code == 302
    assert workplace.again(contact).entry.person == adah


def test_the_list_of_possible_duplicates(as_: Any, workplace: Any, merging: Merging, ada: Person) -> None:
    named = workplace.person("ADA", "Púgh")
    numbered = workplace.person("Zed", "Quill", born_on=None, identifiers=(("NHS", "943 476 5919"),))
    workplace.person("Ada", "Pugh", born_on=date(2011, 1, 1))
    with looking(workplace.as_("Marian Blythe")):
        pairs = Pairs()
        found = pairs[0:25]
    assert len(pairs) == 2
    assert [({pair.one.pk, pair.other.pk}, pair.same) for pair in found] == [
        ({ada.pk, numbered.pk}, ["Same NHS number"]),
        ({ada.pk, named.pk}, ["Same name and date of birth"]),
    ]
    assert "943" not in text(as_("Marian Blythe").get("/same_person/"))
    workplace.take(merging.say(ada, named), "keep_apart", "Marian Blythe", different_because="Cousins")
    merging.one(ada, numbered)
    with looking(workplace.as_("Marian Blythe")):
        assert len(Pairs()) == 0
    assert as_("Nia Prosser").get("/same_person/").status_code == 403


def test_nobody_outside_a_circle_is_told_that_there_is_another_record(
    as_: Any, workplace: Any, merging: Merging, ada: Person, adah: Person, refused: Any
) -> None:
    same = workplace.person("Ada", "Pugh")
    row = merging.say(ada, same)
    workplace.begin("locked_circle", "lock", "Sylvia Marchetti", person=workplace.again(same), why="Safety",
                    members=[{"worker": workplace.worker("Ivan Brandt")}])  # fmt: skip
    browser = as_("Marian Blythe")
    assert browser.get(f"/same_person/{row.pk}/").status_code == 404
    assert "another record" not in text(browser.get(f"/child/{ada.pk}/", follow=True))
    assert "Nothing is waiting" in text(browser.get("/same_person/"))
    with refused("other"):
        workplace.begin("same_person", "propose", "Marian Blythe", person=adah, other=str(same.pk), why="Same")
    row = merging.merge(row, "Ivan Brandt")
    assert workplace.again(ada).circle_id == workplace.again(same).circle_id is not None
    assert browser.get(f"/child/{ada.pk}/").status_code == 404
    assert browser.get(f"/child/{same.pk}/").status_code == 404


def test_a_lock_put_on_a_merged_record_keeps_its_old_address_too(
    as_: Any, workplace: Any, merging: Merging, ada: Person, adah: Person
) -> None:
    merging.one(ada, adah)
    lock = workplace.begin("locked_circle", "lock", "Sylvia Marchetti", person=workplace.again(ada), why="Safety")
    assert as_("Marian Blythe").get(f"/child/{adah.pk}/").status_code == 404
    workplace.take(lock, "lift", "Sylvia Marchetti", lifted_because="Over")
    assert as_("Marian Blythe").get(f"/child/{adah.pk}/").status_code == 302


def test_two_circles_are_not_made_one(
    workplace: Any, merging: Merging, ada: Person, adah: Person, refused: Any
) -> None:
    for person in (ada, adah):
        workplace.begin("locked_circle", "lock", "Sylvia Marchetti", person=person, why="Safety",
                        members=[{"worker": workplace.worker("Ivan Brandt")}])  # fmt: skip
    row = merging.say(workplace.again(ada), workplace.again(adah), "Sylvia Marchetti")
    with refused(saying="a circle of its own"):
        merging.merge(row, "Ivan Brandt")


def test_a_record_that_was_not_locked_before_is_not_locked_after(
    workplace: Any, merging: Merging, ada: Person, adah: Person
) -> None:
    workplace.begin("locked_circle", "lock", "Sylvia Marchetti", person=ada, why="Safety",
                    members=[{"worker": workplace.worker("Ivan Brandt")}])  # fmt: skip
    row = merging.merge(merging.say(workplace.again(ada), adah, "Sylvia Marchetti"), "Ivan Brandt")
    assert workplace.again(adah).circle_id is not None
    merging.separate(row)
    assert workplace.again(adah).circle_id is None
    assert workplace.again(ada).circle_id is not None


def test_what_the_decider_may_not_see_is_kept_both_ways_and_not_told(
    workplace: Any, merging: Merging, ada: Person, adah: Person
) -> None:
    ann = workplace.person("Ann", "Pugh", date(1988, 1, 1))
    for child, kind in ((ada, "MOTHER"), (adah, "STEP_PARENT")):
        Relationship.objects.create(person=ann, other=child, kind=kind, source="School", recorded_on=date(2024, 1, 1))
    workplace.begin("locked_circle", "lock", "Sylvia Marchetti", person=ann, why="Safety")
    merging.one(ada, adah)
    assert {row.kind for row in Relationship.objects.filter(other=ada, until__isnull=True)} == {"MOTHER", "STEP_PARENT"}


def test_many_differences_and_duplicates_need_no_more_queries(as_: Any, workplace: Any, ada: Person) -> None:
    browser = as_("Marian Blythe")
    text(browser.get("/same_person/"))
    many = []
    for people in (3, 8):
        for _ in range(people):
            workplace.person("Ada", "Pugh")
        with CaptureQueriesContext(connection) as asked:
            text(browser.get("/same_person/"))
        many.append(len(asked))
    assert many[0] == many[1]
