"""Lines of the log: what failed, where in the code and in which request, and never what anybody wrote."""

import copy
import logging
import re
import traceback
from types import FrameType, TracebackType
from typing import Any

Fault = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
# A message without places for values may have been put together before it was logged: no further than here.
VALUE = re.compile(r"[:;'\"<{(\d]")


class WithoutWords(logging.Formatter):
    """Lines without what was typed: no address, no value, and a fault by its kind and place alone.

    A message of an exception is left out because a database quotes the row that it refuses, and a refusal names
    whoever was refused. The request's number, which the error page and the access log bear too, leads to the rest.
    """

    def format(self, record: logging.LogRecord) -> str:
        told = copy.copy(record)  # another handler is given the record as it was
        told.msg, told.args, told.exc_text, told.stack_info = _message(record), (), None, None
        return super().format(told)

    def formatException(self, ei: Fault) -> str:
        lines: list[str] = []
        seen: set[int] = set()
        fault = ei[1]
        while fault is not None and id(fault) not in seen:
            seen.add(id(fault))
            lines.append(f"{type(fault).__module__}.{type(fault).__qualname__}")
            lines += [f"  {_place(frame)}:{line}" for frame, line in traceback.walk_tb(fault.__traceback__)]
            fault = fault.__cause__ or (None if fault.__suppress_context__ else fault.__context__)
        return "\n".join(lines)


def _place(frame: FrameType) -> str:
    return f"{frame.f_code.co_name} in {frame.f_code.co_filename}"


def _message(record: logging.LogRecord) -> str:
    request = getattr(record, "request", None)
    if hasattr(request, "path_info"):
        return _of_request(request, getattr(record, "status_code", ""))
    if isinstance(record.msg, BaseException):
        return type(record.msg).__qualname__
    words = str(record.msg)
    if not record.args:
        return VALUE.split(words, maxsplit=1)[0].strip()
    values = record.args if isinstance(record.args, tuple) else (record.args,)
    numbers = iter(values)
    return re.sub(r"%(?:\(\w+\))?[-+ #0-9.]*[a-zA-Z%]", lambda place: _value(place[0], numbers), words)


def _value(place: str, values: Any) -> str:
    """A number as it is; anything else may be what somebody typed."""
    if place.endswith("%"):
        return "%"
    value = next(values, None)
    return str(value) if isinstance(value, (int, float)) else "…"


def _of_request(request: Any, status: Any) -> str:
    """The pattern of the address, not the address: whoever asks may write anything into it."""
    match = getattr(request, "resolver_match", None)
    page = f"/{match.route}" if match else "no page of ours"
    return f"{status} {request.method} {page} (request {getattr(request, 'number', 'without a number')})"
