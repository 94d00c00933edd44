"""The calendar's addresses."""

from django.urls import path

from ledtrad.apps.steering.views import steering_year

urlpatterns = [
    path("kalender/<int:year>/", steering_year, name="steering_year"),
]
