"""The room's place in Django."""

from django.apps import AppConfig


class ReturnsConfig(AppConfig):
    """The room."""

    name = "righthelp.returns"
    label = "returns"
