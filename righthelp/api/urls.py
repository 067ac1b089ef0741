"""The API's addresses, and the pages on which its keys are looked after."""

from django.urls import path

from righthelp.api import pages, worries

urlpatterns = [
    path("api/v1/worries", worries.worries, name="api_worries"),
    path("api/v1/worries/<str:reference>", worries.worry, name="api_worry"),
    path("systems/", pages.systems, name="agency_systems"),
    path("systems/new/", pages.new_system, name="agency_system_new"),
    path("systems/<uuid:pk>/key/", pages.new_key, name="agency_key_new"),
    path("systems/keys/<uuid:pk>/end/", pages.end, name="agency_key_end"),
]
