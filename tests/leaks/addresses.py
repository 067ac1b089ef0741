"""Every address that the service has, from its own list of them: a new one is crawled without being asked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle, product
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RoutePattern

from righthelp.engine.process import Process
from righthelp.guard.viewers import DEMONSTRATION, looking
from righthelp.record.models import Draft, Notice
from righthelp.returns.models import ReturnFinding
from tests.county import County
from tests.county_families import NHS

# What an address holds in place of a name, where any word will do.
WORDS = {
    "kind": ["pdf", "docx", "exe", "csv", "xlsx"],
    "service": ["front_door", "no-such-board"],
    "number": ["1", "2", "99"],
    "name": ["contacts", "no-such-measure"],
    "provider_id": ["county"],
    "uidb36": ["1"],
    "key": ["2-set-password"],
    "path": ["x"],
    "reference": ["W-2345-6789"],
    "address": ["no-such-release"],
    "edition": ["1", "2"],
}
# Rows of which every step is tried.
CHIEF = (
    "screening", "locked", "asked", "locked asked", "referral", "help request", "lock", "emergency opening", "call",
    "consultation held", "locked consultation", "news passed", "duplicate", "separated", "locked duplicate", "relative",
    "locked relative", "notified", "school notice", "help call", "locked help call", "decision review", "plan",
    "plan asked", "family meeting", "family visit", "claim", "protection plan", "strategy discussion", "section 47",
    "conference", "core group", "protection visit", "locked discussion", "enquiry", "assessment", "part", "oversight",
    "concern", "supervision of the allocated", "supervision of the team manager", "discussion", "pack", "release",
    "corrected release", "details", "locked details",
)  # fmt: skip


@dataclass(frozen=True)
class Address:
    """A pattern, with the name by which our code speaks of it, and the process that it belongs to if it does."""

    name: str
    route: str
    regular: bool
    view: Any
    page: type[Process] | None

    @property
    def parameters(self) -> list[str]:
        if self.regular:
            return re.findall(r"\(\?P<(\w+)>", self.route)
        return [found.split(":")[-1] for found in re.findall(r"<([^>]+)>", self.route)]

    def filled(self, values: dict[str, str]) -> str:
        """The address with these in their places."""
        if not self.regular:
            return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda found: values[found[1]], self.route)
        text = re.sub(r"\(\?P<(\w+)>[^)]*\)", lambda found: values[found[1]], self.route)
        return "/" + text.replace("^", "").replace("$", "").replace("\\Z", "").replace("\\", "")


def addresses() -> list[Address]:
    """All of them."""
    return list(_within(get_resolver(), "", False))


def _within(resolver: URLResolver, before: str, regular: bool) -> Iterator[Address]:
    for one in resolver.url_patterns:
        plain = isinstance(one.pattern, RoutePattern)
        route = before + (str(one.pattern) if plain else str(one.pattern).lstrip("^"))
        if isinstance(one, URLPattern):
            page = one.default_args.get("page")
            yield Address(one.name or "", route, regular or not plain, one.callback, page)
        else:
            yield from _within(one, route, regular or not plain)


def places(address: Address, county: County) -> Iterator[str]:
    """The addresses that a pattern makes, with identifiers that the viewer may see, may not, and of nothing."""
    if "step" in address.parameters:
        yield from _with_steps(address, county)
        return
    choices = []
    for name in address.parameters:
        if name != "pk":
            assert name == "pk" or name in WORDS, f"Say in WORDS what to put in place of '{name}' in {address.route}."
        choices.append(numbers_for(address, county) if name == "pk" else _words(name, county))
    for values in product(*choices):
        yield address.filled(dict(zip(address.parameters, values, strict=True)))


def _words(name: str, county: County) -> list[str]:
    """What an address holds in place of a name; references are those of worries, a locked one among them."""
    sent = [county.rows[key].reference for key in ("screening", "locked")] if name == "reference" else []
    released = [county.rows["release"].address] if name == "address" else []
    return [*WORDS[name], *sent, *released]


def _with_steps(address: Address, county: County) -> Iterator[str]:
    """Every step of a row that many may see and of one that is locked; other identifiers with one step or another."""
    assert address.page is not None
    steps = [*address.page.steps, "no-such-step"]
    if address.parameters == ["step"]:
        yield from (address.filled({"step": step}) for step in steps)
        return
    assert set(address.parameters) == {"pk", "step"}, address.route
    numbers = numbers_for(address, county)
    rows = [county.rows[key] for key in CHIEF if isinstance(county.rows[key], address.page)]
    chief = [] if address.name.endswith("_draft") else [str(row.pk) for row in rows]
    pairs = [(number, step) for number in numbers if number in chief for step in steps]
    pairs += list(zip([number for number in numbers if number not in chief], cycle(steps), strict=False))
    for number, step in pairs:
        yield address.filled({"pk": number, "step": step})


def numbers_for(address: Address, county: County) -> list[str]:
    """Identifiers to try at an address: those of the right kind, one of the wrong one, and one of nothing at all."""
    rows = county.rows
    if address.page is not None:
        whole = address.name.endswith("_record")
        right = [row for key, row in rows.items() if isinstance(row, address.page) and (whole or key in CHIEF)]
    elif address.name.startswith("draft_"):
        right = [row for row in rows.values() if isinstance(row, Draft)]
    elif address.name.startswith("document"):
        right = rows["letters"]
    elif address.name.startswith("worker"):
        right = [county.worker(who) for who in ("sender", "circle member", "user administrator")]
    elif address.name == "notice":
        right = _one_of_each(Notice)
    elif address.name in {"release_figures", "release_beside"}:
        right = [rows["release"], rows["corrected release"]]
    elif address.name == "return_finding":
        right = _one_of_each_rule()
    elif address.name == "agency_key_end":
        right = rows.get("keys", [])
    elif address.name == "agency_key_new":
        right = [key.worker for key in rows.get("keys", [])]
    elif address.name == "end_role":
        right = rows["appointments"]
    else:
        right = [county.people[key] for key in ("known", "known mother", "stranger", "locked", "locked sibling")]
    return list(dict.fromkeys(map(str, [*(row.pk for row in right), rows["locked"].pk, uuid4()])))


def _one_of_each(model: type[Notice]) -> list[Notice]:
    """A notice of each kind for each kind of reader, and those of what is locked."""
    with looking(DEMONSTRATION):
        found = {(row.kind, row.worker_id): row for row in model.objects.order_by("pk")}
        locked = model.objects.filter(entry__person__circle__isnull=False)[:6]
        return [*found.values(), *locked]


def _one_of_each_rule() -> list[ReturnFinding]:
    """What each rule of a return finds of somebody, and what they find of locked children."""
    with looking(DEMONSTRATION):
        found = {row.rule: row for row in ReturnFinding.objects.order_by("pk")}
        locked = ReturnFinding.objects.filter(entry__person__circle__isnull=False)[:4]
        return [*found.values(), *locked]


def searches(county: County) -> Iterator[str]:
    """Addresses with a question in them: searches for everybody, filters, a child named in the query."""
    for key in ("known", "stranger", "locked", "locked father"):
        person, (given, family, postcode, _) = county.people[key], county.rows[f"names of {key}"]
        born = f"{person.born_on:%d %m %Y}"
        yield f"/find/?{urlencode({'given': given, 'family': family})}"
        yield f"/find/?{urlencode({'born_on': born, 'postcode': postcode})}"
        yield f"/contact/{county.rows['received'].pk}/who/?{urlencode({'given': given, 'family': family})}"
        yield f"/why/?{urlencode({'person': person.pk, 'next': f'/child/{person.pk}/'})}"
        yield f"/locked_circle/new/lock/?{urlencode({'person': person.pk})}"
        yield f"/same_person/new/propose/?{urlencode({'person': person.pk})}"
        for other in ("doubled", "locked sibling"):
            both = {"person": person.pk, "other": county.people[other].pk, "relative": county.people[other].pk}
            yield f"/same_person/new/propose/?{urlencode(both)}"
            yield f"/network_member/new/add_known/?{urlencode(both)}"
        yield f"/network_member/new/add_new/?{urlencode({'person': person.pk, 'given': given, 'family': family})}"
        yield f"/child/{person.pk}/network/?{urlencode({'on': '1 1 2020'})}"
        yield f"/child/{person.pk}/chronology/?{urlencode({'significant': 'on', 'since': '1 1 2020'})}"
    for number in NHS.values():
        yield f"/find/?{urlencode({'number': number})}"
    for key in ("locked", "locked unmatched", "lock"):
        yield f"/why/?{urlencode({'entry': county.rows[key].pk, 'next': '/'})}"
        yield f"/information_request/new/ask/?{urlencode({'contact': county.rows[key].pk})}"
    yield from ("/contact/?urgency=RED", "/contact/?held=me&state=SCREENING", "/contact/?awaiting=late")
    yield from ("/drift/?by=child", "/drift/?by=worker&what=quiet", "/drift/?by=kind&what=late&page=2")
    yield from ("/measures/board/front_door/?by=agency&team=", "/measures/contacts/?team=&every=rolling&source=Police")
    yield from ("/measures/contacts/rows/?counting=yes&page=2", "/measures/contacts/rows/?agency=nobody")
    yield from ("/workers/?name=a", "/why/?person=nonsense", "/why/?entry=nonsense")
