"""The room's place in Django."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """The room."""

    name = "righthelp.demo"
    label = "demo"
