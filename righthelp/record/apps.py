"""The room's place in Django."""

from django.apps import AppConfig


class RecordConfig(AppConfig):
    """The room."""

    name = "righthelp.record"
    label = "record"
