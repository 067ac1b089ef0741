"""A user administrator makes a partner's system its key, and ends it: from the next request on it opens nothing."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from righthelp.api.examples import WORRY
from righthelp.api.keys import NoKey, bearer_of, end_key, make_key
from righthelp.api.models import AgencyKey
from righthelp.api.tests.conftest import SCHOOL, Doors, Partner
from righthelp.guard.guarded import NotShown, new_id
from righthelp.guard.models import Appointment, Worker
from righthelp.guard.viewers import STEP, Refused, looking

PATH = "/api/v1/worries"
NOTHING = f"{PATH}/W-0000-0000"


@pytest.fixture
def una(doors: Doors, client: Client) -> Client:
    client.post("/demonstration/sign-in/", {"worker_id": doors.work.worker("Una Kelleher").pk})
    return client


def typed(doors: Doors, **more: Any) -> dict[str, Any]:
    until = timezone.localdate() + timedelta(days=90)
    return {
        "number": str(new_id()),
        "agency": str(doors.work.staff.agencies[SCHOOL].pk),
        "name": "Hill Lane records",
        "roles": ["partner"],
        "until": f"{until:%d %m %Y}",
        **more,
    }


def key_on(page: Any) -> str:
    return str(re.search(r'id="key">([^<]+)<', page.content.decode())[1])  # type: ignore[index]


def the_key() -> AgencyKey:
    with looking(STEP):
        return AgencyKey.objects.select_related("worker__agency").get()


def test_a_key_is_made_shown_once_used_and_ended(doors: Doors, una: Client) -> None:
    sent = typed(doors)
    page = una.post("/systems/new/", sent)
    key = key_on(page)
    assert "no-store" in page.headers["Cache-Control"]
    kept = the_key()
    assert key.startswith(kept.prefix)
    assert key not in str(vars(kept)), "only a digest is kept"
    assert kept.worker.name == "Hill Lane records"
    assert kept.made_by_id == doors.work.worker("Una Kelleher").pk

    once_more = una.post("/systems/new/", sent, follow=True)
    assert key not in once_more.content.decode()
    assert "shown once only" in once_more.content.decode()
    assert the_key().pk == kept.pk, "a page that is sent again makes no second key"

    system = Partner(kept.worker, key)
    assert "Never" in una.get("/systems/").content.decode()
    assert system.post(PATH, WORRY).status_code == 201
    listed = una.get("/systems/").content.decode()
    assert "Never" not in listed
    assert kept.prefix in listed
    assert key not in listed

    assert "End the key" in una.get(f"/systems/keys/{kept.pk}/end/").content.decode()
    una.post(f"/systems/keys/{kept.pk}/end/")
    answer = system.get(NOTHING)
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert "Ended" in una.get("/systems/").content.decode()
    assert una.post(f"/systems/keys/{kept.pk}/end/").status_code == 403, "it ends once"


def test_another_key_of_a_system_reads_what_the_one_before_sent(doors: Doors, una: Client, school: Partner) -> None:
    reference = school.post(PATH, WORRY, number="sent-by-the-old").json()["reference"]
    page = una.post(f"/systems/{school.system.pk}/key/", typed(doors))
    other = Partner(school.system, key_on(page))
    assert other.get(f"{PATH}/{reference}").status_code == 200
    assert other.post(PATH, WORRY, number="sent-by-the-old").json()["reference"] == reference
    assert school.get(f"{PATH}/{reference}").status_code == 200, "both work until one is ended"


@pytest.mark.parametrize(
    ("wrong", "saying"),
    [
        ({"agency": ""}, "Whose system"),
        ({"name": " "}, "called"),
        ({"name": "Ruth Adeyemi"}, "somebody of that name already"),
        ({"roles": []}, "What is it to do"),
        ({"roles": ["partner lead"]}, "list"),
        ({"roles": ["police notifier"]}, "Only the police"),
        ({"until": "1 1 2020"}, "or later"),
        ({"until": "1 1 2099"}, "or earlier"),
        ({"number": "nonsense"}, ""),
    ],
)
def test_what_cannot_be_made_is_refused_where_it_stands(
    doors: Doors, una: Client, wrong: dict[str, Any], saying: str
) -> None:
    page = una.post("/systems/new/", typed(doors, **wrong))
    assert page.status_code == 200
    assert "There is a problem" in page.content.decode()
    assert saying in page.content.decode()
    with looking(STEP):
        assert not AgencyKey.objects.exists()
        assert not Worker.objects.filter(job_title="Computer system").exists()


@pytest.mark.parametrize("who", ["Ruth Adeyemi", "Marian Blythe", "Ivan Brandt"])
def test_keys_are_for_user_administrators(doors: Doors, client: Client, school: Partner, who: str) -> None:
    client.post("/demonstration/sign-in/", {"worker_id": doors.work.worker(who).pk})
    key = the_key()
    for path in ("/systems/", "/systems/new/", f"/systems/{school.system.pk}/key/", f"/systems/keys/{key.pk}/end/"):
        assert client.get(path).status_code == 403
        assert client.post(path, typed(doors)).status_code == 403
    with looking(doors.work.as_(who)):
        assert not AgencyKey.objects.exists()
    by = doors.work.as_(who)
    with pytest.raises(Refused), looking(by):
        make_key(by, school.system, timezone.localdate(), new_id())
    with pytest.raises(Refused), looking(by):
        end_key(by, key)
    assert school.get(NOTHING).status_code == 404


def test_nobody_is_shown_the_digest(doors: Doors, school: Partner) -> None:
    with looking(doors.work.as_("user administrator")):
        key = AgencyKey.objects.get()
        with pytest.raises(NotShown):
            str(key.digest)


def test_a_key_has_a_last_day(doors: Doors, school: Partner) -> None:
    today = timezone.localdate()
    with looking(STEP):
        AgencyKey.objects.update(until=today)
    assert school.get(NOTHING).status_code == 404
    with looking(STEP):
        AgencyKey.objects.update(until=today - timedelta(days=1))
    assert school.get(NOTHING).status_code == 401


def test_a_system_whose_role_has_ended_sends_nothing(doors: Doors, school: Partner) -> None:
    with looking(STEP):
        held = Appointment.objects.get(worker=school.system)
        held.until = timezone.localdate() - timedelta(days=1)
        held.save(update_fields=["until"])
    answer = school.post(PATH, WORRY)
    assert answer.status_code == 403
    assert "no role" in answer.json()["detail"]


@pytest.mark.parametrize("said", ["", "Bearer", "Bearer ", "Basic abc", "Bearer rh-nonsense-nonsense", "Bearer é",
                                  "Bearer " + "x" * 5000, "Bearer a\x00b"])  # fmt: skip
def test_without_a_good_key_nothing_is_said(school: Partner, said: str) -> None:
    answer = school.browser.get(NOTHING, headers={"Authorization": said})
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_a_key_with_one_letter_changed_opens_nothing(school: Partner) -> None:
    bearer_of(school.key)
    other = school.key[:-1] + ("0" if school.key[-1] != "0" else "1")
    with pytest.raises(NoKey):
        bearer_of(other)
    with pytest.raises(NoKey):
        bearer_of(school.key.rpartition("-")[0])


def test_whoever_is_signed_in_in_the_same_browser_is_not_who_asks(doors: Doors, client: Client) -> None:
    client.post("/demonstration/sign-in/", {"worker_id": doors.work.worker("Ruth Adeyemi").pk})
    answer = client.post(PATH, WORRY, content_type="application/json")
    assert answer.status_code == 401
    assert not answer.cookies


def test_a_key_makes_no_session_and_sets_no_cookie(school: Partner) -> None:
    before = Session.objects.count()
    answer = school.post(PATH, WORRY)
    assert answer.status_code == 201
    assert not answer.cookies
    assert "no-store" in answer.headers["Cache-Control"]
    assert Session.objects.count() == before


def test_a_key_may_ask_so_often_in_a_minute(school: Partner, doors: Doors, settings: Any) -> None:
    settings.API_A_MINUTE = 3
    answers = [school.get(NOTHING) for _ in range(5)]
    assert [answer.status_code for answer in answers] == [404, 404, 404, 429, 429]
    assert 1 <= int(answers[-1].headers["Retry-After"]) <= 60
    assert doors.system(SCHOOL, "partner", name="Another").get(NOTHING).status_code == 404, "each key by itself"


def test_keys_are_not_to_be_guessed(school: Partner, settings: Any) -> None:
    settings.API_WRONG_KEYS_A_MINUTE = 3
    wrong = {"Authorization": "Bearer rh-22222222-nonsense"}
    answers = [school.browser.get(NOTHING, headers=wrong) for _ in range(5)]
    assert [answer.status_code for answer in answers] == [401, 401, 401, 429, 429]
    cache.clear()
    assert school.get(NOTHING).status_code == 404
