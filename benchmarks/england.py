"""One measure over five years at England's size, from files, on DuckDB: `./run benchmark england`.

The files are made by DuckDB itself, of nobody: 12 million children and 2 million contacts a year for five years, with
what came of them. They take some two gigabytes in the state folder and are removed at the end.
"""

import argparse
import os
import resource
import shutil
import sys
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from benchmarks.ground import Figure, timed, told

BUDGET, MEMORY = 10.0, 8.0  # seconds for a measure; gigabytes
MEASURED = ("contacts", "hours_to_decision", "repeat_contacts", "children_in_need", "clock_contact_decision")
FIRST, LAST, DAYS = date(2021, 4, 1), date(2026, 3, 31), 1826
TEAMS = 1200
AGENCIES = "['School', 'Police', 'Health', 'Housing']"
# What is told of each row of a view, from its number: every expression is DuckDB's own.
TOLD = "CAST(hash(number) >> 8 AS bigint)"


def main() -> int:
    """Make the files, count each measure once as a process does that has just begun, and print seconds and memory."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--children", type=int, default=12_000_000)
    parser.add_argument("--episodes", type=int, default=2_000_000, help="a year")
    parser.add_argument("--memory", default="6GB", help="what DuckDB may take (6GB)")
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    from righthelp.measures.counting import Wanted, count
    from righthelp.measures.duck import Duck, Files
    from righthelp.measures.registry import measure

    place = Path(os.environ.get("RIGHTHELP_STATE", tempfile.gettempdir()))
    folder = Path(tempfile.mkdtemp(prefix="england-", dir=place))
    figures = []
    try:
        print(f"Made in {timed(lambda: _make(folder, options.children, options.episodes * 5)):.0f} s,"
              f" {sum(file.stat().st_size for file in folder.iterdir()) / 1e9:.1f} GB.", flush=True)  # fmt: skip
        for name in MEASURED:
            engine = Duck(Files(folder), memory=options.memory)
            one = measure(name)
            rows: list[int] = []

            def work(one=one, engine=engine, rows=rows) -> None:
                months = count([one], Wanted(FIRST, LAST), engine=engine)[one.name].months
                rows.append(sum(found.of for found in months.values()))

            seconds = timed(work)
            figures.append(Figure(f"{name}, {rows[0]:,} rows, five years by month", seconds, BUDGET, "s"))
            print(figures[-1], flush=True)
            engine.connection.close()
        engine = Duck(Files(folder), memory=options.memory)
        by = timed(lambda: count([measure("contacts")], Wanted(FIRST, LAST), [("age", "sex")], engine=engine))
        figures.append(Figure("contacts by age and sex", by, BUDGET, "s"))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    return told([*figures, Figure("memory at most", most, MEMORY, "GB")])


def _make(folder: Path, children: int, episodes: int) -> None:
    """The files of the views that the measures read, with every column that the views have."""
    import duckdb

    duck = duckdb.connect(str(folder / "making.duckdb"))
    duck.execute("SET memory_limit = '4GB'")
    for view, number, told_of in _views(children, episodes):
        given = ", ".join(_column(view, column, told_of) for column in view.columns)
        duck.execute(
            f"COPY (SELECT {given} FROM range({number}) AS counted (number))"
            f" TO '{folder / view.name}.parquet' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 500000)"
        )
    duck.close()
    for left in folder.glob("making.duckdb*"):
        left.unlink()
    _calendar(folder)


def _views(children: int, episodes: int) -> Iterator[tuple[object, int, dict[str, str]]]:
    from righthelp.measures.analysis import view

    day = f"DATE '{FIRST}' + CAST(number % {DAYS} AS integer)"
    state = f"CASE WHEN {TOLD} % 20 = 0 THEN 'PASSED_ON' ELSE 'DECIDED' END"
    told_on = {
        "entry": _key("'c' || number"), "person": _key(f"'p' || ({TOLD} % {children})"), "received_on": day,
        "received_at": f"CAST({day} AS timestamptz)", "state": state,
        "from_agency": f"'Agency ' || ({TOLD} % 3000)", "from_agency_kind_words": f"{AGENCIES}[1 + {TOLD} % 4]",
        "outcome": "'ADVICE'", "outcome_words": "'Advice and information'",
    }  # fmt: skip
    yield view("contact"), episodes, told_on
    yield view("clock"), episodes, {
        "entry": told_on["entry"], "person": told_on["person"], "kind": "'contact'", "clock": "'decision'",
        "answer": f"CASE WHEN {TOLD} % 10 = 0 THEN 'MISSED' ELSE 'MET' END", "due_on": f"{day} + 1", "stopped_on": day,
        "hours": f"({TOLD} % 4000) / 100.0",
    }  # fmt: skip
    yield view("referral"), episodes // 5, {
        "entry": _key("'r' || number"), "person": told_on["person"], "state": "'ACCEPTED'",
        **_every_day(view("referral"), day),
    }  # fmt: skip
    for name in ("child_protection_plan", "family_help", "assessment", "section_47"):
        yield view(name), episodes // 10, {
            "entry": _key(f"'{name}' || number"), "person": told_on["person"], **_every_day(view(name), day),
        }  # fmt: skip
    yield view("family_help_level"), episodes // 10, {
        "help": _key("'family_help' || number"), "number": "1", "level": f"3 + {TOLD} % 2", "since_on": day,
    }  # fmt: skip
    yield view("child"), children, {
        "person": _key("'p' || number"), "sex": f"['M', 'F'][1 + {TOLD} % 2]",
        "sex_words": f"['Male', 'Female'][1 + {TOLD} % 2]",
        "is_born": "true", "born_months": f"2008 * 12 + CAST({TOLD} % 216 AS integer)",
    }  # fmt: skip
    yield view("entry"), episodes, {"entry": told_on["entry"], "person": told_on["person"], "kind": "'contact'",
                                    "team": f"'Team ' || ({TOLD} % {TEAMS})"}  # fmt: skip


def _key(made_of: str) -> str:
    """A number of a row, as long and as hard to press together as a real one."""
    return f"CAST(CAST(md5({made_of}) AS uuid) AS varchar)"


def _every_day(view: object, day: str) -> dict[str, str]:
    """Days of what began, and, for all but one in ten, of what ended within the year."""
    began, ended = f"{day}", f"CASE WHEN {TOLD} % 10 > 0 THEN {day} + CAST({TOLD} % 300 AS integer) END"
    return {column.name: ended if column.name in {"ended_on", "closed_on"} else began
            for column in view.columns if column.type == "date"}  # type: ignore[attr-defined]  # fmt: skip


def _column(view: object, column: object, told_of: dict[str, str]) -> str:
    from righthelp.measures.exporting import IN_A_FILE

    made = told_of.get(column.name, "NULL")  # type: ignore[attr-defined]
    return f'CAST({made} AS {IN_A_FILE[column.type]}) AS "{column.name}"'  # type: ignore[attr-defined]


def _calendar(folder: Path) -> None:
    import duckdb

    duckdb.execute(
        "COPY (SELECT last_day(CAST(month AS date)) AS month_end, CAST(month AS date) AS month_start,"
        " CAST(year(month) * 100 + month(month) AS integer) AS month, 1 AS quarter, 1 AS half, '2025/26' AS"
        f" financial_year, true AS is_over"
        f" FROM generate_series(TIMESTAMP '{FIRST}', TIMESTAMP '{LAST}', INTERVAL 1 MONTH)"
        f" AS counted (month)) TO '{folder / 'month_end.parquet'}' (FORMAT parquet)"
    )


if __name__ == "__main__":
    sys.exit(main())
