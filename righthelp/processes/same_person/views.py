"""Pages of duplicate records: which there may be, saying so, deciding each difference, and separating again."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import path, reverse

from righthelp.engine import drafts
from righthelp.engine.answers import form_fields
from righthelp.engine.refusals import NotAllowed, NotTaken
from righthelp.engine.rendering.fields import ChoiceField
from righthelp.engine.rendering.reveals import Reveals
from righthelp.engine.searching import SearchForm
from righthelp.engine.sight import opened
from righthelp.engine.taking import may_begin, may_take, take
from righthelp.engine.timeline import sentence
from righthelp.engine.views.asked import for_workers, open_row, row_of, viewer_of
from righthelp.engine.views.begin import begin_page
from righthelp.engine.views.faults import put_in_place
from righthelp.engine.views.records import ON_A_PAGE, context_of
from righthelp.engine.views.taking import take_page
from righthelp.guard import log
from righthelp.guard.models import AccessLog
from righthelp.kernel.page import Fault
from righthelp.people.differences import side_by_side
from righthelp.people.matching import as_told, matches
from righthelp.people.merging import fingerprint, record_now
from righthelp.people.models import Person
from righthelp.people.unmerging import key_of
from righthelp.processes.same_person.doing import to_be_said
from righthelp.processes.same_person.models import DECIDERS, SamePerson, SamePersonAssigned
from righthelp.processes.same_person.possible import Pairs, waiting
from righthelp.processes.same_person.written import in_words

MOST = 8
HEADS = ["", "This record", "The other record"]
WHICH = ("the record that stayed", "the record that went")


@for_workers
def queue(request: HttpRequest) -> HttpResponse:
    """What waits to be decided, and the pairs of records that are alike and of which nobody has said anything."""
    if not viewer_of(request).roles & DECIDERS:
        raise PermissionDenied(f"{SamePerson.titles()} are not part of your role.")
    log.looked("a list: records that may be of one person")
    pairs: Any = Paginator(Pairs(), ON_A_PAGE).get_page(request.GET.get("page"))  # type: ignore[arg-type]
    return render(request, "same_person/queue.html", {"waiting": waiting(), "pairs": pairs})


@for_workers
def propose(request: HttpRequest) -> HttpResponse:
    """Whose record else it may be: who is alike, or is searched for; then why."""
    if "other" in request.GET:
        return begin_page(request, SamePerson, "propose")
    viewer = viewer_of(request)
    if not may_begin(SamePerson.steps["propose"], viewer):
        raise NotAllowed([Fault(f"{SamePerson.steps['propose'].title} is not for your role.")])
    person = _person(request)
    opened(viewer, "records like a child's", person=person.pk)
    form = SearchForm(request.GET if set(request.GET) - {"person"} else None)
    told = as_told(person)
    if form.is_bound and form.is_valid():
        told = form.told()
        log.looked(f"Searched for {form.asked()}", kind=AccessLog.Kind.SEARCHED)
    found = [match for match in matches(told, most=MOST + 1) if match.person != person]
    return render(
        request,
        "same_person/propose.html",
        {"person": person, "form": form, "typed": form.is_bound, "found": found[:MOST]},
    )


def _person(request: HttpRequest) -> Person:
    try:
        person = Person.objects.filter(pk=UUID(request.GET.get("person", ""))).first()
    except ValueError:
        person = None
    if person is None:
        raise Http404("There is no such person.")
    return record_now(person)


def record(request: HttpRequest, row: SamePerson, relation: Any) -> HttpResponse:
    """Both records side by side, and what was decided of them."""
    context = context_of(row, viewer_of(request), relation)
    context["facts"] = [fact for fact in context["facts"] if fact.name != "shown"]
    context |= {"parts": [], "decisions": row.decisions.order_by("number") if relation else []}
    if row.state == row.State.PROPOSED and relation:
        log.looked("a record beside another", person=row.other_id, entry=row.pk, relation=relation.name)
        context |= {"lines": side_by_side(row.stays, row.other), "heads": HEADS}
    return render(request, "same_person/record.html", context)


@for_workers
def merge(request: HttpRequest, page: type[SamePerson], pk: UUID) -> HttpResponse:
    """Every difference, to be decided one by one."""
    row = _row(request, page, pk, "merge")
    if row is None:
        return take_page(request, page, pk, "merge")
    log.looked("a record beside another", person=row.other_id, entry=row.pk)
    lines = side_by_side(row.stays, row.other)
    fields: dict[str, forms.Field] = {
        line.slot: ChoiceField(
            label=f"{line.label}: which is right?",
            choices=line.choices,
            hints=line.hints,
            coerce=str,
            error_messages={"required": f"Decide which is right: {line.label}"},
        )
        for line in lines
        if line.differs
    }
    asking = _Asking(request, row, "merge", fields, ("merged_because",))
    decisions = [{"slot": slot, "keeps": keeps} for slot, keeps in asking.answers(fields).items()]
    if answer := asking.handed_in(decisions=decisions, shown=request.POST.get("shown", "")):
        return answer
    return asking.page(
        "same_person/merge.html",
        lines=[line for line in lines if not line.differs],
        heads=HEADS,
        shown=fingerprint(row.stays, row.other),
    )


@for_workers
def separate(request: HttpRequest, page: type[SamePerson], pk: UUID) -> HttpResponse:
    """Everything that was written since the merging, to be said whose it is."""
    row = _row(request, page, pk, "separate")
    if row is None:
        return take_page(request, page, pk, "separate")
    one, other = row.stays, row.other
    belongs = SamePersonAssigned._meta.get_field("belongs").choices
    choices = [(code, str(called)) for (code, _), called in zip(belongs, (one, other), strict=True)]  # type: ignore[arg-type]
    if str(one) == str(other):
        choices = [(code, f"{called} ({which})") for (code, called), which in zip(choices, WHICH, strict=True)]
    fields: dict[str, forms.Field] = {
        key_of(written, name): ChoiceField(
            label=in_words(written),
            choices=choices,
            coerce=str,
            error_messages={"required": f"Say whose this is: {in_words(written)}"},
        )
        for written, name in to_be_said(row)
    }
    asking = _Asking(request, row, "separate", fields, ("separated_because",))
    assigned = [{"key": key, "belongs": whose} for key, whose in asking.answers(fields).items()]
    return asking.handed_in(assigned=assigned) or asking.page("same_person/separate.html", asked=len(fields))


def _row(request: HttpRequest, page: type[SamePerson], pk: UUID, step: str) -> SamePerson | None:
    """The row, opened, if the step can be taken now by whoever asks."""
    row = row_of(page, pk)
    assert isinstance(row, SamePerson)
    open_row(request, row, f"{page.title()}: {page.steps[step].title}")
    return row if may_take(row, page.steps[step], viewer_of(request)) else None


class _Asking:
    """The form of a step whose questions depend on what the records say, kept as it is typed."""

    def __init__(
        self, request: HttpRequest, row: SamePerson, step: str, fields: dict[str, forms.Field], own: tuple[str, ...]
    ) -> None:
        self.request, self.row, self.step, self.own = request, row, type(row).steps[step], own
        self.viewer = viewer_of(request)
        known = form_fields(type(row), self.step)
        made: Any = type("DecisionsForm", (Reveals, forms.Form), {**fields, **{name: known[name] for name in own}})
        self.draft = drafts.of_step(self.viewer, type(row), self.step, row.pk)
        typed = drafts.typed(self.draft) or QueryDict()
        self.posted = request.method == "POST" and "save" not in request.POST
        self.form = made(request.POST) if self.posted else made(initial=typed.dict())

    def answers(self, fields: dict[str, forms.Field]) -> dict[str, str]:
        """What was answered of these questions."""
        return {name: self.request.POST.get(name, "") for name in fields} if self.posted else {}

    def handed_in(self, **answers: Any) -> HttpResponse | None:
        """Take the step, or keep what was typed; nothing when the form is to be shown."""
        request, row = self.request, self.row
        here = reverse(f"{row.kind()}_record", args=[row.pk])
        if request.method == "POST" and not self.posted:
            draft = self.draft or drafts.begin(self.viewer, type(row), self.step, row.pk)
            drafts.keep(draft, request.POST)
            messages.success(request, "Saved. Nobody else can read it until you finish.")
            return redirect(here)
        if not self.posted or not self.form.is_valid():
            return None
        own: dict[str, Any] = {name: request.POST.get(name, "") for name in self.own}
        try:
            taken = take(row, self.step.name, by=self.viewer, **answers, **own)
        except NotAllowed:
            raise
        except NotTaken as refused:
            put_in_place(self.form, {}, refused.faults)
            return None
        if kept := drafts.of_step(self.viewer, type(row), self.step, row.pk):
            kept.delete()
        messages.success(request, f"{sentence(taken, self.step)}.")
        return redirect(here)

    def page(self, template: str, **more: Any) -> HttpResponse:
        row = self.row
        return render(
            self.request,
            template,
            {
                "page": type(row),
                "row": row,
                "step": self.step,
                "one": row.stays,
                "form": self.form,
                "back": reverse(f"{row.kind()}_record", args=[row.pk]),
                "autosave": reverse(f"{row.kind()}_take_draft", args=[row.pk, self.step.name]),
                **more,
            },
        )


_OF = {"page": SamePerson}
urlpatterns = [
    path("same_person/", queue, name="same_person_queue"),
    path("same_person/new/propose/", propose, name="same_person_begin"),
    path("same_person/<uuid:pk>/merge/", merge, _OF, name="same_person_take"),
    path("same_person/<uuid:pk>/separate/", separate, _OF, name="same_person_take"),
]
__all__ = ["record", "urlpatterns"]
