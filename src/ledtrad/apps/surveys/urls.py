"""The surveys' addresses."""

from django.urls import path

from ledtrad.apps.surveys.views.results import survey_result, survey_wave, surveys

urlpatterns = [
    path("enkater/", surveys, name="surveys"),
    path("enkater/<slug:survey>/<int:year>/", survey_wave, name="survey_wave"),
    path("enkater/<slug:survey>/<int:year>/<slug:question>/", survey_result, name="survey_result"),
]
