"""What every page of the engine asks of a request: who is looking, which step, which row."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse

from righthelp.engine.process import Process
from righthelp.engine.sight import Relation, opened, opened_about_nobody
from righthelp.guard.models import AccessLog
from righthelp.guard.viewers import AsWorker
from righthelp.kernel.page import Step

View = Callable[..., HttpResponse]


def for_workers(view: View) -> View:
    """A page for somebody who is signed in and holds a role. The view is given them as `request.viewer`."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if getattr(request, "viewer", None) is None:
            raise PermissionDenied("You are signed in and hold no role. Ask a user administrator for one.")
        return view(request, *args, **kwargs)

    return guarded


def viewer_of(request: HttpRequest) -> AsWorker:
    """Who is looking."""
    viewer = request.viewer  # type: ignore[attr-defined]
    assert isinstance(viewer, AsWorker)
    return viewer


def step_of(page: type[Process], name: str) -> Step:
    """A step by its name. Raises `Http404`."""
    if name not in page.steps:
        raise Http404(f"{page.title()} has no step {name}.")
    return page.steps[name]


def row_of(page: type[Process], pk: UUID) -> Process:
    """A row that the viewer may see. Raises `Http404`, whether it is not there or not theirs to see."""
    row = page.objects.filter(pk=pk).first()
    if row is None:
        raise Http404("There is no such record.")
    return row  # type: ignore[no-any-return]


def open_row(request: HttpRequest, row: Process, what: str, kind: str = AccessLog.Kind.OPENED) -> Relation:
    """Log that a row is opened, or taken away as a file, with the relation by which it is. Raises `AskWhy`."""
    viewer = viewer_of(request)
    if row.about_nobody:
        return opened_about_nobody(viewer, what, row)
    person = row.entry.person_id if viewer.works_with_children else None
    return opened(viewer, what, person=person, entry=row.pk, kind=kind)
