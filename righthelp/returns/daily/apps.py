"""The daily return's place in Django."""

from django.apps import AppConfig


class DailyConfig(AppConfig):
    """The daily return."""

    name = "righthelp.returns.daily"
    label = "daily"
