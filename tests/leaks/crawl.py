"""Asking for an address as somebody, and finding in the answer whatever is not for them."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote
from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from tests.leaks.readers import Reader
from tests.leaks.tokens import TOKEN, Tokens, numbers_in

OFFICE = "application/vnd.openxmlformats-officedocument."  # Word files and spreadsheets: parts in a ZIP file

SAYS_UNWELL = "/health/notices/"  # answers 503 by design, while no sender of notices runs


@dataclass
class Crawl:
    """One reader's way through every address; what was found wrong is gathered, with where."""

    reader: Reader
    tokens: Tokens
    browser: Client
    wrong: dict[str, list[str]] = field(default_factory=dict)
    answered: dict[int, int] = field(default_factory=dict)

    def get(self, address: str) -> HttpResponse:
        return self._asked("GET", address, lambda: self.browser.get(address))

    def post(self, address: str, typed: dict[str, Any]) -> HttpResponse:
        """Hand a form in, and read what it leads to."""
        if "matched_to" in typed:
            self.reader.matched = {UUID(typed["matched_to"])}  # whoever takes a step about a child has a relation
        try:
            return self._asked("POST", address, lambda: self.browser.post(address, typed, follow=True), str(typed))
        finally:
            self.reader.matched = set()

    def posted(self, address: str, body: str) -> HttpResponse:
        """Send JSON, as a program does."""
        return self._asked("POST", address, lambda: self.browser.post(address, body, "application/json"), body)

    def _asked(self, method: str, address: str, ask: Any, typed: str = "") -> HttpResponse:
        """Ask, take back whatever the asking wrote, and judge the answer."""
        cookies = dict(self.browser.cookies)
        with transaction.atomic():
            answer = ask()
            transaction.set_rollback(True)
        self.browser.cookies.clear()
        self.browser.cookies.update(cookies)
        self.answered[answer.status_code] = self.answered.get(answer.status_code, 0) + 1
        on_the_way = " ".join(step for step, _ in getattr(answer, "redirect_chain", ()))
        self.judge(f"{method} {address}", answer, f"{address} {on_the_way} {typed}")
        return answer  # type: ignore[no-any-return]

    def judge(self, where: str, answer: HttpResponse, asked: str) -> None:
        """Note each word and each identifier that is not for this reader, and whatever is broken."""
        text = text_of(answer)
        if answer.status_code >= 500 and SAYS_UNWELL not in where:
            self.note("broken", where)
        for fault in self.faults(text, unquote(asked)):
            self.note(fault, f"{where} ({answer.status_code})")

    def faults(self, text: str, asked: str) -> Iterator[str]:
        """What is wrong with a text that this reader is given, having said what they asked with."""
        low, said = text.lower(), asked.lower()
        for token in set(TOKEN.findall(low)) - set(TOKEN.findall(said)):
            homes = self.tokens.homes.get(token, set())
            if homes and not any(self.reader.may_read(home) for home in homes):
                yield " or ".join(sorted({f"{home.model.__name__}.{home.field}" for home in homes}))
        for number in numbers_in(low) - numbers_in(said):
            row = self.tokens.rows.get(number)
            if row is not None and not self.reader.sees_row(row):
                yield f"the identifier of a {type(row).__name__}"
        if "<zx" in low and not re.search(r"content-type: text/(calendar|csv)", low):  # in which there is no markup
            yield "let through as markup"
        if re.search(r"zx a=[^{]{0,40}18", low):
            yield "let through as a template"

    def note(self, what: str, where: str) -> None:
        self.wrong.setdefault(what, []).append(re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", self._named, where))

    def _named(self, found: re.Match[str]) -> str:
        """An identifier as what it is of, for whoever reads the failure."""
        return next((f"<{row}>" for key, row in NAMED.items() if key == found[0]), found[0])


NAMED: dict[str, str] = {}  # identifiers by what the county calls them


def text_of(answer: HttpResponse) -> str:
    """All words of an answer: its headers, its cookies, and its body, a Word file or a spreadsheet unpacked."""
    head = "\n".join(f"{name}: {value}" for name, value in answer.headers.items())
    cookies = "\n".join(morsel.OutputString() for name, morsel in answer.cookies.items() if name != "csrftoken")
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if answer.headers.get("Content-Type", "").startswith(OFFICE):
        with zipfile.ZipFile(io.BytesIO(body)) as parts:
            body = b"\n".join(parts.read(name) for name in parts.namelist() if name.endswith(".xml"))
    return f"{head}\n{cookies}\n{body.decode('utf-8', errors='replace')}"
