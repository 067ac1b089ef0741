"""Error pages: what happened in plain words, nothing about the record, and the request's number to quote."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400."""
    return render(request, "400.html", status=400)


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403. The sentence of the refusal is shown: it names no child."""
    return render(request, "403.html", {"sentence": str(exception)}, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: the same whether there is no such record or it is not for this viewer."""
    return render(request, "404.html", status=404)


def not_so(request: HttpRequest, refused: HttpResponse) -> HttpResponse:
    """405: an address that is only sent to was asked for, or the other way round."""
    answer = render(request, "405.html", status=405)
    answer.headers["Allow"] = refused.headers.get("Allow", "")
    return answer


def broken(request: HttpRequest) -> HttpResponse:
    """500. Drawn without the database: it may be what is broken."""
    from django.template.loader import get_template

    page = get_template("500.html").render({"number": getattr(request, "number", "")})
    return HttpResponse(page, status=500)
