"""The read API against its own description: what it allows and what it does not, five hundred times (nightly 5 000).

No answer may be a server's fault, none may have another shape than the description gives it.
"""

import pytest
import schemathesis
from django.http import HttpResponse
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as hypothesis_settings
from schemathesis import GenerationMode

from ledtrad.apps.open_data.views import api
from ledtrad.site.wsgi import application

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("city", "connection_stays"),
    pytest.mark.filterwarnings("ignore"),
]
ADDRESS = "/api/v1/openapi.json"


def _checked(cases: int) -> int:
    """Every operation of the API, asked rightly and wrongly in equal parts; answers how many questions were asked."""
    schema = schemathesis.openapi.from_wsgi(ADDRESS, application)
    asked = 0

    def ask(case):
        nonlocal asked
        asked += 1
        case.call_and_validate()

    for result in schema.get_all_operations():
        operation = result.ok()
        modes = GenerationMode if any(True for _ in operation.iter_parameters()) else [GenerationMode.POSITIVE]
        for mode in modes:  # where nothing can be asked, nothing can be asked wrongly
            given(operation.as_strategy(mode))(hypothesis_settings(**QUIETLY, max_examples=cases)(_one(ask)))()
    return asked


def _one(ask):
    """A function of its own for each operation: Hypothesis remembers what it has tried by the function."""

    def check(case):
        ask(case)

    return check


QUIETLY = {
    "deadline": None,
    "database": None,
    "derandomize": True,
    "suppress_health_check": list(HealthCheck),
    "phases": [Phase.explicit, Phase.generate],
}


def test_five_hundred_questions():
    assert _checked(30) >= 500


@pytest.mark.nightly
def test_five_thousand_questions():
    assert _checked(320) >= 5_000


def test_a_breach_would_be_seen(monkeypatch):
    """A server that answers with what its description does not speak of."""
    monkeypatch.setattr(api, "problem", lambda status, detail, **more: HttpResponse("fel", status=418))
    with pytest.raises(BaseExceptionGroup) as seen:
        _checked(1)
    assert "Undocumented" in str(seen.value)
