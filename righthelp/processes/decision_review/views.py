"""The list of decisions to review: the week's sample is drawn when it is opened. And what was found of one's own."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone

from righthelp.engine.clockface import faces
from righthelp.engine.views.asked import for_workers, viewer_of
from righthelp.guard import log
from righthelp.guard.viewers import Refused
from righthelp.packs import pack
from righthelp.processes.decision_review.drawing import draw
from righthelp.processes.decision_review.models import REVIEWERS, DecisionReview

MOST = 100


@for_workers
def reviews(request: HttpRequest) -> HttpResponse:
    """What waits, and what was found of the reader's own decisions and of others', the latest first."""
    viewer = viewer_of(request)
    if not viewer.roles & REVIEWERS:
        raise Refused("Decisions are reviewed by managers of the front door and heads of service.")
    log.looked(f"a list: {DecisionReview.queue_title}")
    draw(timezone.now())
    rows = DecisionReview.objects.select_related("entry__person", "decided_by", "decision")
    waiting = rows.filter(state=DecisionReview.State.DRAWN).order_by("week_began_on", "pk")[:MOST]
    found = rows.filter(state=DecisionReview.State.REVIEWED).order_by("-reviewed_at")
    now = timezone.now()
    return render(
        request,
        "decision_review/reviews.html",
        {
            "waiting": [(row, list(faces(row, now)), row.decided_by_id == viewer.worker) for row in waiting],
            "mine": found.filter(decided_by=viewer.worker)[:MOST],
            "others": found.exclude(decided_by=viewer.worker)[:MOST],
            "size": pack().word("decisions_reviewed_a_week"),
        },
    )


urlpatterns = [path("decision_review/", reviews, name="decision_review_queue")]
