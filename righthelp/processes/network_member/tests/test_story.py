"""Somebody is added to a child's family and network, is no longer part of it, and the picture tells of each day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from righthelp.engine.refusals import NotAllowed
from righthelp.people.matching import matches
from righthelp.people.models import HouseholdMember, Person, Relationship
from righthelp.people.told import Told
from righthelp.record.models import TimelineEvent

pytestmark = pytest.mark.county

TIE = {"relation": "AUNT_OR_UNCLE", "parental_responsibility": "NO", "told_by": "Her mother, at home"}


@pytest.fixture
def ada(workplace: Any) -> Any:
    return workplace.person("Ada", "Pugh")


@pytest.fixture
def as_(client: Any, workplace: Any, ada: Any) -> Any:
    def sign_in(name: str) -> Any:
        client.post("/demonstration/sign-in/", {"worker_id": workplace.worker(name).pk})
        client.post(f"/why/?person={ada.pk}&next=/", {"reason": "I am her social worker from today"})
        return client

    return sign_in


def add(workplace: Any, child: Any, who: str = "Fiona Garrick", **answers: Any) -> Any:
    given = {"given": "Nerys", "family": "Pugh", "sex": "F", **TIE, **answers}
    return workplace.begin("network_member", "add_new", who, person=child, **given)


def test_somebody_new_is_added_with_who_said_so(workplace: Any, ada: Any) -> None:
    row = add(workplace, ada, lives_with_child="yes", since="1 2 2024", born_on="5 6 1990")
    tie = Relationship.objects.get()
    assert (str(tie.person), tie.other, tie.kind, tie.parental_responsibility) == (
        "Nerys Pugh", ada, "AUNT_OR_UNCLE", "NO",
    )  # fmt: skip
    assert (tie.source, tie.since, tie.recorded_on) == ("Her mother, at home", date(2024, 2, 1), timezone.localdate())
    assert {str(member.person) for member in HouseholdMember.objects.all()} == {"Ada Pugh", "Nerys Pugh"}
    assert [match.person for match in matches(Told(given="Nerys", born_on=date(1990, 6, 5)))] == [tie.person]
    event = TimelineEvent.objects.get(entry=row.pk)
    assert event.says == "Somebody was added to the family and network: Aunt or uncle"


def test_somebody_on_record_is_added_and_joins_the_home_that_there_is(workplace: Any, ada: Any) -> None:
    ben = workplace.person("Ben", "Pugh", date(1985, 1, 1))
    home = workplace.household(ada)
    workplace.begin(
        "network_member", "add_known", "Fiona Garrick", person=ada, relative=ben, **{**TIE, "relation": "FATHER"},
        lives_with_child="yes",
    )  # fmt: skip
    assert ben.households.get().household == home
    assert ada.households.count() == 1


def test_it_ends_and_was_so_before(workplace: Any, ada: Any) -> None:
    add(workplace, ada, lives_with_child="yes", since="1 2 2024")
    tie = Relationship.objects.get()
    end = {"relationship": tie, "ended_on": "1 3 2026", "told_by": "Nerys herself"}
    workplace.begin("network_member", "end", "Ade Bankole", person=ada, **end)
    tie.refresh_from_db()
    assert tie.until == date(2026, 3, 1)
    out = {"relative": tie.person, "ended_on": "2 3 2026", "told_by": "Nerys herself"}
    workplace.begin("network_member", "move_out", "Ade Bankole", person=ada, **out)
    assert tie.person.households.get().until == date(2026, 3, 2)
    assert ada.households.get().until is None


def test_what_cannot_be(workplace: Any, ada: Any, refused: Any) -> None:
    tomorrow = f"{timezone.localdate() + timedelta(days=1):%d %m %Y}"
    with refused("given"):
        add(workplace, ada, given="", family="")
    with refused("since", saying="today, or before"):
        add(workplace, ada, since=tomorrow)
    with refused("told_by"):
        add(workplace, ada, told_by="")
    with refused(saying="Open the child's record"):
        add(workplace, None)
    begin = {"who": "Fiona Garrick", "person": ada}
    with refused("relative", saying="the same record"):
        workplace.begin("network_member", "add_known", relative=ada, **TIE, **begin)
    add(workplace, ada, since="1 2 2024")
    tie = Relationship.objects.get()
    with refused("relation", saying="on record already"):
        workplace.begin("network_member", "add_known", relative=tie.person, **TIE, **begin)
    ends: dict[str, Any] = {"ended_on": "1 3 2026", "told_by": "Nerys"}
    with refused("ended_on", saying="before it began"):
        workplace.begin("network_member", "end", relationship=tie, **{**ends, "ended_on": "1 1 2024"}, **begin)
    other = workplace.person("Cy", "Rees")
    with refused("relationship", saying="this child's"):
        workplace.begin("network_member", "end", relationship=tie, **ends, who="Fiona Garrick", person=other)
    with refused("relative", saying="lives with this child"):
        workplace.begin("network_member", "move_out", relative=tie.person, **ends, **begin)
    workplace.begin("network_member", "end", relationship=tie, **ends, **begin)
    with refused("relationship", saying="ended already"):
        workplace.begin("network_member", "end", relationship=workplace.again(tie), **ends, **begin)


@pytest.mark.parametrize("who", ["Ruth Adeyemi", "Una Kelleher", "Dale Winters"])
def test_only_those_who_work_with_children_add_anybody(workplace: Any, ada: Any, who: str, refused: Any) -> None:
    with refused(kind=NotAllowed):
        add(workplace, ada, who)


def test_who_is_of_a_locked_family_is_locked_with_it(workplace: Any, ada: Any, as_: Any) -> None:
    workplace.begin("locked_circle", "lock", "Sylvia Marchetti", person=ada, why="Safety")
    add(workplace, workplace.again(ada), "Sylvia Marchetti")
    nerys = Person.objects.get(called="Nerys Pugh")
    assert nerys.circle_id == workplace.again(ada).circle_id
    assert as_("Fiona Garrick").get(f"/child/{nerys.pk}/network/").status_code == 404


def test_who_is_locked_later_is_no_longer_told_of(workplace: Any, ada: Any, as_: Any) -> None:
    row = add(workplace, ada)
    nerys = Person.objects.get(called="Nerys Pugh")
    browser = as_("Nia Prosser")
    assert "Nerys" in browser.get(f"/child/{ada.pk}/network/").content.decode()
    workplace.begin("locked_circle", "lock", "Sylvia Marchetti", person=nerys, why="Safety")
    for page in ("", "network/", "chronology/", "known/"):
        told = browser.get(f"/child/{ada.pk}/{page}").content.decode()
        assert "Nerys" not in told
        assert "Aunt or uncle" not in told
    assert browser.get(f"/network_member/{row.pk}/").status_code == 404


def test_the_pages_from_a_worry_to_the_picture(workplace: Any, ada: Any, as_: Any) -> None:
    adults = [{"name": "Nerys Ann Pugh", "relationship": "AUNT_OR_UNCLE", "parental_responsibility": "NO"}]
    contact = workplace.screening(adults=adults)
    workplace.take(contact, "match", "Nia Prosser", matched_to=ada, match_reason="Same")
    browser = as_("Nia Prosser")
    page = browser.get(f"/child/{ada.pk}/network/")
    assert "Nerys Ann Pugh, aunt or uncle" in page.content.decode()
    href = page.context["told"][0].href
    search = browser.get(href).content.decode()
    assert "Nobody on record is like this" in search
    assert "relation=AUNT_OR_UNCLE" in search
    form = browser.get(f"{href}&new=yes")
    assert form.context["form"]["family"].value() == "Pugh"
    typed = {**TIE, "given": "Nerys Ann", "family": "Pugh"}
    answer = browser.post(f"{href}&new=yes", typed)
    assert answer.headers["Location"] == f"/child/{ada.pk}/network/"
    page = browser.get(answer.headers["Location"])
    assert page.context["told"] == []
    assert "Aunt or uncle of Ada Pugh" in page.content.decode()
    ends = f"/network_member/new/end/?person={ada.pk}&relationship={Relationship.objects.get().pk}"
    assert "Nerys Ann Pugh, aunt or uncle of Ada Pugh" in browser.get(ends).content.decode()
    nothing = browser.get(f"/network_member/new/end/?person={ada.pk}")
    assert nothing.headers["Location"] == f"/child/{ada.pk}/network/"


def test_the_picture_of_another_day_and_a_day_that_is_none(workplace: Any, ada: Any, as_: Any) -> None:
    add(workplace, ada, since="1 2 2024")
    browser = as_("Nia Prosser")
    here = f"/child/{ada.pk}/network/"
    assert "Nerys" not in browser.get(f"{here}?on=31+1+2024").content.decode()
    assert "Nerys" in browser.get(f"{here}?on=1+2+2024").content.decode()
    wrong = browser.get(f"{here}?on=the+day").content.decode()
    assert "There is a problem" in wrong
    assert "Nerys" in wrong
    later = browser.get(f"{here}?on=1+1+2090").content.decode()
    assert "There is a problem" in later


def test_opening_the_picture_is_logged_and_asks_why(workplace: Any, ada: Any, client: Any) -> None:
    from righthelp.guard.models import AccessLog

    client.post("/demonstration/sign-in/", {"worker_id": workplace.worker("Fiona Garrick").pk})
    assert "/why/" in client.get(f"/child/{ada.pk}/network/").headers["Location"]
    client.post(f"/why/?person={ada.pk}&next=/", {"reason": "A strategy discussion today"})
    client.get(f"/child/{ada.pk}/network/")
    assert AccessLog.objects.filter(person=ada.pk, what="the family and network of a child").count() == 1
