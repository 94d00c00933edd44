"""The indicators' addresses."""

from django.urls import path

from ledtrad.apps.indicators.views import compare, indicator

urlpatterns = [
    path("<int:year>/indikator/<str:code>/", indicator, name="indicator"),
    path("indikator/<str:code>/jamfor/", compare, name="indicator_compare"),
]
