"""Signing in to the demonstration county as one of its named workers, with one click; nowhere else."""

from uuid import UUID

from django.conf import settings
from django.contrib.auth import login, logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

from righthelp.guard.models import Account, Worker
from righthelp.guard.roles import ROLES
from righthelp.guard.viewers import SIGN_IN, looking
from righthelp.packs import pack


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
    return render(request, "web/sign_in_demonstration.html", {"demonstration_roles": named_workers()})


def named_workers() -> list[dict[str, str]]:
    """The workers of the demonstration county who have an account: who they are and what they do."""
    titles = pack().roles()
    kinds = pack().codes("agency_kind")
    with looking(SIGN_IN):
        workers = list(
            Worker.objects.filter(account__isnull=False).select_related("agency").prefetch_related("appointments")
        )
        order = list(ROLES)
        held = {worker.pk: [a.role for a in worker.appointments.all() if a.until is None] for worker in workers}
    workers = [worker for worker in workers if held[worker.pk]]
    workers.sort(
        key=lambda worker: (
            worker.agency.kind == "county",
            worker.agency.kind,
            order.index(held[worker.pk][0]),
        )
    )
    return [
        {
            "worker_id": str(worker.pk),
            "name": worker.name,
            "role": ", ".join(titles[role].title for role in held[worker.pk]),
            "agency": worker.agency.name,
            "agency_kind": kinds[worker.agency.kind].label,
            "does": titles[held[worker.pk][0]].does,
        }
        for worker in workers
    ]


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
