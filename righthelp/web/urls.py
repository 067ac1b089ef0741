"""The shell's addresses."""

from django.urls import include, path

from righthelp.web import child, demonstration, documents, home, known, network, public, search, why, work, workers

urlpatterns = [
    path("", home.home, name="home"),
    path("why/", why.why, name="say_why"),
    path("my-work/", work.work, name="work"),
    path("team/", work.team, name="team"),
    path("find/", search.search, name="search"),
    path("known/", known.is_known, name="is_known"),
    path("child/<uuid:pk>/", child.summary, name="child"),
    path("child/<uuid:pk>/chronology/", child.chronology, name="chronology"),
    path("child/<uuid:pk>/known/", child.known, name="known"),
    path("child/<uuid:pk>/network/", network.family, name="network"),
    path("child/<uuid:pk>/documents/", child.documents, name="documents"),
    path("child/<uuid:pk>/looked/", child.looked, name="looked"),
    path("document/<uuid:pk>/", documents.document, name="document"),
    path("document/<uuid:pk>/<slug:kind>/", documents.document_file, name="document_file"),
    path("workers/", workers.workers, name="workers"),
    path("workers/<uuid:pk>/", workers.worker, name="worker"),
    path("workers/role/<uuid:pk>/end/", workers.end, name="end_role"),
    path("levels-of-need/", public.levels, name="levels"),
    path("roles/", public.roles, name="roles"),
    path("about/", public.about, name="about"),
    path("privacy/", public.privacy, name="privacy"),
    path("accessibility/", public.accessibility, name="accessibility"),
    path("health/", public.health, name="health"),
    path("demonstration/sign-in/", demonstration.sign_in, name="sign_in_demonstration"),
    path("", include("righthelp.measures.urls")),
    path("", include("righthelp.api.urls")),
    path("account/", include("allauth.urls")),
]
