"""Messages that did not reach somebody, for the user administrator; and in the demonstration all that were made."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from righthelp.engine.notices.sending import health, unsettled
from righthelp.engine.views.asked import for_workers, viewer_of
from righthelp.guard import log
from righthelp.guard.viewers import SEND, Refused, looking
from righthelp.record.notices import NoticeMessage

MOST = 100


@for_workers
def undelivered(request: HttpRequest) -> HttpResponse:
    """What was given up or does not go out: to whom, since when, why; and trying it again."""
    if "user administrator" not in viewer_of(request).roles:
        raise Refused("Messages that did not arrive are looked after by user administrators.")
    if request.method == "POST":
        _again(request.POST.get("again", ""))
        messages.success(request, "It is tried again within a minute.")
        return redirect("undelivered")
    log.looked("a list: messages that did not arrive")
    rows = NoticeMessage.objects.select_related("worker__agency").defer("words").order_by("-made_at")
    return render(
        request,
        "web/notices/undelivered.html",
        {
            "given_up": rows.filter(given_up_at__isnull=False)[:MOST],
            "waiting": rows.filter(unsettled(), tries__gt=0)[:MOST],
            "health": health(timezone.now()),
        },
    )


def _again(number: str) -> None:
    try:
        pk = UUID(number)
    except ValueError as wrong:
        raise Http404("There is no such message.") from wrong
    now = timezone.now()
    with looking(SEND):
        rows = NoticeMessage.objects.filter(pk=pk, sent_at__isnull=True)
        # Its day begins anew, or it would be given up at the first further try.
        if not rows.update(given_up_at=None, claimed_at=None, next_at=now, made_at=now):
            raise Http404("There is no such message.")


def shown(request: HttpRequest) -> HttpResponse:
    """The demonstration's: every message that was made, in the words in which it would have been sent."""
    if not settings.DEMONSTRATION:
        raise Http404("This is not the demonstration county.")
    with looking(SEND):
        rows: list[Any] = list(NoticeMessage.objects.select_related("worker__account").order_by("-made_at")[:MOST])
    return render(request, "web/notices/shown.html", {"messages_made": rows})
