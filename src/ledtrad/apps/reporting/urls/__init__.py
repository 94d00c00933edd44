"""Reporting's addresses, one file for each part."""

from django.urls import URLPattern, URLResolver

from ledtrad.apps.reporting.urls import centre, feed, workspace

urlpatterns: list[URLPattern | URLResolver] = [
    *workspace.urlpatterns,
    *centre.urlpatterns,
    *feed.urlpatterns,
]
