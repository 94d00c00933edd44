"""The auditors' addresses."""

from django.urls import path

from ledtrad.apps.auditors.views.goal import answer, give, opinion
from ledtrad.apps.auditors.views.year import year

urlpatterns = [
    path("revision/<int:year>/", year, name="auditors"),
    path("revision/<int:year>/<str:code>/", opinion, name="opinion"),
    path("revision/<int:year>/<str:code>/bedomning/", give, name="give_opinion"),
    path("revision/<int:year>/<str:code>/svar/", answer, name="answer_opinion"),
]
