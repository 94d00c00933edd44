"""The addresses of open data."""

from django.urls import include, path

from ledtrad.apps.open_data.views import api, catalogues, downloads, kolada, pages, pxweb, surveys

urlpatterns = [
    path("oppna-data/", pages.open_data, name="open_data"),
    path("dcat", catalogues.dcat, name="dcat"),
    path("andringar.atom", catalogues.atom, name="changes_feed"),
    path("indikator/<str:code>/", pages.open_indicator, name="open_indicator"),
    path("indikator/<str:code>/data/<str:kind>", downloads.comparison_data, name="comparison_data"),
    path("<int:year>/indikator/<str:code>/data/<str:kind>", downloads.indicator_data, name="indicator_data"),
    path("<int:year>/mal/<str:code>/data/<str:kind>", downloads.goal_data, name="goal_data"),
    path("<int:year>/matris/data/<str:kind>", downloads.matrix_data, name="matrix_data"),
    path(
        "enkater/<slug:survey>/<int:year>/tabell/data/<str:kind>", surveys.survey_table_data, name="survey_table_data"
    ),
    path("enkater/<slug:survey>/<int:year>/<slug:question>/data/<str:kind>", surveys.survey_data, name="survey_data"),
    path("api/v1/openapi.json", api.description, name="api_description"),
    path("api/v1/", include(api.patterns())),
    path("api/kolada/v3/<path:rest>", kolada.kolada, name="api_kolada"),
    path("api/pxweb/v2/<path:rest>", pxweb.pxweb, name="api_pxweb"),
    path("api/<path:rest>", api.unknown, name="api_unknown"),
]
