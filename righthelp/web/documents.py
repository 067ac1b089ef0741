"""Reading a document on screen, as PDF/UA and as a Word file. Each reading is logged."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import slugify

from righthelp.engine.process import processes
from righthelp.engine.sight import opened
from righthelp.engine.views.asked import for_workers, viewer_of
from righthelp.guard.models import AccessLog
from righthelp.kernel.moments import local_day
from righthelp.record.letters import as_pdf, as_word, blocks
from righthelp.record.models import CaseEntry, Document

NAMES = {"pdf": "PDF", "docx": "Word"}
MAKERS = {
    "pdf": (as_pdf, "application/pdf"),
    "docx": (as_word, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
}


def _document(request: HttpRequest, pk: UUID, what: str, kind: str = AccessLog.Kind.OPENED) -> Document:
    document: Document | None = Document.objects.filter(pk=pk).first()
    if document is None:
        raise Http404("There is no such document.")
    viewer = viewer_of(request)
    entry = CaseEntry.objects.filter(pk=document.entry_id).first() if viewer.works_with_children else None
    opened(viewer, what, person=entry.person_id if entry else None, entry=document.entry_id, kind=kind)
    return document


def _belongs_to(document: Document) -> str:
    """The page of what the document came of, for those who may open it."""
    for page in processes().values():
        if page.objects.filter(pk=document.entry_id).exists():
            return reverse(f"{page.kind()}_record", args=[document.entry_id])
    return "/"


@for_workers
def document(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The words of a document, as they were issued, and who was sent it."""
    found = _document(request, pk, "a document")
    return render(
        request,
        "web/document.html",
        {
            "document": found,
            "blocks": blocks(found),
            "issues": found.issues.order_by("at"),
            "back": _belongs_to(found),
        },
    )


@for_workers
def document_file(request: HttpRequest, pk: UUID, kind: str) -> HttpResponse:
    """The same as a file."""
    if kind not in MAKERS:
        raise Http404("There is no such kind of file.")
    found = _document(request, pk, f"a document, as {NAMES[kind]}", AccessLog.Kind.PRINTED)
    make, mime = MAKERS[kind]
    # The file's name goes to desktops and mail: it says what it is, and not whom it is about.
    name = f"{slugify(found.title)}-{local_day(found.made_at):%Y-%m-%d}.{kind}"
    return HttpResponse(make(found), mime, headers={"Content-Disposition": f'attachment; filename="{name}"'})
