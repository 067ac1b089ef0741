"""The room's place in Django."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """The room."""

    name = "righthelp.people"
    label = "people"
