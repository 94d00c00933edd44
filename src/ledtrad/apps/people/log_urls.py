"""The log's addresses. An object's id may hold slashes and points: `/logg/objekt/goal:1.2/2020/`."""

from django.urls import path

from ledtrad.apps.people.views.log import log, log_of_object, log_of_person

urlpatterns = [
    path("logg/", log, name="log"),
    path("logg/objekt/<path:object_id>/", log_of_object, name="log_of_object"),
    path("logg/person/<slug:key>/", log_of_person, name="log_of_person"),
]
