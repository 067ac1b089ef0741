"""What a transfer pack would hold of a child today, before it is sent."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone

from righthelp.engine.composing import compose
from righthelp.engine.sight import opened
from righthelp.engine.taking import may_begin
from righthelp.engine.views.asked import for_workers, viewer_of
from righthelp.guard.viewers import Refused
from righthelp.people.merging import record_now
from righthelp.people.models import Person
from righthelp.processes.transfer_pack.contents import sections
from righthelp.processes.transfer_pack.models import TransferPack
from righthelp.record.letters import blocks
from righthelp.record.models import Document


@for_workers
def transfer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The pack as it would be sent: nothing is written, and the look is logged."""
    viewer = viewer_of(request)
    if not may_begin(TransferPack.steps["send"], viewer):
        raise Refused("A transfer pack is sent by managers of the teams that work with the child.")
    person = Person.objects.filter(pk=pk).first()
    if person is None:
        raise Http404("There is no such person.")
    person = record_now(person)
    opened(viewer, "what a transfer pack would hold", person=person.pk)
    composed = compose("Transfer pack to another county", sections(person, timezone.now()))
    shown = blocks(Document(title=composed.title, words=composed.words))
    return render(request, "transfer_pack/shown.html", {"person": person, "title": composed.title, "blocks": shown})


urlpatterns = [path("child/<uuid:pk>/transfer/", transfer, name="transfer")]
