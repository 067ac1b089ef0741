"""The guard's place in Django: after each migration the database's rights are made anew from the declarations."""

from typing import Any

from django.apps import AppConfig
from django.core.management import call_command
from django.db.models.signals import post_migrate


def _install(**_: Any) -> None:
    from righthelp.guard import rowsecurity

    call_command("createcachetable", verbosity=0)
    rowsecurity.install()


class GuardConfig(AppConfig):
    """The guard."""

    name = "righthelp.guard"
    label = "guard"

    def ready(self) -> None:
        post_migrate.connect(_install, sender=self, dispatch_uid="guard")
