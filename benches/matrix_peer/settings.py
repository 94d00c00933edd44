"""The site's own settings, with the peer's page beside it: one server, one database, the same middleware."""

from pathlib import Path

from ledtrad.site.settings import *  # noqa: F403
from ledtrad.site.settings import TEMPLATES

ROOT_URLCONF = "benches.matrix_peer.urls"
_PEER = Path(__file__).parent / "templates"
TEMPLATES = [
    {**engine, "DIRS": [*engine["DIRS"], _PEER]} if engine["BACKEND"].endswith("DjangoTemplates") else engine
    for engine in TEMPLATES
]
