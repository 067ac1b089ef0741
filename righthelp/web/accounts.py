"""Who may have an account: nobody signs up; an administrator adds a worker, who then signs in."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest
from django.shortcuts import render

from righthelp.guard.models import Account


class ClosedSignUp(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by an administrator, for a worker."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


class KnownWorkersOnly(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Somebody whom the identity provider knows gets in only as a worker whom we know, by their e-mail address."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        if sociallogin.is_existing:
            return
        verified = [address.email for address in sociallogin.email_addresses if address.verified]
        account = Account.objects.filter(email__in=[email.lower() for email in verified], is_active=True).first()
        if account is None:
            raise ImmediateHttpResponse(render(request, "account/signup_closed.html", status=403))
        sociallogin.connect(request, account)
