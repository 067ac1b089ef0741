"""Somebody at a browser: what they press, write and see. Every page they say that they see is looked over."""

from __future__ import annotations

import os
import re
from datetime import datetime
from pathlib import Path
from typing import Any

from playwright.sync_api import (
    BrowserContext,
    ConsoleMessage,
    Download,
    Locator,
    Page,
    Response,
    expect,
)

from .looking_over import faults

# A folder to keep a picture of every page that anybody sees, for whoever wants to look at them all.
PICTURES = os.environ.get("RIGHTHELP_PICTURES", "")

_signed_in: dict[tuple[str, str], Any] = {}


class Visitor:
    """A person with a name, signed in or not, in a browser of their own."""

    def __init__(self, context: BrowserContext, address: str, name: str = "", *, scripts: bool = True) -> None:
        self.context, self.address, self.name, self.scripts = context, address, name, scripts
        self.complaints: list[str] = []  # of the browser itself
        self.pictures = 0
        self.page = self._watched(context.new_page())

    def _watched(self, page: Page) -> Page:
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.complaints.append(f"Script error: {error}"))
        page.on("response", self._response)
        return page

    def _console(self, message: ConsoleMessage) -> None:
        # A page that is refused on purpose is in the console as well; what else fails to load is not.
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.complaints.append(f"Console: {message.text}")

    def _response(self, response: Response) -> None:
        if response.status >= 500 or (response.status == 404 and "/static/" in response.url):
            self.complaints.append(f"{response.status} for {response.url}")

    # --- Going somewhere

    def signs_in(self) -> Visitor:
        """As a worker of the demonstration county, with one click; who has signed in before is signed in still."""
        if known := _signed_in.get((self.address, self.name)):
            self.context.add_cookies(known)
            self.opens("/")
            return self
        self.opens("/demonstration/sign-in/")
        self.page.get_by_role("button", name=f"Sign in as {self.name}", exact=True).click()
        self.page.wait_for_url(lambda url: "sign-in" not in url)
        _signed_in[self.address, self.name] = self.context.cookies()
        return self

    def opens(self, path: str) -> None:
        """An address, typed or from a bookmark."""
        self.page.goto(self.address + path if path.startswith("/") else path)

    def follows(self, link: str, *, within: str = "") -> None:
        """A link, by its words."""
        self._place(within).get_by_role("link", name=_starting(link)).first.click()

    def presses(self, button: str, *, within: str = "") -> None:
        """A button, or a link that looks like one."""
        self._place(within).get_by_role("button", name=_starting(button)).first.click()

    def is_called_away(self) -> None:
        """In the middle of writing: the tab is closed once the words are kept. They come back to their first page."""
        if not self.scripts:
            self.presses("Save and come back later")
            return
        expect(self.page.get_by_text(re.compile(r"Saved at \d"))).to_be_visible()
        self.page.close()
        self.page = self._watched(self.context.new_page())
        self.opens("/")

    def downloads(self, link: str) -> Path:
        """What a link that looks like a button gives as a file."""
        with self.page.expect_download() as waiting:
            self._gets(link)
        download: Download = waiting.value
        return Path(download.path())

    def _gets(self, link: str) -> None:
        self.page.get_by_role("button", name=link, exact=True).click()

    @property
    def path(self) -> str:
        """Where they are, as the address bar says it."""
        return self.page.url.removeprefix(self.address)

    # --- Writing

    def writes(self, question: str, words: str, *, within: str = "") -> None:
        """Words in a box, by its label."""
        self._place(within).get_by_label(_starting(question)).first.fill(words)

    def says_when(self, question: str, moment: datetime) -> None:
        """A day and a time, in the two boxes of one question."""
        self.writes("Date", f"{moment:%d %m %Y}", within=question)
        self.writes("Time", f"{moment:%H:%M}", within=question)

    def chooses(self, question: str, answer: str, *, within: str = "") -> None:
        """One answer out of several."""
        group = self._place(within).get_by_role("group", name=_starting(question)).first
        group.get_by_label(_starting(answer)).first.check()

    def picks(self, question: str, answer: str, *, within: str = "") -> None:
        """One answer from a list that opens."""
        self._place(within).get_by_label(_starting(question)).first.select_option(label=answer)

    def ticks(self, *labels: str, within: str = "") -> None:
        """Boxes, each by its label."""
        for label in labels:
            self._place(within).get_by_label(_starting(label)).first.check()

    def opens_part(self, summary: str) -> None:
        """A part of the page that is folded away."""
        self.page.locator("summary").filter(has_text=summary).click()

    def _place(self, within: str) -> Locator:
        """The whole page, or the part of it that has this heading or legend."""
        if not within:
            return self.page.locator("body")
        heading = self.page.get_by_role("heading", name=within)
        parts = self.page.locator("article, section, .govuk-summary-card, .rh-match, .rh-role")
        return self.page.get_by_role("group", name=within, exact=True).or_(parts.filter(has=heading).last)

    # --- Seeing

    def sees(self, heading: str, *words: str) -> None:
        """A page with this main heading and these words on it, without a fault."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text(re.compile(re.escape(heading)))
        self.page.wait_for_load_state()
        self._keeps_a_picture(heading)
        found = [*self.complaints, *faults(self.page, scripts=self.scripts)]
        self.complaints.clear()
        assert not found, f"{self.name or 'Somebody'} at {self.path} ({heading}):\n" + "\n".join(found)
        for one in words:
            self.reads(one)

    def reads(self, words: str) -> None:
        """These words somewhere in the page's main part, however they are broken into lines."""
        expect(self.page.get_by_role("main")).to_contain_text(words)

    def does_not_read(self, words: str) -> None:
        """Not these."""
        expect(self.page.get_by_role("main")).not_to_contain_text(words)

    def _keeps_a_picture(self, heading: str) -> None:
        if not PICTURES:
            return
        size = self.page.viewport_size or {"width": 0}
        self.pictures += 1
        name = re.sub(r"\W+", "-", f"{self.name.split(' ')[0]}-{heading}-{self.pictures}-{size['width']}")
        Path(PICTURES).mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=True)


def _starting(label: str) -> re.Pattern[str]:
    """A label that begins so: "(optional)" may follow. Before words that are only heard the browser puts a space."""
    heard = re.escape(label).replace(":", r"\s*:")
    return re.compile(rf"^\s*{heard}")
