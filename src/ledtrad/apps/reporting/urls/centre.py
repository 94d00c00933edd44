"""The centre's addresses."""

from django.urls import path

from ledtrad.apps.reporting.views.centre.forecasts import forecast_scores

urlpatterns = [
    path("prognoser/<int:year>/", forecast_scores, name="forecast_scores"),
]
