"""A meeting as a file for the calendar of whoever reads when and where it is."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse

from righthelp.engine.meeting import Meeting, MeetingState
from righthelp.engine.meeting_papers import calendar_file
from righthelp.engine.process import Process
from righthelp.engine.sight import Relation, readable
from righthelp.engine.views.asked import for_workers, open_row, row_of, viewer_of
from righthelp.guard.models import AccessLog
from righthelp.guard.viewers import AsWorker

SAYS = {"meets_at", "minutes", "place"}  # what the file says of a meeting
FOR_CALENDARS = {MeetingState.ARRANGED, MeetingState.CALLED_OFF}  # called off, it is taken out of a calendar again


def goes_into_calendars(row: Process, viewer: AsWorker, relation: Relation) -> bool:
    """Whether a row is a meeting with a day, and this viewer reads where and when it is."""
    if not isinstance(row, Meeting) or row.meets_at is None or row.state not in FOR_CALENDARS:
        return False
    return set(readable(row, viewer, relation)) >= SAYS


@for_workers
def calendar(request: HttpRequest, page: type[Meeting], pk: UUID) -> HttpResponse:
    """The file (RFC 5545). It names nobody: others read a calendar. Raises `Http404` where there is no day yet."""
    row = row_of(page, pk)
    relation = open_row(request, row, f"{page.title()}, for a calendar", kind=AccessLog.Kind.PRINTED)
    if not goes_into_calendars(row, viewer_of(request), relation):
        raise Http404("This meeting has no day yet, or you do not read where it is.")
    assert isinstance(row, Meeting)
    headers = {"Content-Disposition": f'attachment; filename="meeting-{row.meets_at:%Y-%m-%d}.ics"'}
    return HttpResponse(calendar_file(row), "text/calendar; charset=utf-8", headers=headers)
