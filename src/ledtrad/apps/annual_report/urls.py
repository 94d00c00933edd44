"""The report's addresses."""

from django.urls import path

from ledtrad.apps.annual_report.views.check import check

urlpatterns = [
    path("granska/", check, name="check"),
]
