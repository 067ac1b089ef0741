"""Whom a document reached: the rules of sight of an issued document and of its ledger."""

from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, F, Func, Model, Q

from righthelp.guard.rules import Both, OutsideTheCounty, OwnAgency, Rule
from righthelp.guard.viewers import AsWorker


class Reached(Func):
    """Whether the document reached this viewer."""

    output_field = BooleanField()

    def __init__(self, viewer: AsWorker) -> None:
        super().__init__(F("pk"))
        self.viewer = viewer

    def as_sql(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        key, params = compiler.compile(self.source_expressions[0])
        viewer = self.viewer
        return f"document_reached({key}, %s, %s, %s)", [*params, viewer.agency, viewer.worker, viewer.leads]


@dataclass(frozen=True)
class IssuedTo(Rule):
    """A document's readers by its ledger: the worker it was issued to, and the leads of their agency."""

    def q(self, viewer: AsWorker, model: type[Model]) -> Q:
        return Q(Reached(viewer))

    def sql(self, model: type[Model]) -> str:
        key = f'"{model._meta.db_table}"."{model._meta.pk.column}"'
        return (
            f"document_reached({key}, (SELECT viewer_agency()), (SELECT viewer_worker()), "
            "coalesce((SELECT viewer_leads()), false))"
        )


# County staff read a document by the entry that it belongs to, and so never past a locked circle.
REACHED = Both(OutsideTheCounty(), IssuedTo())
THEIR_LINE = Both(OutsideTheCounty(), OwnAgency("agency", own="worker"))
