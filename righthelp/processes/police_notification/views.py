"""The pages of police notifications: sending a file, the hub's list, an incident, its children together, schools."""

from django.urls import path

from righthelp.processes.police_notification.incident import incident as record
from righthelp.processes.police_notification.incident import matches
from righthelp.processes.police_notification.models import PoliceNotification
from righthelp.processes.police_notification.schools import schools
from righthelp.processes.police_notification.sending import check, example, send, template
from righthelp.processes.police_notification.together import together
from righthelp.processes.police_notification.triage import triage

__all__ = ["record", "urlpatterns"]

PAGE = {"page": PoliceNotification}

urlpatterns = [
    path("police_notification/", triage, name="police_notification_queue"),
    path("police_notification/new/notify/", send, name="police_notification_send"),
    path("police_notification/file/", check, name="police_notification_check"),
    path("police_notification/template.csv", template, name="police_notification_template"),
    path("police_notification/example.csv", example, name="police_notification_example"),
    path("police_notification/schools/", schools, name="police_notification_schools"),
    path("police_notification/<uuid:pk>/matches/", matches, PAGE, name="police_notification_matches"),
    path("police_notification/<uuid:pk>/together/<slug:step>/", together, PAGE, name="police_notification_together"),
]
