"""The report's addresses."""

from django.urls import path

from ledtrad.apps.annual_report.views.check import check
from ledtrad.apps.annual_report.views.corrections import corrections
from ledtrad.apps.annual_report.views.files import file
from ledtrad.apps.annual_report.views.goal import goal
from ledtrad.apps.annual_report.views.thread import thread

urlpatterns = [
    path("<int:year>/mal/<str:code>/", goal, name="goal"),
    path("<int:year>/mal/<str:code>/fil/<str:kind>", file, name="goal_file"),
    path("<int:year>/fil/<str:kind>", file, name="year_file"),
    path("trad/<path:trace_id>", thread, name="thread"),
    path("granska/", check, name="check"),
    path("rattelser/<int:year>/", corrections, name="corrections"),
]
