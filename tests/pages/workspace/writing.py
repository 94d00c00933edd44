"""Those who write in a workspace, and what they find stored there."""

import json

from django.test import Client
from lxml import html
from tests import reporting_year as year

from ledtrad.apps.reporting.models import Row

PAGE = "/arbete/2021/kultur/ar/"
FULL = {"total": "61,5", "women": "66", "men": "57", "comment": "Fler flickor än pojkar läser."}


class Writer:
    """Somebody who has signed in and works in the browser."""

    def __init__(self, name, **options):
        self.client = Client(**options)
        self.client.force_login(year.person(name))

    def page(self, address=PAGE, status=200):
        response = self.client.get(address)
        assert response.status_code == status, response.content[:300]
        return html.fromstring(response.content.decode())

    def save(self, row, fields, *, rests_on=None, key="k1", **more):
        body = {"content": fields, "rests_on": row.version if rests_on is None else rests_on, "save_key": key, **more}
        return self.send(f"/arbete/rad/{row.pk}/", json.dumps(body))

    def send(self, address, body):
        return self.client.post(address, body, content_type="application/json", headers={"Accept": "application/json"})

    def form(self, name, address=PAGE):
        """The fields of a form of the page, as a browser would send them."""
        found = next(one for one in self.page(address).forms if one.get("id") == name)
        return dict(found.form_values())


def row(subject):
    return Row.objects.get(subject=subject, report__year=2021, report__tertial=0)


def stored(subject):
    return json.loads(row(subject).content)
