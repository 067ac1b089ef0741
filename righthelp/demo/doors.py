"""Scenes at the other doors of the demonstration county: taken through the same steps as a worker would take them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from righthelp.demo.hours import HOUR
from righthelp.demo.known import Child, Family
from righthelp.demo.models import PlannedStep
from righthelp.demo.staff import Staff
from righthelp.engine.journal import Journal
from righthelp.engine.process import processes
from righthelp.engine.taking import begin, take
from righthelp.guard.models import Worker
from righthelp.guard.viewers import DEMONSTRATION, PUBLIC_FORM, AsWorker
from righthelp.people.models import Person
from righthelp.processes.consultation.models import Consultation
from righthelp.processes.contact.models import Contact
from righthelp.processes.referral.models import Referral

HELP = "help_request"
CALL = ("who_rang", "wants", "harm_likely", "stepped_up_because", "urgency", "child_named")
LITTLE = timedelta(minutes=4)
AS_WRITTEN = (
    "came_by", "who_told", "from_name", "sender_telephone", "safe_to_call", "safe_to_text", "safe_to_write",
    "reach_safely", "sender_not_named", "happened", "child_says", "consent", "consent_from", "without_consent",
)  # fmt: skip


@lru_cache
def written() -> Mapping[str, Any]:
    """The scenes as they are written."""
    return yaml.safe_load((Path(__file__).parent / "doors.yaml").read_text(encoding="utf-8"))  # type: ignore[no-any-return]


class Doors:
    """Takes the scenes' steps, each at its moment before the present one."""

    def __init__(self, staff: Staff, now: datetime, families: Sequence[Family]) -> None:
        self.staff, self.now = staff, now.astimezone(UTC).replace(microsecond=0)
        self.children = self._of_school_age(families)

    def play(self) -> None:
        """All of them."""
        for scene in written()["calls"]:
            self._call(scene)
        for scene in written()["public"]:
            self._public(scene)
        for scene in written()["consultations"]:
            self._consultation(scene)
        self._news(written()["news"])
        self._early_help(written()["early_help"])
        PlannedStep.objects.bulk_create([step for contact in self._undecided() for step in self._ahead(contact)])

    def _undecided(self) -> Sequence[Contact]:
        """The worries of these doors that are open, and that nobody is to decide yet."""
        planned = PlannedStep.objects.values("contact")
        rows = Contact.objects.filter(state__in=Contact.open_states(), entry__circle__isnull=True)
        return list(rows.exclude(pk__in=planned).order_by("received_at"))

    def _ahead(self, contact: Contact) -> Iterator[PlannedStep]:
        """What the front door does with it in the hours to come, if nobody does it before."""
        sam, manager = self._as("Sam Holt", "front door social worker"), self._as("Marian Blythe", "front door manager")
        grave = contact.urgency == "RED"
        later = written()["later"]
        decided = {
            "outcome": "REFERRAL" if grave else "ADVICE",
            "level": 4 if grave else 2,
            "decision_reason": later["grave" if grave else "advice"],
            "parents_told": "YES",
        }
        rated = {"urgency": contact.urgency or "GREEN", "urgency_reason": later["rated"]}
        why = {"match_reason": later["nobody"]}
        start = max(self.now, contact.received_at) + HOUR
        for hours, by, step, answers in (
            (0, sam, "start", rated),
            (0.5, sam, "register", why),
            (3, manager, "decide", decided),
        ):
            at = start + HOUR * hours
            yield PlannedStep(contact_id=contact.pk, at=at, by_id=by.worker, kind="contact", step=step, answers=answers)

    def _of_school_age(self, families: Sequence[Family]) -> Iterator[Child]:
        today = self.now.date()
        for family in families:
            yield from [child for child in family.children if 4 <= child.age(today) < 16][:1]

    def _at(self, hours: float) -> datetime:
        return self.now - HOUR * hours

    def _as(self, name: str, role: str) -> AsWorker:
        worker: Worker = self.staff.workers.get(name) or self.staff.in_role[role][0]
        return self.staff.viewer(worker)

    def _contact_worker(self) -> AsWorker:
        return self._as("Dale Winters", "contact worker")

    def _told(self, scene: Mapping[str, Any], child: Child) -> dict[str, Any]:
        """What is said in a scene, of a child as they are on record."""
        said = {name: scene[name] for name in AS_WRITTEN if name in scene}
        said["worry"] = scene["worry"].format(child=child.given)
        if place := child.place:
            said |= {"child_lives_at": place.lines, "child_postcode": place.postcode}
        if not scene.get("nameless"):
            said |= {"child_given": child.given, "child_family": child.family}
        return said

    def _take_down(self, scene: Mapping[str, Any], told: Mapping[str, Any]) -> Contact:
        agency: dict[str, Any] = {"from_agency": self.staff.agencies[scene["agency"]]} if "agency" in scene else {}
        by = self._contact_worker()
        typed, rang = self._at(scene["typed"]), self._at(scene["told"])
        with written_at(typed) as journal:
            return begin(Contact, "take_down", by=by, on=typed, into=journal, received_at=rang, **agency, **told)

    def _call(self, scene: Mapping[str, Any]) -> None:
        child = next(self.children)
        contact = self._take_down(scene, self._told(scene, child))
        if "decided" not in scene:
            return
        at, sam = self._at(scene["decided"]), self._as("Sam Holt", "front door social worker")
        self._step(contact, "start", sam, at - HOUR * 2, urgency="GREEN", urgency_reason="She is with her grandmother.")
        self._match(contact, child, at - HOUR)
        manager = self._as("Marian Blythe", "front door manager")
        why = "The school sees the family every day and will speak with them. The grandmother helps already."
        self._step(contact, "decide", manager, at, outcome="ADVICE", level=2, decision_reason=why, parents_told="YES")

    def _public(self, scene: Mapping[str, Any]) -> None:
        told = self._told(scene, next(self.children))
        at = self._at(scene["told"])
        with written_at(at) as journal:
            step = Contact.steps[scene["step"]]
            asked = {name: value for name, value in told.items() if name in step.fields}
            begin(Contact, step.name, by=PUBLIC_FORM, on=at, into=journal, **asked)

    def _consultation(self, scene: Mapping[str, Any]) -> None:
        child, by = next(self.children), self._as(scene["by"], "front door social worker")
        held = self._at(scene["held"])
        named: dict[str, Any] = {"child_named": False}
        if not scene.get("nameless"):
            named = {"child_named": True, "child_given": child.given, "child_family": child.family}
        agency = self.staff.agencies[scene["agency"]]
        with written_at(held + LITTLE) as journal:
            row = begin(
                Consultation, "hold", by=by, on=held + LITTLE, into=journal, held_at=held, from_agency=agency,
                from_name=scene["from_name"], **named,
            )  # fmt: skip
        if "recorded" in scene:
            said = {name: scene[name] for name in ("from_name", "worry", "advice", "who_does_what", "outcome")}
            self._step(row, "record", by, self._at(scene["recorded"]), **named, **said)

    def _news(self, scene: Mapping[str, Any]) -> None:
        """About a child with whom a named social worker is already, where there is one."""
        ade = self.staff.workers.get("Ade Bankole")
        before = self._at(scene["told"])
        open_now = Referral.objects.filter(state=Referral.State.ALLOCATED, allocated_at__lt=before)
        case = open_now.filter(social_worker=ade).first() or open_now.first()
        person: Person | None = case.entry.person if case else None
        if person is None or person.circle_id:
            return
        names = person.names.all()[0]
        told = {
            "came_by": "TELEPHONE", "who_told": "AGENCY", "from_name": scene["from_name"], "consent": "GIVEN",
            "consent_from": "The mother, this morning", "sender_telephone": scene["sender_telephone"],
            "child_given": names.given, "child_family": names.family, "child_born_on": person.born_on,
            "worry": scene["worry"].format(child=names.given),
        }  # fmt: skip
        contact = self._take_down(scene, told)
        nia = self._as("Nia Prosser", "front door social worker")
        why = "Same name, same date of birth, and the school names the social worker."
        self._step(contact, "match", nia, self._at(scene["matched"]), matched_to=person, match_reason=why)
        self._step(contact, "pass_on", nia, self._at(scene["passed"]), passed_on_because=scene["why"])

    def _early_help(self, scenes: Mapping[str, Any]) -> None:
        """A call that a worker is on, one of harm that goes to the board, and a family stepped up and passed back."""
        if HELP not in processes():
            return
        page = processes()[HELP]
        for scene in scenes["calls"]:
            child, at = next(self.children), self._at(scene["rang"])
            said = {name: scene[name] for name in CALL if name in scene}
            if scene["child_named"]:
                said |= {"child_given": child.given, "child_family": child.family, "agreed": scene["agreed"]}
            with written_at(at) as journal:
                begin(page, "take_call", by=self._early_help_worker(), on=at, into=journal, **said)
        scene = scenes["to_and_fro"]
        up, started, back = (self._at(scene[moment]) for moment in ("stepped_up", "started", "passed_back"))
        open_now = page.objects.filter(
            state__in=["WAITING", "WORKING"], asked_at__lt=up - HOUR, who_rang="", entry__circle__isnull=True
        )
        request = open_now.filter(entry__person__circle__isnull=True).order_by("-asked_at").first()
        if request is None:
            return
        why = {name: scene[name] for name in ("harm_likely", "stepped_up_because", "stepped_up_level", "urgency")}
        self._step(request, "step_up", self._early_help_worker(), up, **why)
        contact = Contact.objects.get(help_request=request.pk)
        sam, manager = self._as("Sam Holt", "front door social worker"), self._as("Marian Blythe", "front door manager")
        self._step(contact, "start", sam, started, urgency="AMBER", urgency_reason=scene["urgency_reason"])
        self._step(contact, "decide", manager, back, outcome="EARLY_HELP", level=3, early_help_agreed=True,
                   decision_reason=scene["decision_reason"], parents_told="YES")  # fmt: skip

    def _early_help_worker(self) -> AsWorker:
        return self._as("Jo Ferris", "early help worker")

    def _match(self, contact: Contact, child: Child, at: datetime) -> None:
        dale, why = self._contact_worker(), "Same name and same address."
        if child.person:
            self._step(contact, "match", dale, at, matched_to=child.person, match_reason=why)
        else:
            self._step(contact, "register", dale, at, match_reason="Nobody on record is like them.")

    def _step(self, row: Any, step: str, by: AsWorker, at: datetime, **answers: Any) -> None:
        with written_at(at) as journal:
            take(type(row).objects.get(pk=row.pk), step, by=by, on=at, into=journal, **answers)


@contextmanager
def written_at(moment: datetime) -> Iterator[Journal]:
    """A journal of one step, written as at its moment when the block ends."""
    journal = Journal(now=moment)
    yield journal
    journal.write(DEMONSTRATION)
