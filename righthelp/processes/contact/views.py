"""The front door's own pages: the board, screening, who the child is, and asking agencies."""

from django.urls import path

from righthelp.processes.contact.asking import ask
from righthelp.processes.contact.board import board
from righthelp.processes.contact.screening import screening as record
from righthelp.processes.contact.who import who

__all__ = ["record", "urlpatterns"]

urlpatterns = [
    path("contact/", board, name="contact_queue"),
    path("contact/<uuid:pk>/who/", who, name="contact_who"),
    path("contact/<uuid:pk>/ask-agencies/", ask, name="contact_ask"),
]
