"""The peer's page, then the site's."""

from benches.matrix_peer.views import matrix
from django.urls import path

from ledtrad.site.urls import urlpatterns as site_addresses

urlpatterns = [path("peer/<int:year>/matris/", matrix, name="peer_matrix"), *site_addresses]
