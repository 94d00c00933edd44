"""The indicators' addresses."""

from django.urls import path

from ledtrad.apps.indicators.views import indicator

urlpatterns = [
    path("<int:year>/indikator/<str:code>/", indicator, name="indicator"),
]
