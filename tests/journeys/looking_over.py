"""What is wrong with a page as its user has it before them: accessibility, layout, words that nobody would say."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from axe_playwright_python import base as axe_base
from playwright.sync_api import Browser, Page

AXE = (Path(axe_base.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
AXE_WISHES = json.dumps(
    {
        "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
        "rules": {"target-size": {"enabled": True}},
        "resultTypes": ["violations"],
        "elementRef": False,
    }
)
# What is on the page, without the words that differ from child to child.
FACTS = """() => {
  const seen = (one) => one.checkVisibility({ visibilityProperty: true });
  const words = (list) => [...list].filter(seen).map((one) => one.innerText.replace(/\\s+/g, " ").trim());
  const root = document.documentElement;
  // An element as an examination of access sees it: what it is, where it stands, whether it is named and has words.
  const looks = new Map();
  const look = (one) => {
    if (one === document.body) return "";
    if (!looks.has(one)) looks.set(one, `${look(one.parentElement)} ${one.tagName}.${one.className}`);
    return looks.get(one);
  };
  const kind = (one) => {
    const has = one.getAttributeNames().map((name) => /^(role|type|scope|tabindex)$/.test(name)
      ? `${name}=${one.getAttribute(name)}` : name);
    const own = [...one.childNodes].some((child) => child.nodeType === 3 && child.data.trim());
    const named = one.labels ? one.labels.length : one.innerText?.trim() ? "w" : "";
    return `${look(one)} ${has.sort()} ${own} ${named}`;
  };
  const far = [...document.querySelectorAll("body *")].filter((one) => seen(one)
    && !one.closest(".govuk-visually-hidden, .govuk-skip-link, thead, .rh-scrolls > *")
    && one.getBoundingClientRect().right > root.clientWidth + 1);
  return {
    title: document.title,
    h1: words(document.querySelectorAll("h1")),
    names: words(document.querySelectorAll('h1, main [class^="govuk-caption"], nav [aria-current="page"], legend')),
    // What a program is to write stands in an element of its own, and is no word for people.
    text: [...document.querySelectorAll("main pre, main code")].filter(seen)
      .reduce((text, one) => text.replace(one.innerText, ""), document.body.innerText),
    labels: [...document.querySelectorAll("[aria-label]")].map((one) => one.getAttribute("aria-label")).join("\\n"),
    wide: root.scrollWidth - root.clientWidth,
    far: far.slice(0, 3).map((one) => one.outerHTML.slice(0, 120)),
    faulty: document.querySelector(".govuk-error-summary") !== null,
    twice: [...document.querySelectorAll("[id]")].map((one) => one.id).filter((id, at, all) => all.indexOf(id) !== at),
    kinds: [...new Set([...document.querySelectorAll("body *")].filter(seen).map(kind))],
  };
}"""
# A reference or a postcode is meant to look as it does; so are the names by which services and forms go.
ALLOWED_CAPITALS = re.compile(
    r"\b(W-[A-Z0-9]{4}-[A-Z0-9]{4}|[A-Z]{1,2}[0-9][0-9A-Z]? [0-9][A-Z]{2}"
    r"|JSON|UUID|MASH|CHAT|MARF|DASH|WISH|NEET|SEND|SENDIASS|EHCP|ADHD|CAMHS|MARAC)\b"
)
RAW = (
    (re.compile(r"\{\{|\{%|%\}|\}\}"), "a template's own marks"),
    (re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-", re.IGNORECASE), "a row's number"),
    (re.compile(r"\b[a-z]+_(id|at|on)\b"), "a column's name"),
    (re.compile(r"\b[A-Z]{4,}\b|\b[A-Z]+_[A-Z_]+\b"), "a code"),
    (re.compile(r"\b(True|False|undefined|NaN|\[object)\b"), "a program's word"),
    (re.compile(r"\bNone\b(?! (of|told))"), "a program's word"),
    (re.compile(r"<[A-Za-z/][^>]*>|&(amp|lt|gt|quot|#\d+);"), "markup"),
)
_examined: set[tuple[int, str]] = set()  # the width, and what an element is
_examining_pages: WeakKeyDictionary[Browser, Page] = WeakKeyDictionary()


def faults(page: Page, *, scripts: bool = True) -> list[str]:
    """Every fault of the page, in words; none when it is as it should be."""
    facts = page.evaluate(FACTS)
    found = [*_of_headings(facts), *_of_layout(facts), *_of_words(facts)]
    return [*found, *_of_access(page, facts, scripts)]


def _of_headings(facts: dict[str, Any]) -> list[str]:
    title, found = facts["title"], []
    if len(facts["h1"]) != 1:
        found.append(f"It has {len(facts['h1'])} main headings: {facts['h1']}.")
    if not title.endswith(" – righthelp"):
        found.append(f"Its title does not name the service: {title!r}.")
    if title.startswith("Error: ") != facts["faulty"]:
        found.append(f"Its title must say that there is an error exactly when there is one: {title!r}.")
    named = title.removeprefix("Error: ").removesuffix(" – righthelp")
    own = [name for name in facts["names"] if name]
    if not any(_plain(name) in _plain(named) or _plain(named) in _plain(name) for name in own):
        found.append(f"Its title {title!r} does not name what the page is headed: {own}.")
    return found


def _plain(words: str) -> str:
    return re.sub(r"\W+", " ", words).casefold().strip()


def _of_layout(facts: dict[str, Any]) -> list[str]:
    if facts["wide"] > 0 or facts["far"]:
        return [f"It must be read sideways, by {facts['wide']} px: {facts['far']}."]
    return []


def _of_words(facts: dict[str, Any]) -> list[str]:
    text = ALLOWED_CAPITALS.sub("", f"{facts['title']}\n{facts['text']}\n{facts['labels']}")
    found = []
    for pattern, what in RAW:
        if hit := pattern.search(text):
            around = text[max(0, hit.start() - 40) : hit.end() + 40]
            found.append(f"It shows {what}: …{around!r}…")
    return found


def _of_access(page: Page, facts: dict[str, Any], scripts: bool) -> list[str]:
    """What axe finds. A page that has nothing on it but what pages before it had in the same place is not examined:
    axe would find the same. What belongs to the whole page is looked at always."""
    twice = [f"Two things on it go by the same id: {name!r}." for name in facts["twice"]]
    width = (page.viewport_size or {"width": 0})["width"]
    kinds = {(width, kind) for kind in facts["kinds"]}
    if kinds <= _examined:
        return twice
    result = _examined_by_axe(page) if scripts else _as_shown_without_scripts(page)
    found = [
        f"{one['id']}: {one['help']}: {[node['html'][:160] for node in one['nodes'][:3]]} {_why(one)}"
        for one in result["violations"]
    ]
    if not found:
        _examined.update(kinds)
    return [*twice, *found]


def _examined_by_axe(page: Page) -> dict[str, Any]:
    page.evaluate(AXE)
    found: dict[str, Any] = page.evaluate(f"axe.run(document, {AXE_WISHES})")
    return found


def _as_shown_without_scripts(page: Page) -> dict[str, Any]:
    """Where scripts are off axe is off too: it is given the page as it stands in a browser that lets it run."""
    other = _examining(page)
    shown = re.sub(r"<(/?)noscript>", r"<\1div>", page.content())
    other.route(page.url, lambda route: route.fulfill(body=shown, content_type="text/html; charset=utf-8"))
    other.goto(page.url)
    other.unroute(page.url)
    return _examined_by_axe(other)


def _examining(page: Page) -> Page:
    """The one page of a browser on which others' pages are examined."""
    browser = page.context.browser
    assert browser
    if browser not in _examining_pages:
        context = browser.new_context(viewport=page.viewport_size)
        context.route("**/*.js", lambda route: route.abort())
        _examining_pages[browser] = context.new_page()
    other = _examining_pages[browser]
    if page.viewport_size and other.viewport_size != page.viewport_size:
        other.set_viewport_size(page.viewport_size)
    return other


def _why(violation: dict[str, Any]) -> str:
    return str(violation["nodes"][0].get("failureSummary", ""))[:200]
