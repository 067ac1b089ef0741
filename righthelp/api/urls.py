"""The API's addresses, and the pages on which its keys are looked after."""

from django.urls import path, re_path

from righthelp.api import codes, notifications, openapi, pages, worries

urlpatterns = [
    path("api/", pages.about, name="api"),
    path("api/v1/openapi.json", openapi.openapi, name="api_openapi"),
    path("api/v1/worries", worries.worries, name="api_worries"),
    path("api/v1/worries/<slug:reference>", worries.worry, name="api_worry"),
    path("api/v1/police-notifications", notifications.notifications, name="api_notifications"),
    path("api/v1/levels-of-need", codes.levels_of_need, name="api_levels"),
    path("api/v1/code-sets", codes.code_sets, name="api_code_sets"),
    path("api/v1/code-sets/<slug:name>", codes.code_set, name="api_code_set"),
    re_path(r"^api/v1/[\s\S]*\Z", codes.nothing, name="api_nothing"),
    path("systems/", pages.systems, name="agency_systems"),
    path("systems/new/", pages.new_system, name="agency_system_new"),
    path("systems/<uuid:pk>/key/", pages.new_key, name="agency_key_new"),
    path("systems/keys/<uuid:pk>/end/", pages.end, name="agency_key_end"),
]
