"""What templates need of the look and cannot say themselves."""

from datetime import date, datetime
from typing import Any

from django import template
from django.utils import timezone

from righthelp.engine.rendering.problems import Problem
from righthelp.engine.rendering.problems import problems as problems_of
from righthelp.kernel.moments import local, local_day
from righthelp.kernel.written import write_date, write_moment, write_time
from righthelp.packs import pack

register = template.Library()


@register.simple_tag
def pack_word(key: str) -> str:
    """A word or a number of the county's."""
    return pack().word(key)


@register.simple_tag
def allowed(clock: str) -> str:
    """How long a clock that starts today gives, in words: "24 hours"."""
    return pack().allowed(clock, timezone.localdate())


@register.filter
def moment(value: datetime | None) -> str:
    """A moment as people write it: "27 March 2015 at 9:04pm"."""
    return write_moment(local(value)) if value else ""


@register.filter
def lately(value: datetime | None) -> str:
    """A moment in a list that is looked at all day: "today at 9:04pm", "yesterday at 9:04pm", else in full."""
    if value is None:
        return ""
    here = local(value)
    ago = (timezone.localdate() - here.date()).days
    near = {0: "today", 1: "yesterday"}.get(ago)
    return f"{near} at {write_time(here.time())}" if near else write_moment(here)


@register.filter
def clock_time(value: datetime | None) -> str:
    """The time of day of a moment: "9:04pm"."""
    return write_time(local(value).time()) if value else ""


@register.filter
def day(value: date | None) -> str:
    """A day as people write it: "27 March 2015"."""
    return write_date(local_day(value)) if value else ""


@register.filter
def problems(judged: Any) -> list[Problem]:
    """The faults of a form, of a set of forms, or of a list of both; none for anything else."""
    several = judged if isinstance(judged, (list, tuple)) else [judged]
    return problems_of(*(one for one in several if hasattr(one, "is_bound")))


@register.simple_tag(takes_context=True)
def page_problems(context: template.Context) -> list[Problem]:
    """The faults of the page: of what the view calls `judged`, else of its `form` and its `formset`."""
    if "judged" in context:
        return problems(context["judged"])
    return problems([context.get("form"), context.get("formset")])
