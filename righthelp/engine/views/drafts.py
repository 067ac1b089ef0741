"""A long form, page by page: kept as it is typed, checked before it is sent."""

from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from righthelp.engine import drafts
from righthelp.engine.asking import Asking
from righthelp.engine.process import Process, processes
from righthelp.engine.refusals import NotTaken
from righthelp.engine.taking import begin
from righthelp.engine.views.asked import for_workers, step_of, viewer_of
from righthelp.engine.views.faults import put_in_place
from righthelp.guard.viewers import Viewer
from righthelp.kernel.page import Fault, Step
from righthelp.kernel.written import write_time
from righthelp.record.models import Draft


@for_workers
def section(request: HttpRequest, pk: UUID, number: int) -> HttpResponse:
    """One page of the form."""
    draft, page, step = _draft(pk)
    asking = Asking(page, step, _typed(request, draft))
    if not 1 <= number <= len(asking.sections):
        raise Http404("There is no such page of the form.")
    part = asking.section(number)
    if request.method == "POST":
        drafts.keep(draft, request.POST, part.names)
        asking = Asking(page, step, drafts.typed(draft) if "save" in request.POST else request.POST)
    judged = request.method == "POST" or request.GET.get("mend") == "yes"
    form, formsets = asking.form(part.names, judge=judged), asking.formsets(part.names)
    if request.method == "POST":
        if "save" in request.POST:
            messages.success(request, "Saved. You can go on with it from your first page.")
            return redirect("home")
        changing = any(formset.changing for formset in formsets.values())
        whole = [form.is_valid(), *(formset.is_valid() for formset in formsets.values())]
        if changing:
            changed = next(formset.data for formset in formsets.values() if formset.changing)
            drafts.keep(draft, cast(QueryDict, changed), part.names)
        elif all(whole):
            return redirect(_after(draft, asking, number, request))
    elif judged:
        put_in_place(form, formsets, what_stops(asking, viewer_of(request)).get(number, []))
    return render(
        request,
        "engine/section.html",
        {
            "page": page,
            "step": step,
            "draft": draft,
            "section": part,
            "sections": asking.sections,
            "form": form,
            "formsets": formsets.values(),
            "judged": [form, *formsets.values()],
            "back": reverse("draft_section", args=[pk, number - 1]) if number > 1 else "/",
            "autosave": f"{reverse('draft_save', args=[pk])}?part={number}",
            **_beside(page, part.heading, drafts.typed(draft)),
        },
    )


@for_workers
def check(request: HttpRequest, pk: UUID) -> HttpResponse:
    """All answers on one page, to be checked and sent."""
    # Sent twice at once, it is sent once: the second waits for the first, and finds no draft.
    draft, page, step = _draft(pk, alone=request.method == "POST")
    asking = Asking(page, step, drafts.typed(draft))
    faults: dict[int, list[Fault]] = {}
    if request.method == "POST":
        try:
            row = begin(page, step.name, by=viewer_of(request), **asking.answers())
        except NotTaken as refused:
            faults = asking.at_their_place(refused.faults)
        else:
            draft.delete()
            return redirect(f"{page.kind()}_receipt", pk=row.pk)
    return render(
        request,
        "engine/check.html",
        {
            "page": page,
            "step": step,
            "draft": draft,
            "sections": [(part, list(asking.answered(part))) for part in asking.sections],
            "problems": [(number, fault) for number, found in sorted(faults.items()) for fault in found],
            "back": reverse("draft_section", args=[pk, len(asking.sections)]),
        },
    )


@for_workers
@require_POST
def save(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Keep what has been typed so far."""
    draft, page, step = _draft(pk)
    sent = {name.split("-")[0] for name in request.POST}
    # Of the page that is being written, what was unticked is not among what is sent, and must go too.
    on_page = [part.names for part in Asking(page, step).sections if str(part.number) == request.GET.get("part")]
    names = on_page[0] if on_page else tuple(name for name in step.fields if name in sent)
    drafts.keep(draft, request.POST, names)
    return JsonResponse({"saved_at": write_time(timezone.localtime().time())})


@for_workers
def discard(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Throw a draft away, after asking."""
    draft, page, step = _draft(pk)
    if request.method == "POST":
        draft.delete()
        messages.success(request, "The draft is gone.")
        return redirect("home")
    return render(request, "engine/discard.html", {"page": page, "step": step, "draft": draft})


def _draft(pk: UUID, *, alone: bool = False) -> tuple[Draft, type[Process], Step]:
    rows = Draft.objects.select_for_update() if alone else Draft.objects.all()
    draft = rows.filter(pk=pk).first()
    page = processes().get(draft.kind) if draft else None
    if draft is None or page is None:
        raise Http404("There is no such draft.")
    return draft, page, step_of(page, draft.step)


def _typed(request: HttpRequest, draft: Draft) -> QueryDict | None:
    return request.POST if request.method == "POST" else drafts.typed(draft)


def _after(draft: Draft, asking: Asking, number: int, request: HttpRequest) -> str:
    if number == len(asking.sections) or request.GET.get("then") == "check":
        return reverse("draft_check", args=[draft.pk])
    return reverse("draft_section", args=[draft.pk, number + 1])


def what_stops(asking: Asking, by: Viewer) -> dict[int, list[Fault]]:
    """What would stop the beginning, by the number of the page to mend: found by trying it and taking it back."""
    try:
        with transaction.atomic():
            begin(asking.page, asking.step.name, by=by, **asking.answers())
            transaction.set_rollback(True)
    except NotTaken as refused:
        return asking.at_their_place(refused.faults)
    return {}


def _beside(page: type[Process], heading: str, typed: QueryDict | None) -> dict[str, Any]:
    """What the process shows beside a page of the form, where it has something for that heading."""
    make = page.beside.get(heading)
    return make(typed) if make else {}
