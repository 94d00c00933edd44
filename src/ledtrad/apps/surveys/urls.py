"""The surveys' addresses."""

from django.urls import path

from ledtrad.apps.surveys.views.answers import (
    survey_answers,
    survey_answers_delete,
    survey_answers_lay_away,
    survey_answers_take_in,
)
from ledtrad.apps.surveys.views.comparing import survey_compare
from ledtrad.apps.surveys.views.planning import survey_cancel, survey_new_wave, survey_plan
from ledtrad.apps.surveys.views.publishing import survey_publish
from ledtrad.apps.surveys.views.results import survey_result, survey_wave, surveys
from ledtrad.apps.surveys.views.tables import survey_table
from ledtrad.apps.surveys.views.weights import survey_weights

_WAVE = "enkater/<slug:survey>/<int:year>/"

urlpatterns = [
    path("enkater/", surveys, name="surveys"),
    path("enkater/<slug:survey>/ny-omgang/", survey_new_wave, name="survey_new_wave"),
    path(_WAVE, survey_wave, name="survey_wave"),
    path(f"{_WAVE}plan/", survey_plan, name="survey_plan"),
    path(f"{_WAVE}stall-in/", survey_cancel, name="survey_cancel"),
    path(f"{_WAVE}svar/", survey_answers, name="survey_answers"),
    path(f"{_WAVE}svar/las-in/", survey_answers_take_in, name="survey_answers_take_in"),
    path(f"{_WAVE}svar/lagg-undan/", survey_answers_lay_away, name="survey_answers_lay_away"),
    path(f"{_WAVE}svar/radera/", survey_answers_delete, name="survey_answers_delete"),
    path(f"{_WAVE}svar/vikter/", survey_weights, name="survey_weights"),
    path(f"{_WAVE}publicera/", survey_publish, name="survey_publish"),
    path(f"{_WAVE}tabell/", survey_table, name="survey_table"),
    path(f"{_WAVE}<slug:question>/", survey_result, name="survey_result"),
    path(f"{_WAVE}<slug:question>/jamfor/", survey_compare, name="survey_compare"),
]
