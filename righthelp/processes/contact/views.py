"""The front door's own pages: the board, screening, who the child is, and asking agencies."""

from django.urls import path

from righthelp.engine.views.who import who
from righthelp.processes.contact.asking import ask
from righthelp.processes.contact.board import board
from righthelp.processes.contact.models import Contact
from righthelp.processes.contact.screening import screening as record

__all__ = ["record", "urlpatterns"]

urlpatterns = [
    path("contact/", board, name="contact_queue"),
    path("contact/<uuid:pk>/who/", who, {"page": Contact}, name="contact_who"),
    path("contact/<uuid:pk>/ask-agencies/", ask, name="contact_ask"),
]
