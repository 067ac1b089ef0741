"""The door by which a system comes in: who it is, how often it asks, and how it is answered, whatever happens."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.signals import got_request_exception
from django.db import IntegrityError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.log import log_response
from django.views.decorators.csrf import csrf_exempt
from psycopg import errors

from righthelp.api.keys import NoKey, bearer_of
from righthelp.api.limits import spent, too_often
from righthelp.api.models import SentOnce
from righthelp.api.problems import TITLES, Problem, json_answer, pointed, to_be_mended
from righthelp.api.reading import body_of, digest_of
from righthelp.engine.process import Process, processes
from righthelp.engine.refusals import NotAllowed, NotTaken
from righthelp.guard import log
from righthelp.guard.turns import wait_for_turn
from righthelp.guard.viewers import STEP, AsWorker, Refused, looking

View = Callable[..., HttpResponse]
SENT_AS = re.compile(r"[!-~]{8,100}")
KILOBYTE = 1024
AT_ONCE = (errors.LockNotAvailable, errors.UniqueViolation, errors.DeadlockDetected)
SOON = {"Retry-After": "5"}
logger = logging.getLogger("django.request")


def answers(*methods: str) -> Callable[[View], View]:
    """An address of the API: whatever happens, it is answered in JSON, without a cookie and without a session."""

    def declare(view: View) -> View:
        @csrf_exempt  # a key is never sent by a browser of its own accord
        @wraps(view)
        def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            try:
                if request.method not in methods:
                    allowed = {"Allow": ", ".join(methods)}
                    raise Problem(405, f"Here only {' and '.join(methods)} can be done.", headers=allowed)
                answer = view(request, *args, **kwargs)
            except Problem as problem:
                answer = problem.answer()
            except Exception as fault:
                answer = _broken(request, fault)
            add_never_cache_headers(answer)
            return answer

        return answered

    return declare


def by_key(*methods: str) -> Callable[[View], View]:
    """An address for systems that hold a key. The view is given who looks, and looks as they do."""

    def declare(view: View) -> View:
        @answers(*methods)
        @wraps(view)
        def keyed(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            viewer = _who(request)
            try:
                with looking(viewer):
                    return view(request, viewer, *args, **kwargs)
            except (Refused, NotAllowed) as refused:
                _log_refusal(request, viewer, str(refused))
                raise Problem(403, str(refused)) from None
            except NotTaken as refused:
                raise to_be_mended(pointed(refused.faults)) from None
            except Http404 as missing:
                _log_refusal(request, viewer, str(missing))
                raise Problem(404, str(missing)) from None
            except (IntegrityError, OperationalError) as fault:
                if isinstance(fault.__cause__, AT_ONCE):
                    raise Problem(503, "Others send the same just now. Send it again.", headers=SOON) from fault
                raise

        return keyed

    return declare


def _who(request: HttpRequest) -> AsWorker:
    address = get_adapter().get_client_ip(request)
    if wait := spent("wrong", address, settings.API_WRONG_KEYS_A_MINUTE):
        raise _wait(wait)
    scheme, _, key = request.headers.get("Authorization", "").partition(" ")
    try:
        if scheme.casefold() != "bearer":
            raise NoKey
        found, viewer = bearer_of(key.strip())
    except NoKey:
        too_often("wrong", address, settings.API_WRONG_KEYS_A_MINUTE)
        raise Problem(
            401,
            "Send the key of your system: Authorization: Bearer KEY. One that has ended or is not known opens nothing.",
            headers={"WWW-Authenticate": "Bearer"},
        ) from None
    if wait := too_often("key", str(found.worker_id), settings.API_A_MINUTE):
        raise _wait(wait)
    if viewer is None:
        raise Problem(403, "Your system holds no role any more. Ask the county's user administrator.")
    return viewer


def _wait(seconds: int) -> Problem:
    return Problem(429, f"Ask again in {seconds} seconds.", headers={"Retry-After": str(seconds)})


def _log_refusal(request: HttpRequest, viewer: AsWorker, why: str) -> None:
    name = request.resolver_match.view_name if request.resolver_match else "unknown"
    log.refused(f"{request.method} {name}", viewer=viewer, reason=why)


def _broken(request: HttpRequest, fault: Exception) -> HttpResponse:
    got_request_exception.send(sender=None, request=request)
    answer = Problem(500, "Nothing was kept. Send it again, and quote the number if it happens again.").answer()
    log_response("%s: %s", TITLES[500], request.path, response=answer, request=request, exception=fault)
    return answer


@dataclass(frozen=True)
class Sent:
    """What was answered to something that was sent, now or when it was sent before."""

    status: int
    answer: dict[str, Any]
    before: bool

    def response(self, **headers: str) -> HttpResponse:
        """As it is answered."""
        if self.before:
            headers["Idempotent-Replayed"] = "true"
        return json_answer(self.answer, status=self.status, headers=headers)


def sent_once(
    request: HttpRequest,
    viewer: AsWorker,
    what: str,
    most: int,
    send: Callable[[Any], tuple[int, dict[str, Any]]],
) -> Sent:
    """Do what was sent, once: the same sent again under the same number is answered as before, and nothing is done.

    `send` is given what was sent and gives the status and the answer. What it writes and the note that it was sent are
    one transaction; of two at once the second waits for the first. What is refused is not noted.
    """
    number = request.headers.get("Idempotency-Key", "")
    if not SENT_AS.fullmatch(number):
        raise Problem(
            400,
            "Send a number of your own with each thing that you send, 8 to 100 letters and figures, and the same one "
            "when you send it again: Idempotency-Key: NUMBER.",
        )
    body = body_of(request, most)
    digest = digest_of(body)
    wait_for_turn(f"{viewer.worker} {what} {number}")
    with looking(STEP, on_behalf_of=viewer):
        before = SentOnce.objects.filter(worker=viewer.worker, what=what, sent_as=number).first()
    if before is not None:
        if before.body != digest:
            raise Problem(
                409, "Something else was sent under this Idempotency-Key. Nothing was kept: send it under another."
            )
        return Sent(before.status, before.answer, before=True)
    status, answer = send(body)
    note = SentOnce(
        worker_id=viewer.worker,
        what=what,
        sent_as=number,
        body=digest,
        answered_at=timezone.now(),
        status=status,
        answer=answer,
    )
    with looking(STEP, on_behalf_of=viewer):
        SentOnce.objects.bulk_create([note])
    return Sent(status, answer, before=False)


def page_of(kind: str) -> type[Process]:
    """A process of which the API speaks. Raises `Http404` where the county does not use it."""
    page = processes().get(kind)
    if page is None:
        raise Http404("This county does not take these here.")
    return page
