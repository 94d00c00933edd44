"""A report on an indicator whose series broke: what stands beside the row, and what its rule proposes."""

import pytest
from tests import reporting_year, universe
from tests.reporting_year import AFTER, BEFORE, IN_YEAR_REPORT, WHOLE, YEAR
from tests.universe import BY, percent
from time_machine import travel

from ledtrad.apps.indicators import actions as indicators
from ledtrad.apps.indicators.queries import indicator_page
from ledtrad.apps.reporting import actions as reporting
from ledtrad.apps.reporting.queries import report_by_id, rows_of
from ledtrad.apps.reporting.queries.surroundings import surroundings
from ledtrad.core.assessment import Sense, Verdict, at_least
from ledtrad.core.outcomes import Measured
from ledtrad.core.periods import Period
from ledtrad.core.quantities import PERCENT

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["", "wording"], ids=["unbroken", "broken"])
def reported(request):
    """K.1 is judged by the outcome before: 58 in 2020 and 61.5 in 2021, when it asks anew, with or without a break."""
    universe.build_city()
    reporting_year.build()
    indicators.record_outcome(code="K.1", period=Period(YEAR - 1), outcome=Measured(percent("58")), by=BY, at=BEFORE)
    anew = indicators.Definition(
        "Andel unga som läser", PERCENT, Sense.MORE, 1, by_sex=True, rule="mot-foregaende-utfall"
    )
    indicators.revise_indicator(
        code="K.1", from_year=YEAR, definition=anew, because="Ny enkät", breaks=request.param, by=BY, at=BEFORE
    )
    target = indicators.NewTarget("K.1", YEAR, at_least(percent("60")))
    indicators.set_targets(targets=[target], by=BY, at=BEFORE)
    rut = reporting_year.actor("rut")
    report = reporting.open_report(unit="kultur", period=WHOLE, by=rut, at=IN_YEAR_REPORT)
    reporting_year.fill(report, reporting_year.FULL_YEAR_ROWS, "rut", IN_YEAR_REPORT)
    return report, bool(request.param)


def test_a_break_parts_this_year_from_the_one_before(reported, client):
    report, is_broken = reported
    beside = surroundings(report_by_id(report), rows_of(report)).indicators["K.1"]
    assert beside.earlier.total == percent("58")
    assert beside.comparable is not is_broken
    assert beside.proposed is (None if is_broken else Verdict.MET)
    with travel(IN_YEAR_REPORT, tick=False):
        client.force_login(reporting_year.person("rut"))
        page = client.get(f"/arbete/{YEAR}/kultur/ar/").content.decode()
    assert ("kan inte jämföras: indikatorn mäter något annat nu" in page) is is_broken
    reporting_year.submit(report, "rut", IN_YEAR_REPORT)
    reporting_year.close(report, reporting_year.DECISION, AFTER)
    found = next(row.found for row in indicator_page("K.1").years if row.year == YEAR)
    assert found.result.measured.total.value == percent("61.5").value
    assert found.result.verdict is (None if is_broken else Verdict.MET)
