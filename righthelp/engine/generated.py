"""Documents made from the pages: each process with its states, steps, clocks and readers; each role with its steps."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from righthelp import law
from righthelp.engine.matrix import role_matrix
from righthelp.engine.process import Process, processes
from righthelp.kernel.page import Step
from righthelp.packs import pack

HOME = Path(__file__).resolve().parents[2] / "docs" / "generated"
# Rooms above this one add what makes their own documents: file names with their text.
MAKERS: list[Callable[[], dict[str, str]]] = []
MADE = "Made from the pages of the processes by `./run docs`; never edited by hand."


def documents() -> dict[str, str]:
    """File names with their text."""
    made = {"roles.md": "\n".join(_roles()), "deadlines.md": "\n".join(_deadlines())}
    for kind, page in processes().items():
        made[f"process-{kind}.md"] = "\n".join(_process(page))
    for maker in MAKERS:
        made |= maker()
    return {name: f"{text.strip()}\n" for name, text in made.items()}


def _roles() -> Iterator[str]:
    yield from ("# Roles, and who may take which step", "", MADE, "")
    for line in role_matrix():
        yield from (f"## {line.title}", "", f"`{line.name}`", "", line.does, "", f"May see: {line.sees}", "")
        for title, steps in line.steps:
            yield f"- {title}: {', '.join(step.title for step in steps)}"
        yield ""
    pages = processes()
    yield from ("## The county's teams", "", "| team | what it is for | what lands with it |", "| --- | --- | --- |")
    for team in pack().teams().values():
        lands = ", ".join(pages[work].title() for work in team.receives if work in pages)
        yield f"| {team.title} | {team.does} | {lands} |"
    yield from ("", "## Agencies", "", "| kind of agency | what it is |", "| --- | --- |")
    yield from (f"| {code.label} | {code.hint} |" for code in pack().codes("agency_kind"))


def _deadlines() -> Iterator[str]:
    yield from ("# Deadlines, and where each comes from", "", MADE, "")
    yield "| process | what is awaited | from | until | length | source | checked |"
    yield "| --- | --- | --- | --- | --- | --- | --- |"
    for page in processes().values():
        for clock in page.clocks:
            newest = law.book().values(clock.law)[-1]
            length = law.deadline_words(newest)
            yield (
                f"| {page.title()} | {clock.name} | `{clock.starts}` | `{clock.stops}` | {length} "
                f"| {newest.source} | {newest.checked}{': ' + newest.caution if newest.caution else ''} |"
            )


def _process(page: type[Process]) -> Iterator[str]:
    yield from (f"# {page.title()}", "", MADE, "", _plain(page.__doc__), "", "```mermaid", "stateDiagram-v2")
    for step in page.steps.values():
        yield from _arrows(page, step)
    for end in sorted(page.ENDS):
        yield f"    {end} --> [*]"
    yield from ("```", "", "| state | in words |", "| --- | --- |")
    yield from (f"| {state.value} | {state.label} |" for state in page.State)
    yield from ("", "| step | who may take it | what it is |", "| --- | --- | --- |")
    for step in page.steps.values():
        yield f"| {step.title} | {', '.join(sorted(step.by))} | {_plain(step.explains)} |"
    if page.expects:
        yield from (
            "",
            "Calls for: " + ", ".join(f"`{expect.of}` when `{expect.when}`" for expect in page.expects) + ".",
        )


def _arrows(page: type[Process], step: Step) -> Iterator[str]:
    if step.begins:
        yield f"    [*] --> {step.reaches}: {step.title}"
        return
    for state in page.State.values:  # in the page's order
        if state in step.leaves and step.reaches not in {None, state}:
            yield f"    {state} --> {step.reaches}: {step.title}"


def _plain(text: str | None) -> str:
    return " ".join((text or "").split())
