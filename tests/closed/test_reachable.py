"""Whatever a page leads to is there for whoever is led to it, and every page of a process is led to from somewhere."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import pytest
from django.test import Client
from django.urls import resolve
from lxml import html

from righthelp.engine.process import processes
from righthelp.web.shell import navigation
from tests.county import VIEWERS, County

MOST = 400  # pages a walk may ask for: more means that it goes round
OF_EACH = 3  # rows of one kind of page that are asked for: the rest of a long list are as those are
# Reached by sending a form, or by a script that keeps what is typed.
NOT_BY_A_LINK = re.compile(r"_(take_draft|receipt)$")


@pytest.fixture(scope="module")
def county(lasting_county: County) -> County:
    return lasting_county


@dataclass
class Walk:
    """Somebody who follows every link there is, once for each kind of page and each row it is about."""

    browser: Client
    dead: dict[str, str] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)
    asked: set[str] = field(default_factory=set)
    kinds: Counter[object] = field(default_factory=Counter)

    def from_(self, start: str) -> None:
        waiting = [(start, "the start")]
        while waiting and len(self.asked) < MOST:
            place, on = waiting.pop(0)
            if place in self.asked:
                continue
            path, _, words = place.partition("?")
            name = name_of(path)
            kind = (name, *sorted(word.partition("=")[0] for word in words.split("&")))
            if self.kinds[kind] >= OF_EACH:
                continue
            self.asked.add(place)
            self.kinds[kind] += 1
            answer = self.browser.get(place, follow=True)
            if answer.status_code != 200:
                self.dead[f"{place} ({answer.status_code})"] = on
                continue
            self.names.add(str(name_of(answer.request["PATH_INFO"])))
            self.names.add(str(name))
            if "html" in answer.headers["Content-Type"]:
                waiting += [(link, place) for link in links(answer)]


@cache
def name_of(path: str) -> str | None:
    """Which page an address is of."""
    return resolve(path).url_name


def links(answer: Any) -> Iterator[str]:
    """Where the links of a page lead, within the service; not the way out in haste, which leads away from it."""
    here = answer.request["PATH_INFO"]
    for link in html.fromstring(answer.content.decode()).xpath("//a[not(contains(@rel, 'nofollow'))]/@href"):
        place = link.partition("#")[0]
        if place.startswith("?"):
            place = f"{here}{place}"
        if place.startswith("/") and not place.startswith(("//", "/static/")):
            yield place


@pytest.fixture(scope="module")
def walks(county: County) -> dict[str, Walk]:
    return {}


def walked(who: str, county: County, walks: dict[str, Walk]) -> Walk:
    if who not in walks:
        walks[who] = Walk(county.client(who))
        walks[who].from_("/")
    return walks[who]


@pytest.mark.parametrize("who", VIEWERS)
def test_whoever_sees_a_place_in_the_menu_may_go_there(who: str, county: County) -> None:
    browser = county.client(who)
    places = navigation(county.as_(who), "/")
    first = html.fromstring(browser.get("/", follow=True).content.decode())
    shown = {link.get("href"): link.text_content().strip() for link in first.xpath("//nav//a")}
    assert places
    for place in places:
        assert shown[place["href"]] == place["label"]
        assert browser.get(place["href"], follow=True).status_code == 200, place


@pytest.mark.parametrize("who", VIEWERS)
def test_no_link_leads_to_nothing(who: str, county: County, walks: dict[str, Walk]) -> None:
    walk = walked(who, county, walks)
    assert walk.dead == {}, "by what they are on"
    assert len(walk.asked) < MOST, "the walk goes round"


@pytest.mark.parametrize("kind", sorted(processes()))
def test_every_page_of_a_process_is_led_to(kind: str, county: County, walks: dict[str, Walk]) -> None:
    reached = set().union(*(walked(who, county, walks).names for who in VIEWERS))
    page = processes()[kind]
    wanted = {f"{kind}_record"}
    if any(not step.begins and step.by for step in page.steps.values()):
        wanted.add(f"{kind}_take")
    if page.team_receives:
        wanted.add(f"{kind}_queue")
    if any(step.begins and len(step.by) for step in page.steps.values()) and page.begins_from_child:
        wanted.add(f"{kind}_begin")
    assert {name for name in wanted if not NOT_BY_A_LINK.search(name)} - reached == set()
