"""Of a question that is out in rounded numbers nothing exact leaves: no weighted share, interval, base or rate.

Everything that a stranger can fetch is read byte by byte. The wave's own page says who answered; the rest may not.
"""

import itertools
import random
import re

import pytest
from tests.apps import guarded_survey as guarded
from tests.apps import leaving
from tests.apps import surveyed_city as survey
from tests.apps.surveyed_city import AT, BUILDER

from ledtrad.apps.audit.policies import Refused
from ledtrad.apps.surveys import actions as surveys
from ledtrad.apps.surveys.actions import publishing
from ledtrad.apps.surveys.models import Question, RoundedCells

QUESTION, WAVE = "/enkater/trygghet/2019/kvall/", "/enkater/trygghet/2019/"
SIZES = {("01", "1"): 113, ("01", "2"): 127, ("02", "1"): 131, ("02", "2"): 149}  # no share in percent is as large
CHOICES = [
    f"fraga=kvall&rader={rows}&kolumner={columns}&visa={shows}&svar={levels}"
    for rows, columns, shows, levels in itertools.product(
        ("ingen", "kon", "omrade", "alder"), ("svar", "kon"), ("andel", "antal"), ("1+2", "4")
    )
]
INDICATOR = (
    "/2019/indikator/1.2.1/",
    "/2019/indikator/1.2.1/data/maskin.csv",
    "/api/v1/observations?indicator=1.2.1",
    "/api/kolada/v3/data/?kpi_id=1.2.1&year=2019",
)
ADDRESSES = (
    QUESTION,
    f"{QUESTION}?svar=4",
    f"{QUESTION}jamfor/",
    f"{QUESTION}jamfor/?svar=1+2&grupp=women&mot=men",
    *(f"{WAVE}tabell/?{query}" for query in CHOICES),
    *(f"{QUESTION}data/{kind}" for kind in leaving.FILES if kind != "xlsx"),
    *(f"{WAVE}tabell/data/{kind}?{query}" for kind in ("maskin.csv", "json-stat") for query in CHOICES[::5]),
    *INDICATOR,
)


def people():
    """(answer, district, sex, age), with a few rare answers."""
    drawn = random.Random(4)
    return [
        (drawn.choices("1234", (50, 40, 12, 2))[0], district, sex, drawn.choice("123"))
        for (district, sex), size in SIZES.items()
        for _ in range(size)
    ]


def csv_of(rows):
    """Women of the south weigh most, so that no weighted share is an unweighted one."""
    lines = ["lopnr;kvall;besok;kon;alder;omrade;vikt;egna_ord"]
    weigh = {("01", "1"): "3,7", ("01", "2"): "5,1", ("02", "1"): "17,9", ("02", "2"): "8,3"}
    lines += [
        f"{serial};{answer};1;{sex};{age};{district};{weigh[district, sex]};"
        for serial, (answer, district, sex, age) in enumerate(rows, 1)
    ]
    return ("\n".join(lines) + "\n").encode()


def chosen():
    return {
        "survey": "trygghet", "year": 2019, "by": BUILDER, "at": AT,
        "chosen": surveys.Chosen(frozenset({Question.objects.get(code="kvall").pk})),
    }  # fmt: skip


@pytest.fixture
def secrets(city, tmp_path, settings):
    """What may not leave, as it would be written; the question is out in rounded numbers. Left out are figures that
    the indicator's pages have from elsewhere."""
    settings.ANSWERS_DIR = tmp_path / "answers"
    settings.OPEN_DATA = settings.OPEN_DATA | {"calls_per_minute": 100_000}
    guarded.build()
    survey.receive(csv_of(people()), 2019, codebook=guarded.CODEBOOK)
    districts = [surveys.Responded(240, 1117, "district", "01"), surveys.Responded(280, 1217, "district", "02")]
    surveys.record_responses(survey="trygghet", year=2019, groups=districts, by=BUILDER, at=AT)
    found = {"1117", "1217"}
    for one in surveys.work_out_estimates(**chosen()):
        if one.estimate is not None:
            found |= {f"{100 * value:.1f}" for value in (one.estimate.estimate, one.estimate.low, one.estimate.high)}
            found |= {str(one.estimate.n)} if one.estimate.n > 100 and one.estimate.n % 5 else set()
    found = {one for one in found if not one.endswith(".0")}
    other = {one for address in INDICATOR for one in sought(found).findall(leaving.fetched(address).decode())}
    surveys.publish_rounded(**chosen())
    return {one for one in found if one not in other and one.replace(".", ",") not in other}


def sought(secrets):
    written = "|".join(re.escape(one).replace(r"\.", "[.,]") for one in sorted(secrets))
    return re.compile(rf"(?<![\d.,#-])({written})(?![\d]|[.,]\d)")


def leaked(secrets):
    """What is found of it, and where; and how many addresses were read."""
    read = {address: leaving.fetched(address).decode("utf-8-sig") for address in ADDRESSES}
    read["workbook"] = str(leaving.load_workbook(leaving.io.BytesIO(leaving.fetched(f"{QUESTION}data/xlsx")))["Tabell"])
    return {(address, one) for address, text in read.items() for one in sought(secrets).findall(_figures(text))}, len(
        read
    )


def _figures(text):
    """Without scripts' and drawings' coordinates, which are no figures of anybody; the texts of drawings stay."""
    return re.sub(r'\s(?:d|x|y|x1|x2|y1|y2|cx|cy|r|width|height|viewBox|points|transform)="[^"]*"', " ", text)


def test_nothing_exact_leaves_of_a_rounded_question(secrets):
    found, read = leaked(secrets)
    assert len(secrets) > 60
    assert {"113", "127", "131", "149"} <= secrets
    assert read > 40
    assert found == set()
    row = RoundedCells.objects.get()
    numbers = {int(one) for one in re.findall(r"(?<=,)\d+(?=\])", row.figures + row.cells)}
    assert numbers
    assert all(one % 5 == 0 for one in numbers)


def test_without_the_refusal_it_would(secrets, monkeypatch):
    """Take away that a rounded question is not weighted too, and the open data tell."""
    with pytest.raises(Refused):
        surveys.publish_estimates(**chosen())
    monkeypatch.setattr(publishing, "check_may_hide", lambda *said: None)
    surveys.publish_estimates(**chosen())
    found, _read = leaked(secrets)
    assert {address for address, _one in found} >= set(INDICATOR[2:])


def test_one_who_reads_estimates_as_well_would_be_told(secrets, monkeypatch):
    """Take away that a rounded question's estimates are never read, and its own pages tell."""
    from ledtrad.apps.surveys.queries import pages

    monkeypatch.setattr(publishing, "check_may_hide", lambda *said: None)
    surveys.publish_estimates(**chosen())
    monkeypatch.setattr(
        pages, "_rounded_to", lambda wave: dict.fromkeys(Question.objects.values_list("pk", flat=True), 0)
    )
    found, _read = leaked(secrets)
    assert QUESTION in {address for address, _one in found}
