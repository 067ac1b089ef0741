"""The social worker's report to a conference: composed from the record, and read by the parents before anybody else.

What a child said in enquiries, and what each agency found, is not quoted: the parents get the report, and those words
were not given for them. What the child wants the conference to know is asked anew; agencies bring reports of their own.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from righthelp.engine import plan_page
from righthelp.engine.composing import Passage, Section, of
from righthelp.engine.issuing import Recipient
from righthelp.engine.meeting_papers import recipient
from righthelp.engine.process import processes
from righthelp.kernel.moments import local_day
from righthelp.record.models import Basis, Issue

if TYPE_CHECKING:
    from righthelp.processes.child_protection_conference.models import ChildProtectionConference

ASKED = ("report_child", "report_analysis", "report_proposes")


def title(conference: ChildProtectionConference) -> str:
    """What it is called."""
    return f"Report of the social worker: {conference.heading}"


def readers(conference: ChildProtectionConference) -> Iterator[Recipient]:
    """Everybody who is to come. The family get it by hand: somebody goes through it with them."""
    for one in conference.invited():
        by_hand = one.worker is None and one.agency is None
        yield Recipient(f"{one.name}, {one.who}", how=Issue.How.HAND) if by_hand else recipient(one)


def sections(conference: ChildProtectionConference) -> Iterator[Section]:
    """Why there is a conference, what is on record that the parents may read, and what the worker makes of it."""
    also, enquiry, assessment = conference.also, conference.enquiry, _assessment(conference)
    yield Section("", [Passage(f"{conference.heading} about {conference.about}.")])
    yield Section("Why there is a conference", [of(conference, "asked_because", also, label="")])
    if enquiry is not None:
        yield Section("What enquiries under section 47 came to", [of(enquiry, "outcome", also, label="")])
        yield Section("What parents and carers say", [of(enquiry, "parents_say", also, basis=Basis.TOLD, label="")])
    if assessment is not None:
        yield Section("What the assessment says", [of(assessment, "analysis", also, basis=Basis.OPINION, label="")])
    if conference.plan is not None:
        yield from plan_page.standing(plan_page.of(conference.plan, local_day(also.on)))
    child = str(conference.entry.person)
    yield Section(
        "What the child wants the conference to know",
        [of(conference, "report_child", also, said_by=child, basis=Basis.TOLD, label="")],
    )
    for heading, name in (("What it means", "report_analysis"), ("What the social worker proposes", "report_proposes")):
        yield Section(heading, [of(conference, name, also, basis=Basis.OPINION, label="")])
    yield Section(
        "If something is wrong here",
        [Passage("Tell the social worker or the chair before the conference, or say so there. It is written down.")],
    )


def _assessment(conference: ChildProtectionConference) -> Any:
    """The last assessment of the child that a manager authorised."""
    page = processes().get("assessment")
    if page is None:
        return None
    done = page.objects.filter(entry__person=conference.entry.person_id, authorised_at__isnull=False)
    return done.exclude(analysis="").order_by("authorised_at").last()
