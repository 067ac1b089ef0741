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
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from righthelp.engine import drafts
from righthelp.engine.also_for import KEPT, AlsoFor, version
from righthelp.engine.asking import Asking
from righthelp.engine.process import Process
from righthelp.engine.refusals import Clash, NotAllowed, NotTaken
from righthelp.engine.siblings import NotTakenForAll, take_for_all, what_was_done
from righthelp.engine.sight import AskWhy, Relation, readable
from righthelp.engine.taking import may_take
from righthelp.engine.timeline import in_words
from righthelp.engine.views.asked import for_workers, open_row, row_of, step_of, viewer_of
from righthelp.engine.views.faults import put_in_place
from righthelp.engine.views.records import facts
from righthelp.guard.viewers import AsWorker
from righthelp.kernel.page import Fault, Step
from righthelp.kernel.written import write_date, write_time
from righthelp.record.models import Draft, TimelineEvent


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
    try:
        relation = open_row(request, row, f"{page.title()}: {declared.title}")
    except AskWhy:
        # Whoever ended it meanwhile ended this worker's part in it too: their words wait until they have said why.
        if request.method == "POST" and declared.by & viewer.roles:
            _keep(request, row, declared)
        raise
    if not declared.by & viewer.roles:
        raise NotAllowed([Fault(f"{declared.title} is not for your role.")])
    draft = drafts.of_step(viewer, page, declared, row.pk)
    if not may_take(row, declared, viewer) and request.method == "GET":
        return _cannot_now(request, row, declared, draft)
    typed = request.POST if request.method == "POST" else drafts.typed(draft)
    judge = request.method == "POST" and "save" not in request.POST
    known = _on_record(row, declared, viewer, relation)
    known |= {name: request.GET[name] for name in declared.fields if name in request.GET}
    asking = Asking(page, declared, typed, known, row)
    form = asking.form(declared.fields, judge=judge)
    formsets = asking.formsets(declared.fields)
    also = AlsoFor(viewer, page, declared, row=row, typed=typed, judge=judge)
    changed: frozenset[UUID] = frozenset()
    changing = any(formset.changing for formset in formsets.values())
    clash: list[Version] = []
    if request.method == "GET" and draft and _others_wrote(draft, row, declared, viewer):
        clash = [version for version in _both_versions(asking, row, declared, relation, viewer) if version.theirs]
    if request.method == "POST" and "save" in request.POST:
        _keep(request, row, declared)
        messages.success(request, "Saved. Nobody else can read it until you finish.")
        return redirect(f"{page.kind()}_record", pk=row.pk)
    if request.method == "POST" and not changing and all([form.is_valid(), also.is_valid()]):
        seen = version(request.POST.get("seen", ""))
        try:
            done = take_for_all(row, step, by=viewer, seen=seen, others=also.others(), **asking.answers())
        except Clash as clashed:
            _keep(request, row, declared)
            row = clashed.row
            clash = _both_versions(asking, row, declared, relation, viewer)
        except NotAllowed:
            raise
        except NotTaken as refused:
            if isinstance(refused, NotTakenForAll) and (changed := refused.clashed):
                _keep(request, row, declared)
            put_in_place(form, formsets, also.put_in_place(refused.faults))
        else:
            if draft := drafts.of_step(viewer, page, declared, row.pk):
                draft.delete()
            messages.success(request, what_was_done(declared, done))
            onward = request.POST.get("next", "")
            within = url_has_allowed_host_and_scheme(onward, allowed_hosts={request.get_host()})
            # With its end a partner takes part no more, and has nothing left to look at.
            there = page.objects.filter(pk=pk).exists()
            return redirect(onward if within else reverse(f"{page.kind()}_record", args=[pk]) if there else "/")
    return render(
        request,
        "engine/step.html",
        {
            "page": page,
            "row": row,
            "subject": _subject(row, viewer),
            "step": declared,
            "form": form,
            "named": list(named(form)),
            "facts": list(facts(row, viewer, relation)),
            "laid_out": list(asking.laid_out(form, formsets)),
            "also": also if also.shown else None,
            "versions": also.versions(anew=changed),
            "judged": [form, *formsets.values(), *([also.form] if also.shown else [])],
            "clash": clash,
            "still_possible": may_take(row, declared, viewer),
            "back": reverse(f"{page.kind()}_record", args=[pk]),
            "autosave": reverse(f"{page.kind()}_take_draft", args=[pk, step]) if declared.fields else "",
        },
        status=409 if (clash or changed) and request.method == "POST" else 200,
    )


def _subject(row: Process, viewer: AsWorker) -> str:
    """Of what a form is, and about whom: whoever writes in it must see whose record they write in."""
    if not viewer.works_with_children:
        return row.workspace_words
    title, heading, person = row.title(), row.heading, str(row.person or "")
    words = heading if title.casefold() in heading.casefold() else f"{title}: {heading}"
    return words if person in words else f"{words}, about {person}"


@for_workers
@require_POST
def keep_draft(request: HttpRequest, page: type[Process], pk: UUID, step: str) -> HttpResponse:
    """Keep what has been typed so far. Only the worker who typed it can read it."""
    declared = step_of(page, step)
    row = row_of(page, pk)
    if not declared.by & viewer_of(request).roles:
        raise NotAllowed([Fault(f"{declared.title} is not for your role.")])
    _keep(request, row, declared)
    return JsonResponse({"saved_at": write_time(timezone.localtime().time())})


def _keep(request: HttpRequest, row: Process, step: Step) -> None:
    viewer = viewer_of(request)
    draft = drafts.of_step(viewer, type(row), step, row.pk) or drafts.begin(viewer, type(row), step, row.pk)
    drafts.keep(draft, request.POST, (*step.fields, *(KEPT if step.siblings else ())))


def _others_wrote(draft: Draft, row: Process, step: Step, viewer: AsWorker) -> bool:
    """Whether somebody else has answered the same questions since this worker began to type."""
    seen = version("".join(draft.answers.get("seen", [])))
    if seen is None or seen >= row.version:
        return False
    # Every step is one version and one event.
    since = TimelineEvent.objects.filter(entry=row.pk).order_by("-recorded_at")[: row.version - seen]
    return any(
        event.by_id != viewer.worker and set(row.steps[event.step].fields) & set(step.fields)
        for event in since
        if event.step in row.steps
    )


def _on_record(row: Process, step: Step, viewer: AsWorker, relation: Relation) -> dict[str, object]:
    """What the record holds already of what the step asks: shown to be confirmed or changed, not typed again."""
    known = set(readable(row, viewer, relation)) - row.asked_afresh
    return {name: getattr(row, name) for name in step.fields if name in known}


def named(form: forms.BaseForm) -> Iterator[tuple[str, str]]:
    """Rows that the page before has chosen, as the child of a worry: seen before the step is taken, not hidden."""
    for bound in form.hidden_fields():
        if isinstance(bound.field, forms.ModelChoiceField) and bound.value():
            try:
                chosen = bound.field.clean(bound.value())
            except forms.ValidationError:
                chosen = None  # a link that names nobody whom this worker may see
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


def _cannot_now(request: HttpRequest, row: Process, step: Step, draft: Draft | None) -> HttpResponse:
    asking = Asking(type(row), step, drafts.typed(draft), row=row)
    written = [one for part in asking.sections for one in asking.answered(part) if one.answer] if draft else []
    written += AlsoFor(viewer_of(request), type(row), step, row=row, typed=drafts.typed(draft)).answered()
    return render(
        request,
        "engine/cannot_now.html",
        {"row": row, "page": type(row), "step": step, "draft": draft, "written": written},
        status=409,
    )
