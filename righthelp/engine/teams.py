"""The county's own teams as rows, from its pack."""

from collections.abc import Collection

from righthelp.guard.models import Agency, Team
from righthelp.packs import pack


def missing_teams(council: Agency, there: Collection[str]) -> list[Team]:
    """The pack's teams that are not there yet, by key, ready to be written."""
    return [
        Team(agency=council, key=team.key, name=team.title, description=team.does)
        for team in pack().teams().values()
        if team.key not in there
    ]
