"""The measures' addresses."""

from django.urls import path

from righthelp.measures import views
from righthelp.measures.publishing import views as publishing

urlpatterns = [
    path("measures/front-door/", views.front_door, name="front_door_measures"),
    path("measures/front-door/csv/", views.front_door_csv, name="front_door_measures_csv"),
    path("measures/front-door/<slug:name>/", views.definition, name="measure"),
    path("measures/front-door/<slug:name>/rows/", views.rows, name="measure_rows"),
    path("measures/published/<uuid:pk>/", publishing.release_beside, name="release_beside"),
]
