"""Every process's addresses, made from its page; a process with views of its own adds them in its folder."""

from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps
from django.urls import URLPattern, path

from righthelp.engine.meeting import Meeting
from righthelp.engine.plan import Plan
from righthelp.engine.process import Process, processes
from righthelp.engine.views import begin, calendars, drafts, plans, records, taking, who


def own_views(page: type[Process]) -> Any:
    """The process's own `views`, or nothing. It may hold `record` (its page) and `urlpatterns`."""
    name = f"{apps.get_app_config(page.kind()).name}.views"
    return import_module(name) if find_spec(name) else None


def _of(page: type[Process]) -> list[URLPattern]:
    kind, more = page.kind(), {"page": page}
    own = own_views(page)
    return [
        *getattr(own, "urlpatterns", []),
        path(f"{kind}/", records.queue, more, name=f"{kind}_queue"),
        path(f"{kind}/new/<slug:step>/", begin.begin_page, more, name=f"{kind}_begin"),
        path(
            f"{kind}/<uuid:pk>/",
            records.record,
            {**more, "own": getattr(own, "record", None)},
            name=f"{kind}_record",
        ),
        *([path(f"{kind}/<uuid:pk>/who/", who.who, more, name=f"{kind}_who")] if who.says_who(page) else []),
        *([path(f"{kind}/<uuid:pk>/plan/", plans.plan, more, name=f"{kind}_plan")] if issubclass(page, Plan) else []),
        *(
            [path(f"{kind}/<uuid:pk>/calendar/", calendars.calendar, more, name=f"{kind}_calendar")]
            if issubclass(page, Meeting)
            else []
        ),
        path(f"{kind}/<uuid:pk>/receipt/", records.receipt, more, name=f"{kind}_receipt"),
        path(f"{kind}/<uuid:pk>/<slug:step>/", taking.take_page, more, name=f"{kind}_take"),
        path(f"{kind}/<uuid:pk>/<slug:step>/draft/", taking.keep_draft, more, name=f"{kind}_take_draft"),
    ]


urlpatterns = [
    path("drafts/<uuid:pk>/<int:number>/", drafts.section, name="draft_section"),
    path("drafts/<uuid:pk>/check/", drafts.check, name="draft_check"),
    path("drafts/<uuid:pk>/save/", drafts.save, name="draft_save"),
    path("drafts/<uuid:pk>/discard/", drafts.discard, name="draft_discard"),
    *(pattern for page in processes().values() for pattern in _of(page)),
]
