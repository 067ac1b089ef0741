"""A finding as people read it: what is wrong, in plain words, whose it is, and the way to where it is mended."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from righthelp.engine.process import processes
from righthelp.engine.taking import may_begin
from righthelp.guard.viewers import AsWorker
from righthelp.people.models import Person
from righthelp.record.models import Holding
from righthelp.returns.cin.at_entry import CIN, in_hand
from righthelp.returns.cin.rules import Rule, rules_of
from righthelp.returns.models import ReturnFinding
from righthelp.returns.readers import reads_board

MOST = 10  # of what a worker holds, on their page
TITLES = {CIN: "Children in Need Census"}
# The step by which a value is put right, where one step does it; elsewhere the entry's own page offers its steps.
CHILD = ("child_details", "put_right")
STEPS: Mapping[str, tuple[str, str]] = {
    **dict.fromkeys(
        (
            "UPN", "FormerUPN", "UPNunknown", "PersonBirthDate", "ExpectedPersonBirthDate", "Sex", "GenderCurrent",
            "PersonDeathDate", "Ethnicity", "Disability",
        ),
        CHILD,
    ),
    "PrimaryNeedCode": ("referral", "name_need"),
    "ReferralSource": ("referral", "name_need"),
    "CINclosureDate": ("referral", "close"),
    "ReasonForClosure": ("referral", "close"),
    "AssessmentFactors": ("assessment", "analyse"),
    "NumberOfPreviousCPP": ("child_protection_plan", "count_before"),
}  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One finding on a page."""

    finding: ReturnFinding
    mend: str
    message: str  # the Department's words
    href: str  # of the finding itself
    at: str  # where it is mended
    who: str  # who can mend it

    @property
    def child(self) -> str:
        return str(self.finding.person)

    @property
    def days(self) -> int:
        return (timezone.localdate() - self.finding.found_on).days


def open_now(*, of_person: Person | None = None) -> Any:
    """Findings that the viewer may see, of the returns in hand, the oldest first."""
    years = [year.ends_in for year in in_hand(timezone.localdate())]
    rows = ReturnFinding.objects.filter(of_return=CIN, year__in=years, mended_on__isnull=True)
    rows = rows if of_person is None else rows.filter(person=of_person)
    return rows.order_by("found_on", "severity", "rule", "pk")


def of_child(person: Person, viewer: AsWorker) -> list[Line]:
    """Those of a child, for their page."""
    return lines(open_now(of_person=person).select_related("person", "entry", "team"), viewer)


def of_my_work(viewer: AsWorker) -> dict[str, Any]:
    """Those of what a worker holds, for their page. What an explanation has settled waits for nobody."""
    held = Holding.objects.filter(worker=viewer.worker, until__isnull=True).values("entry")
    rows = open_now().filter(entry__in=held, explanation="")
    first = list(rows.select_related("person", "entry", "team")[:MOST])
    many = len(first) if len(first) < MOST else rows.count()
    return {"returns": lines(first, viewer), "many_returns": many}


def lines(findings: Iterable[ReturnFinding], viewer: AsWorker) -> list[Line]:
    """These findings as they are read: a fixed number of queries, however many there are."""
    several = list(findings)
    held = {
        holding.entry_id: holding
        for holding in Holding.objects.filter(
            entry__in=[one.entry_id for one in several], until__isnull=True
        ).select_related("team", "worker")
    }
    return [
        Line(
            finding=one,
            mend=rule.mend if (rule := _rules(one.year).get(one.rule)) else one.rule,
            message=rule.message if rule else "",
            href=reverse("return_finding", args=[one.pk]),
            at=way_to(one, viewer),
            who=_who(one, held.get(one.entry_id)),
        )
        for one in several
    ]


@lru_cache(maxsize=8)
def _rules(year: int) -> dict[str, Rule]:
    return {rule.code: rule for rule in rules_of(year)}


def way_to(one: ReturnFinding, viewer: AsWorker) -> str:
    """The address of the step that puts it right, or of the record whose steps do."""
    kind, name = STEPS.get(one.element, ("", ""))
    page = processes().get(kind)
    if page is not None and (kind, name) == CHILD and may_begin(page.steps[name], viewer):
        return f"{reverse(f'{kind}_begin', args=[name])}?{urlencode({'person': one.person_id})}"
    if page is not None and kind == one.entry.kind and page.steps[name].by & viewer.roles:
        return reverse(f"{kind}_take", args=[one.entry_id, name])
    return _of_entry(one.entry_id, one.entry.kind) or reverse("child", args=[one.person_id])


def _of_entry(entry: UUID, kind: str) -> str:
    return reverse(f"{kind}_record", args=[entry]) if kind in processes() else ""


def _who(one: ReturnFinding, holding: Holding | None) -> str:
    """Who can mend it: whoever holds the work, else the team that held it last."""
    if holding and holding.worker:
        return f"{holding.worker}, {holding.team}"
    team = holding.team if holding else one.team
    return f"{team}; no worker holds it" if team else "Nobody holds it"


def may_explain(one: ReturnFinding, viewer: AsWorker) -> bool:
    """An explanation is given by whoever holds the work, or by those who answer for it."""
    if not one.is_query or one.mended_on is not None:
        return False
    mine = Holding.objects.filter(entry=one.entry_id, worker=viewer.worker, until__isnull=True)
    return reads_board(viewer) or mine.exists()
