"""Partners' systems in the small county: a school's, which has sent a worry, another agency's, and a police force's."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from righthelp.api.keys import make_key, make_system
from righthelp.api.models import AgencyKey, SentOnce
from righthelp.api.reading import digest_of
from righthelp.guard.guarded import new_id
from righthelp.guard.viewers import worker_looking
from tests.county_worries import Telling

if TYPE_CHECKING:
    from righthelp.engine.journal import Journal
    from tests.county import County

# By what the tests call them: whose they are, and the role by which they do it.
SYSTEMS = {
    "the school's system": ("Hill Lane Primary School", "partner"),
    "another agency's system": ("Wyeside Community Health", "partner"),
    "the police's system": ("Border Counties Police", "police notifier"),
}


def systems(county: County, journal: Journal) -> None:
    """Their keys, and a worry that the school's system sent."""
    by = county.as_("user administrator")
    until = timezone.localdate() + timedelta(days=90)
    for name, (agency, role) in SYSTEMS.items():
        system = make_system(by, county.staff.agencies[agency], f"{agency} records", [role], until)
        county.staff.workers[name] = system
        county.keys[name] = make_key(by, system, until, new_id())
        viewer = worker_looking(system.pk)
        assert viewer is not None
        county.staff.viewers[system.pk] = viewer
    county.rows["keys"] = list(AgencyKey.objects.select_related("worker").order_by("made_at"))
    sent = Telling(county, journal).send("by system", county.now - timedelta(hours=2), by="the school's system")
    county.rows["sent by a system"] = sent
    journal.add(
        SentOnce(
            worker=county.staff.workers["the school's system"],
            what="worries",
            sent_as="a-number-of-its-own",
            body=digest_of({}),
            answered_at=county.now,
            status=201,
            answer={"reference": sent.reference},
        )
    )
