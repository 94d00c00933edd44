"""The neighbours' addresses."""

from django.urls import path

from ledtrad.apps.neighbours.views.drifts import drift
from ledtrad.apps.neighbours.views.fetching import change, fetch, start
from ledtrad.apps.neighbours.views.finding import search
from ledtrad.apps.neighbours.views.kolada import kpi
from ledtrad.apps.neighbours.views.overview import neighbours, subscription
from ledtrad.apps.neighbours.views.tables import table

urlpatterns = [
    path("grannar/", neighbours, name="neighbours"),
    path("grannar/sok/", search, name="neighbours_search"),
    path("grannar/kolada/<str:code>/", kpi, name="neighbours_kpi"),
    path("grannar/tabell/<slug:source>/<str:code>/", table, name="neighbours_table"),
    path("grannar/prenumeration/<slug:name>/", subscription, name="subscription"),
    path("grannar/prenumeration/<slug:name>/hamta/", start, name="subscription_fetch"),
    path("grannar/prenumeration/<slug:name>/andra/", change, name="subscription_change"),
    path("grannar/hamtning/<int:number>/", fetch, name="fetch"),
    path("grannar/andring/<int:number>/", drift, name="drift"),
]
