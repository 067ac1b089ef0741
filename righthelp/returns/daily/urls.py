"""The daily return's address."""

from django.urls import path

from righthelp.returns.daily import views

urlpatterns = [path("returns/daily/", views.daily, name="daily_return")]
