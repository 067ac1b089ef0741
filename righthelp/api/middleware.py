"""A partner's system is known by its key alone."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

AT = "/api/v1/"


class WithoutCookies:
    """Takes cookies away from whoever asks the API: who is signed in in the same browser is not who asks."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith(AT):
            request.META.pop("HTTP_COOKIE", None)
            request.__dict__.pop("COOKIES", None)
        return self.get_response(request)
