"""What somebody has typed and not yet done: kept as they type, theirs alone, gone when the step is taken."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.db import models
from django.http import QueryDict
from django.utils import timezone

from righthelp.engine.process import Process
from righthelp.guard.viewers import AsWorker
from righthelp.kernel.page import Step
from righthelp.record.models import Draft

NOT_KEPT = {"csrfmiddlewaretoken", "add", "save"}


def typed(draft: Draft | None) -> QueryDict | None:
    """What the draft holds, as if it had just been typed; None when there is nothing."""
    if draft is None or not draft.answers:
        return None
    data = QueryDict(mutable=True)
    for name, values in draft.answers.items():
        data.setlist(name, values)
    return data


def keep(draft: Draft, data: QueryDict, names: tuple[str, ...] = ()) -> None:
    """Keep what was typed on one page. Answers of other pages stay; of `names`, what is no longer typed goes."""
    # What another request of theirs has kept meanwhile stays: a slow save of one page must not undo the next.
    held = Draft.objects.select_for_update().filter(pk=draft.pk).first()
    if held is None:
        return  # sent, or thrown away, in another window
    answers = {
        name: values
        for name, values in held.answers.items()
        if not any(name == one or name.startswith((f"{one}-", f"{one}_")) for one in names)
    }
    for name in data:
        if name not in NOT_KEPT and not name.startswith("remove-"):
            kept = [value.replace("\x00", "") for value in data.getlist(name)]  # no column holds it
            answers[name.replace("\x00", "")] = kept
    draft.answers = answers
    draft.saved_at = timezone.now()
    draft.save(force_update=True)


def reached(draft: Draft, step: Step) -> int:
    """The number of the last page of the form on which something was typed; 1 when nothing was."""
    written = [
        number
        for number, names in enumerate(step.asks.values(), start=1)
        if any(any(draft.answers.get(name, [])) for name in names)
        or any(key.split("-")[0] in names and any(values) for key, values in draft.answers.items() if "-" in key)
    ]
    return max(written, default=1)


def about(draft: Draft, page: type[Process]) -> str:
    """What the draft is about, in the words of its page's heading: of the row, or of what has been typed so far."""
    if draft.entry_id:
        row = page.objects.filter(pk=draft.entry_id).first()
        return str(row.heading) if row else page.title()
    typed = {
        field.name: draft.answers[field.name][-1]
        for field in page._meta.concrete_fields
        if isinstance(field, (models.CharField, models.TextField)) and draft.answers.get(field.name)
    }
    try:
        return str(page(**typed).heading).strip() or page.title()
    except ObjectDoesNotExist:
        return page.title()  # its heading names a row that is chosen only when it begins


def unfinished(viewer: AsWorker, page: type[Process], step: Step) -> list[dict[str, Any]]:
    """What this worker has begun by this step and not sent: what it is about, and where they left it."""
    begun = Draft.objects.filter(worker=viewer.worker, kind=page.kind(), step=step.name, entry__isnull=True)
    return [
        {"draft": draft, "about": about(draft, page), "reached": reached(draft, step)}
        for draft in begun.exclude(answers={}).order_by("-saved_at")
    ]


def untouched(viewer: AsWorker, page: type[Process], step: Step) -> Draft | None:
    """A draft of this worker's into which nothing was ever typed: it serves again."""
    begun = Draft.objects.filter(worker=viewer.worker, kind=page.kind(), step=step.name, entry__isnull=True)
    found: Draft | None = begun.filter(answers={}).order_by("-saved_at").first()
    return found


def of_step(viewer: AsWorker, page: type[Process], step: Step, entry: UUID | None) -> Draft | None:
    """The draft of a step that this worker has begun, if there is one."""
    found: Draft | None = (
        Draft.objects.filter(worker=viewer.worker, kind=page.kind(), step=step.name, entry=entry)
        .order_by("-saved_at")
        .first()
    )
    return found


def begin(viewer: AsWorker, page: type[Process], step: Step, entry: UUID | None = None, **answers: Any) -> Draft:
    """A new draft, with what is known already; of a step on a row, the one that there is."""
    draft = Draft(
        worker_id=viewer.worker,
        kind=page.kind(),
        step=step.name,
        entry_id=entry,
        answers=answers,
        saved_at=timezone.now(),
    )
    # What they typed last is saved by itself while they press the button: the second of the two waits for the first,
    # and goes on with its draft.
    Draft.objects.bulk_create([draft], ignore_conflicts=True)
    return (of_step(viewer, page, step, entry) or draft) if entry else draft
