"""Start-up checks close the world: what a page names and does not have is an error, before anything is served."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.core.checks import CheckMessage, Error, register
from django.db import models

from righthelp import law
from righthelp.engine.answers import parts
from righthelp.engine.codes import CodeField
from righthelp.engine.process import Process, processes
from righthelp.engine.timeline import placeholders
from righthelp.guard.guarded import guarded_models, has_field
from righthelp.guard.roles import ROLES
from righthelp.guard.viewers import PURPOSES
from righthelp.kernel.page import Step
from righthelp.packs import pack


@register()
def pages_are_whole(**_: Any) -> list[CheckMessage]:
    """Every page: its states, steps, clocks, expectations and readers name only what there is."""
    return [
        Error(sentence, obj=page, id="righthelp.E001")
        for page in processes().values()
        for sentence in faults_of_page(page)
    ]


@register()
def roles_are_described(**_: Any) -> list[CheckMessage]:
    """Every role has a plain-English description in the pack, and the pack describes no other."""
    described = set(pack().roles())
    return [
        *(
            Error(f"The pack does not describe the role '{name}'.", id="righthelp.E002")
            for name in sorted(ROLES.keys() - described)
        ),
        *(
            Error(f"The pack describes '{name}', which is no role.", id="righthelp.E002")
            for name in sorted(described - ROLES.keys())
        ),
    ]


@register()
def law_is_whole(**_: Any) -> list[CheckMessage]:
    """Every law file is sound."""
    return [Error(sentence, id="righthelp.E003") for sentence in law.check()]


@register()
def rows_are_guarded(**_: Any) -> list[CheckMessage]:
    """Every guarded model says who sees it, or is only for purposes."""
    return [
        Error(f"{model._meta.label}: append-only rows cannot be removable.", obj=model, id="righthelp.E004")
        for model in guarded_models()
        if model.append_only and model.removable
    ]


@register()
def work_lands_somewhere(**_: Any) -> list[CheckMessage]:
    """Every kind of work that lands with a team has one in the pack, and the pack sends no other."""
    known = {page.team_receives for page in processes().values() if page.team_receives}
    sent = {work for team in pack().teams().values() for work in team.receives}
    return [
        *(Error(f"No team of the pack receives '{work}'.", id="righthelp.E006") for work in sorted(known - sent)),
        *(
            Error(f"The pack sends '{work}' to a team, and there is no such work.", id="righthelp.E006")
            for work in sorted(sent - known - pack().switched_off())
        ),
    ]


@register()
def labels_lead_somewhere(**_: Any) -> list[CheckMessage]:
    """What the county's pack renames or switches off is there to be renamed or switched off."""
    known = {model.kind() for model in apps.get_models() if issubclass(model, Process)}
    faults = [f"The pack switches off '{kind}', which is no process." for kind in sorted(pack().switched_off() - known)]
    for path in pack().labels():
        kind, _dot, rest = path.partition(".")
        if kind == "codes" or kind not in known:
            if kind != "codes":
                faults.append(f"The pack renames '{path}', and there is no process {kind}.")
            continue
        name = rest.split(".")[0]
        page = processes().get(kind)
        if page and name and name != "clock" and not has_field(page, name) and name not in page.steps:
            faults.append(f"The pack renames '{path}', and {kind} has neither a field nor a step of that name.")
    return [Error(sentence, id="righthelp.E005") for sentence in faults]


def faults_of_page(page: type[Process]) -> Iterator[str]:
    """Everything that a page names and does not have, as sentences."""
    known_laws = set(law.keys())
    yield from _faults_of_states(page)
    for step in page.steps.values():
        yield from _faults_of_step(page, step)
    for clock in page.clocks:
        if clock.law not in known_laws:
            yield f"{page.kind()}: the clock '{clock.name}' names the law '{clock.law}', which is not in any law file."
        for path in filter(None, (clock.starts, clock.stops, clock.when, clock.agreed, clock.excused)):
            if not _leads_somewhere(page, path):
                yield f"{page.kind()}: the clock '{clock.name}' names '{path}', which is no fact of it."
    yield from _faults_of_expects(page)
    yield from _faults_of_beginnings(page)
    yield from _faults_of_readers(page)


def _faults_of_states(page: type[Process]) -> Iterator[str]:
    states = {str(state) for state in page.State.values}
    ends = {str(state) for state in page.ENDS}
    for end in ends - states:
        yield f"{page.kind()}: '{end}' is named as an end and is no state."
    reached = {str(step.reaches) for step in page.steps.values() if step.begins and step.reaches}
    if not reached:
        yield f"{page.kind()}: no step begins it."
    while True:
        further = {
            str(step.reaches)
            for step in page.steps.values()
            if step.reaches and not step.begins and {str(state) for state in step.leaves} & reached
        }
        if further <= reached:
            break
        reached |= further
    for state in sorted(states - reached):
        yield f"{page.kind()}: the state '{state}' cannot be reached."
    for state in sorted(states - ends):
        if not any(
            step.reaches and str(step.reaches) != state and state in step.leaves for step in page.steps.values()
        ):
            yield f"{page.kind()}: the state '{state}' is a dead end and is not named as one."


def _faults_of_step(page: type[Process], step: Step) -> Iterator[str]:
    where = f"{page.kind()}: the step '{step.name}'"
    states = set(page.State.values)
    for state in {*step.leaves, *filter(None, [step.reaches])} - states:
        yield f"{where} names '{state}', which is no state."
    for role in sorted(step.by - ROLES.keys() - PURPOSES.keys()):
        yield f"{where} is for '{role}', which is neither a role nor a purpose."
    if not step.by:
        yield f"{where} may be taken by nobody."
    if not step.explains:
        yield f"{where} does not say what it is in practice: give it a docstring."
    known = {*parts(page), *(field.name for field in page._meta.concrete_fields)}
    for name in sorted({*step.words, *step.offers} - set(step.fields)):
        yield f"{where} says how '{name}' is asked, and does not ask it."
    for name in [*step.fields, *step.optional, *step.only_when]:
        if name not in known:
            yield f"{where} asks for '{name}', which is no field."
    for name, (other, _) in step.only_when.items():
        if other in step.fields and name in step.fields and step.fields.index(other) > step.fields.index(name):
            yield f"{where} asks for '{name}' before '{other}', on which it depends."
    yield from (f"{where} {fault}" for fault in _faults_of_siblings(page, step))
    everyone: set[str] = page.Shown.everyone  # type: ignore[attr-defined]
    for name in placeholders(step):
        if name not in everyone:
            yield f"{where} tells '{name}' in the timeline, which is not shown to everyone."


def _faults_of_siblings(page: type[Process], step: Step) -> Iterator[str]:
    """What a step that may be taken for several says amiss of itself."""
    if step.own and not step.siblings:
        yield "says what is each child's own, and is not for several: say siblings=True."
    if step.siblings and page.begun_in_pages(step):
        yield "begins by a form of several pages, which is of no one child: it cannot be for several."
    for name in sorted(step.own - set(step.fields)):
        yield f"says that '{name}' is each child's own, and does not ask it."
    for name in sorted(step.own & set(step.fields)):
        field: Any = page._meta.get_field(name) if has_field(page, name) else None
        if field is None or (isinstance(field, ArrayField) and not isinstance(field.base_field, CodeField)):
            yield f"says that '{name}' is each child's own, and a list cannot be asked again for each."
    for name, (other, _) in step.only_when.items():
        if other in step.own and name in step.fields and name not in step.own:
            yield f"asks all children '{name}' by what is each child's own: '{other}'."


def _faults_of_expects(page: type[Process]) -> Iterator[str]:
    for expect in page.expects:
        other = processes().get(expect.of)
        if other is None:
            if expect.of not in pack().switched_off():
                yield f"{page.kind()}: it expects '{expect.of}', which is no process."
            continue
        if expect.step not in other.steps or not other.steps[expect.step].begins:
            yield f"{page.kind()}: '{expect.of}' does not begin by '{expect.step}'."
        for name in [expect.link, *expect.carries]:
            if not has_field(other, name):
                yield f"{page.kind()}: it carries '{name}' to '{expect.of}', which has no such field."
        for name in sorted(expect.apart - expect.carries.keys()):
            yield f"{page.kind()}: it tells '{expect.of}' apart by '{name}', which it does not carry."
        for path in [expect.when, *expect.carries.values()]:
            if not _leads_somewhere(page, path):
                yield f"{page.kind()}: it expects by '{path}', which is no fact of it."


def _faults_of_beginnings(page: type[Process]) -> Iterator[str]:
    """What a page says amiss of the rows from which it is begun."""
    for name, field in page.begins_from.items():
        if name not in page.steps or not page.steps[name].begins:
            yield f"{page.kind()}: it begins by '{name}' from another row, and has no such beginning."
        elif field not in page.steps[name].fields:
            yield f"{page.kind()}: the step '{name}' does not ask '{field}', from which it is begun."


def _faults_of_readers(page: type[Process]) -> Iterator[str]:
    shown: Any = page.Shown
    columns = {field.name for field in page._meta.concrete_fields} - {"entry", "state", "version"}
    readers = {"everyone": shown.everyone, "team": shown.team, "restricted": shown.restricted}
    for name in sorted(getattr(shown, "public", set()) - columns):
        yield f"{page.kind()}: it shows '{name}' to the public, and has no such field."
    for reader, names in readers.items():
        for name in sorted(names - columns):
            yield f"{page.kind()}: it shows '{name}' to {reader}, and has no such field."
    for name in sorted(columns - set().union(*readers.values())):
        yield f"{page.kind()}: '{name}' is shown to nobody."
    for name in sorted(page.shown_to_involved() - columns):
        yield f"{page.kind()}: it shows '{name}' to those involved, and has no such field."
    for by, names in page.readers_by_agency().items():
        for name in (*(by if isinstance(by, tuple) else (by,)), *sorted(names)):
            if name not in columns:
                yield f"{page.kind()}: it shows '{name}' to an agency, and has no such field."


def _leads_somewhere(page: type[models.Model], path: str) -> bool:
    name, _, rest = path.partition(".")
    if has_field(page, name):
        related = page._meta.get_field(name).related_model
        return not rest or (isinstance(related, type) and _leads_somewhere(related, rest))
    return hasattr(page, name) and not rest
