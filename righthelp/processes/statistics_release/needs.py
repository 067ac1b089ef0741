"""What the steps of a release ask of it."""

from __future__ import annotations

from typing import Any

from righthelp.guard.viewers import AsWorker
from righthelp.kernel.page import Fault


def is_the_only_one(release: Any) -> Fault | None:
    """Of one subject and one period there is one release, and editions of it."""
    alike = type(release).objects.filter(subject=release.subject, period=release.period).exclude(pk=release.pk)
    if alike.filter(state=release.State.PREPARED).exists():
        return Fault("A release of these figures is prepared already. Publish or drop that one first.", at="period")
    if alike.filter(published_at__isnull=False).exists():
        return Fault("These figures are published. Open that release, and prepare a corrected edition.", at="period")
    return None


def corrects_what_is_published(release: Any) -> Fault | None:
    """One correction at a time, of the edition that people read."""
    if not _is_published_now(release):
        return Fault("Only the edition that is published now can be corrected.", at="corrects")
    waiting = type(release).objects.filter(corrects=release.corrects_id, state=release.State.PREPARED)
    if waiting.exclude(pk=release.pk).exists():
        return Fault("A correction of it is prepared already. Publish or drop that one first.", at="corrects")
    return None


def says_what_was_wrong(release: Any) -> Fault | None:
    """A correction that does not say what was wrong is no correction."""
    if not release.corrected_because.strip():
        return Fault("Say what was wrong, and what is different now.", at="corrected_because")
    return None


def looked_over_by_another(release: Any) -> Fault | None:
    """Two people look at what is hidden before the public does."""
    by = release.also.by
    if isinstance(by, AsWorker) and by.worker == release.prepared_by_id:
        return Fault("You prepared this release. Somebody else looks it over and publishes it.")
    return None


def still_corrects_the_last(release: Any) -> Fault | None:
    """What it corrects may have been corrected since."""
    if release.corrects_id and not _is_published_now(release):
        return Fault("The edition that this one corrects has been replaced since. Drop this one, and prepare another.")
    return None


def _is_published_now(release: Any) -> bool:
    """As it stands under its lock: of two who correct it at once, the second is told."""
    corrected = type(release).objects.select_for_update(no_key=True).filter(pk=release.corrects_id)
    return [one.state for one in corrected] == [release.State.PUBLISHED]
