"""The addresses of open data."""

from django.urls import include, path

from ledtrad.apps.open_data.views import api, kolada, pages, pxweb

urlpatterns = [
    path("oppna-data/", pages.open_data, name="open_data"),
    path("indikator/<str:code>/", pages.open_indicator, name="open_indicator"),
    path("api/v1/openapi.json", api.description, name="api_description"),
    path("api/v1/", include(api.patterns())),
    path("api/kolada/v3/<path:rest>", kolada.kolada, name="api_kolada"),
    path("api/pxweb/v2/<path:rest>", pxweb.pxweb, name="api_pxweb"),
    path("api/<path:rest>", api.unknown, name="api_unknown"),
]
