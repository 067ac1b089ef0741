"""A session stays with the browser it was given to, ends when it is idle, and needs a second factor for real data."""

import hashlib
import secrets
import time
from collections.abc import Callable

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve

from righthelp.guard import log
from righthelp.guard.models import Worker
from righthelp.guard.viewers import SIGN_IN, looking, worker_looking

Answer = Callable[[HttpRequest], HttpResponse]
COMPANION = "righthelp_browser"
MARK = "browser"
SEEN = "seen"


class KeepSessionWithItsOwner:
    """Ends a session that another browser presents, and one that has been idle.

    A session is tied, at its first use after sign-in, to a second cookie and to the kind of browser. Whoever presents
    the session without them holds a copy: they are refused, the session ends for both, and the refusal is logged.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            return self.get_response(request)
        known = request.session.get(MARK)
        companion = request.COOKIES.get(COMPANION) or secrets.token_urlsafe(32)
        if known is not None and known != _mark(request, companion):
            return self._end(request, "A copy of the session was used in another browser.", "copied")
        if time.time() - request.session.get(SEEN, time.time()) > settings.SESSION_IDLE_SECONDS:
            return self._end(request, "", "idle")
        if known is None:
            request.session[MARK] = _mark(request, companion)
        # Once a minute is often enough to know that somebody is there, and spares a write at every page.
        if time.time() - request.session.get(SEEN, 0) > 60:
            request.session[SEEN] = time.time()
        response = self.get_response(request)
        if request.COOKIES.get(COMPANION) != companion and request.user.is_authenticated:
            response.set_cookie(
                COMPANION,
                companion,
                httponly=True,
                secure=settings.SESSION_COOKIE_SECURE,
                samesite="Strict" if settings.SESSION_COOKIE_SECURE else "Lax",
            )
        return response

    def _end(self, request: HttpRequest, refusal: str, why: str) -> HttpResponse:
        if refusal:
            with looking(SIGN_IN):
                worker = Worker.objects.filter(account=request.user.pk).values_list("pk", flat=True).first()
            log.refused("a session", viewer=worker_looking(worker) if worker else SIGN_IN, reason=refusal)
        logout(request)
        return render(request, "web/session_ended.html", {"why": why}, status=403 if refusal else 200)


class RequireSecondFactor:
    """Outside the demonstration county nobody goes further than setting up a second factor without one."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.DEMONSTRATION or not request.user.is_authenticated or _is_about_signing_in(request):
            return self.get_response(request)
        if request.session.get("second_factor") != str(request.user.pk):
            if not Authenticator.objects.filter(
                user=request.user.pk, type__in=[Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
            ).exists():
                return redirect("mfa_activate_totp")
            request.session["second_factor"] = str(request.user.pk)
        return self.get_response(request)


def _mark(request: HttpRequest, companion: str) -> str:
    browser = request.headers.get("User-Agent", "")
    return hashlib.sha256(f"{companion}\n{browser}".encode()).hexdigest()


def _is_about_signing_in(request: HttpRequest) -> bool:
    try:
        name = resolve(request.path_info).url_name or ""
    except Resolver404:
        return False
    return name.startswith(("mfa_", "account_")) or name in {"health"}
