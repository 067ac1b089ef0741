"""Who may read which field of which row: the rules in plain terms, written apart from the code that shows them.

Nobody who is not signed in, or holds no role, reads anything of anybody. A partner reads the fields that a page names
for their agency, of rows that are theirs, and the letters addressed to them. County staff whose role works with
children identify anybody who is not locked from them, read what a page shows to everyone, and read the rest once they
have a relation to the child (nobody in the crawl gives a reason). What a draft holds is for whoever typed it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property
from typing import Any

from django.utils import timezone

from righthelp.engine.process import Process
from righthelp.guard.models import Worker
from righthelp.guard.viewers import AsWorker
from tests.leaks.tokens import Home, Tokens

WITH_CHILDREN = {
    "contact worker", "front door social worker", "front door manager", "early help worker", "early help manager",
    "social worker", "team manager", "conference chair", "business support", "head of service",
    "information governance",
}  # fmt: skip
COUNTY = {*WITH_CHILDREN, "user administrator"}
MANAGE = {
    "front door manager", "early help manager", "team manager", "head of service", "information governance",
}  # fmt: skip
# Who opens no child's record, and the kinds of entry that they work with instead.
OPENS_NO_CHILD: dict[str, set[str]] = {
    "contact worker": {"contact"},
    "business support": {"child_protection_conference"},
}
# By what a person is identified: shown to whoever searches, before any relation.
IDENTIFIES = {
    ("Person", "called"), ("PersonName", "given"), ("PersonName", "family"), ("Address", "lines"),
    ("Address", "postcode"), ("Identifier", "value"),
}  # fmt: skip
ABOUT_A_PERSON = {
    "Person", "PersonName", "Address", "Identifier", "Characteristic", "Relationship", "HouseholdMember", "Involvement",
}  # fmt: skip
PARTS = {"ContactAdult", "ContactChild"}
OF_THE_COUNTY_ALONE = {"ContactDecision"}
# What hangs on an entry, and is for everybody who takes part in it.
SHARED = {"Outcome", "Action", "FamilyTeamMember", "Invitation", "Attempt", "Participant", "PlanCopy"}
# Rows of which a form asks one by one, and which it names to whoever reads their words.
OF_EACH = {"AssessmentDomain"}
# Work that is about one person and names another beside them, and the field that does.
NAMES_ANOTHER = {"SamePerson": "other_id", "NetworkMember": "relative_id"}
# What anybody may read, signed in or not: what a listing in the directory says of its service.
PUBLISHED = {
    "ServiceListing": {
        "name", "organisation", "organisation_does", "what", "for_whom", "languages", "accessibility", "address",
        "postcode", "opening", "how", "telephone", "email", "web", "source", "paused_because", "closed_because",
    },
    # Once it is published, and not before.
    "StatisticsRelease": {"note", "corrected_because", "called", "address"},
    "PublishedMeasure": {"title", "definition", "unit", "dated_by", "source"},
    "PublishedFigure": {"split_words", "of_split", "words"},
}  # fmt: skip
# Kept for the machine: no page shows them to anybody.
NEVER_SHOWN = {
    "UnsentWorry", "SearchKey", "SentOnce", "SamePersonMoved", "Loaded", "DemonstrationCounty", "PlannedStep",
}  # fmt: skip


@dataclass
class Reader:
    """Somebody who looks, and what the rules give them. `viewer` is None for whoever holds no role."""

    who: str
    viewer: AsWorker | None
    tokens: Tokens
    matched: set[Any] = field(default_factory=set)  # children to whom they have just matched a worry

    def may_read(self, home: Home) -> bool:
        """Whether a field of a row is for this reader."""
        name = home.model.__name__
        row: Any = self.tokens.of[name][home.pk]
        if home.field in PUBLISHED.get(name, ()) and self.is_published(row):
            return True
        if self.viewer is None:
            return False
        if name in NEVER_SHOWN:
            return False
        if isinstance(row, Process):
            return home.field in self._fields_of(row)
        rule = RULES.get(name)
        if rule is not None:
            return rule(self, row, home.field)
        if name in ABOUT_A_PERSON:
            seen = all(self._unlocked(person) for person in _people_of(row))
            identifies = (name, home.field) in IDENTIFIES
            more = self.opens_children and any(map(self.related, _people_of(row)))
            return self.with_children and seen and (identifies or more)
        raise AssertionError(f"Say in the rules of the canary who may read {name}.")

    def is_published(self, row: Any) -> bool:
        """Whether anybody may read what the row says: a release of statistics waits until somebody looked it over."""
        if type(row).__name__ in {"PublishedMeasure", "PublishedFigure"}:
            row = self._get("StatisticsRelease", row.release_id)
        return getattr(row, "published_at", row) is not None

    @property
    def roles(self) -> frozenset[str]:
        assert self.viewer is not None
        return self.viewer.roles

    @property
    def with_children(self) -> bool:
        return bool(self.roles & WITH_CHILDREN)

    @property
    def opens_children(self) -> bool:
        return bool(self.roles & (WITH_CHILDREN - OPENS_NO_CHILD.keys()))

    @property
    def of_the_county(self) -> bool:
        return bool(self.roles & COUNTY)

    @property
    def leads(self) -> bool:
        return "partner lead" in self.roles

    @cached_property
    def circles(self) -> set[Any]:
        """Locked circles that this reader is inside: as a member, or by an emergency opening that goes on."""
        assert self.viewer is not None
        now, today, me = timezone.now(), timezone.localdate(), self.viewer.worker
        members = self._all("CircleMember")
        inside = {row.circle_id for row in members if row.worker_id == me and (row.until is None or row.until >= today)}
        return inside | {
            row.circle_id
            for row in self._all("Opening")
            if row.worker_id == me and row.opened_at <= now <= row.closes_at
        }

    def _all(self, name: str) -> list[Any]:
        return list(self.tokens.of[name].values())

    def _get(self, name: str, pk: Any) -> Any:
        return self.tokens.of[name][pk]

    def _unlocked(self, person: Any) -> bool:
        circle = self._get("Person", person).circle_id
        return circle is None or circle in self.circles

    def sees_entry(self, pk: Any) -> bool:
        """Whether there is such an entry, as far as this reader can tell."""
        entry = self._get("CaseEntry", pk)
        if not self.with_children or (entry.circle_id and entry.circle_id not in self.circles):
            return False
        theirs = set().union(*(OPENS_NO_CHILD.get(role, set()) for role in self.roles))
        if not self.opens_children and entry.kind not in theirs:
            return False
        return entry.person_id is None or self._unlocked(entry.person_id)

    def related(self, person: Any, entry: Any = None) -> bool:
        """By open work that they, or their team, hold about the child; by duty; by having taken part lately."""
        assert self.viewer is not None
        if person in self.matched:
            return True
        me = self.viewer
        # A form that confirms a call is opened by whoever may open the call, while neither is about anybody yet.
        asked = {entry, self._get("CaseEntry", entry).arose_from_id} if entry else {entry}
        about = {
            row.pk
            for row in self._all("CaseEntry")
            if (row.person_id == person if person else row.pk in asked) and self.sees_entry(row.pk)
        }
        about |= {
            row.pk
            for kind, field in NAMES_ANOTHER.items()
            for row in self._all(kind)
            if person and getattr(row, field) == person and self.sees_entry(row.pk)
        }
        lately = timezone.now() - timedelta(days=30)
        for holding in self._all("Holding"):
            if holding.entry_id in about and holding.until is None:
                teams = me.teams | me.managed_teams
                if holding.worker_id == me.worker or holding.team_id in teams or self._on_duty(holding.entry_id):
                    return True
            elif holding.entry_id in about and holding.until >= lately and holding.team_id in me.managed_teams:
                return True  # whose worker closed it this morning answers for it this afternoon
        return any(
            event.entry_id in about and event.by_id == me.worker and event.recorded_at >= lately
            for event in self._all("TimelineEvent")
        )

    def _on_duty(self, entry: Any) -> bool:
        steps = type(self._process(entry)).steps.values()
        return any(step.by & self.roles for step in steps if not step.begins)

    def _process(self, entry: Any) -> Any:
        """The process row of an entry."""
        return next(rows[entry] for rows in self.tokens.of.values() if isinstance(rows.get(entry), Process))

    def related_to_entry(self, pk: Any) -> bool:
        """The relation to the child whom an entry is about, or to the entry while it is about nobody yet."""
        entry = self._get("CaseEntry", pk)
        if self._process(pk).about_nobody:  # whose work it is reads it
            return self.with_children and self._on_duty(pk)
        return self.sees_entry(pk) and self.related(entry.person_id, pk)

    def _fields_of(self, row: Any) -> set[str]:
        shown = row.Shown
        if self.of_the_county:
            if not self.sees_entry(row.pk):
                return set()
            names = set(shown.everyone) | (set(shown.team) if self.related_to_entry(row.pk) else set())
            return names | (set(shown.restricted) if self.holds_or_manages(row.pk) else set())
        names = set()
        for reader, fields in getattr(shown, "agencies", {}).items():
            agency, own = reader if isinstance(reader, tuple) else (reader, None)
            if self._theirs(row, agency, own):
                names |= fields
        if self.takes_part(row.pk):
            names |= set(getattr(shown, "involved", ()))
        return names

    def holds_or_manages(self, pk: Any) -> bool:
        """Whether they hold work with the child, or manage who does; of a worker's own record, whether it is theirs or
        that of somebody whom they manage or have supervised."""
        assert self.viewer is not None
        me, entry = self.viewer, self._get("CaseEntry", pk)
        if (about := entry.about_worker_id) is not None:
            held = (row for row in self._all("Appointment") if row.worker_id == about and row.until is None)
            managed = any(row.team_id in me.managed_teams for row in held)
            wrote = any(row.entry_id == pk and row.by_id == me.worker for row in self._all("TimelineEvent"))
            return about == me.worker or managed or wrote
        person = entry.person_id
        work = {row.pk for row in self._all("CaseEntry") if person and row.person_id == person} | {pk}
        return any(
            row.worker_id == me.worker or row.team_id in me.managed_teams
            for row in self._all("Holding")
            if row.entry_id in work and row.until is None and self.sees_entry(row.entry_id)
        )

    @cached_property
    def named(self) -> set[Any]:
        """The workers whom a row names in a field that is shown to them."""
        return {
            getattr(row, name + "_id")
            for rows in self.tokens.of.values()
            for row in rows.values()
            if isinstance(row, Process)
            for name in self._fields_of(row)
            if row._meta.get_field(name).related_model is Worker
        }

    def takes_part(self, entry: Any) -> bool:
        """Whether they, or somebody of their agency whom they lead, take part in an entry now."""
        now = [row for row in self._all("Participant") if row.entry_id == entry and row.until is None]
        return not self.of_the_county and any(self._theirs(row, "agency", "worker") for row in now)

    def _theirs(self, row: Any, agency: str, own: str | None) -> bool:
        assert self.viewer is not None
        if getattr(row, f"{agency}_id") != self.viewer.agency:
            return False
        return own is None or self.leads or getattr(row, f"{own}_id") == self.viewer.worker

    def sees_row(self, row: Any) -> bool:
        """Whether a page may name this row's identifier to this reader."""
        name = type(row).__name__
        if name in PUBLISHED and self.is_published(row):
            return True
        if name == "CaseEntry" and row.kind == "service_listing":
            return True
        if self.viewer is None or name in NEVER_SHOWN:
            return False
        if isinstance(row, Process):
            return bool(self._fields_of(row))
        if name == "CaseEntry":
            return self.sees_entry(row.pk) or bool(self._fields_of(self._process(row.pk)))
        if name == "Person":
            return self.with_children and self._unlocked(row.pk)
        if name in ABOUT_A_PERSON:
            return self.with_children and all(self._unlocked(person) for person in _people_of(row))
        if name in {"Agency", "Team"}:
            return True
        if name in {"Worker", "Appointment"}:
            worker = self._get("Worker", row.worker_id) if name == "Appointment" else row
            return self.of_the_county or worker.agency_id == self.viewer.agency
        if name == "Circle":
            return row.pk in self.circles
        if name == "AgencyKey":
            return "user administrator" in self.roles
        if name == "Draft":
            return bool(row.worker_id == self.viewer.worker)
        if name == "Notice":
            seen = self.sees_entry(row.entry_id) or not self.of_the_county
            return bool(row.worker_id == self.viewer.worker and seen)
        if name == "NoticeMessage":
            return "user administrator" in self.roles
        if name in {"Document", "Issue", "ReturnFinding", *SHARED, *OF_EACH}:
            return RULES[name](self, row, "")
        return False


def _people_of(row: Any) -> list[Any]:
    if type(row).__name__ == "Person":
        return [row.pk]
    return [pk for pk in (getattr(row, "person_id", None), getattr(row, "other_id", None)) if pk]


def _letter(reader: Reader, row: Any) -> bool:
    theirs = any(_their_line(reader, line) for line in reader._all("Issue") if line.document_id == row.pk)
    return theirs or reader.related_to_entry(row.entry_id) or reader._theirs(row, "agency", "addressee")


def _their_line(reader: Reader, line: Any) -> bool:
    """A line of a document's ledger that is for a partner: it names them, one whom they lead, or their agency alone."""
    whole = line.agency_id == getattr(reader.viewer, "agency", None) and line.worker_id is None
    return not reader.of_the_county and (whole or reader._theirs(line, "agency", "worker"))


def _shared(reader: Reader, row: Any) -> bool:
    mine = getattr(row, "worker_id", None) == getattr(reader.viewer, "worker", row.pk)
    return mine or reader.takes_part(row.entry_id) or reader.related_to_entry(row.entry_id)


def _worry(reader: Reader, row: Any, *, partners: bool) -> bool:
    if reader.of_the_county:
        return reader.related_to_entry(row.contact_id)
    return partners and bool(reader._fields_of(reader._get("Contact", row.contact_id)))


def _look(reader: Reader, row: Any) -> bool:
    mine = row.worker_id == getattr(reader.viewer, "worker", None)
    known = row.person and reader.opens_children and reader._unlocked(row.person) and reader.related(row.person)
    return bool(mine or known)


Rule = Callable[[Reader, Any, str], bool]
RULES: dict[str, Rule] = {
    "PublishedMeasure": lambda reader, row, name: reader.sees_entry(row.release_id),
    "PublishedFigure": lambda reader, row, name: reader.sees_entry(row.release_id),
    "Agency": lambda reader, row, name: True,
    "Team": lambda reader, row, name: True,
    "Worker": lambda reader, row, name: (
        reader.of_the_county
        or row.agency_id == getattr(reader.viewer, "agency", None)
        or (name == "name" and row.pk in reader.named)
    ),
    "Circle": lambda reader, row, name: row.pk in reader.circles,
    "TimelineEvent": lambda reader, row, name: reader.related_to_entry(row.entry_id),
    "Deadline": lambda reader, row, name: reader.related_to_entry(row.entry_id),
    "Document": lambda reader, row, name: _letter(reader, row),
    "Issue": lambda reader, row, name: (
        _their_line(reader, row) or reader.related_to_entry(reader._get("Document", row.document_id).entry_id)
    ),
    "Quotation": lambda reader, row, name: _letter(reader, reader._get("Document", row.document_id)),
    # Of a message its words are shown to nobody, but for the demonstration's page of them.
    "NoticeMessage": lambda reader, row, name: False,
    "NoticeWishes": lambda reader, row, name: row.worker_id == getattr(reader.viewer, "worker", None),
    "Draft": lambda reader, row, name: row.worker_id == getattr(reader.viewer, "worker", None),
    "KeptForLater": lambda reader, row, name: (
        reader.opens_children and reader._unlocked(row.person_id) and reader.related(row.person_id)
    ),
    "AccessLog": lambda reader, row, name: _look(reader, row),
    "SamePersonDecision": lambda reader, row, name: reader.related_to_entry(row.merging_id),
    "SamePersonAssigned": lambda reader, row, name: reader.related_to_entry(row.merging_id),
    "SupervisionChild": lambda reader, row, name: (
        reader.related_to_entry(row.entry_id) and reader._unlocked(row.person_id)
    ),
    "AssessmentDomain": lambda reader, row, name: reader.related_to_entry(row.assessment_id),
    "AssessmentLook": lambda reader, row, name: reader.related_to_entry(row.assessment_id),
    "FamilyHelpLevel": lambda reader, row, name: reader.related_to_entry(row.help_id),
    # What the Department refused is work of those who manage; fingerprints and receipts are for the machine.
    "DailyPayload": lambda reader, row, name: (
        bool(reader.roles & MANAGE) and reader._unlocked(row.person_id) and name in {"number", "refusal"}
    ),
    "DailySend": lambda reader, row, name: bool(reader.roles & MANAGE),
    # What a return still asks is told to staff who work with children, of children who are not locked from them.
    "ReturnFinding": lambda reader, row, name: reader.sees_entry(row.entry_id) and reader._unlocked(row.person_id),
    **dict.fromkeys(SHARED, lambda reader, row, name: _shared(reader, row)),
    **dict.fromkeys(PARTS, lambda reader, row, name: _worry(reader, row, partners=True)),
    **dict.fromkeys(OF_THE_COUNTY_ALONE, lambda reader, row, name: _worry(reader, row, partners=False)),
}
