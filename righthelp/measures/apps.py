"""The measures' place in Django: the analysts' views are dropped before a migration and made anew after it."""

from typing import Any

from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate, pre_migrate


def _drop(**_: Any) -> None:
    from righthelp.measures import analysis

    analysis.drop()


def _install(**_: Any) -> None:
    from righthelp.measures import analysis

    analysis.install()


class MeasuresConfig(AppConfig):
    """The measures."""

    name = "righthelp.measures"
    label = "measures"

    def ready(self) -> None:
        from righthelp.engine.generated import MAKERS
        from righthelp.measures.documents import documents
        from righthelp.measures.papers import document
        from righthelp.measures.publishing.counting import Releases
        from righthelp.processes.statistics_release.counting import count_with

        MAKERS += [documents, document.documents]
        count_with(Releases())
        guard = apps.get_app_config("guard")  # the signals are sent for rooms with tables of their own
        # A column cannot be changed while a view reads it.
        pre_migrate.connect(_drop, sender=guard, dispatch_uid="measures")
        post_migrate.connect(_install, sender=guard, dispatch_uid="measures")
