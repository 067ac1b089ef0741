"""Answers that a step would be given: made from its fields, with help only for the few that mean more than they say.

A new process needs nothing here unless one of its answers must fit another (a child who is on record, a number with a
check digit, a time that lies ahead).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from django import forms

from righthelp.engine.answers import ROW, form_fields, part_fields, parts
from righthelp.engine.fields import ListedField
from righthelp.engine.process import Process, process
from righthelp.engine.rendering.fields import DateField, MomentField, YesNoField
from righthelp.guard.models import Appointment, Worker
from righthelp.guard.viewers import STEP, anybody, looking
from righthelp.kernel.identifiers import UPN_LETTERS, NotAnIdentifier, check_upn, nhs_number_with_check
from righthelp.kernel.moments import local_day
from righthelp.kernel.page import Step
from righthelp.packs import pack
from righthelp.people.differences import differences
from righthelp.people.facts import known_facts
from righthelp.people.merging import fingerprint
from righthelp.people.models import Person, Relationship

# Words as people write them, and as machines trip over them.
WORDS = (
    "She said so.", "Zoë O'Brien-Núñez", "100% {state} %s <b>bold</b>", "two\nlines", "\"quoted\" and 'quoted'", "🦊",
    "a very long story " * 8, "; DROP TABLE contact; --", "ਪੰਜਾਬੀ", "x",
)  # fmt: skip
SPARE = 1 / 3  # how often a question that may be left out is


@dataclass
class Asked:
    """One question in its place: of which row, by which step, at what moment, after which answers."""

    random: Random
    page: type[Process]
    step: Step
    on: datetime
    person: Person | None
    children: Sequence[Person]  # on record before the walk: one made on the way is another each time it is walked
    answers: dict[str, Any]
    row: Process | None = None  # as it was left, where it has begun


def answers_of(
    random: Random,
    page: type[Process],
    step: Step,
    on: datetime,
    person: Person | None,
    children: Sequence[Person],
    row: Process | None = None,
) -> dict[str, Any]:
    """Answers to all that a step asks, as a program gives them. Now and then one that was not asked is answered too."""
    asked = Asked(random, page, step, on, person, children, {}, row)
    for name, field in form_fields(page, step).items():
        wanted = step.wants(name, asked.answers)
        if (not wanted and random.random() < 0.7) or (_may_be_left(asked, name) and random.random() < SPARE):
            continue
        value = _answer(asked, f"{page.kind()}.{name}", field)
        if wanted:
            asked.answers[name] = value
        else:
            left_standing = {**asked.answers, name: value}
            asked.answers = left_standing
    for name, part in parts(page).items():
        special = _special(f"{page.kind()}.{name}")
        if name in step.fields and special:
            asked.answers[name] = special(asked)
        elif name in step.fields and part.of_each:
            asked.answers[name] = _of_each(asked, part)
        elif name in step.fields:
            asked.answers[name] = [_part(asked, part) for _ in range(random.randint(0, 2))]
    return asked.answers


def _may_be_left(asked: Asked, name: str) -> bool:
    return name in asked.step.optional and not {f"{asked.page.kind()}.{name}", name} & NEVER_LEFT


def _of_each(asked: Asked, part: Any) -> list[dict[str, Any]]:
    """Of some of the rows that are there, each told by its place: it has another number each time it is walked."""
    there = part.whom(part.of(part.key_of(asked.row)), anybody()) if asked.row is not None else []
    whole = asked.random.random() < 0.8  # many steps ask to hear of each
    places = [place for place in range(len(there)) if whole or asked.random.random() < 0.7]
    return [{ROW: place, **_part(asked, part)} for place in places]


def _part(asked: Asked, part: Any) -> dict[str, Any]:
    kind = part.model._meta.model_name
    return {
        key: _answer(asked, f"{kind}.{key}", field)
        for key, field in part_fields(part).items()
        if field.required or asked.random.random() > SPARE
    }


def _answer(asked: Asked, name: str, field: forms.Field) -> Any:
    special = _special(name)
    return special(asked) if special else usual(asked, field)


def _special(name: str) -> Callable[[Asked], Any] | None:
    """The help for this field of this page, or for a field of this name wherever it is."""
    return SPECIAL.get(name) or SPECIAL.get(name.rpartition(".")[2])


def usual(asked: Asked, field: forms.Field) -> Any:
    """An answer that the field itself says is one."""
    random = asked.random
    if isinstance(field, forms.ModelChoiceField):
        rows = list(field.queryset.order_by("pk"))
        return random.choice(rows) if rows else None
    if isinstance(field, YesNoField):
        return random.random() < 0.5
    if isinstance(field, MomentField):
        return asked.on - timedelta(minutes=random.randint(0, 600))
    if isinstance(field, DateField):
        return local_day(asked.on) - timedelta(days=random.randint(0, 4000))
    if isinstance(field, ListedField):
        return []
    if isinstance(field, forms.MultipleChoiceField):
        codes = [code for code, _ in field.choices]
        return random.sample(codes, random.randint(1, min(3, len(codes))))
    if isinstance(field, forms.ChoiceField):
        return random.choice([code for code, _ in field.choices if code not in ("", None)])
    if isinstance(field, forms.IntegerField):
        return random.randint(1, 4)
    return (random.choice(WORDS).strip()[: getattr(field, "max_length", None) or 1000]).strip()


def _indicators(asked: Asked) -> list[str]:
    listed = [row.id for row in pack().levels().rows if row.choosable]
    return asked.random.sample(listed, asked.random.randint(0, 3))


def _facts(asked: Asked) -> list[str]:
    # Of what was known before the walk: what is learned on the way has another number each time it is walked.
    known = known_facts(asked.person) if asked.person else []
    keys = sorted(fact.key for fact in known if not fact.source.startswith("Worry"))
    return [*asked.random.sample(keys, min(len(keys), 2)), "name:of-nobody"]


def _upn(asked: Asked) -> str:
    number = f"{asked.random.randrange(10**12):012}"
    for letter in UPN_LETTERS:
        try:
            return check_upn(f"{letter}{number}")
        except NotAnIdentifier:
            continue
    return ""


def _nhs(asked: Asked) -> str:
    try:
        return nhs_number_with_check(f"{asked.random.randrange(10**9):09}")
    except NotAnIdentifier:
        return ""


def _a_child(asked: Asked) -> Person | None:
    """A child on record whom the viewer may see."""
    known = Person.objects.filter(pk__in=[child.pk for child in asked.children], born_on__gte="2012-01-01")
    children = list(known.order_by("called_sort", "pk"))
    return asked.random.choice(children) if children else None


def _a_member(asked: Asked) -> Worker:
    """One of a few, so that whoever was let in is taken out again."""
    with looking(STEP):  # whoever asks in vain may see none of them
        few = list(Worker.objects.filter(name__in=["Sylvia Marchetti", "Ivan Brandt", "Nia Prosser"]).order_by("name"))
    return asked.random.choice(few)


def _helped_already(asked: Asked) -> Person | None:
    """The child of the world who has a worker."""
    return Person.objects.filter(pk=asked.children[0].pk).first()


def _decided_for_early_help(asked: Asked) -> Any:
    """The worry of the world that was decided for early help."""
    return process("contact").objects.filter(outcome="EARLY_HELP").order_by("pk").first()


def _an_agreed_assessment(asked: Asked) -> Any:
    """The assessment of the world for which it is agreed how agencies are asked."""
    return process("assessment").objects.filter(state="UNDER_WAY", agencies_agreed=True).order_by("started_at").first()


def _whose_lead_reads(asked: Asked) -> Any:
    """An agency with somebody who reads what it is asked."""
    with looking(STEP):  # whoever asks in vain may see none of them
        leads = Appointment.objects.filter(role="partner lead").order_by("worker__name")
        return asked.random.choice([one.worker.agency for one in leads.select_related("worker__agency")])


def _soon(asked: Asked) -> date:
    return local_day(asked.on) + timedelta(days=asked.random.randint(0, 20))


def _later(asked: Asked) -> datetime:
    """A moment to come."""
    return asked.on + timedelta(minutes=asked.random.randint(60, 20000))


def _a_force_worker(asked: Asked) -> Worker | None:
    return Worker.objects.filter(agency__kind="police").order_by("name").first()


def _who_told(asked: Asked) -> str:
    """Agencies most of all, where they tell: only their calls are confirmed in writing."""
    codes = asked.step.offers.get("who_told") or {code.code for code in pack().codes("who_tells")}
    return "AGENCY" if "AGENCY" in codes and asked.random.random() < 0.6 else asked.random.choice(sorted(codes))


def _a_call(asked: Asked) -> Any:
    """A call of the same agency that waits for its form."""
    agency = getattr(asked.row, "from_agency_id", None)
    calls = asked.page.objects.filter(from_agency=agency, came_by="TELEPHONE", confirmed_at__isnull=True)
    return calls.exclude(pk=getattr(asked.row, "pk", None)).first() if agency else None


def _another(asked: Asked) -> Person | None:
    return asked.random.choice([child for child in asked.children if child != asked.person])


def _merging(asked: Asked) -> tuple[Person, Person]:
    """The two records of the one row that a walk has begun; any two for somebody who may not see it."""
    row: Any = asked.page.objects.first()
    return (row.stays, row.other) if row else (asked.children[0], asked.children[1])


def _decisions(asked: Asked) -> list[dict[str, str]]:
    lines = differences(*_merging(asked))
    return [{"slot": line.slot, "keeps": asked.random.choice(line.choices)[0]} for line in lines]


def _a_relationship(asked: Asked) -> Relationship | None:
    with looking(STEP):
        return Relationship.objects.order_by("pk").first()


def _who_lives_there(asked: Asked) -> Person | None:
    """Of the two children of the world who live together, the other."""
    return next((child for child in asked.children[:2] if child != asked.person), None)


# Optional at each time of asking, and without which the row gets nowhere: left out, most walks would end half-way.
NEVER_LEFT = {
    "assessment.child_says", "assessment.parents_say", "assessment.analysis", "assessment.proposes",
    "assessment.factors", "assessment.not_seen_because", "went_ahead_because",
}  # fmt: skip


def _today(asked: Asked) -> date:
    return local_day(asked.on)


def _a_plan(asked: Asked) -> Any:
    """The plan of the world that is worked to."""
    return process("family_help").objects.filter(state="ACTIVE").order_by("pk").first()


def _of_the_leading_agency(asked: Asked) -> str:
    worker = Worker.objects.filter(agency=asked.answers.get("lead_agency")).order_by("name").first()
    return worker.name if worker else "Somebody"


def _another_level(asked: Asked) -> int:
    level = getattr(asked.row, "level", 3)
    return max(level - 1, 2) if asked.step.name == "step_down" else min(level + 1, 4)


def _said_of_each(name: str, **said: Any) -> Callable[[Asked], list[dict[str, Any]]]:
    """The same of each row that is there."""

    def answers(asked: Asked) -> list[dict[str, Any]]:
        if asked.row is None:
            return []
        part = asked.page.several[name]
        rows = part.whom(part.of(part.key_of(asked.row)), anybody())
        return [{ROW: place, **said} for place in range(len(rows))]

    return answers


LOCKED = {"child_given": "Nye", "child_family": "Lock", "child_born_on": "5 5 2017"}
SPECIAL: dict[str, Callable[[Asked], Any]] = {
    "contact.child_upn": _upn,
    "contact.child_nhs_number": _nhs,
    "contact.child_expected_on": lambda asked: (
        None
        if asked.answers.get("child_born_on")
        else local_day(asked.on) + timedelta(days=asked.random.randint(1, 200))
    ),
    "contact.indicators": _indicators,
    "contact.matched_to": _a_child,
    "contact.facts_confirmed": _facts,
    "contact.who_told": _who_told,
    "contact.joins": _a_call,
    "contact.confirmed_at": lambda asked: getattr(asked.row, "received_at", asked.on),
    "contact.sender_email": lambda asked: "mo@example.org",
    "consultation.matched_to": _a_child,
    "information_on_case.contact": lambda asked: (
        process("contact").objects.filter(state="PASSED_ON").order_by("pk").first()
    ),
    "locked_circle.member": _a_member,
    "service_listing.pack_key": lambda asked: f"walk_{asked.random.randrange(10**9)}",
    "service_listing.places": lambda asked: [asked.random.choice(["COUNTY", "ONLINE"])],
    "service_listing.youngest": lambda asked: asked.random.randint(0, 9),
    "service_listing.oldest": lambda asked: asked.random.randint(9, 25),
    "service_listing.telephone": lambda asked: f"01632 960{asked.random.randint(100, 999)}",
    "service_listing.email": lambda asked: "hello@harbour.invalid",
    "service_listing.web": lambda asked: "https://harbour.invalid/",
    "service_listing.postcode": lambda asked: "HR1 2AB",
    "service_listing.places_expected_on": lambda asked: (
        local_day(asked.on) + timedelta(days=asked.random.randint(1, 200))
    ),
    "police_notification.matched_to": _helped_already,
    "police_notification.from_worker": _a_force_worker,
    "police_notification.category": lambda asked: asked.random.choice(["DOMESTIC_ABUSE", "NEGLECT"]),
    "police_notification.child_was": lambda asked: asked.random.choice(["HEARD", "SAW", "ELSEWHERE"]),
    "police_notification.child_postcode": lambda asked: "HR4 9AA",
    "police_notification.child_born_on": lambda asked: date(2016, 4, 3),
    "same_person.other": _another,
    "same_person.shown": lambda asked: fingerprint(*_merging(asked)),
    "same_person.decisions": _decisions,
    "same_person.assigned": lambda asked: [],
    "network_member.relative": _who_lives_there,
    "network_member.relationship": _a_relationship,
    "supervision.children": lambda asked: [],  # whom a worker helps is another row each time it is walked
    "group_discussion.look_back_on": lambda asked: local_day(asked.on) + timedelta(days=asked.random.randint(0, 40)),
    "help_request.contact": _decided_for_early_help,
    "help_request.decided_in": _decided_for_early_help,
    "invitation.agency": _whose_lead_reads,
    "meets_at": _later,
    "action.due_on": _soon,
    "review_due_on": lambda asked: _soon(asked) + timedelta(days=1),
    "assessment.finish_agreed_on": _soon,
    "assessment_part.assessment": _an_agreed_assessment,
    "assessment_part.answer_by_on": _soon,
    "information_request.answer_by": lambda asked: asked.on + timedelta(hours=asked.random.randint(1, 600)),
    **{
        f"family_help.{name}": _today
        for name in ("consent_on", "panel_on", "started_on", "closed_on", "consent_withdrawn_on")
    },
    "family_help.matched_to": _a_child,
    "family_help.help_request": lambda asked: process("help_request").objects.order_by("pk").first(),
    "family_help.consent": lambda asked: asked.random.choice(["GIVEN", "GIVEN", "IN_PART", "REFUSED"]),
    "family_help.lead_name": _of_the_leading_agency,
    "family_help.to_level": _another_level,
    "family_help.outcomes_now": _said_of_each("outcomes_now", reached="PARTLY", reached_says="She says so."),
    "family_help.progress": _said_of_each("progress", done="DONE"),
    "family_help.leaving": _said_of_each("leaving", left_because="Another post."),
    "family_meeting.plan": _a_plan,
    "family_visit.plan": _a_plan,
    "outcome_claim.sustained_until": _today,
    **{f"break_glass.{name}": lambda asked, name=name: LOCKED[name] for name in LOCKED},  # type: ignore[misc]
}
