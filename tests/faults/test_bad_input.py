"""Ten thousand bad inputs: forms, files, addresses, and the API. None breaks anything; each is refused with a sentence.

They are made up at random, the same every time (`rubbish.py`), for every step of every process, every loader of files,
every address that the service has, and both ends of the API. What an accepted one writes is taken back at once.
"""

from __future__ import annotations

import io
import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from itertools import islice
from random import Random
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.utils import timezone
from lxml import html

from righthelp.api.examples import WORRY, notifications
from righthelp.api.keys import make_key, make_system
from righthelp.engine.answers import clean, part_fields, parts
from righthelp.engine.process import Process, processes
from righthelp.guard.guarded import new_id
from righthelp.guard.viewers import STEP as CARRIES_OUT
from righthelp.guard.viewers import looking
from righthelp.kernel.page import Step
from righthelp.processes.police_notification.loading import read_file
from righthelp.returns.cin.checking import check
from righthelp.returns.cin.tests.examples import GOOD
from tests.county import ROLE_HOLDERS, County
from tests.faults import rubbish
from tests.leaks.addresses import Address, addresses, places
from tests.leaks.crawl import SAYS_UNWELL

ANSWERS, FORMS, ADDRESSES, FILES, UPLOADS, WORRIES, NOTIFICATIONS = 4000, 500, 1600, 3000, 60, 800, 300
HUGE = 10 * 1024 * 1024
# Whoever is tried at addresses: a partner, two of the county, and whoever looks after access.
WHO = ("partner", "front door manager", "team manager", "user administrator")


@pytest.fixture(scope="module")
def county(lasting_county: County) -> County:
    lasting_county.rows |= {"letters": [], "appointments": []}
    return lasting_county


@pytest.fixture(autouse=True)
def _nobody_is_told_to_wait(settings: Any) -> None:
    settings.API_A_MINUTE = settings.API_WRONG_KEYS_A_MINUTE = 10**6


def test_they_are_ten_thousand() -> None:
    assert ANSWERS + FORMS + ADDRESSES + FILES + UPLOADS + WORRIES + NOTIFICATIONS >= 10_000


@contextmanager
def taken_back() -> Iterator[None]:
    """What is asked inside, without what the asking wrote."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def says_something(answer: Any, where: str) -> None:
    """Not broken; and a refusal is a sentence that somebody can act on."""
    if where.startswith(SAYS_UNWELL) and answer.status_code == 503:
        return  # what it says, while no sender of notices runs
    assert answer.status_code < 500, where
    kind = answer.headers.get("Content-Type", "")
    if answer.status_code >= 400:
        if "json" in kind:
            said = answer.json()  # the standard of open data says it in another place
            assert str(said.get("detail") or said.get("error")).strip().endswith("."), where
        else:
            page = html.fromstring(answer.content.decode())
            assert page.xpath("string(//h1)").strip(), where
            assert any(len(words.text_content().split()) > 3 for words in page.xpath("//main//p")), where


def every_step() -> list[tuple[type[Process], Step]]:
    return [(page, step) for page in processes().values() for step in page.steps.values()]


def test_no_answer_of_a_step_breaks_it(county: County) -> None:
    """Straight to the one way in for a screen, a file and a program: every fault a sentence, at a question it asks."""
    random, steps, done = Random("answers"), [one for one in every_step() if one[1].fields], 0
    with looking(CARRIES_OUT):
        while done < ANSWERS:
            page, step = steps[done % len(steps)]
            given = {name: odd_answer(random) for name in step.fields if random.random() < 0.9}
            for name in parts(page).keys() & given.keys():
                keys = part_fields(parts(page)[name])
                given[name] = [{key: odd_answer(random) for key in keys} for _ in range(random.randrange(3))]
            if random.random() < 0.1:
                given["no_such_question"] = "x"
            _, faults = clean(page, step, given)
            assert all(fault.sentence.strip() for fault in faults), step.name
            assert {fault.at.split("-")[0] for fault in faults} <= {"", *step.fields}
            done += 1


def odd_answer(random: Random) -> Any:
    every = (
        *rubbish.CODES,
        *rubbish.DAYS,
        *rubbish.TIMES,
        *rubbish.KEYS,
        *rubbish.TEXTS,
        *rubbish.NUMBERS,
        rubbish.HALF,
    )
    return random.choice((random.choice(every), [random.choice(every)], [random.choice(every)] * 3, None))


def of_the_role(county: County, step: Step) -> str | None:
    """Somebody who may take a step, if a person may."""
    return next((role for role in sorted(step.by) if role in ROLE_HOLDERS), None)


def where(county: County, page: type[Process], step: Step) -> list[str]:
    """The addresses of a step: the form that begins, or that of each row which the county has of the process."""
    if step.begins:
        return [f"/{page.kind()}/new/{step.name}/"]
    rows = [row for row in county.rows.values() if isinstance(row, page)]
    fitting = [row for row in rows if row.state in step.leaves] or rows
    return [f"/{page.kind()}/{row.pk}/{step.name}/" for row in fitting[:3]]


def must_say(step: Step) -> bool:
    """Whether a form that is handed in with nothing on it is not whole."""
    return not set(step.fields) <= step.optional


def test_no_form_breaks(county: County, for_real: None) -> None:
    """Every question of a form answered wrongly: the form comes back with what to mend, or a page says why not."""
    random, browsers, seen = Random("forms"), {}, Counter[int]()
    forms = [
        (page, step, who, place)
        for page, step in every_step()
        if (who := of_the_role(county, step))
        for place in where(county, page, step)
    ]
    for number in range(FORMS):
        page, step, who, place = forms[number % len(forms)]
        if who not in browsers:
            browsers[who] = county.client(who)
        with looking(county.as_(who)):
            typed = rubbish.wrong_answers(random, page, step)
        body, kind = rubbish.bodies(random, [*typed, ("seen", random.choice(rubbish.NUMBERS))])
        with taken_back():
            answer = browsers[who].generic("POST", place, body, kind)
        says_something(answer, f"{place} {body[:300]!r}")
        seen[answer.status_code] += 1
        if answer.status_code == 200:
            assert "There is a problem" in answer.content.decode(), f"{place} took {body[:300]!r}"
        elif answer.status_code == 302 and len(step.asks) == 1 and (kind == rubbish.FORM or must_say(step)):
            assert "/why/" in answer.headers["Location"], f"{place} took {body[:300]!r}"
    assert seen[200] > FORMS / 4, seen


@pytest.mark.parametrize(
    "place", ["/contact/new/send/", "/tell/", "/find/", "/why/", "/account/login/", "/systems/new/"]
)
def test_what_is_far_too_large_is_refused(county: County, for_real: None, place: str) -> None:
    who = "user administrator" if "systems" in place else "partner"
    answer = county.client(who).post(place, b"worry=" + b"x" * HUGE, content_type=rubbish.FORM)
    says_something(answer, place)
    assert answer.status_code in {302, 400, 403, 413}


def odd_address(random: Random, address: Address, county: County) -> str:
    """An address with rubbish in the place of what it names, or of something that is there, and rubbish after it."""
    place = address.filled({name: rubbish.odd_words(random) for name in address.parameters})
    if address.parameters and random.random() < 0.15:
        place = random.choice(list(islice(places(address, county), 8)))
    if random.random() < 0.5:
        asked = (
            "next",
            "person",
            "page",
            "given",
            "born_on",
            "urgency",
            "on",
            "since",
            "entry",
            "name",
            "mend",
            "part",
        )
        said = "&".join(f"{random.choice(asked)}={rubbish.odd_words(random)}" for _ in range(random.randrange(1, 4)))
        place += f"?{said}"
    if random.random() < 0.2:
        place += rubbish.odd_words(random)
    return place


def test_no_address_breaks(county: County, for_real: None) -> None:
    random, everywhere = Random("addresses"), [one for one in addresses() if one.name not in {"account_logout"}]
    browsers = [Client(raise_request_exception=False), *(county.client(who) for who in WHO)]
    for number in range(ADDRESSES):
        place = odd_address(random, everywhere[number % len(everywhere)], county)
        browser = browsers[number // len(everywhere) % len(browsers)]
        with taken_back():
            answer = browser.get(place)
        says_something(answer, place)


def police_file() -> bytes:
    from righthelp.processes.police_notification.rows import COLUMNS
    from righthelp.processes.police_notification.sending import example_rows

    lines = [[column.heading for column in COLUMNS], *([row[one.key] for one in COLUMNS] for row in example_rows())]
    return "\n".join(",".join(f'"{cell}"' for cell in line) for line in lines).encode()


def test_no_file_breaks_its_loader(county: County) -> None:
    """Damaged a little everywhere: what is wrong is told with its line, or nothing is."""
    random, police, census = Random("files"), police_file(), GOOD.encode()
    with looking(CARRIES_OUT):
        for _ in range(FILES // 2):
            for fault in read_file(rubbish.damaged(random, police)).faults:
                assert fault.sentence.strip()
                assert fault.line >= 1
            checked = check(rubbish.damaged(random, census), date(2026, 6, 1))
            assert all(str(fault).strip() for fault in checked.faults)


def test_no_upload_breaks(county: County, for_real: None) -> None:
    random, police = Random("uploads"), police_file()
    browser = county.client("police notifier")
    for number in range(UPLOADS):
        file = io.BytesIO(rubbish.damaged(random, police))
        file.name = random.choice(("a.csv", "\u202ecsv.exe", "x" * 300, "../../etc/passwd", "a\x00b.csv", "."))
        with taken_back():
            answer = browser.post("/police_notification/send/", {"file": file})
        says_something(answer, f"upload {number}")
        if answer.status_code == 200:
            assert "There is a problem" in answer.content.decode()


def key_of(county: County, agency: str, role: str) -> str:
    by = county.as_("user administrator")
    until = timezone.localdate() + timedelta(days=30)
    with looking(by):
        system = make_system(by, county.staff.agencies[agency], f"{agency} {role}", [role], until)
        return make_key(by, system, until, new_id())


@pytest.mark.parametrize(
    ("path", "agency", "role", "sound", "many"),
    [
        ("/api/v1/worries", "Hill Lane Primary School", "partner", WORRY, WORRIES),
        ("/api/v1/police-notifications", "Border Counties Police", "police notifier", notifications(), NOTIFICATIONS),
    ],
)
def test_nothing_that_is_sent_breaks_the_api(
    county: County, path: str, agency: str, role: str, sound: Any, many: int
) -> None:
    cache.clear()
    random, browser, seen = Random(path), Client(raise_request_exception=False), Counter[int]()
    headers = {"Authorization": f"Bearer {key_of(county, agency, role)}"}
    for number in range(many):
        body = json.dumps(rubbish.changed(random, sound)).encode()
        if random.random() < 0.2:
            body = rubbish.damaged(random, body)
        sent = random.choice((f"bad-input-{number}",) * 9 + ("", "x", "\xff" * 9))
        kind = random.choice(("application/json",) * 15 + ("text/plain", "", "application/json; charset=nonsense"))
        own = {**headers, "Idempotency-Key": sent}
        with taken_back():
            answer = browser.generic("POST", path, body, kind, headers=own)
        says_something(answer, f"{path} {body[:300]!r}")
        seen[answer.status_code] += 1
    assert seen[422] > many / 3, seen
    assert seen[400], seen
    assert seen[201] < many / 3, seen
