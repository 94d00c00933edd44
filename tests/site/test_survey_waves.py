"""The simulated waves of the safety survey: as published where something is, the same each time, ready to be received.

Nobody in them exists, and they say so.
"""

import hashlib
import json

import numpy as np
import pytest
from typer.testing import CliRunner

from ledtrad.core.surveys.answers import misfits
from ledtrad.readers.answers import Answers, as_parquet, coded, column_counts, identified, read_answers
from ledtrad.site.command_line.application import app
from ledtrad.site.demo_city.survey_people import ANSWERED, WAVES, parts, populations, sampled
from ledtrad.site.demo_city.survey_waves import SIMULATED, THEMES, codebook, parquet, wave


@pytest.fixture(scope="module")
def waves():
    return {year: wave(year) for year in (2014, 2017, 2020)}


def share(columns, question, inside=None):
    said = columns[question] != 9
    inside = said if inside is None else said & inside
    weights = columns["vikt"][inside]
    return 100 * float(weights @ (columns[question][inside] == 1)) / float(weights.sum())


def test_130_parts():
    assert len(parts()) == len({one.code for one in parts()}) == 130
    assert sum(one.divided for one in parts()) == 26
    assert len({one.district for one in parts()}) == 13


@pytest.mark.parametrize(
    ("year", "question", "district", "published"),
    [
        (2014, "oro", "", 8),
        (2017, "oro", "", 11),
        (2020, "oro", "", 9),
        (2017, "oro", "0180-rinkeby-kista", 21),
        (2020, "oro", "0180-rinkeby-kista", 11),
        (2017, "oro", "0180-spanga-tensta", 26),
        (2020, "oro", "0180-spanga-tensta", 13),
        (2017, "oro", "0180-farsta", 12),
        (2020, "oro", "0180-farsta", 12),
        (2017, "otrygg", "", 10),
        (2020, "otrygg", "", 10),
    ],
)
def test_as_published(waves, year, question, district, published):
    columns = waves[year]
    inside = columns["omrade"] == district if district else None
    assert round(share(columns, question, inside)) == published


def test_groups_as_published(waves):
    columns = waves[2020]
    assert round(share(columns, "oro", columns["funktionsnedsattning"] == 1)) == 12
    assert round(share(columns, "oro", columns["alder"] == 4)) == 6


def test_sizes(waves):
    assert waves[2017]["oro"].size == ANSWERED[2017] == 17_669
    assert 31_500 <= sum(sampled(2017)) <= 32_500
    for year, columns in waves.items():
        _, answers = np.unique(columns["stadsdel"], return_counts=True)
        assert answers.size == 130
        assert answers.min() >= 70
        assert abs(columns["vikt"].sum() - sum(populations(year))) < 1
        assert all(drawn <= there for drawn, there in zip(sampled(year), populations(year), strict=True))
    assert WAVES == (2008, 2011, 2014, 2017, 2020, 2023)


def test_the_same_each_time(waves):
    again = wave(2014)
    assert all(np.array_equal(again[name], column) for name, column in waves[2014].items())
    told = hashlib.sha256(repr([(name, column.tolist()) for name, column in again.items()]).encode()).hexdigest()
    assert told[:16] == REPRODUCED


# Another sum means other answers: a change to the generator, to be made knowingly.
REPRODUCED = "4e9b92446843f066"


def test_fit_to_be_received():
    """Read as any file, by the codebook, without identifiers; and what cannot be said is said by a code of its own."""
    answers = read_answers(parquet(2014))
    assert misfits(column_counts(answers), answers.rows, codebook()) == ()
    assert identified(answers, codebook()) == ()
    kept = coded(answers, codebook())
    assert kept.num_rows == ANSWERED[2014]
    assert as_parquet(kept)
    assert isinstance(answers, Answers)
    assert {one.name for one in codebook().variables} == set(kept.column_names)
    assert all(codebook().named(theme.column).missing == {"9"} for theme in THEMES)


def test_it_says_that_it_is_simulated():
    assert "Simulerade" in SIMULATED
    assert codebook().named("lopnummer").label == SIMULATED


def test_written_as_files_and_estimated(tmp_path):
    """As somebody who tries it would: the files are written, and the change of 2020 is tested on the command line."""
    done = CliRunner().invoke(app, ["demo", "answers", str(tmp_path)])
    assert done.exit_code == 0
    assert SIMULATED in done.stdout
    files = [str(tmp_path / f"trygghet_{year}_simulerad.parquet") for year in (2017, 2020)]
    assert len(list(tmp_path.iterdir())) == 7
    asked = ["--statistic", "proportion", "--of", "oro", "--level", "1", "--by", "omrade"]
    design = ["--strata", "stadsdel", "--weight", "vikt", "--fpc", "antal", "--json"]
    done = CliRunner().invoke(app, ["survey", "change", *files, *asked, *design])
    assert done.exit_code == 0, done.stderr
    found = {one["by"]["omrade"]: one for one in json.loads(done.stdout)}
    assert len(found) == 13
    assert found["0180-spanga-tensta"]["certain"]
    assert found["0180-spanga-tensta"]["difference"] < -0.09
    assert not found["0180-farsta"]["certain"]
