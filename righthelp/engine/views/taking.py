"""Taking a step of a row: its form, kept as it is typed, and what is shown when somebody else was quicker."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from righthelp.engine import drafts
from righthelp.engine.asking import Asking
from righthelp.engine.process import Process
from righthelp.engine.refusals import Clash, NotAllowed, NotTaken
from righthelp.engine.sight import Relation, readable
from righthelp.engine.taking import may_take, take
from righthelp.engine.timeline import in_words, sentence
from righthelp.engine.views.asked import for_workers, open_row, row_of, step_of, viewer_of
from righthelp.engine.views.faults import put_in_place
from righthelp.engine.views.records import facts
from righthelp.guard.viewers import AsWorker
from righthelp.kernel.page import Fault, Step
from righthelp.kernel.written import write_date, write_time


@dataclass
class Version:
    """A question with what this worker wrote, and what is on record now."""

    question: str
    yours: str
    theirs: str


@for_workers
def take_page(request: HttpRequest, page: type[Process], pk: UUID, step: str) -> HttpResponse:
    """The form of a step."""
    viewer = viewer_of(request)
    declared = step_of(page, step)
    row = row_of(page, pk)
    relation = open_row(request, row, f"{page.title()}: {declared.title}")
    if not may_take(row, declared, viewer) and request.method == "GET":
        return _cannot_now(request, row, declared)
    draft = drafts.of_step(viewer, page, declared, row.pk)
    typed = request.POST if request.method == "POST" else drafts.typed(draft)
    known = _on_record(row, declared, viewer, relation)
    known |= {name: request.GET[name] for name in declared.fields if name in request.GET}
    asking = Asking(page, declared, typed, known)
    form = asking.form(declared.fields, judge=request.method == "POST" and "save" not in request.POST)
    formsets = asking.formsets(declared.fields)
    changing = any(formset.changing for formset in formsets.values())
    clash: list[Version] = []
    if request.method == "POST" and "save" in request.POST:
        _keep(request, row, declared)
        messages.success(request, "Saved. Nobody else can read it until you finish.")
        return redirect(f"{page.kind()}_record", pk=row.pk)
    if request.method == "POST" and not changing and form.is_valid():
        seen = request.POST.get("seen", "")
        try:
            row = take(row, step, by=viewer, seen=int(seen) if seen.isdecimal() else None, **asking.answers())
        except Clash as clashed:
            _keep(request, row, declared)
            row = clashed.row
            clash = _both_versions(asking, row, declared, relation, viewer)
        except NotAllowed:
            raise
        except NotTaken as refused:
            put_in_place(form, formsets, refused.faults)
        else:
            if draft := drafts.of_step(viewer, page, declared, row.pk):
                draft.delete()
            messages.success(request, f"{sentence(row, declared)}.")
            return redirect(request.POST.get("next") or reverse(f"{page.kind()}_record", args=[pk]))
    return render(
        request,
        "engine/step.html",
        {
            "page": page,
            "row": row,
            "step": declared,
            "form": form,
            "named": list(_named(form)),
            "facts": list(facts(row, viewer, relation)),
            "formsets": formsets.values(),
            "judged": [form, *formsets.values()],
            "clash": clash,
            "still_possible": may_take(row, declared, viewer),
            "back": reverse(f"{page.kind()}_record", args=[pk]),
            "autosave": reverse(f"{page.kind()}_take_draft", args=[pk, step]) if declared.fields else "",
        },
        status=409 if clash else 200,
    )


@for_workers
@require_POST
def keep_draft(request: HttpRequest, page: type[Process], pk: UUID, step: str) -> HttpResponse:
    """Keep what has been typed so far. Only the worker who typed it can read it."""
    declared = step_of(page, step)
    row = row_of(page, pk)
    _keep(request, row, declared)
    return JsonResponse({"saved_at": write_time(timezone.localtime().time())})


def _keep(request: HttpRequest, row: Process, step: Step) -> None:
    viewer = viewer_of(request)
    draft = drafts.of_step(viewer, type(row), step, row.pk) or drafts.begin(viewer, type(row), step, row.pk)
    drafts.keep(draft, request.POST, step.fields)


def _on_record(row: Process, step: Step, viewer: AsWorker, relation: Relation) -> dict[str, object]:
    """What the record holds already of what the step asks: shown to be confirmed or changed, not typed again."""
    known = set(readable(row, viewer, relation)) - row.asked_afresh
    return {name: getattr(row, name) for name in step.fields if name in known}


def _named(form: forms.BaseForm) -> Iterator[tuple[str, str]]:
    """Rows that the page before has chosen, as the child of a worry: seen before the step is taken, not hidden."""
    for bound in form.hidden_fields():
        if isinstance(bound.field, forms.ModelChoiceField) and bound.value():
            chosen = bound.field.queryset.filter(pk=bound.value()).first() if bound.field.queryset is not None else None
            born_on = getattr(chosen, "born_on", None)
            yield str(bound.label), f"{chosen or ''}{f', born {write_date(born_on)}' if born_on else ''}"


def _both_versions(asking: Asking, row: Process, step: Step, relation: Relation, viewer: AsWorker) -> list[Version]:
    known = readable(row, viewer, relation)
    versions = []
    for section in asking.sections:
        for answered in asking.answered(section):
            theirs = in_words(row, answered.name) if answered.name in known else ""
            if answered.answer != theirs:
                versions.append(Version(answered.question, answered.answer, theirs))
    return versions


def _cannot_now(request: HttpRequest, row: Process, step: Step) -> HttpResponse:
    viewer = viewer_of(request)
    if not step.by & viewer.roles:
        raise NotAllowed([Fault(f"{step.title} is not for your role.")])
    return render(request, "engine/cannot_now.html", {"row": row, "page": type(row), "step": step}, status=409)
