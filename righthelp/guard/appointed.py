"""Workers who hold certain roles today."""

from collections.abc import Collection
from typing import Any

from righthelp.guard.models import Appointment, Worker


def holders_of(roles: Collection[str]) -> Any:
    """Everybody who holds one of these roles, by name."""
    held = Appointment.objects.filter(role__in=roles, until__isnull=True)
    return Worker.objects.filter(pk__in=held.values("worker")).order_by("name")
