"""Where every page lives."""

from django.urls import URLPattern, URLResolver, include, path

from ledtrad.site.language import choose_language
from ledtrad.site.pages import about, accessibility

urlpatterns: list[URLPattern | URLResolver] = [
    path("om/", about, name="about"),
    path("tillganglighet/", accessibility, name="accessibility"),
    path("sprak/", choose_language, name="choose_language"),
    # Tried in this order: first what is asked for most, the public pages and the saving of rows.
    path("", include("ledtrad.apps.indicators.urls")),
    path("", include("ledtrad.apps.annual_report.urls")),
    path("", include("ledtrad.apps.steering.urls")),
    path("", include("ledtrad.apps.goals.urls")),
    path("", include("ledtrad.apps.reporting.urls")),
    path("", include("ledtrad.apps.people.urls")),
    path("", include("ledtrad.apps.people.log_urls")),
    path("", include("ledtrad.apps.neighbours.urls")),
    path("", include("ledtrad.apps.surveys.urls")),
    path("", include("ledtrad.apps.search.urls")),
    path("", include("ledtrad.apps.auditors.urls")),
    path("", include("ledtrad.apps.open_data.urls")),
]
