"""The room's place in Django."""

from django.apps import AppConfig


class EngineConfig(AppConfig):
    """The room."""

    name = "righthelp.engine"
    label = "engine"
