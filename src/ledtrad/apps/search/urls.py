"""The search's address."""

from django.urls import path

from ledtrad.apps.search.views import search

urlpatterns = [
    path("sok/", search, name="search"),
]
