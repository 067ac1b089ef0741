"""The document of the analysts' views, made from what they say of themselves."""

from __future__ import annotations

from collections.abc import Iterator

from righthelp.engine.generated import MADE
from righthelp.measures.analysis import views
from righthelp.measures.columns import SCHEMA, View


def documents() -> dict[str, str]:
    """File names with their text."""
    return {"analysis.md": "\n".join(_analysis())}


def _analysis() -> Iterator[str]:
    yield from (
        "# The analysts' views",
        "",
        MADE,
        "",
        f"Each is a view of the schema `{SCHEMA}`, read under the reader's own rights; `./run analysis export` writes"
        " each as a file. None of them names anybody. How to ask them something is in `docs/guides/measures.md`.",
    )
    for view in sorted(views(), key=lambda view: view.name):
        yield from _view(view)


def _view(view: View) -> Iterator[str]:
    yield from ("", f"## {view.name}", "", view.says, "", "| column | is | what it says |", "| --- | --- | --- |")
    for column in view.columns:
        kind = f"code of {len(column.codes)}" if column.codes and not column.words_of else column.type
        kind += "" if column.always else ", may be empty"
        says = column.says.replace("|", "/")
        if column.leads_to:
            says += f" (`{column.leads_to}`)"
        yield f"| `{column.name}` | {kind} | {says} |"
