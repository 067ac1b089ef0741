"""What the demonstration county is to look like: volumes and shares, each with where it comes from.

A figure is `stated` (a paper of the county says it; `from` names the measure or the paper), `assumed` (no
paper does; `says` gives the reason) or `invented` (the county itself is). Nothing here is evidence about a
real county.
"""

from calendar import month_name
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from righthelp.packs.codes import CodeSet
from righthelp.packs.reading import Folder, Table, near

BASES = ("stated", "assumed", "invented")
MONTHS = {"year": 12, "month": 1}
GROUPS = {  # what makes the demonstration, and whether its shares must come to one
    "population": False,
    "volumes": False,
    "seasons": False,
    "early_help_by_month": False,
    "early_help_growth": False,
    "early_help_in_time": False,
    "outcomes": False,
    "timeliness": False,
    "protection": False,
    "early_help": False,
    "record": False,
    "early_help_outcomes": True,
    "early_help_leads": True,
    "assessment_outcomes": True,
    "plan_ends_at_review": True,
    "plan_end_reasons": True,
    "sources": True,
    "urgency": True,
    "consent": True,
    "ethnicity": True,
    "places": True,
}
NAMES_OF_MONTHS = [name.lower() for name in month_name[1:]]
_BY_MONTH = ("seasons", "early_help_by_month", "early_help_growth", "early_help_in_time")
_SETS = {
    "sources": "referral_source",
    "urgency": "urgency",
    "consent": "consent",
    "ethnicity": "ethnicity",
    "plan_end_reasons": "protection_plan_end_reason",
}
_SAID = ("per", "basis", "from", "says")
_NEARLY = 0.0005


@dataclass(frozen=True)
class Figure:
    """A number, what it is counted over (`year`, `month`, or nothing for a share), and its basis."""

    value: float
    per: str
    basis: str
    source: str
    says: str

    @property
    def monthly(self) -> float:
        """A volume, counted over a month."""
        return _yearly(self) / 12


@dataclass(frozen=True)
class Demonstration(Mapping[str, Mapping[str, Figure]]):
    """The figures by group and name."""

    groups: Mapping[str, Mapping[str, Figure]]

    def __getitem__(self, group: str) -> Mapping[str, Figure]:
        return self.groups[group]

    def __iter__(self):  # type: ignore[no-untyped-def]
        return iter(self.groups)

    def __len__(self) -> int:
        return len(self.groups)

    def value(self, group: str, name: str) -> float:
        """One number."""
        return self.groups[group][name].value

    def shares(self, group: str) -> dict[str, float]:
        """A group as shares that come to one: of volumes, each one's part of them all."""
        yearly = {name: _yearly(figure) for name, figure in self.groups[group].items()}
        return {name: amount / sum(yearly.values()) for name, amount in yearly.items()}

    def over(self, group: str, months: float) -> dict[str, int]:
        """How many of each a group of volumes makes in so many months, to the nearest whole one."""
        return {name: round(_yearly(figure) * months / 12) for name, figure in self.groups[group].items()}


def read(folder: Folder, sets: Mapping[str, CodeSet]) -> Demonstration | None:
    """The figures of a county's `demonstration.yaml`; None when it has no demonstration."""
    if "demonstration.yaml" not in folder.files():
        return None
    written = folder.yaml("demonstration.yaml")
    written.only(*GROUPS)
    groups = {}
    for name, whole in GROUPS.items():
        groups[name] = MappingProxyType(_figures(written.table(name)))
        if whole and abs(sum(figure.value for figure in groups[name].values()) - 1) > _NEARLY:
            written.fault(f"The shares of {name!r} must come to 1.", name)
        if name in _BY_MONTH:
            _check_months(written.table(name).table("figures"))
        if name in _SETS:
            _check_codes(written.table(name).table("figures"), sets.get(_SETS[name]))
    return Demonstration(MappingProxyType(groups))


def _figures(group: Table) -> dict[str, Figure]:
    """The figures of a group; what stands at its head holds for each that does not say otherwise."""
    group.only("figures", *_SAID)
    head = {key: group[key] for key in _SAID if key in group}
    figures = {}
    for name, value in group.table("figures").items():
        row = Table(group.faults, group.file, group.table("figures").lines[name])
        row.update(head)
        row.update(value if isinstance(value, Table) else {"value": value})
        figures[name] = _figure(row)
    return figures


def _check_months(figures: Table) -> None:
    for key in figures:
        if key not in NAMES_OF_MONTHS:
            figures.fault(f"{key!r} is not a month.{near(key, NAMES_OF_MONTHS)}", key)


def _check_codes(figures: Table, codes: CodeSet | None) -> None:
    for key in figures if codes else ():
        if codes is not None and key not in codes:
            known = [code.code for code in codes]
            figures.fault(f"{key!r} is not a code of {codes.name}.{near(key, known)}", key)


def _figure(row: Table) -> Figure:
    row.only("value", *_SAID)
    per, basis = row.text("per", required=False), row.text("basis")
    if per and per not in MONTHS:
        row.fault(f"'per' must be {' or '.join(MONTHS)}.", "per")
    if basis not in BASES:
        row.fault(f"'basis' must be one of: {', '.join(BASES)}.", "basis")
    return Figure(
        value=row.number("value"),
        per=per,
        basis=basis,
        source=row.text("from", required=basis == "stated"),
        says=row.text("says"),
    )


def _yearly(figure: Figure) -> float:
    return figure.value * 12 / MONTHS.get(figure.per, 12)
