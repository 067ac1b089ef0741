"""Beginning a process: one short form, or a long one kept as a draft page by page."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from righthelp.engine import drafts
from righthelp.engine.also_for import AlsoFor
from righthelp.engine.asking import Asking
from righthelp.engine.process import Process
from righthelp.engine.refusals import NotAllowed, NotTaken
from righthelp.engine.siblings import begin_for_all, what_was_done
from righthelp.engine.sight import opened
from righthelp.engine.taking import begin, may_begin
from righthelp.engine.views.asked import for_workers, step_of, viewer_of
from righthelp.engine.views.faults import put_in_place
from righthelp.engine.views.taking import named
from righthelp.guard import log
from righthelp.kernel.page import Fault, Step
from righthelp.people.merging import record_now
from righthelp.people.models import Person


@for_workers
def begin_page(request: HttpRequest, page: type[Process], step: str) -> HttpResponse:
    """The form of a step that begins a process."""
    viewer = viewer_of(request)
    declared = step_of(page, step)
    if not declared.begins:
        raise Http404(f"{declared.title} does not begin anything.")
    if not may_begin(declared, viewer):
        raise NotAllowed([Fault(f"{declared.title} is not for your role.")])
    if page.begun_in_pages(declared):
        return _long_form(request, page, declared)
    person = _person(request)
    known = {name: request.GET[name] for name in declared.fields if name in request.GET}
    asking = Asking(page, declared, request.POST if request.method == "POST" else None, known)
    form = asking.form(declared.fields)
    formsets = asking.formsets(declared.fields)
    also = AlsoFor(viewer, page, declared, person=person, typed=asking.typed, judge=request.method == "POST")
    changing = any(formset.changing for formset in formsets.values())
    if request.method == "POST" and not changing and all([form.is_valid(), also.is_valid()]):
        try:
            if person and (others := also.others()):
                begun = begin_for_all(page, step, by=viewer, person=person, others=others, **asking.answers())
            else:
                begun = [begin(page, step, by=viewer, person=person, **asking.answers())]
        except NotTaken as refused:
            if page.attempts_logged:
                asked = [one.answer for part in asking.sections for one in asking.answered(part)]
                log.refused(f"{page.title()}: {declared.title}", reason=f"{refused} Asked: {'; '.join(asked)}")
            put_in_place(form, formsets, also.put_in_place(refused.faults))
        else:
            messages.success(request, what_was_done(declared, begun))
            return redirect(_afterwards(begun[0], person))
    return render(
        request,
        "engine/step.html",
        {
            "page": page,
            "step": declared,
            "form": form,
            "named": list(named(form)),
            "laid_out": list(asking.laid_out(form, formsets)),
            "also": also if also.shown else None,
            "judged": [form, *formsets.values(), *([also.form] if also.shown else [])],
            "person": person,
            "back": reverse("child", args=[person.pk]) if person else _before(page, step, form),
        },
    )


def _long_form(request: HttpRequest, page: type[Process], step: Step) -> HttpResponse:
    """A long form begins when somebody presses the button; an address that is only looked at writes nothing."""
    viewer = viewer_of(request)
    if request.method != "POST":
        begun = drafts.unfinished(viewer, page, step)
        return render(request, "engine/begin.html", {"page": page, "step": step, "drafts": begun})
    draft = drafts.untouched(viewer, page, step) or drafts.begin(viewer, page, step)
    return redirect("draft_section", pk=draft.pk, number=1)


def _person(request: HttpRequest) -> Person | None:
    """The child from whose page the step was chosen."""
    number = request.GET.get("person")
    if not number:
        return None
    try:
        person = Person.objects.filter(pk=UUID(number)).first()
    except ValueError:
        person = None
    if person is None:
        raise Http404("There is no such person.")
    person = record_now(person)
    opened(viewer_of(request), "a form about a child", person=person.pk)
    return person


def _before(page: type[Process], step: str, form: BaseForm) -> str:
    """Where somebody came from who is not on a child's page: the row from which it is begun, or the start."""
    if field := page.begins_from.get(step):
        try:
            row = form.fields[field].clean(form[field].value())
        except ValidationError:
            return "/"  # a link that names no row that this worker may see
        return reverse(f"{row.kind()}_record", args=[row.pk])
    return "/"


def _afterwards(row: Process, person: Person | None) -> str:
    if person:
        return reverse("child", args=[person.pk])
    return reverse(f"{row.kind()}_record", args=[row.pk])
