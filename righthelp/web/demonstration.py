"""Signing in to the demonstration county as one of its named workers, with one click; nowhere else."""

from uuid import UUID

from django.conf import settings
from django.contrib.auth import login, logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

from righthelp.demo.months import still_made_from
from righthelp.demo.staff import named_workers
from righthelp.guard.models import Account, Worker
from righthelp.guard.viewers import SIGN_IN, looking


def sign_in(request: HttpRequest) -> HttpResponse:
    """The named workers, and signing in as one of them."""
    if not settings.DEMONSTRATION:
        raise Http404("This is not the demonstration county.")
    if request.method == "POST":
        account = _account(request.POST.get("worker_id", ""))
        logout(request)
        login(request, account, backend=settings.AUTHENTICATION_BACKENDS[0])
        onward = request.GET.get("next", "/")
        return redirect(onward if url_has_allowed_host_and_scheme(onward, {request.get_host()}) else "/")
    with looking(SIGN_IN):
        shown = {"demonstration_roles": named_workers(), "made_back_to": still_made_from()}
    return render(request, "web/sign_in_demonstration.html", shown)


def _account(worker: str) -> Account:
    try:
        number = UUID(worker)
    except ValueError as wrong:
        raise Http404("There is no such worker.") from wrong
    with looking(SIGN_IN):
        found = Worker.objects.filter(pk=number, account__isnull=False).select_related("account").first()
    if found is None:
        raise Http404("There is no such worker.")
    account: Account = found.account
    return account
