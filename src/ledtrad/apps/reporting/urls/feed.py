"""The address of a person's own calendar."""

from django.urls import path

from ledtrad.apps.reporting.views.feed import calendar_feed

urlpatterns = [
    path("kalender/<str:token>.ics", calendar_feed, name="calendar_feed"),
]
