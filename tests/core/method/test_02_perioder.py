"""Perioder

Styråret delas i tre tertial. En indikator får utfall varje år eller mer sällan, och det styr när ett utfall väntas.
"""

from tests.core.method.spec import EMPTY, examples, spaces

from ledtrad.core.language.writing import write_date, write_period
from ledtrad.core.periods import YEARLY, Periodicity, parse_period


@examples
def test_the_steering_year(row):
    """Året och tertialen

    Tertial ett slutar den sista april, tertial två den sista augusti.

    | period | i text | första dag | sista dag |
    |---|---|---|---|
    | 2020 | 2020 | 1 januari 2020 | 31 december 2020 |
    | 2020-T1 | första tertialet 2020 | 1 januari 2020 | 30 april 2020 |
    | 2020-T2 | andra tertialet 2020 | 1 maj 2020 | 31 augusti 2020 |
    | 2020-T3 | tredje tertialet 2020 | 1 september 2020 | 31 december 2020 |
    """
    period = parse_period(row["period"])
    assert str(period) == row["period"]
    assert write_period(period) == row["i text"]
    assert spaces(write_date(period.first_day)) == row["första dag"]
    assert spaces(write_date(period.last_day)) == row["sista dag"]


@examples
def test_how_often(row):
    """Vart tredje år är ingen lucka

    En undersökning som görs vart tredje år har inget utfall däremellan. Det saknas inte: det väntas inte.

    | första år | vart | år | väntas | senast väntat |
    |---|---|---|---|---|
    | 2011 | 3 | 2020 | ja | 2020 |
    | 2011 | 3 | 2021 | nej | 2020 |
    | 2011 | 3 | 2022 | nej | 2020 |
    | 2011 | 3 | 2023 | ja | 2023 |
    | 2011 | 3 | 2010 | nej | – |
    | 2018 | 2 | 2019 | nej | 2018 |
    | 2018 | 1 | 2017 | nej | – |
    | 2018 | 1 | 2021 | ja | 2021 |
    """
    periodicity, year = Periodicity(int(row["vart"]), int(row["första år"])), int(row["år"])
    last = None if row["senast väntat"] == EMPTY else int(row["senast väntat"])
    assert periodicity.expects(year) is (row["väntas"] == "ja")
    assert periodicity.last_expected(year) == last


def test_every_year_unless_said():
    """Utan uppgift väntas ett utfall varje år

    Det gäller också de år som ligger före den första mätningen i systemet.
    """
    assert YEARLY.expects(1999)
    assert YEARLY.last_expected(1999) == 1999
