"""Fills the table up to so many rows and measures pages, queries and DuckDB; prints one line of JSON.

python -m benches._series_measure ROWS REPEATS
"""

import io
import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

AREAS, FIRST_YEAR, YEARS = 312, 2000, 25
SEXES = ("", "women", "men")
EACH = AREAS * YEARS * len(SEXES)
CITY = "0180"
_SLICE = 16  # indicators filled by one statement
# The same whole numbers in all three dialects, so that all hold the same figures.
_VALUE = "(i.n * 7919 + a.n * 104729 + y.n * 1299709 + s.n * 15485863) % 1000"


def main(rows: int, repeats: int) -> None:
    import django

    django.setup()
    from django.conf import settings

    settings.DATABASES["default"]["CONN_MAX_AGE"] = None
    wanted = max(1, rows // EACH)
    started = time.perf_counter()
    _fill(wanted)
    filled = time.perf_counter() - started
    parquet = Path(os.environ["LEDTRAD_VAR"]) / f"{wanted}.parquet"
    _write_parquet(parquet, wanted)
    found = _measure(wanted, parquet, repeats)
    print(json.dumps({"rows": wanted * EACH, "indicators": wanted, "filled_s": round(filled, 1), **found}))


# --- filling -------------------------------------------------------------------------------------


def _fill(wanted: int) -> None:
    from django.db import connection, transaction
    from django.utils import timezone

    from ledtrad.apps.audit.actions import record
    from ledtrad.apps.indicators.models import Area, AreaKind, Batch, Indicator, IndicatorVersion, Observation

    if not Area.objects.exists():
        kinds = [AreaKind.NATION, *[AreaKind.COUNTY] * 21, *[AreaKind.MUNICIPALITY] * 290]
        codes = ["0000", *(f"{1 + place:04}" for place in range(21)), *(f"{179 + place:04}" for place in range(290))]
        Area.objects.bulk_create(
            Area(id=place + 1, code=code, kind=kind, name=f"Område {code}", sort_key=code)
            for place, (code, kind) in enumerate(zip(codes, kinds, strict=True))
        )
        Batch.objects.create(id=1, recorded_at=timezone.now(), recorded_by="bench", source_name="Bänken", invented=True)
    there = Indicator.objects.count()
    new = range(there + 1, wanted + 1)
    Indicator.objects.bulk_create(
        [Indicator(id=number, code=f"N{number:05}", first_year=FIRST_YEAR, sort_key=str(number)) for number in new], 200
    )
    IndicatorVersion.objects.bulk_create(
        [
            IndicatorVersion(
                id=number,
                indicator_id=number,
                number=1,
                from_year=FIRST_YEAR,
                title=f"Nyckeltal {number}",
                unit="percent",
                decimals=1,
                sense="more_is_better",
                by_sex=True,
                rule="nio-tiondelar",
            )
            for number in new
        ],
        40,
    )
    table = Observation._meta.db_table
    if connection.vendor == "sqlite":  # what is made by program can be made again: filling need not wait for the disk
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous = OFF")
            cursor.execute("PRAGMA cache_size = -400000")
    for start in range(there + 1, wanted + 1, _SLICE):
        with connection.cursor() as cursor:
            cursor.execute(_filling(connection.vendor, table, start, min(start + _SLICE - 1, wanted)))
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA cache_size = -2000")  # as by default: what is measured must not have it better
            cursor.execute("PRAGMA synchronous = FULL")
        cursor.execute("ANALYZE" if connection.vendor == "sqlite" else f"VACUUM ANALYZE {table}")
    with transaction.atomic():
        record(by="bench", at=timezone.now(), action="bench.fill", objects=("bench",), after={"indicators": wanted})


def _filling(vendor: str, table: str, first: int, last: int) -> str:
    value = f"printf('%.1f', ({_VALUE}) / 10.0)" if vendor == "sqlite" else f"(({_VALUE}) / 10.0)::numeric(9,1)"
    true = "1" if vendor == "sqlite" else "true"
    sexes = " UNION ALL ".join(f"SELECT {place} AS n, '{sex}' AS name" for place, sex in enumerate(SEXES))
    return (
        f'INSERT INTO {table} (indicator_id, version_id, area_id, year, tertial, sex, "group", value, decimals, '
        "absence, mark, batch_id, cell, is_current) "
        f"WITH RECURSIVE i(n) AS (SELECT {first} UNION ALL SELECT n + 1 FROM i WHERE n < {last}), "
        f"a(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM a WHERE n < {AREAS}), "
        f"y(n) AS (SELECT {FIRST_YEAR} UNION ALL SELECT n + 1 FROM y WHERE n < {FIRST_YEAR + YEARS - 1}), "
        f"s AS ({sexes}) "
        f"SELECT i.n, i.n, a.n, y.n, 0, s.name, '', {value}, 1, '', '', 1, '', {true} "
        "FROM i CROSS JOIN a CROSS JOIN s CROSS JOIN y ORDER BY i.n, a.n, s.n, y.n"
    )


def _write_parquet(file: Path, wanted: int) -> None:
    import duckdb

    with duckdb.connect() as duck:
        duck.execute(
            "COPY (SELECT i.n::INTEGER AS indicator, a.n::SMALLINT AS area, y.n::SMALLINT AS year, "
            "s.n::TINYINT AS sex, "
            f"(({_VALUE}) / 10.0)::DECIMAL(9,1) AS value FROM range(1, {wanted + 1}) i(n), range(1, {AREAS + 1}) a(n), "
            f"range({FIRST_YEAR}, {FIRST_YEAR + YEARS}) y(n), range(0, 3) s(n) ORDER BY i.n, a.n, s.n, y.n) "
            f"TO '{file}' (FORMAT parquet)"
        )


# --- measuring -----------------------------------------------------------------------------------


def _measure(wanted: int, parquet: Path, repeats: int) -> dict[str, Any]:
    """Each time another indicator, spread over the table, so that no page of it is warm by itself."""

    from ledtrad.apps.audit import freshness

    numbers = [1 + (place * 7919) % wanted for place in range(repeats)]
    year = FIRST_YEAR + YEARS - 1

    def page(number: int) -> None:
        _served(f"/{year}/indikator/N{number:05}/")

    def compare(number: int) -> None:
        _served(f"/indikator/N{number:05}/jamfor/", f"ar={year}")

    def forgetting(ask: Callable[[int], object]) -> Callable[[int], object]:
        def asked(number: int) -> None:
            ask(number)

        return lambda number: (freshness.forget(), asked(number))

    def plain(number: int) -> None:
        _served("/tillganglighet/")

    page(numbers[0])
    compare(numbers[0])
    plain(0)
    _agree(parquet, numbers[0], year)
    asked: dict[str, tuple[Callable[[int], object], list[int]]] = {
        "no_data_page": (plain, numbers),
        "all_rows": (lambda number: _all_rows(number, year), numbers),
        "page_sql": (_bare_page, numbers),
        "page_query": (_page_query, numbers),
        "page_first": (forgetting(page), numbers),
        "page_kept": (page, [numbers[0]] * repeats),
        "compare_sql": (lambda number: _bare_comparison(number, year), numbers),
        "compare_first": (forgetting(compare), numbers),
        "compare_kept": (compare, [numbers[0]] * repeats),
        "comparison": (lambda number: _over_all(number, year), numbers),
    }
    found = {name: _median(ask, some) for name, (ask, some) in asked.items()}
    return _named(found | {"duckdb": _in_duckdb(parquet, numbers, year)})


def _served(path: str, query: str = "") -> None:
    """A page as a web server asks for it: all that the site does, and nothing of a test client's own."""
    from ledtrad.site.wsgi import application

    told: list[str] = []
    asked = {"REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": query, "SERVER_NAME": "localhost"}
    around = {"SERVER_PORT": "80", "wsgi.url_scheme": "http", "wsgi.input": io.BytesIO()}
    answer = application({**asked, **around}, lambda status, headers, trouble=None: told.append(status))
    size = sum(map(len, answer))
    answer.close()
    assert told == ["200 OK"], path
    assert size > 2_000, path


def _named(found: dict[str, tuple[float, float]]) -> dict[str, float]:
    """By the clock, and by the processor's time of this process: the latter owes nothing to who else uses it."""
    by_clock = {f"{name}_ms": clock for name, (clock, _) in found.items()}
    return by_clock | {f"{name}_cpu_ms": spent for name, (_, spent) in found.items()}


def _median(ask: Callable[[int], object], numbers: list[int]) -> tuple[float, float]:
    times = []
    for number in numbers:
        start, spent = time.perf_counter(), time.process_time()
        ask(number)
        times.append((1000 * (time.perf_counter() - start), 1000 * (time.process_time() - spent)))
    clock, processor = zip(*times, strict=True)
    return round(statistics.median(clock), 3), round(statistics.median(processor), 3)


def _rows(sql: str, *values: object) -> list[tuple[Any, ...]]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


_FIELDS = 'area_id, year, sex, "group", value, decimals, margin, absence, mark, batch_id'


def _own() -> int:
    from ledtrad.apps.indicators.models import Area

    return int(Area.objects.values_list("pk", flat=True).get(code=CITY))


def _bare_page(number: int) -> None:
    """The rows of the indicator's page: the city's own, all years and sexes."""
    rows = _rows(
        f"SELECT {_FIELDS} FROM indicators_observation WHERE indicator_id = %s AND area_id IN (%s) AND tertial = 0 "
        "AND is_current",
        number,
        24,
    )
    assert len(rows) == YEARS * len(SEXES)


def _all_rows(number: int, year: int) -> None:
    """Everything that stands on the indicator's page and on that of its comparison, and nothing else."""
    _bare_page(number)
    _bare_comparison(number, year)
    areas = _rows("SELECT id, code, name, kind, first_year, last_year FROM indicators_area")
    _rows("SELECT * FROM indicators_indicatorversion WHERE indicator_id = %s", number)
    for table in ("target", "outcome", "forecast", "indicatorverdict"):
        _rows(f"SELECT * FROM indicators_{table} WHERE indicator_id = %s AND is_current", number)
    batches = _rows("SELECT source_name, invented FROM indicators_batch WHERE id = %s", 1)
    assert (len(areas), len(batches)) == (AREAS, 1)


def _page_query(number: int) -> None:
    from ledtrad.apps.indicators.queries import own_figures

    assert len(own_figures(f"N{number:05}").figures) == YEARS * len(SEXES)


def _bare_comparison(number: int, year: int) -> None:
    """All areas in the year, and all years of the city and the nation."""
    of_year = _rows(
        f"SELECT {_FIELDS} FROM indicators_observation WHERE indicator_id = %s AND year = %s AND \"group\" = '' "
        "AND tertial = 0 AND is_current",
        number,
        year,
    )
    close = _rows(
        f"SELECT {_FIELDS} FROM indicators_observation WHERE indicator_id = %s AND area_id IN (%s, %s) "
        "AND \"group\" = '' AND tertial = 0 AND is_current",
        number,
        1,
        24,
    )
    assert (len(of_year), len(close)) == (AREAS * len(SEXES), 2 * YEARS * len(SEXES))


def _over_all(number: int, year: int) -> tuple[Any, Any]:
    """The figures of all areas, with quartiles and the city's place: by the product's query and core."""
    from ledtrad.apps.indicators.models import Observation
    from ledtrad.core.series import distribution, standing

    rows = Observation.objects.filter(
        indicator_id=number, year=year, sex="", group="", tertial=0, is_current=True
    ).order_by()
    figures = {str(area): value for area, value in rows.values_list("area_id", "value")}
    return distribution(figures), standing(figures, "24")


_DUCK = (
    "WITH f AS (SELECT area, value FROM read_parquet('{file}') "
    "WHERE indicator = {number} AND year = {year} AND sex = 0) "
    "SELECT (SELECT quantile_cont(value::DOUBLE, [0.25, 0.5, 0.75]) FROM f), "
    "(SELECT 1 + count(*) FROM f WHERE value > (SELECT value FROM f WHERE area = 24)), "
    "(SELECT list(value ORDER BY area) FROM f)"
)


def _in_duckdb(parquet: Path, numbers: list[int], year: int) -> tuple[float, float]:
    import duckdb

    with duckdb.connect() as duck:
        duck.execute(_DUCK.format(file=parquet, number=numbers[0], year=year)).fetchall()
        return _median(
            lambda number: duck.execute(_DUCK.format(file=parquet, number=number, year=year)).fetchall(), numbers
        )


def _agree(parquet: Path, number: int, year: int) -> None:
    """Both must hold the same figures, or nothing has been compared."""
    import duckdb

    assert _own() == 24
    spread, place = _over_all(number, year)
    with duckdb.connect() as duck:
        ((quartiles, rank, figures),) = duck.execute(_DUCK.format(file=parquet, number=number, year=year)).fetchall()
    assert len(figures) == spread.count == AREAS
    assert rank == place.place
    assert [round(float(one), 3) for one in quartiles] == [
        round(float(one), 3) for one in (spread.lower_quartile, spread.median, spread.upper_quartile)
    ]


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
