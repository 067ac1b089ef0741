"""The same seed makes the same county, and a county made days ago is carried on as if somebody had been at work."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import models
from django.utils import timezone

from righthelp.demo import county
from righthelp.demo.models import DemonstrationCounty, PlannedStep
from righthelp.demo.plan import making
from righthelp.demo.tests.conftest import WEDNESDAY, Made, taken_back
from righthelp.engine.deadlines import derive
from righthelp.engine.process import processes
from righthelp.guard.guarded import GuardedModel
from righthelp.guard.models import AccessLog
from righthelp.processes.contact.models import Contact
from righthelp.processes.help_request.models import HelpRequest
from righthelp.record.models import Deadline, TimelineEvent

SMALL = {"children": 300, "months": 0.6}
GENERATED = re.compile(r"W-\w{4}-\w{4}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
TWO_DAYS = timedelta(days=2, hours=3)


def natural(value: Any) -> Any:
    """A value without what is generated: keys, and the references that nobody may guess."""
    if isinstance(value, UUID):
        return ""
    if isinstance(value, (list, tuple)):
        return sorted(str(natural(one)) for one in value)
    if isinstance(value, dict):
        return {key: natural(one) for key, one in value.items()}
    return GENERATED.sub("", value) if isinstance(value, str) else value


def rows_of(model: type[GuardedModel]) -> list[str]:
    columns = [field.attname for field in model._meta.concrete_fields if not isinstance(field, models.UUIDField)]
    return sorted(repr([natural(value) for value in row]) for row in model.objects.values_list(*columns))


def everything() -> dict[str, list[str]]:
    """Every guarded row but the log of who looked, which says when that was."""
    found = [model for model in apps.get_models() if issubclass(model, GuardedModel) and model is not AccessLog]
    return {model._meta.db_table: rows_of(model) for model in found}


def who_is_who() -> list[tuple[Any, ...]]:
    """What keys hide from `everything`: which child, which sender, held by whom."""
    names = ("received_at", "from_worker__name", "matched_to__called", "matched_to__born_on", "child_given", "state")
    return sorted(Contact.objects.values_list(*names), key=repr)


def test_the_same_seed_and_moment_make_the_same_county(a_county: Made) -> None:
    with a_county(**SMALL):
        first, people = everything(), who_is_who()
    with a_county(**SMALL):
        assert everything() == first
        assert who_is_who() == people
    with a_county(seed=8, **SMALL):
        assert who_is_who() != people


@pytest.fixture(scope="class")
def small_one(a_county: Made) -> Iterator[None]:
    with a_county(**SMALL):
        yield


@pytest.mark.usefixtures("small_one")
class TestOneThatIsThere:
    """What is done with a county that was made before: each test takes back what it did."""

    def test_a_county_is_not_made_twice(self) -> None:
        with taken_back(), pytest.raises(RuntimeError, match="there already"):
            county.make(1, WEDNESDAY, **SMALL)

    @pytest.mark.county
    def test_carried_on_to_the_present_moment(self) -> None:
        later = WEDNESDAY + TWO_DAYS
        with taken_back():
            open_before = set(Contact.objects.filter(state__in=Contact.open_states()).values_list("pk", flat=True))
            before = Contact.objects.count()
            county.catch_up(later)
            # Everything that was open has been decided, but for the one or two that were late already.
            left = Contact.objects.filter(pk__in=open_before, state__in=Contact.open_states())
            assert [(row.came_by, row.state, row.received_at) for row in left] == []
            assert Contact.objects.count() > before
            open_now = Contact.objects.filter(state__in=Contact.open_states())
            assert 15 <= open_now.count() <= 36
            assert open_now.filter(urgency="RED").exists()
            assert not TimelineEvent.objects.filter(at__gt=later).exists()
            assert not PlannedStep.objects.filter(at__lte=later).exists()
            assert HelpRequest.objects.filter(answered_at__gt=WEDNESDAY).exists()
            assert DemonstrationCounty.objects.get().made_up_to == later
            made = [deadline for page in processes().values() for row in page.objects.all() for deadline in derive(row)]
            assert len(made) == Deadline.objects.count()

    def test_what_somebody_has_done_already_is_left_as_it_is(self) -> None:
        with taken_back():
            planned = PlannedStep.objects.filter(kind="contact", step="decide").order_by("at")[0]
            PlannedStep.objects.filter(contact=planned.contact_id).exclude(pk=planned.pk).delete()
            Contact.objects.filter(pk=planned.contact_id).update(state="DECIDED", outcome="ADVICE", level=1)
            county.catch_up(WEDNESDAY + TWO_DAYS)
            assert Contact.objects.get(pk=planned.contact_id).outcome == "ADVICE"


@pytest.mark.parametrize(
    "now",
    [
        datetime(2026, 11, 22, 7, 0, tzinfo=UTC),  # a Sunday morning
        datetime(2026, 3, 29, 1, 30, tzinfo=UTC),  # the night the clocks go forward
        datetime(2026, 12, 28, 23, 59, tzinfo=UTC),  # a bank holiday, before midnight
    ],
    ids=str,
)
def test_made_at_any_moment_and_carried_on_weeks_later(a_county: Made, now: datetime) -> None:
    with a_county(seed=now.day, now=now, children=600, months=3):
        assert Contact.objects.exclude(state="DECIDED").exists()
        county.catch_up(now + timedelta(days=23, hours=5))
        assert Contact.objects.exclude(state="DECIDED").exists()


def command(name: str, **options: Any) -> str:
    out = StringIO()
    call_command(name, stdout=out, stderr=out, **options)
    return out.getvalue()


class TestCommands:
    """What is typed, or what `./run` types."""

    def test_refused_where_somebody_may_be_real(self, settings: Any) -> None:
        settings.DEMONSTRATION = False
        for name in ("prepare_demonstration", "who_signs_in"):
            with pytest.raises(CommandError, match="not a demonstration"):
                command(name)

    @pytest.mark.django_db
    def test_made_once_then_left_then_carried_on(self, settings: Any) -> None:
        settings.DEMONSTRATION = True
        with pytest.raises(CommandError, match="nobody to sign in as"):
            command("who_signs_in")
        assert "The board at this moment" in command("prepare_demonstration", children=200, months=0.3, seed=3)
        assert "as of today" in command("prepare_demonstration")
        with pytest.raises(CommandError, match=r"has 200 children.*reset --scale 3"):
            command("prepare_demonstration", scale=3)
        with making():
            DemonstrationCounty.objects.update(made_up_to=timezone.now() - timedelta(hours=7))
            PlannedStep.objects.all().delete()
        assert "New worries" in command("prepare_demonstration")
        who = command("who_signs_in")
        assert "Ruth Adeyemi: Partner's safeguarding lead, Hill Lane Primary School" in who

    @pytest.mark.django_db
    def test_refused_where_there_are_others(self, settings: Any, django_db_blocker: Any) -> None:
        from righthelp.guard.models import Agency
        from righthelp.guard.viewers import FIRST, looking

        settings.DEMONSTRATION = True
        with looking(FIRST):
            Agency.objects.create(name="A real school", kind="school", description="It is real.")
        with pytest.raises(CommandError, match="not of a demonstration"):
            command("prepare_demonstration", children=200)
