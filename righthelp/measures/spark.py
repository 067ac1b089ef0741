"""Spark: the same texts for a region or the nation, written for it by SQLGlot. Only where Java is and pyspark."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Sequence
from importlib.util import find_spec
from typing import Any

import sqlglot
from sqlglot import exp

from righthelp.measures.columns import quoted
from righthelp.measures.duck import Files
from righthelp.measures.questions import AUTHORITY, stand_in


def why_not() -> str:
    """Why there is no Spark here; empty where there is."""
    if shutil.which("java") is None:
        return "no Java"
    return "" if find_spec("pyspark") else "no pyspark"


def session(cores: int = 1) -> Any:
    """A session on this machine alone: no pages of its own, and no more parts than cores."""
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master(f"local[{cores}]").appName("measures")
    for name, value in {
        "spark.ui.enabled": "false",
        "spark.sql.shuffle.partitions": str(cores),
        "spark.default.parallelism": str(cores),
        "spark.sql.session.timeZone": "Europe/London",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.codegen.wholeStage": "false",  # to compile takes longer than to count
        "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
        "spark.log.level": "ERROR",
    }.items():
        builder = builder.config(name, value)
    return builder.getOrCreate()


class Spark:
    """A Spark session, over files or over rows that a question brings with it."""

    once = ""
    weighs = False
    gathered = "array_agg(CAST(amount AS double precision))"
    no_amounts = "NULL"
    heads: Sequence[str] = ()

    def __init__(self, session: Any, files: Files | None = None) -> None:
        self.session, self.files = session, files
        self.splits: Sequence[str] = files.splits if files else ()

    def beneath(self, views: Sequence[str]) -> Sequence[str]:
        return ()

    def reads(self, view: str, only: str = "") -> str:  # of files no more is read than is counted
        assert self.files is not None, "Only what a question brings with it can be read."
        name = f"file_{stand_in(view)}"
        whole = None
        for authority, path in self.files.of(view).items():
            rows = self.session.read.parquet(str(path))
            if self.files.several:
                rows = rows.selectExpr("*", f"{quoted(authority)} AS {AUTHORITY}")
            whole = rows if whole is None else whole.unionByName(rows)
        assert whole is not None
        whole.createOrReplaceTempView(name)
        return f"SELECT * FROM {name}"

    def given(self, value: str, given: list[Any]) -> str:
        return exp.Literal.string(value).sql("postgres")

    def plain(self, text: str) -> str:
        return text

    def ask(self, text: str, given: Sequence[Any]) -> list[tuple[Any, ...]]:
        answer = self.session.sql(written(text))
        self.heads = answer.columns
        return [tuple(row) for row in answer.collect()]

    def amounts(self, gathered: Any) -> Counter[float]:
        return Counter(round(amount, 2) for amount in gathered or ())


def written(text: str) -> str:
    """A question as Spark writes it."""
    return sqlglot.transpile(text, read="postgres", write="spark")[0]
