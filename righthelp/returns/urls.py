"""The returns' addresses."""

from django.urls import path

from righthelp.returns import views

urlpatterns = [
    path("returns/cin/", views.board, name="return_readiness"),
    path("returns/cin/<uuid:pk>/", views.finding, name="return_finding"),
]
