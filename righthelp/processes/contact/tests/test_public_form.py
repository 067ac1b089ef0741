"""The public form: anybody tells the front door without signing in; it leaves nothing behind and gives nothing away."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from righthelp.guard.viewers import PUBLIC_FORM, STEP, looking
from righthelp.packs import pack
from righthelp.people.models import Person
from righthelp.processes.contact.models import Contact, UnsentWorry
from righthelp.record.models import TimelineEvent

WORRY = "She cries at night and nobody comes."


@pytest.fixture(autouse=True)
def _a_front_door(db, request):
    """Staff to receive what is sent; nobody is looking when a page is asked for; nothing is counted yet."""
    cache.clear()
    if "workplace" not in request.fixturenames:
        request.getfixturevalue("front_door_staffed")


@pytest.fixture
def somebody(db):
    return Client()


def fill(somebody, who="NEIGHBOUR", child=None, start="/tell/", **about):
    """Page after page, as far as the page on which all is checked."""
    child = {"child_given": "Ada", "child_family": "Pugh"} if child is None else child
    assert somebody.post(start).headers["Location"] == "/tell/1/"
    pages = [{"who_told": who}, child, {"worry": WORRY}, about]
    for number, page in enumerate(pages, start=1):
        onward = somebody.post(f"/tell/{number}/", page).headers["Location"]
        assert onward == (f"/tell/{number + 1}/" if number < 4 else "/tell/check/"), number


def send(somebody, **more):
    return somebody.post("/tell/check/", more).headers["Location"]


def words(answer):
    return " ".join(answer.content.decode().split())


def test_a_neighbour_tells_and_gets_a_reference_that_names_nobody(somebody):
    fill(somebody, from_name="Mo Hale", sender_telephone="01632 960444", safe_to_call="yes", sender_not_named="yes")
    checked = words(somebody.get("/tell/check/"))
    assert WORRY in checked
    assert "A neighbour, or somebody who knows the family" in checked
    assert send(somebody) == "/tell/sent/"
    with looking(STEP):
        worry = Contact.objects.get()
        assert (worry.came_by, worry.who_told, worry.state) == ("PUBLIC_FORM", "NEIGHBOUR", "RECEIVED")
        assert worry.sender_not_named is True
        assert worry.told_by == "A member of the public"
        assert not UnsentWorry.objects.exists()
        assert TimelineEvent.objects.get().by is None
        assert not Person.objects.exists()
    receipt = words(somebody.get("/tell/sent/"))
    assert worry.reference in receipt
    for said in ("Ada", "Pugh", "Mo Hale", WORRY):
        assert said not in receipt


def test_an_emergency_comes_first_and_the_night_has_a_number(somebody):
    page = words(somebody.get("/tell/"))
    assert page.index("call 999") < page.index("Begin</button>")
    for key in ("out_of_hours_telephone", "front_door_telephone"):
        assert pack().word(key) in page.replace("&#x27;", "'")
    young = words(somebody.get("/tell/young/"))
    assert pack().word("childline_telephone") in young
    assert "Who reads it" in young


def test_a_young_person_tells_of_themselves_in_their_own_words(somebody):
    somebody.post("/tell/young/")
    somebody.post("/tell/1/", {"who_told": "CHILD"})
    somebody.post("/tell/2/", {"child_given": "Ada", "child_school": "Hill Lane"})
    somebody.post("/tell/3/", {"worry": "He shouts.", "child_says": "I want it to stop."})
    somebody.post("/tell/4/", {"sender_telephone": "07700 900123", "safe_to_call": "no", "safe_to_text": "yes"})
    assert send(somebody) == "/tell/sent/"
    with looking(STEP):
        worry = Contact.objects.get()
        assert (worry.child_says_basis, worry.child_says) == ("OWN_WORDS", "I want it to stop.")
        assert (worry.safe_to_call, worry.safe_to_text) == (False, True)
    assert "Childline" in words(somebody.get("/tell/sent/"))


def test_a_friend_is_not_the_child(somebody):
    somebody.post("/tell/young/")
    for number, page in enumerate(({"who_told": "FRIEND"}, {"child_given": "Ada"}, {"worry": "She is sad."}, {}), 1):
        somebody.post(f"/tell/{number}/", page)
    send(somebody)
    with looking(STEP):
        assert Contact.objects.get().child_says_basis == ""


def test_what_is_missing_is_said_where_it_is_mended_and_nothing_is_lost(somebody):
    somebody.post("/tell/")
    onward = somebody.post("/tell/1/", {}).headers["Location"]
    assert onward == "/tell/1/?mend=yes"
    assert "There is a problem" in words(somebody.get(onward))
    fill(somebody, child={"child_age_told": "about six"})
    onward = send(somebody)
    assert onward == "/tell/check/?mend=yes"
    page = words(somebody.get(onward))
    assert "so that we can find them" in page
    assert "/tell/2/?mend=yes&amp;then=check" in page
    mended = somebody.get("/tell/2/?mend=yes&then=check")
    assert "so that we can find them" in words(mended)
    assert "about six" in words(mended)
    assert somebody.post("/tell/2/?then=check", {"child_given": "Ada"}).headers["Location"] == "/tell/check/"
    assert send(somebody) == "/tell/sent/"


def test_a_professional_and_another_step_are_not_let_in_by_the_back_door(somebody, workplace, refused):
    """What the page does not offer is refused by the step itself."""
    for who in ("AGENCY", "CHILD", "ANONYMOUS"):
        with refused("who_told"):
            workplace.told_by_the_public(who_told=who)
    with refused("who_told"):
        workplace.told_by_the_public("tell_young", who_told="PARENT")
    somebody.post("/tell/")
    somebody.post("/tell/1/", {"who_told": "NEIGHBOUR", "came_by": "FORM", "from_agency": "x", "outcome": "ADVICE"})
    with looking(STEP):
        assert UnsentWorry.objects.get().answers == {"who_told": ["NEIGHBOUR"]}


def test_leaving_takes_everything_along(somebody):
    fill(somebody, from_name="Mo Hale")
    left = somebody.get("/tell/leave/")
    assert left.headers["Location"] == pack().word("leave_for")
    assert left.headers["Referrer-Policy"] == "no-referrer"
    assert '"cookies"' in left.headers["Clear-Site-Data"]
    with looking(STEP):
        assert not UnsentWorry.objects.exists()
    for place in ("/tell/1/", "/tell/4/", "/tell/check/", "/tell/sent/"):
        answer = somebody.get(place)
        assert answer.status_code == 404
        assert "Mo Hale" not in words(answer)


def test_a_worker_who_looked_at_the_form_stays_signed_in(client, workplace):
    client.post("/demonstration/sign-in/", {"worker_id": workplace.worker("Nia Prosser").pk})
    client.post("/tell/")
    client.get("/tell/leave/")
    assert client.get("/contact/").status_code == 200


def test_no_page_is_kept_by_a_browser(somebody):
    somebody.post("/tell/")
    for place in ("/tell/", "/tell/young/", "/tell/1/", "/tell/check/", "/tell/sent/", "/tell/leave/"):
        assert "no-store" in somebody.get(place).headers["Cache-Control"], place


def test_what_one_browser_typed_no_other_reads(somebody):
    fill(somebody, from_name="Mo Hale")
    for place in ("/tell/1/", "/tell/4/", "/tell/check/"):
        assert Client().get(place).status_code == 404


def test_what_lies_unsent_for_long_is_gone(somebody):
    fill(somebody)
    with looking(PUBLIC_FORM):
        UnsentWorry.objects.update(saved_at=timezone.now() - timedelta(hours=3))
    assert somebody.get("/tell/check/").status_code == 404
    assert send(somebody) == "/tell/sent/"
    assert somebody.get("/tell/sent/").status_code == 404, "nothing says that it was sent"
    Client().post("/tell/")
    with looking(STEP):
        assert UnsentWorry.objects.count() == 1, "whoever begins clears away what is old"
        assert not Contact.objects.exists()


def test_sent_twice_it_is_sent_once(somebody):
    fill(somebody)
    assert (send(somebody), send(somebody)) == ("/tell/sent/", "/tell/sent/")
    with looking(STEP):
        assert Contact.objects.count() == 1


def test_a_machine_is_told_what_it_did_and_a_person_can_mend_it(somebody):
    fill(somebody)
    onward = send(somebody, website="https://spam.example")
    assert onward == "/tell/check/?machine=yes"
    assert "Empty the box" in words(somebody.get(onward))
    with looking(STEP):
        assert not Contact.objects.exists()
    assert send(somebody, website="") == "/tell/sent/"


def test_an_address_that_sends_without_end_is_asked_to_wait_and_loses_nothing(somebody):
    from righthelp.processes.contact.telling import SENT_AN_HOUR

    for _ in range(SENT_AN_HOUR):
        fill(somebody)
        assert send(somebody) == "/tell/sent/"
    fill(somebody)
    onward = send(somebody)
    assert onward == "/tell/check/?wait=yes"
    page = words(somebody.get(onward))
    assert "Nothing is lost" in page
    assert WORRY in page
    with looking(STEP):
        assert Contact.objects.count() == SENT_AN_HOUR
    elsewhere = Client(REMOTE_ADDR="203.0.113.7")
    fill(elsewhere)
    assert send(elsewhere) == "/tell/sent/"


def test_more_than_the_form_can_hold_is_said_to_be_so(somebody):
    somebody.post("/tell/")
    onward = somebody.post("/tell/3/", {"worry": "a" * 120_000}).headers["Location"]
    assert "fewer words" in words(somebody.get(onward))


def test_it_is_the_same_whether_a_child_is_known_or_locked_or_nobody(workplace):
    """Nothing that is answered can be used to find out who is on record."""
    workplace.person("Ada", "Pugh")
    locked = workplace.person("Nye", "Lock")
    workplace.begin("locked_circle", "lock", "Sylvia Marchetti", person=locked, why="A worker is their aunt.")
    said = []
    for given, family in (("Ada", "Pugh"), ("Nye", "Lock"), ("Eve", "Nobody")):
        somebody = Client()
        fill(somebody, child={"child_given": given, "child_family": family, "child_born_on": "3 4 2016"})
        checked = words(somebody.get("/tell/check/")).replace(given, "X").replace(family, "Y")
        assert send(somebody) == "/tell/sent/"
        worry = Contact.objects.order_by("-entry").first()
        receipt = words(somebody.get("/tell/sent/")).replace(worry.reference, "R")
        said.append([_without_token(checked), _without_token(receipt)])
    assert said[0] == said[1] == said[2]
    assert worry.entry.circle_id is None
    with looking(workplace.as_("Nia Prosser")):
        assert set(Contact.objects.values_list("child_given", flat=True)) == {"Ada", "Eve"}, "the locked one is locked"


def _without_token(page):
    import re

    return re.sub(r'csrfmiddlewaretoken" value="\w+"', "", page)
