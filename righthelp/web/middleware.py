"""Each request is numbered, answered in one transaction, and answered as somebody."""

from collections.abc import Callable
from uuid import UUID

from django.core.exceptions import BadRequest, PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.http import urlencode

from righthelp.api.middleware import AT as API
from righthelp.engine.refusals import NotAllowed
from righthelp.engine.sight import AskWhy
from righthelp.guard import log
from righthelp.guard.guarded import new_id
from righthelp.guard.models import Worker
from righthelp.guard.viewers import SIGN_IN, AsWorker, Refused, answering, looking, worker_looking
from righthelp.web.errors import not_so

Answer = Callable[[HttpRequest], HttpResponse]


class RequestId:
    """Gives each request a number, which the audit, the log and an error page all bear."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        number = str(new_id())
        request.number = number  # type: ignore[attr-defined]
        with answering(number):
            response = self.get_response(request)
        response.headers["X-Request-Id"] = number
        return response


class RefusedInWords:
    """Refuses an address that holds the sign NUL: no page has one, and no column can be asked for it. Whoever asks for
    an address that is only sent to is told so, and not shown an empty page. The API refuses both in its own way.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path_info and not request.path_info.startswith(API):
            raise BadRequest("No address holds that sign.")
        answer = self.get_response(request)
        if answer.status_code == 405 and not answer.streaming and not answer.content:
            return not_so(request, answer)
        return answer


class LookAsSignedIn:
    """Answers each request in one transaction, as the worker who is signed in; logs and answers what is refused."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.viewer = viewer = _viewer(request)  # type: ignore[attr-defined]
        if viewer is None:
            return self.get_response(request)
        with looking(viewer):
            response = self.get_response(request)
            if getattr(request, "refusal", None) is not None or response.status_code >= 500:
                transaction.set_rollback(True)
        if refusal := getattr(request, "refusal", None):
            log.refused(
                f"{request.method} {request.resolver_match.view_name if request.resolver_match else 'unknown page'}",
                viewer=viewer,
                person=refusal[0],
                entry=refusal[1],
                reason=refusal[2],
            )
        add_never_cache_headers(response)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Note a refusal, so that it is logged once the refused transaction is gone."""
        if isinstance(exception, AskWhy):
            about = {"person": str(exception.person)} if exception.person else {"entry": str(exception.entry)}
            query = urlencode({"next": request.get_full_path(), **about})
            return redirect(f"{reverse('say_why')}?{query}")
        if isinstance(exception, (Refused, NotAllowed, PermissionDenied)):
            request.refusal = (  # type: ignore[attr-defined]
                getattr(exception, "person", None),
                getattr(exception, "entry", None) or _number_in(request),
                str(exception),
            )
            raise PermissionDenied(str(exception)) from exception
        if isinstance(exception, Http404) and getattr(request, "viewer", None):
            number = _number_in(request)
            if number:  # an address that names a record which is not there, or not for this viewer: the same to both
                request.refusal = (None, number, "No such record, or not for this viewer.")  # type: ignore[attr-defined]
        return None


def _viewer(request: HttpRequest) -> AsWorker | None:
    account = request.user
    if not account.is_authenticated:
        return None
    with looking(SIGN_IN):
        worker = Worker.objects.filter(account=account.pk).values_list("pk", flat=True).first()
    return worker_looking(worker) if worker else None


def _number_in(request: HttpRequest) -> UUID | None:
    found = request.resolver_match.kwargs.values() if request.resolver_match else ()
    return next((value for value in found if isinstance(value, UUID)), None)
