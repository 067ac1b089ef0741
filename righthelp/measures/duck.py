"""DuckDB: measures over files, of one authority or of many, without a server."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb

from righthelp.measures.columns import quoted
from righthelp.measures.questions import AUTHORITY


class NoFiles(LookupError):
    """The folder holds no files of the views that are asked for."""


class Files:
    """The files of the views in a folder: `DIR/contact.parquet`, or `DIR/<authority>/contact.parquet` of each."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        if not folder.is_dir():
            raise NoFiles(f"There is no folder {folder}.")
        inside = sorted(path for path in folder.iterdir() if path.is_dir() and any(path.glob("*.parquet")))
        here = any(folder.glob("*.parquet"))
        self.authorities: dict[str, Path] = {"": folder} if here else {path.name: path for path in inside}
        if not self.authorities:
            raise NoFiles(f"The folder {folder} holds no file that ./run analysis export wrote.")

    @property
    def several(self) -> bool:
        """Whether each authority has a folder of its own."""
        return "" not in self.authorities

    @property
    def splits(self) -> Sequence[str]:
        """How rows may be split beside what is known of them: by whose they are."""
        return (AUTHORITY,) if self.several else ()

    def of(self, view: str) -> dict[str, Path]:
        """The file of a view, by authority. Raises `NoFiles`, when one of them has none."""
        found = {name: folder / f"{view}.parquet" for name, folder in self.authorities.items()}
        for path in found.values():
            if not path.is_file():
                raise NoFiles(f"There is no file {path}.")
        return found

    def children(self, year: int) -> int | None:
        """How many children live where the files are from, as these say: in that year or the latest before it."""
        whole = 0
        for path in self.of("population").values():
            found = duckdb.execute(
                f"SELECT children FROM read_parquet({quoted(str(path))}) WHERE area = ''"
                " ORDER BY year > ?, abs(year - ?) LIMIT 1",
                [year, year],
            ).fetchone()
            if found is None:
                return None
            whole += found[0]
        return whole


class Duck:
    """DuckDB over files; without any, over rows that a question brings with it."""

    once = "NOT MATERIALIZED"  # of a file only the columns that are asked for are read
    weighs = True  # a map of amounts is ten times as slow to make as a group of each
    gathered = "list({'amount': round(CAST(amount AS double), 2), 'times': times})"
    no_amounts = "NULL"
    heads: Sequence[str] = ()

    def __init__(self, files: Files | None = None, *, memory: str = "", threads: int = 0) -> None:
        self.files = files
        self.splits: Sequence[str] = files.splits if files else ()
        self.connection = duckdb.connect(":memory:")
        # A question over files needs no other file, and nothing from anywhere else.
        for setting in ("autoinstall_known_extensions = false", "TimeZone = 'Europe/London'"):
            self.connection.execute(f"SET {setting}")
        if memory:
            self.connection.execute(f"SET memory_limit = {quoted(memory)}")
        if threads:
            self.connection.execute(f"SET threads = {threads}")

    def beneath(self, views: Sequence[str]) -> Sequence[str]:
        return ()

    def reads(self, view: str, only: str = "") -> str:  # of files no more is read than is counted
        assert self.files is not None, "Only what a question brings with it can be read."
        parts = []
        for authority, path in self.files.of(view).items():
            own = f", {quoted(authority)} AS {AUTHORITY}" if self.files.several else ""
            parts.append(f"SELECT *{own} FROM read_parquet({quoted(str(path))})")
        return parts[0] if len(parts) == 1 else f"SELECT * FROM ({' UNION ALL BY NAME '.join(parts)}) AS every"

    def given(self, value: str, given: list[Any]) -> str:
        given.append(value)
        return "?"

    def plain(self, text: str) -> str:
        return text

    def ask(self, text: str, given: Sequence[Any]) -> list[tuple[Any, ...]]:
        answer = self.connection.execute(text, list(given))
        self.heads = [column[0] for column in answer.description or ()]
        return answer.fetchall()

    def amounts(self, gathered: Any) -> Counter[float]:
        found: Counter[float] = Counter()
        for one in gathered or ():
            if one["amount"] is not None:
                found[one["amount"]] += one["times"]
        return found
