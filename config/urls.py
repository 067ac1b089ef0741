"""Addresses: the shell's and every process's, which the engine makes from the pages."""

from django.urls import include, path

urlpatterns = [
    path("", include("righthelp.web.urls")),
    path("", include("righthelp.engine.urls")),
]
handler400 = "righthelp.web.errors.bad_request"
handler403 = "righthelp.web.errors.refused"
handler404 = "righthelp.web.errors.not_found"
handler500 = "righthelp.web.errors.broken"
