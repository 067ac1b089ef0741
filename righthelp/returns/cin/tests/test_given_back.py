"""A file that was loaded can be asked back: every element and value of every child, no more and no less."""

from __future__ import annotations

import pytest

from righthelp.conftest import Workplace
from righthelp.processes.assessment.models import Assessment
from righthelp.processes.child_protection_plan.models import ChildProtectionPlan
from righthelp.processes.family_help.models import FamilyHelp
from righthelp.processes.section_47.models import Section47
from righthelp.record.models import KeptForLater
from righthelp.returns.cin.loading import Outcome
from righthelp.returns.cin.places import PLACES
from righthelp.returns.cin.tests.conftest import load
from righthelp.returns.cin.tests.examples import KEPT
from righthelp.returns.cin.tests.given_back import said_by_file, said_by_record
from righthelp.returns.cin.tests.making import file_of, instead


@pytest.mark.parametrize(("seed", "year"), [(1, 2026), (2, 2024)])
def test_every_element_of_a_file_comes_back(workplace: Workplace, seed: int, year: int) -> None:
    text = file_of(48, seed=seed, year=year)
    assert load(text).outcome is Outcome.LOADED
    assert said_by_record() == said_by_file(text.encode())
    for page in (Assessment, Section47, ChildProtectionPlan, FamilyHelp):
        assert page.objects.exists()
    assert not KeptForLater.objects.filter(kind__in=PLACES).exists()


def test_what_cannot_be_recorded_truly_comes_back_word_for_word(workplace: Workplace) -> None:
    told = {}
    for number, example in enumerate(KEPT):
        # Each from an authority of its own, and so of other children.
        text = example.damage(file_of(8, first=8 * number + 1).replace("<LEA>884", f"<LEA>{number + 700}"))
        report = load(text)
        assert report.outcome is Outcome.LOADED, example
        assert any(fault.kind is example.kind and fault.kept for fault in report.faults), example
        told |= said_by_file(text.encode())
    assert said_by_record() == told


def test_two_groups_of_reviews_and_an_element_nobody_knows_come_back_with_their_plan(workplace: Workplace) -> None:
    another = "</Reviews><Reviews><CPPreviewDate>2026-03-01</CPPreviewDate></Reviews><Chair>none yet</Chair>"
    text = instead(file_of(2), "</Reviews>", another)
    assert load(text).outcome is Outcome.LOADED
    assert said_by_record() == said_by_file(text.encode())
    plan = ChildProtectionPlan.objects.get()
    assert (plan.reviews, str(plan.reviewed_on)) == (2, "2026-03-01")
    assert KeptForLater.objects.get(kind="Chair").entry_id == plan.pk
