"""Whichever county it is for, the service speaks in that county's words and in nobody else's."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

import righthelp.processes
from righthelp import law
from righthelp.engine.process import processes
from righthelp.guard.viewers import STEP, looking
from righthelp.packs import names, pack
from righthelp.packs.letters import wanted
from righthelp.packs.loading import HOME
from righthelp.packs.reading import Folder
from righthelp.record.letters import as_pdf, as_word
from righthelp.record.models import Document
from tests.county import ROLE_HOLDERS, County

pytestmark = pytest.mark.county
HERE = Path(righthelp.processes.__file__).parent
# Common English, which another county happens to use as the name of something.
COMMON = re.compile(r"key worker|children's social care|assessment team|family story", re.IGNORECASE)


def others_words() -> set[str]:
    """Names that other counties give to things, and that this one does not use."""
    own = " ".join(pack().words().values()).lower()
    said = {words for name in names() for words in pack(name).words().values() if len(words) > 3}
    return {words for words in said if words.lower() not in own and not COMMON.search(words)}


def foreign(text: str) -> set[str]:
    text = html.unescape(text)
    return {words for words in others_words() if re.search(rf"\b{re.escape(words)}\b", text)}


def without_sources(text: str) -> str:
    """A text without the papers that deadlines are from: a time that another county's paper gave is said to be its."""
    for key in law.keys():  # noqa: SIM118 - the law's, which is no dictionary
        text = text.replace(law.value(key, date.today()).source, "")  # noqa: DTZ011
    return text


def test_other_counties_have_words_of_their_own() -> None:
    assert len(others_words()) > 10
    assert foreign("Nobody says " + min(others_words()))


@pytest.mark.parametrize("kind", sorted(processes()))
def test_every_process_is_gone_through_under_every_county(kind: str) -> None:
    tests = HERE.joinpath(kind, "tests").glob("test_*.py")
    assert any("mark.county" in file.read_text("utf-8") for file in tests), f"no test of {kind} is marked county"


def test_every_role_is_described_to_those_who_hold_it() -> None:
    for role in pack().roles().values():
        assert role.does.strip(), role
        assert not foreign(f"{role.title} {role.does}")


def test_every_letter_that_is_wanted_is_there_and_can_be_opened() -> None:
    for name in wanted(Folder(HOME / pack().nation, [])):
        letter = pack().letter(name)
        words = letter.write(**dict.fromkeys(letter.places, "something"))
        document = Document(title=letter.title, words=words)
        assert as_pdf(document).startswith(b"%PDF-")
        assert as_word(document).startswith(b"PK")
        assert not foreign(words)


def test_every_page_that_a_worker_is_led_to_says_this_countys_words(lasting_county: County) -> None:
    for role in ROLE_HOLDERS:
        browser = lasting_county.client(role)
        for address in ("/", *led_to(browser.get("/").content.decode())):
            answer = browser.get(address, follow=True)
            assert answer.status_code == 200, f"{address} for {role}"
            if answer["Content-Type"].startswith("text/html"):
                assert not foreign(answer.content.decode()), f"{address} for {role}"


def led_to(page: str) -> Iterator[str]:
    yield from sorted({href for href in re.findall(r'href="(/[^"#?]*)"', page) if not href.startswith("/static/")})


def test_every_issued_letter_says_this_countys_words(lasting_county: County) -> None:
    with looking(STEP):
        issued = list(Document.objects.all())
    assert issued
    for document in issued:
        assert not foreign(without_sources(document.words)), document.title
