"""Where people report: their own work, and a unit's report of a period."""

from django.urls import path

from ledtrad.apps.reporting.views.my_work import my_work

urlpatterns = [
    path("arbete/", my_work, name="my_work"),
]
