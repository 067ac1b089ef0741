"""Rules of who may see a row: each is one declaration that becomes both locks.

`q(viewer, model)` is the first lock (what the guarded manager adds to every query), `sql(model)` the second (the
row-level security policy). A model lists its rules in `seen_by`; a row is seen when any of them lets it be seen. A
purpose sees every row, and is the only one that writes unless the model says otherwise (`written_by`).
"""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from django.db.models import BooleanField, Exists, F, Func, Model, OuterRef, Q

from righthelp.guard.viewers import AsWorker

EVERY_ROW = Q()  # false as a condition: nothing to narrow
NO_ROW = Q(pk__in=[])


def column(model: type[Model], field: str) -> str:
    """The quoted column of a field."""
    return f'"{model._meta.get_field(field).column}"'  # type: ignore[union-attr]


class KeptFromNobodyWith(Func):
    """Whether a column names nobody whom a locked circle keeps from whoever may open these circles, or nobody at all.

    The database looks each row up: a list of them all, of whom there may be thousands, cost more than most answers.
    """

    output_field = BooleanField()

    def __init__(self, field: str, circles: Sequence[UUID]) -> None:
        super().__init__(F(field))
        self.circles = list(circles)

    def as_sql(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        held, params = compiler.compile(self.source_expressions[0])
        return f"({held} IS NULL OR NOT kept_from_holders_of(%s, {held}))", [*params, self.circles, *params]


class AnyOf(Func):
    """Whether a column holds one of these numbers: as one array, however many circles there are."""

    output_field = BooleanField()

    def __init__(self, field: str, numbers: Sequence[UUID]) -> None:
        super().__init__(F(field))
        self.numbers = list(numbers)

    def as_sql(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        held, params = compiler.compile(self.source_expressions[0])
        return f"{held} = ANY (%s)", [*params, self.numbers]


class AnsweredForBy(Func):
    """Whether somebody answers for the practice of the worker whom a column names, as their manager or above them."""

    output_field = BooleanField()

    def __init__(self, field: str, manager: UUID) -> None:
        super().__init__(F(field))
        self.manager = manager

    def as_sql(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        held, params = compiler.compile(self.source_expressions[0])
        return f"answers_for(%s, {held})", [self.manager, *params]


class OneByOne(Exists):
    """Looked up for each row that is asked for. Without the `OFFSET` the database would rather read every entry that
    there is, for a page that shows ten."""

    template = "EXISTS(%(subquery)s OFFSET 0)"


class Rule(ABC):
    """Who may see a row, said once."""

    for_public: ClassVar[bool] = False  # it speaks of whoever has not said who they are

    def public_q(self, model: type[Model]) -> Q:
        """The rows that the public may see by a rule that speaks of it, as a filter."""
        return EVERY_ROW

    @abstractmethod
    def q(self, viewer: AsWorker, model: type[Model]) -> Q:
        """The rows that this viewer may see, as a filter."""

    @abstractmethod
    def sql(self, model: type[Model]) -> str:
        """The same as a condition on the table, asking the database who is looking."""


@dataclass(frozen=True)
class Anybody(Rule):
    """Whoever asks, without signing in: what the county publishes; with `since`, once that fact of the row is there."""

    since: str = ""
    for_public: ClassVar[bool] = True

    def public_q(self, model: type[Model]) -> Q:
        return Q(**{f"{self.since}__isnull": False}) if self.since else EVERY_ROW

    def q(self, viewer: AsWorker, model: type[Model]) -> Q:
        return NO_ROW  # a worker who reads what is published reads it as the public does

    def sql(self, model: type[Model]) -> str:
        if not self.since:
            return "(SELECT viewer_is_public())"
        return f"((SELECT viewer_is_public()) AND {column(model, self.since)} IS NOT NULL)"


@dataclass(frozen=True)
class SignedIn(Rule):
    """Any signed-in worker: names of agencies and teams."""

    def q(self, viewer: AsWorker, model: type[Model]) -> Q:
        return EVERY_ROW

    def sql(self, model: type[Model]) -> str:
        return "(SELECT viewer_worker()) IS NOT NULL"


@dataclass(frozen=True)
class CountyStaff(Rule):
    """Any of the county's own staff, whatever their role."""

    def q(self, viewer: AsWorker, model: type[Model]) -> Q:
        return EVERY_ROW if viewer.is_county else NO_ROW

    def sql(self, model: type[Model]) -> str:
        return "(SELECT viewer_is_county())"


@dataclass(frozen=True)
class OutsideTheCounty(Rule):
    """Workers of other agencies: they see no entry, and the rows of a process by their agency."""

    def q(self, viewer: AsWorker, model: type[Model]) -> Q:
        return NO_ROW if viewer.is_county else EVERY_ROW

    def sql(self, model: type[Model]) -> str:
        return "((SELECT viewer_worker()) IS NOT NULL AND NOT (SELECT viewer_is_county()))"


@dataclass(frozen=True)
class InRole(Rule):
    """Holders of one of these roles."""

    roles: frozenset[str]

    def q(self, viewer: AsWorker, model: type[Model]) -> Q:
        return EVERY_ROW if viewer.roles & self.roles else NO_ROW

    def sql(self, model: type[Model]) -> str:
        listed = ", ".join(f"'{role}'" for role in sorted(self.roles))
        return f"(SELECT viewer_roles())::text[] && ARRAY[{listed}]"


_KEPT = "(SELECT viewer_kept_to())::text[]"


@dataclass(frozen=True)
class Unlocked(Rule):
    """County staff whose role works with children, unless a locked circle keeps the row from them.

    `people` are the fields that name whose row it is; `circle` the field that names a circle of the row's own. A row
    about nobody yet (its person empty) is kept only by its own circle, unless `needs_person`. `kind` is the field that
    says what kind of entry it is: a role that opens no child's record sees only the kinds that it is kept to. `worker`
    is the field that names the worker whom it concerns, where it concerns one: only those who answer for them see it.
    """

    people: tuple[str, ...] = ()
    circle: str | None = None
    needs_person: bool = False
    kind: str | None = None
    worker: str | None = None

    def q(self, viewer: AsWorker, model: type[Model]) -> Q:
        if not viewer.works_with_children:
            return NO_ROW
        allowed = Q()
        if self.kind and not viewer.opens_children:
            allowed &= Q(**{f"{self.kind}__in": sorted(viewer.kept_to)})
        if self.circle:
            allowed &= Q(**{f"{self.circle}__isnull": True}) | Q(AnyOf(self.circle, viewer.circles))
        if self.worker:
            allowed &= Q(**{f"{self.worker}__isnull": True}) | Q(AnsweredForBy(self.worker, viewer.worker))
        for person in self.people:
            allowed &= Q(KeptFromNobodyWith(person, viewer.circles))
            if self.needs_person:
                allowed &= Q(**{f"{person}__isnull": False})
        return allowed

    def sql(self, model: type[Model]) -> str:
        parts = ["(SELECT viewer_works_with_children())"]
        if self.kind:
            parts.append(f"((SELECT viewer_opens_children()) OR {column(model, self.kind)} = ANY ({_KEPT}))")
        if self.circle:
            circle = column(model, self.circle)
            parts.append(f"({circle} IS NULL OR {circle} = ANY ((SELECT viewer_circles())::uuid[]))")
        if self.worker:
            worker = column(model, self.worker)
            parts.append(f"({worker} IS NULL OR answers_for((SELECT viewer_worker()), {worker}))")
        for field in self.people:
            person = column(model, field)
            not_hidden = f"NOT kept_from_viewer({person})"
            parts.append(
                f"({person} IS NOT NULL AND {not_hidden})"
                if self.needs_person
                else f"({person} IS NULL OR {not_hidden})"
            )
        return "(" + " AND ".join(parts) + ")"


@dataclass(frozen=True)
class Through(Rule):
    """Seen when the row it hangs on is seen; with `county`, only by staff whose role works with children."""

    field: str
    county: bool = False

    def q(self, viewer: AsWorker, model: type[Model]) -> Q:
        if self.county and not viewer.works_with_children:
            return NO_ROW
        other = model._meta.get_field(self.field).related_model
        return Q(OneByOne(other._base_manager.filter(pk=OuterRef(f"{self.field}_id"))))  # type: ignore[union-attr]

    def sql(self, model: type[Model]) -> str:
        other = model._meta.get_field(self.field).related_model
        table = model._meta.db_table
        key = other._meta.pk.column  # type: ignore[union-attr]
        county = "(SELECT viewer_works_with_children()) AND " if self.county else ""
        return (
            f'{county}EXISTS (SELECT 1 FROM "{other._meta.db_table}" seen '  # type: ignore[union-attr]
            f'WHERE seen."{key}" = "{table}".{column(model, self.field)} OFFSET 0)'
        )


@dataclass(frozen=True)
class PublishedWith(Through):
    """Seen by anybody who may see the row that it hangs on, the public among them: the figures of a release."""

    for_public: ClassVar[bool] = True

    def public_q(self, model: type[Model]) -> Q:
        other = model._meta.get_field(self.field).related_model
        return Q(OneByOne(other._base_manager.filter(pk=OuterRef(f"{self.field}_id"))))  # type: ignore[union-attr]


@dataclass(frozen=True)
class Own(Rule):
    """The worker whom the row names."""

    worker: str

    def q(self, viewer: AsWorker, model: type[Model]) -> Q:
        return Q(**{self.worker: viewer.worker})

    def sql(self, model: type[Model]) -> str:
        return f"{column(model, self.worker)} = (SELECT viewer_worker())"


@dataclass(frozen=True)
class OwnAgency(Rule):
    """A worker of the agency that the row names: every one of them, or (`own`) only its leads and the named worker."""

    agency: str
    own: str | None = None

    def q(self, viewer: AsWorker, model: type[Model]) -> Q:
        theirs = Q(**{self.agency: viewer.agency})
        if self.own and not viewer.leads:
            theirs &= Q(**{self.own: viewer.worker})
        return theirs

    def sql(self, model: type[Model]) -> str:
        theirs = f"{column(model, self.agency)} = (SELECT viewer_agency())"
        if self.own:
            mine = f"{column(model, self.own)} = (SELECT viewer_worker())"
            theirs = f"{theirs} AND ((SELECT viewer_leads()) OR {mine})"
        return f"({theirs})"


@dataclass(frozen=True)
class Both(Rule):
    """Who may see a row by one rule and by another as well."""

    one: Rule
    other: Rule

    def q(self, viewer: AsWorker, model: type[Model]) -> Q:
        return self.one.q(viewer, model) & self.other.q(viewer, model)

    def sql(self, model: type[Model]) -> str:
        return f"({self.one.sql(model)} AND {self.other.sql(model)})"
