"""The county's own teams as rows, from its pack."""

from collections.abc import Collection
from uuid import UUID

from righthelp.guard.models import Agency, Appointment, Team
from righthelp.packs import pack


def missing_teams(council: Agency, there: Collection[str]) -> list[Team]:
    """The pack's teams that are not there yet, by key, ready to be written."""
    return [
        Team(agency=council, key=team.key, name=team.title, description=team.does)
        for team in pack().teams().values()
        if team.key not in there
    ]


def team_of(worker: UUID) -> Team | None:
    """The team in which a worker works now; of several the one in which they began last."""
    held = Appointment.objects.filter(worker=worker, until__isnull=True, team__isnull=False).select_related("team")
    last = held.order_by("-since", "pk").first()
    return last.team if last else None
