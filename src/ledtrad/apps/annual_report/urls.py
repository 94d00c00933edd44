"""The report's addresses."""

from django.urls import path

from ledtrad.apps.annual_report.views.check import check
from ledtrad.apps.annual_report.views.goal import goal
from ledtrad.apps.annual_report.views.thread import thread

urlpatterns = [
    path("<int:year>/mal/<str:code>/", goal, name="goal"),
    path("trad/<path:trace_id>", thread, name="thread"),
    path("granska/", check, name="check"),
]
