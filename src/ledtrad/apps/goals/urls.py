"""The goals' addresses."""

from django.urls import path

from ledtrad.apps.goals.views.matrix import matrix
from ledtrad.apps.goals.views.year import latest, year

urlpatterns = [
    path("", latest, name="overview"),
    path("<int:year>/", year, name="year"),
    path("<int:year>/matris/", matrix, name="matrix"),
]
