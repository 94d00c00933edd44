"""The peer's three addresses."""

from benches.deadline_peer.views import page, save, who
from django.urls import path

urlpatterns = [
    path("", page),
    path("arbete/vem/", who),
    path("arbete/rad/<int:text_id>/", save),
]
