"""The address of a person's own calendar."""

from django.urls import re_path

from ledtrad.apps.reporting.views.feed import calendar_feed

urlpatterns = [
    re_path(r"^kalender/(?P<token>[A-Za-z0-9_-]{20,64})\.ics$", calendar_feed, name="calendar_feed"),
]
