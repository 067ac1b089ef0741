"""The public form: somebody who is not signed in tells the front door, page by page, and leaves nothing behind.

What is typed is kept for the browser that typed it, under a number in its session, and is gone once it is sent, left
or old. Every page that is handed in leads on by address, so that going back asks the service, which has nothing any
more to show. Nothing here reads a child's record: what is answered is the same whether a child is known or not.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any
from uuid import UUID

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.crypto import salted_hmac

from righthelp.engine.asking import Asking
from righthelp.engine.drafts import NOT_KEPT
from righthelp.engine.refusals import NotTaken
from righthelp.engine.taking import begin
from righthelp.engine.views.drafts import what_stops
from righthelp.engine.views.faults import put_in_place
from righthelp.guard import log
from righthelp.guard.viewers import PUBLIC_FORM, looking
from righthelp.kernel.page import Fault
from righthelp.packs import pack
from righthelp.processes.contact.models import Contact, UnsentWorry

NUMBER, REFERENCE, YOUNG = "unsent worry", "told", "tell_young"
KEPT_FOR = timedelta(hours=2)
LONGEST = 100_000  # letters in all: more than anybody has ever typed here, and less than would fill a disk
BEGUN_AN_HOUR, SENT_AN_HOUR = 40, 12  # from one address: a school, a hospital or a hostel may share one
NOT_FOR_PEOPLE = "website"  # a question that no person sees; machines fill in whatever there is

View = Callable[..., HttpResponse]


def leaves_nothing(view: View) -> View:
    """A page that no browser keeps."""

    @wraps(view)
    def kept_nowhere(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        add_never_cache_headers(response)
        return response

    return kept_nowhere


@leaves_nothing
def start(request: HttpRequest, step: str = "tell") -> HttpResponse:
    """What this is, whom to ring instead, and a button. An emergency comes first."""
    wait = False
    if request.method == "POST":
        if _may(request, "begin", BEGUN_AN_HOUR):
            _begin(request, step)
            return redirect("tell_section", number=1)
        wait = True
    template = "contact/tell/young.html" if step == YOUNG else "contact/tell/start.html"
    return render(request, template, {"wait": wait}, status=429 if wait else 200)


@leaves_nothing
def section(request: HttpRequest, number: int) -> HttpResponse:
    """One page of the form."""
    unsent = _unsent(request)
    asking = _asking(unsent) if unsent else None
    if unsent is None or asking is None or not 1 <= number <= len(asking.sections):
        return _gone(request)
    part = asking.section(number)
    here = reverse("tell_section", args=[number])
    if request.method == "POST":
        kept = _keep(unsent, request.POST, part.names)
        asking = _asking(unsent)
        if not kept:
            return redirect(f"{here}?mend=yes&long=yes")
        if not asking.form(part.names).is_valid():
            return redirect(f"{here}?mend=yes{'&then=check' if request.GET.get('then') == 'check' else ''}")
        last = number == len(asking.sections) or request.GET.get("then") == "check"
        return redirect("tell_check") if last else redirect("tell_section", number=number + 1)
    judged = request.GET.get("mend") == "yes"
    form = asking.form(part.names, judge=judged)
    if judged:
        if request.GET.get("long") == "yes":
            form.add_error(None, "This is more than the form can hold, and was not kept. Say it in fewer words.")
        with looking(PUBLIC_FORM):
            put_in_place(form, {}, what_stops(asking, PUBLIC_FORM).get(number, []))
    return render(
        request,
        "contact/tell/section.html",
        {
            "step": asking.step,
            "section": part,
            "sections": asking.sections,
            "form": form,
            "judged": form,
            "back": reverse("tell_section", args=[number - 1]) if number > 1 else _start_of(unsent),
        },
    )


@leaves_nothing
def check(request: HttpRequest) -> HttpResponse:
    """All that was typed, to be looked over and sent. Sent twice at once, it is sent once."""
    here = reverse("tell_check")
    if request.method == "POST":
        if request.POST.get(NOT_FOR_PEOPLE, ""):
            return redirect(f"{here}?machine=yes")
        if not _may(request, "send", SENT_AN_HOUR):
            return redirect(f"{here}?wait=yes")
        return redirect(_send(request))
    unsent = _unsent(request)
    if unsent is None:
        return _gone(request)
    asking = _asking(unsent)
    faults: dict[int, list[Fault]] = {}
    if request.GET.get("mend") == "yes":
        with looking(PUBLIC_FORM):
            faults = what_stops(asking, PUBLIC_FORM)
    return render(
        request,
        "contact/tell/check.html",
        {
            "step": asking.step,
            "sections": [(part, list(asking.answered(part))) for part in asking.sections],
            "problems": [(number, fault) for number, found in sorted(faults.items()) for fault in found],
            "machine": request.GET.get("machine") == "yes",
            "wait": request.GET.get("wait") == "yes",
            "not_for_people": NOT_FOR_PEOPLE,
            "back": reverse("tell_section", args=[len(asking.sections)]),
        },
    )


@leaves_nothing
def sent(request: HttpRequest) -> HttpResponse:
    """That it has arrived, its reference and what happens next. It names nobody."""
    reference, young = request.session.get(REFERENCE) or ("", False)
    if not reference:
        return _gone(request)
    return render(request, "contact/tell/sent.html", {"reference": reference, "young": young})


@leaves_nothing
def leave(request: HttpRequest) -> HttpResponse:
    """Away from here at once, to a place that anybody might be looking at; what was typed is gone."""
    with looking(PUBLIC_FORM):
        UnsentWorry.objects.filter(pk=_number(request)).delete()
    answer = redirect(pack().word("leave_for"))
    answer.headers["Referrer-Policy"] = "no-referrer"
    if request.user.is_authenticated:  # a worker who looked at the form stays signed in
        for key in (NUMBER, REFERENCE):
            request.session.pop(key, None)
        return answer
    request.session.flush()
    answer.delete_cookie(settings.CSRF_COOKIE_NAME)
    answer.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return answer


def _gone(request: HttpRequest) -> HttpResponse:
    return render(request, "contact/tell/gone.html", status=404)


def _begin(request: HttpRequest, step: str) -> None:
    """A new form for this browser; whatever was left unsent too long, by anybody, goes."""
    unsent = UnsentWorry(step=step, saved_at=timezone.now())
    with looking(PUBLIC_FORM):
        UnsentWorry.objects.filter(saved_at__lt=timezone.now() - KEPT_FOR).delete()
        UnsentWorry.objects.filter(pk=_number(request)).delete()
        UnsentWorry.objects.bulk_create([unsent])
    request.session[NUMBER] = str(unsent.pk)
    request.session.pop(REFERENCE, None)


def _number(request: HttpRequest) -> UUID | None:
    kept = request.session.get(NUMBER)
    return UUID(kept) if kept else None


def _unsent(request: HttpRequest, *, alone: bool = False) -> UnsentWorry | None:
    """What this browser has typed and not sent. `alone`: nobody else sends it meanwhile."""
    number = _number(request)
    if number is None:
        return None
    with looking(PUBLIC_FORM):
        rows = UnsentWorry.objects.select_for_update() if alone else UnsentWorry.objects.all()
        found: UnsentWorry | None = rows.filter(pk=number, saved_at__gte=timezone.now() - KEPT_FOR).first()
    return found


def _keep(unsent: UnsentWorry, data: QueryDict, names: tuple[str, ...]) -> bool:
    """Keep what was typed on one page; False when it is more than can be kept."""
    answers = {
        name: values
        for name, values in unsent.answers.items()
        if not any(name == one or name.startswith(f"{one}_") for one in names)
    }
    for name in data:
        if name not in NOT_KEPT and any(name == one or name.startswith(f"{one}_") for one in names):
            answers[name] = [value.replace("\x00", "") for value in data.getlist(name)]
    if sum(len(value) for values in answers.values() for value in values) > LONGEST:
        return False
    unsent.answers, unsent.saved_at = answers, timezone.now()
    with looking(PUBLIC_FORM):
        UnsentWorry.objects.filter(pk=unsent.pk).update(answers=answers, saved_at=unsent.saved_at)
    return True


def _asking(unsent: UnsentWorry) -> Asking:
    typed = QueryDict(mutable=True)
    for name, values in unsent.answers.items():
        typed.setlist(name, values)
    return Asking(Contact, Contact.steps[unsent.step], typed)


def _send(request: HttpRequest) -> str:
    """Write it down as a worry, and where to go then."""
    with looking(PUBLIC_FORM):
        unsent = _unsent(request, alone=True)
        if unsent is None:
            return reverse("tell_sent")  # sent already by the press before, or gone: that page says which
        try:
            worry = begin(Contact, unsent.step, by=PUBLIC_FORM, **_asking(unsent).answers())
        except NotTaken:
            return f"{reverse('tell_check')}?mend=yes"
        log.job(PUBLIC_FORM, "a worry was taken down from the public form")
        unsent.delete()
    request.session.pop(NUMBER, None)
    request.session[REFERENCE] = (worry.reference, unsent.step == YOUNG)
    return reverse("tell_sent")


def _start_of(unsent: UnsentWorry) -> str:
    return reverse("tell_young" if unsent.step == YOUNG else "tell")


def _may(request: HttpRequest, what: str, most: int) -> bool:
    """Whether this address may do it once more in this hour. The address itself is kept nowhere."""
    address = get_adapter().get_client_ip(request)
    key = f"tell:{what}:{int(time.time() // 3600)}:{salted_hmac('tell', address).hexdigest()}"
    done = cache.get(key, 0)
    cache.set(key, done + 1, timeout=3600)
    return bool(done < most)
