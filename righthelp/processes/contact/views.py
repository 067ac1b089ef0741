"""The front door's own pages: the board, screening, who the child is, asking agencies; and the public form."""

from django.urls import path

from righthelp.processes.contact import telling
from righthelp.processes.contact.asking import ask
from righthelp.processes.contact.board import board
from righthelp.processes.contact.screening import screening as record

__all__ = ["record", "urlpatterns"]

urlpatterns = [
    path("tell/", telling.start, name="tell"),
    path("tell/young/", telling.start, {"step": telling.YOUNG}, name="tell_young"),
    path("tell/<int:number>/", telling.section, name="tell_section"),
    path("tell/check/", telling.check, name="tell_check"),
    path("tell/sent/", telling.sent, name="tell_sent"),
    path("tell/leave/", telling.leave, name="tell_leave"),
    path("contact/", board, name="contact_queue"),
    path("contact/<uuid:pk>/ask-agencies/", ask, name="contact_ask"),
]
