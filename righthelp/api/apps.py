"""The room's place in Django."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """The room."""

    name = "righthelp.api"
    label = "api"
