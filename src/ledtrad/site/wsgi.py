"""The door for a web server: `gunicorn ledtrad.site.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application
from django.db import connections
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ledtrad.site.settings")

application = get_wsgi_application()

# A served page would else open the SQLite file and set its pragmas anew for every request, which costs more than most
# of its questions. Only here: the browser tests empty their database between two journeys, and must be let in.
for _database in connections.settings.values():
    _database["CONN_MAX_AGE"] = 60

# Every page is loaded now, not when the first reader asks: that takes seconds, and meanwhile others would wait.
_ = get_resolver().url_patterns
