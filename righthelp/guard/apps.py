"""The guard's place in Django: what is done before and after the tables are brought up to the models.

Our migrations are each done at once; after them the database's rights are made anew from the declarations.
"""

from typing import Any

from django.apps import AppConfig
from django.core.management import call_command
from django.db.models.signals import post_migrate, pre_migrate


def _at_once(*, plan: Any, **_: Any) -> None:
    from righthelp.guard.at_once import do_at_once

    do_at_once(plan)


def _install(**_: Any) -> None:
    from righthelp.guard import rowsecurity

    call_command("createcachetable", verbosity=0)
    rowsecurity.install()


class GuardConfig(AppConfig):
    """The guard."""

    name = "righthelp.guard"
    label = "guard"

    def ready(self) -> None:
        pre_migrate.connect(_at_once, sender=self, dispatch_uid="guard")
        post_migrate.connect(_install, sender=self, dispatch_uid="guard")
