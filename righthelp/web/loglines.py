"""Lines of the log: what failed and where in the code, and never what anybody wrote."""

import logging
import traceback


class WithoutWords(logging.Formatter):
    """A fault by its kind and its place. Its message is left out: a database quotes the row that it refuses."""

    def format(self, record: logging.LogRecord) -> str:
        record.exc_text = None  # another handler may have kept the fault with its message
        return super().format(record)

    def formatException(self, ei: object) -> str:  # noqa: N802  (named by the standard library)
        lines: list[str] = []
        fault = ei[1]  # type: ignore[index]
        while fault is not None:
            lines += [f"{type(fault).__module__}.{type(fault).__qualname__}"]
            lines += [f"  {at.filename}:{at.lineno} {at.name}" for at in traceback.extract_tb(fault.__traceback__)]
            fault = fault.__cause__ or (None if fault.__suppress_context__ else fault.__context__)
        return "\n".join(lines)
