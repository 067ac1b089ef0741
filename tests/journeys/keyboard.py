"""Somebody who has a keyboard and nothing else: Tab to where something is, and a key to use it."""

from __future__ import annotations

from typing import Any

from .visitor import Visitor

MOST_STOPS = 400  # more presses of Tab than any page has things to stop at
# Where the focus is: what it is called, what it is, and whether anybody can see that it is there.
FOCUS = """() => {
  const here = document.activeElement;
  if (!here || here === document.body) return null;
  const words = (one) => one ? one.innerText.replace(/\\s+/g, " ").trim() : "";
  const by = (here.getAttribute("aria-labelledby") ?? "").split(" ").map((id) => words(document.getElementById(id)));
  const group = here.closest("fieldset");
  const label = here.labels?.length ? here.labels[0] : null;
  const box = here.getBoundingClientRect();
  const shown = [here, label].filter(Boolean)
    .flatMap((one) => [null, "::before"].map((part) => getComputedStyle(one, part)));
  const seen = shown.some((style) => (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0
      && !/rgba\\(.*, 0\\)|transparent/.test(style.outlineColor))
    || style.boxShadow !== "none" || style.backgroundColor === "rgb(255, 221, 0)");
  const x = Math.min(Math.max(box.left + box.width / 2, 0), innerWidth - 1);
  const y = Math.min(Math.max(box.top + Math.min(box.height / 2, 12), 0), innerHeight - 1);
  const on_top = document.elementFromPoint(x, y);
  return {
    name: here.getAttribute("aria-label") ?? ((by.join(" ").trim() || words(label) || words(here) || here.value) ?? ""),
    group: words(group?.querySelector("legend") ?? null),
    groups: [...(function* () { for (let one = group; one; one = one.parentElement.closest("fieldset"))
      yield words(one.querySelector("legend")); })()],
    kind: here.matches("input") ? here.type : here.tagName.toLowerCase(),
    set: here.name ?? "",
    value: here.value ?? "",
    checked: here.checked ?? false,
    seen,
    there: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    covered: on_top !== null && !here.contains(on_top) && !on_top.contains(here) && !(label && label.contains(on_top)),
    end: false,
  };
}"""
WRITTEN = {"text", "textarea", "email", "password", "search"}


class Typist(Visitor):
    """A visitor who never touches a mouse. What they do is the same, and named the same."""

    def _focus(self) -> dict[str, Any] | None:
        found: dict[str, Any] | None = self.page.evaluate(FOCUS)
        return found

    def reaches(self, name: str, *, within: str = "", kinds: set[str] | None = None) -> dict[str, Any]:
        """Press Tab until the focus is on what is called so. It must be seen to be there."""
        passed: list[str] = []
        for _ in range(MOST_STOPS):
            self.page.keyboard.press("Tab")
            here = self._focus()
            if here is None:
                continue  # the browser's own frame, between the end of the page and its start
            if here["name"].startswith(name) and (not kinds or here["kind"] in kinds) and _is_within(here, within):
                assert here["seen"], f"The focus is on {name!r}, and nobody can see that it is."
                assert here["there"], f"The focus is on {name!r}, which is out of sight."
                assert not here["covered"], f"The focus is on {name!r}, which something else covers."
                return here
            passed.append(here["name"])
        stops = ", ".join(dict.fromkeys(passed))
        raise AssertionError(f"{name!r} cannot be reached by keyboard at {self.path}. The focus went to: {stops}")

    def follows(self, link: str, *, within: str = "") -> None:
        self.reaches(link, within=within, kinds={"a"})
        self._enters()

    def presses(self, button: str, *, within: str = "") -> None:
        self.reaches(button, within=within, kinds={"button", "a", "submit"})
        self._enters()

    def _gets(self, link: str) -> None:
        self.reaches(link, kinds={"a"})
        self.page.keyboard.press("Enter")

    def _enters(self) -> None:
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def writes(self, question: str, words: str, *, within: str = "") -> None:
        self.reaches(question, within=within, kinds=WRITTEN)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(words)

    def chooses(self, question: str, answer: str, *, within: str = "") -> None:
        """Tab to the group, and arrow keys to the answer."""
        here = self._reaches_group(question, within)
        for _ in range(20):
            if here["name"].startswith(answer):
                break
            self.page.keyboard.press("ArrowDown")
            here = self._focus() or here
            assert here["group"].startswith(question), f"{question!r} has no answer {answer!r}."
        if not here["checked"]:
            self.page.keyboard.press("Space")
        here = self._focus() or here
        assert here["checked"], f"{answer!r} was not chosen."
        assert here["seen"], f"Nobody can see that the focus is on {answer!r}."

    def _reaches_group(self, question: str, within: str) -> dict[str, Any]:
        for _ in range(MOST_STOPS):
            self.page.keyboard.press("Tab")
            here = self._focus()
            asked = here is not None and here["kind"] == "radio" and here["group"].startswith(question)
            if here and asked and _is_within(here, within):
                return here
        raise AssertionError(f"The question {question!r} cannot be reached by keyboard at {self.path}.")

    def picks(self, question: str, answer: str, *, within: str = "") -> None:
        """Tab to the list, and type the beginning of the answer."""
        self.reaches(question, within=within, kinds={"select"})
        self.page.keyboard.type(answer)
        chosen = self.page.evaluate("document.activeElement.selectedOptions[0].text")
        assert chosen == answer, f"{question!r} says {chosen!r} and not {answer!r}."

    def ticks(self, *labels: str, within: str = "") -> None:
        for label in labels:
            here = self.reaches(label, within=within, kinds={"checkbox"})
            if not here["checked"]:
                self.page.keyboard.press("Space")

    def opens_part(self, summary: str) -> None:
        self.reaches(summary, kinds={"summary"})
        self.page.keyboard.press("Enter")

    def signs_in(self) -> Typist:
        self.opens("/demonstration/sign-in/")
        self.presses(f"Sign in as {self.name}")
        return self


def _is_within(here: dict[str, Any], group: str) -> bool:
    return not group or any(one.startswith(group) for one in here["groups"])
