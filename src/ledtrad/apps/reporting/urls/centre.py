"""The centre's addresses: how far all have come, each goal's desk, and the way up of reports."""

from django.urls import path

from ledtrad.apps.reporting.views.centre.beneath import bulk, progress_beneath
from ledtrad.apps.reporting.views.centre.correcting import correct_row
from ledtrad.apps.reporting.views.centre.desk import objective_desk
from ledtrad.apps.reporting.views.centre.forecasts import forecast_scores
from ledtrad.apps.reporting.views.centre.progress import progress
from ledtrad.apps.reporting.views.centre.questions import questions
from ledtrad.apps.reporting.views.centre.way_up import way_up

_REPORT = "arbete/<int:year>/<slug:unit>/<slug:period>/"

urlpatterns = [
    path("prognoser/<int:year>/", forecast_scores, name="forecast_scores"),
    path("lage/<int:year>/fragor/", questions, name="questions"),
    path("lage/<int:year>/mal/<str:code>/", objective_desk, name="objective_desk"),
    path("lage/<int:year>/<slug:period>/", progress, name="progress"),
    path("lage/<int:year>/<slug:period>/<slug:unit>/", progress_beneath, name="progress_beneath"),
    path("lage/<int:year>/<slug:period>/<slug:unit>/flera/", bulk, name="bulk"),
    path(f"{_REPORT}vagen/", way_up, name="way_up"),
    path(f"{_REPORT}ratta/<int:row_id>/", correct_row, name="correct_row"),
]
