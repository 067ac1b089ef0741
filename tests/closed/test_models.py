"""Every model that holds anything of anybody is behind the guard, whichever way it is reached."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.core import checks as django_checks
from django.db import models

from righthelp.engine import checks
from righthelp.engine.codes import CodeField
from righthelp.engine.process import processes
from righthelp.guard.guarded import GuardedManager, guarded_models
from righthelp.guard.models import Account
from righthelp.guard.rules import Rule
from righthelp.packs import pack
from tests.leaks.tokens import STRUCTURE, texts_of

# Fields that hold no words of anybody.
WORDLESS = (
    models.UUIDField, models.ForeignKey, models.OneToOneField, models.DateField, models.DateTimeField,
    models.TimeField, models.BooleanField, models.IntegerField, models.FloatField, models.DecimalField, CodeField,
)  # fmt: skip
MODELS = guarded_models()


def label(model: type[models.Model]) -> str:
    return str(model._meta.label)


@pytest.mark.parametrize("model", MODELS, ids=label)
def test_every_way_to_a_row_goes_through_the_guard(model: type[models.Model]) -> None:
    """Related rows are fetched by the base manager, and everything else by the default one."""
    assert isinstance(model._default_manager, GuardedManager)
    assert isinstance(model._base_manager, GuardedManager)
    assert all(isinstance(manager, GuardedManager) for manager in model._meta.managers)


@pytest.mark.parametrize("model", MODELS, ids=label)
def test_every_model_says_who_sees_it(model: type[models.Model]) -> None:
    rules = [*model.seen_by, *model.written_by]  # type: ignore[attr-defined]
    assert all(isinstance(rule, Rule) for rule in rules)
    assert model.__doc__
    assert not model.__doc__.startswith(f"{model.__name__}("), "it has no sentence of its own"


def test_our_models_without_a_guard_are_named() -> None:
    """Accounts are read before anybody looks; the audit tables are read by nobody here."""
    free = {
        model
        for model in apps.get_models()
        if model.__module__.startswith("righthelp.") and model not in MODELS and not hasattr(model, "pgh_tracked_model")
    }
    assert free == {Account}


def test_every_model_is_audited_but_for_those_with_a_reason() -> None:
    tracked = {model.pgh_tracked_model for model in apps.get_models() if hasattr(model, "pgh_tracked_model")}  # type: ignore[attr-defined]
    without = {label(model) for model in MODELS if model not in tracked}
    assert without == {label(model) for model in MODELS if not model.audited}
    # Each is never changed, or can be made again from what is audited, or is nothing but typing not yet sent.
    kept_for_ever = {label(model) for model in MODELS if model.append_only}
    assert without - kept_for_ever <= {
        "people.SearchKey", "record.Deadline", "record.Draft", "demo.PlannedStep", "demo.DemonstrationCounty",
        "contact.UnsentWorry", "record.Notice", "record.NoticeMessage",
        "daily.DailyPayload",
    }  # fmt: skip


@pytest.mark.parametrize("model", MODELS, ids=label)
def test_the_canary_can_fill_every_field(model: type[models.Model]) -> None:
    """A field of a kind that it does not know would pass unseen through every page."""
    filled = set(texts_of(model))  # type: ignore[arg-type]
    for column in model._meta.concrete_fields:
        inner = column.base_field if isinstance(column, ArrayField) else column
        if column.name in filled or column.name == "state" or column.choices:
            continue
        if f"{model.__name__}.{column.name}" in STRUCTURE:
            continue
        assert isinstance(inner, WORDLESS), f"{column.name} is of a kind that the canary does not fill"


def test_what_the_canary_leaves_out_is_there() -> None:
    named = {f"{model.__name__}.{column.name}" for model in MODELS for column in model._meta.concrete_fields}
    assert set(STRUCTURE) <= named


# Start-up checks that need no page: each with what it must refuse. Those of pages are beside the engine.
def test_rows_cannot_be_both_kept_for_ever_and_removed(monkeypatch: pytest.MonkeyPatch) -> None:
    model = next(model for model in MODELS if model.append_only)
    assert checks.rows_are_guarded() == []
    monkeypatch.setattr(model, "removable", True)
    assert [fault.id for fault in checks.rows_are_guarded()] == ["righthelp.E004"]


def test_a_fault_in_a_law_file_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks.law, "check", lambda: ["front_door.yaml, line 3: no source."])
    assert [fault.msg for fault in checks.law_is_whole()] == ["front_door.yaml, line 3: no source."]


def test_work_that_lands_with_nobody_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    page = next(page for page in processes().values() if page.team_receives)
    monkeypatch.setattr(page, "team_receives", "no such work")
    said = [fault.msg for fault in checks.work_lands_somewhere()]
    assert "No team of the pack receives 'no such work'." in said


def test_a_label_of_nothing_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    class Renaming:
        def switched_off(self) -> set[str]:
            return {"no_process"}

        def labels(self) -> list[str]:
            return ["no_kind.title", "contact.no_field"]

    contact = processes()["contact"]
    monkeypatch.setattr(checks, "pack", Renaming)
    monkeypatch.setattr(checks, "processes", lambda: {"contact": contact})
    said = " ".join(str(fault.msg) for fault in checks.labels_lead_somewhere())
    assert "switches off 'no_process'" in said
    assert "there is no process no_kind" in said
    assert "neither a field nor a step of that name" in said


def test_the_start_up_checks_are_asked_at_the_start() -> None:
    asked = {check.__name__ for check in django_checks.registry.registry.get_checks()}
    assert asked >= {
        "pages_are_whole", "roles_are_described", "law_is_whole", "rows_are_guarded", "work_lands_somewhere",
        "labels_lead_somewhere",
    }  # fmt: skip
    assert pack().roles()
