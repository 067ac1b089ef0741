"""Error pages: what happened in plain words, nothing about the record, and the request's number to quote."""

import logging
import sys
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from psycopg.errors import DiskFull

LOG = logging.getLogger(__name__)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400."""
    return _page(request, 400)


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403. The sentence of the refusal is shown: it names no child."""
    return _page(request, 403, sentence=str(exception))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: the same whether there is no such record or it is not for this viewer."""
    return _page(request, 404)


def not_so(request: HttpRequest, refused: HttpResponse) -> HttpResponse:
    """405: an address that is only sent to was asked for, or the other way round."""
    answer = _page(request, 405)
    answer.headers["Allow"] = refused.headers.get("Allow", "")
    return answer


def broken(request: HttpRequest) -> HttpResponse:
    """500, or 503 where the database has no room to keep anything. Drawn without the database: it may be broken."""
    from django.template.loader import get_template

    full = no_room(sys.exception())
    if full:
        LOG.critical("The disk of the database is full: nothing that is sent is kept.")
    page = get_template("500.html").render({"number": getattr(request, "number", ""), "full": full})
    return HttpResponse(page, status=503 if full else 500)


def _page(request: HttpRequest, status: int, **context: Any) -> HttpResponse:
    """The page of an error. It counts no notices: nobody is to wait on an error, and a flood of them costs little."""
    request.counts_notices = False  # type: ignore[attr-defined]
    return render(request, f"{status}.html", context, status=status)


def no_room(fault: BaseException | None) -> bool:
    """Whether a fault comes from a disk that is full."""
    while fault is not None and not isinstance(fault, DiskFull):
        fault = fault.__cause__ or fault.__context__
    return fault is not None
