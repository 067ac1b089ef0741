"""The conference service's own pages."""

from django.urls import path

from righthelp.processes.child_protection_conference.board import board, next_week

urlpatterns = [
    path("child_protection_conference/", board, name="child_protection_conference_queue"),
    path("child_protection_conference/next-week/", next_week, name="conferences_next_week"),
]
