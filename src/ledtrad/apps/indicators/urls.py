"""The indicators' addresses."""

from django.urls import path

from ledtrad.apps.indicators.views import compare, indicator
from ledtrad.apps.indicators.views.definition import definition, definition_change
from ledtrad.apps.indicators.views.diet import diet
from ledtrad.apps.indicators.views.uploads import upload, upload_confirm, upload_file, upload_refuse, uploads

urlpatterns = [
    path("inlasning/", uploads, name="uploads"),
    path("inlasning/<int:upload_id>/", upload, name="upload"),
    path("inlasning/<int:upload_id>/las-in/", upload_confirm, name="upload_confirm"),
    path("inlasning/<int:upload_id>/avvisa/", upload_refuse, name="upload_refuse"),
    path("inlasning/<int:upload_id>/fil/", upload_file, name="upload_file"),
    path("<int:year>/indikator/<str:code>/", indicator, name="indicator"),
    path("indikator/<str:code>/definition/", definition, name="definition"),
    path("indikator/<str:code>/definition/andra/", definition_change, name="definition_change"),
    path("indikatorer/kost/<int:year>/", diet, name="diet"),
    path("indikator/<str:code>/jamfor/", compare, name="indicator_compare"),
]
