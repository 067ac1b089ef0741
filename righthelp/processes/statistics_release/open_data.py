"""A release as open data: a file of figures, what its columns mean (CSV on the Web), and all of it as JSON."""

from __future__ import annotations

import csv
import io
from typing import Any

from django.urls import reverse
from django.utils import timezone

from righthelp.kernel.suppression import STEP
from righthelp.packs import pack
from righthelp.processes.statistics_release.figures import PublishedFigure
from righthelp.processes.statistics_release.models import StatisticsRelease

LICENCE_AT = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
CSVW = "http://www.w3.org/ns/csvw"
# The columns of the file: name, what each is (as CSV on the Web calls it), and what it says.
COLUMNS = (
    ("measure", "string", "The name of the measure."),
    ("title", "string", "The measure in words."),
    ("version", "integer", "The version of its definition."),
    ("period", "string", "A financial year (2025-26), a quarter of one (2025-26-Q1) or a month (2025-04)."),
    ("split", "string", "By what the figure is split; empty where it is of everybody."),
    ("of_split", "string", "Which part of the split it is of."),
    ("unit", "string", "What the value is a number of."),
    ("value", "number", "The value, where it is shown."),
    ("shown", "string", "SHOWN; FEW: fewer than 5, or so near to all or none; WITHHELD: so that no other number can be"
     " worked out; NOT_COUNTED: of too few to say."),
    ("counted", "integer", f"What was counted, as a multiple of {STEP}; 0 stands for none to {STEP - 1}."),
    ("others", "integer", "Of a share, those who do not count towards it, rounded alike."),
    ("words", "string", "The figure in words."),
)  # fmt: skip
WHY_HIDDEN = (
    f"Numbers under {STEP} are never shown, and none is not told from {STEP - 1}. Every other number is shown as a"
    f" multiple of {STEP}, less than {STEP} away from the true one: up as often as it is near, by a draw that is secret"
    " and always the same for the same children. Percentages and rates are worked out from the rounded numbers. Where"
    " a hidden number could still be worked out from others, one of those is withheld as well. So numbers do not add"
    " up, and a change of one step may be no change at all."
)


def as_csv(release: StatisticsRelease) -> str:
    """One line a figure."""
    made = io.StringIO()
    lines = csv.writer(made, lineterminator="\r\n")
    lines.writerow([name for name, _, _ in COLUMNS])
    for one in _figures(release):
        lines.writerow(["" if value is None else _cell(value) for value in line(one).values()])
    return made.getvalue()


def line(figure: PublishedFigure) -> dict[str, Any]:
    """One figure by the names of the columns."""
    measure = figure.measure
    return {
        "measure": measure.name,
        "title": measure.title,
        "version": measure.version,
        "period": figure.period,
        "split": figure.split_words,
        "of_split": figure.of_split,
        "unit": measure.unit,
        "value": None if figure.value is None else f"{figure.value:g}",
        "shown": figure.shown,
        "counted": figure.counted,
        "others": figure.others,
        "words": figure.words,
    }


def described(release: StatisticsRelease) -> dict[str, Any]:
    """The file of figures, described so that a program can read it (W3C Recommendation: Metadata for Tabular Data)."""
    return {
        "@context": [CSVW, {"@language": "en"}],
        "url": "figures.csv",
        **_about(release),
        "tableSchema": {
            "columns": [
                {"name": name, "titles": name, "datatype": kind, "dc:description": says} for name, kind, says in COLUMNS
            ]
        },
    }


def as_json(release: StatisticsRelease) -> dict[str, Any]:
    """The whole release: what it is, its definitions, its figures."""
    return {
        **_about(release),
        "measures": [
            {"name": one.name, "version": one.version, "title": one.title, "definition": one.definition,
             "unit": one.unit, "dated_by": one.dated_by, "source": one.source, "sha256": one.digest}
            for one in release.measures.all()
        ],
        "figures": [line(one) for one in _figures(release)],
    }  # fmt: skip


def listed(releases: list[StatisticsRelease]) -> dict[str, Any]:
    """What there is, for a program."""
    return {"dc:publisher": pack().title, "releases": [_about(one) for one in releases]}


def address(name: str, release: StatisticsRelease, *more: Any) -> str:
    return reverse(name, args=[release.address, release.edition, *more])


def _about(release: StatisticsRelease) -> dict[str, Any]:
    over = release.of
    return {
        "dc:title": release.called,
        "dc:publisher": pack().title,
        "dc:license": LICENCE_AT,
        "dc:temporal": f"{over.since}/{over.until}",
        "dc:issued": _moment(release.published_at),
        "facts as at": _moment(release.counted_at),
        "edition": release.edition,
        "replaced": _moment(release.replaced_at),
        "corrected because": release.corrected_because or None,
        "note": release.note or None,
        "hidden and rounded": WHY_HIDDEN,
        "page": address("open_data_release", release),
        "csv": address("open_data_csv", release),
        "json": address("open_data_json", release),
    }


def _figures(release: StatisticsRelease) -> Any:
    return release.figures.select_related("measure").order_by("number")


def _moment(at: Any) -> str | None:
    return None if at is None else timezone.localtime(at).isoformat(timespec="seconds")


def _cell(value: object) -> str:
    """A cell that no spreadsheet takes for a formula: the name of an agency's kind is what a county wrote."""
    words = str(value)
    return f"'{words}" if words[:1] in {"=", "+", "-", "@", "\t"} else words
