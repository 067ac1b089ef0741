"""The measures' addresses."""

from django.urls import path

from righthelp.measures.publishing import views as publishing
from righthelp.measures.views import boards, rows, sheets

urlpatterns = [
    path("measures/", boards.index, name="measures"),
    path("measures/matter/", boards.board, name="measures_that_matter"),
    path("measures/matter/<slug:kind>/", boards.board_file, name="measures_that_matter_file"),
    path("measures/board/<slug:service>/", boards.board, name="measures_board"),
    path("measures/board/<slug:service>/<slug:kind>/", boards.board_file, name="measures_board_file"),
    path("measures/front-door/", boards.front_door, name="front_door_measures"),
    path("measures/front-door/<slug:name>/", boards.front_door, name="front_door_measure"),
    path("measures/front-door/<slug:name>/rows/", boards.front_door, {"rows": True}, name="front_door_measure_rows"),
    path("measures/published/<uuid:pk>/", publishing.release_beside, name="release_beside"),
    path("measures/<slug:name>/", sheets.sheet, name="measure"),
    path("measures/<slug:name>/definition/", sheets.definition, name="measure_definition"),
    path("measures/<slug:name>/rows/", rows.rows, name="measure_rows"),
    path("measures/<slug:name>/file/<slug:kind>/", sheets.sheet_file, name="measure_file"),
]
