"""What templates need of the look and cannot say themselves."""

from datetime import date, datetime
from typing import Any

from django import template

from righthelp.engine.rendering.problems import Problem
from righthelp.engine.rendering.problems import problems as problems_of
from righthelp.kernel.moments import local, local_day
from righthelp.kernel.written import write_date, write_moment

register = template.Library()


@register.filter
def moment(value: datetime | None) -> str:
    """A moment as people write it: "27 March 2015 at 9:04pm"."""
    return write_moment(local(value)) if value else ""


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
