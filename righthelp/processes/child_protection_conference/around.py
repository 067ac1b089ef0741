"""Who is proposed to be invited to a conference: nobody types again who was at the meeting before it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from righthelp.engine.meeting import Meeting
    from righthelp.processes.child_protection_conference.models import ChildProtectionConference


def proposed(conference: ChildProtectionConference) -> Iterator[dict[str, Any]]:
    """Workers of agencies who were asked to the last conference, or to the strategy discussion before the first.

    Of the family nobody is proposed: that a parent comes, or must not, is for the worker to say each time.
    """
    meeting = _before(conference)
    for one in meeting.asked() if meeting else ():
        if one.is_to_come and one.agency is not None:
            yield {"name": one.name, "agency": one.agency, "who": one.who, "report_wanted": one.report_wanted}


def _before(conference: ChildProtectionConference) -> Meeting | None:
    if conference.plan is not None:
        reviews = type(conference).objects.filter(plan=conference.plan, held_at__isnull=False).order_by("held_at")
        last: Meeting | None = reviews.last()
        return last or conference.plan.conference
    return conference.enquiry.discussion if conference.enquiry is not None else None
