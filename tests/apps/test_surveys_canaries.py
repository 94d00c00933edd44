"""What somebody wrote in an answer never leaves the answers: not for the database, pages, files, errors or logs."""

import logging
import os
import subprocess
import sys

import pyarrow.parquet as parquet
import pytest
from django.db import connection
from django.test import Client
from tests.apps import guarded_survey as guarded
from tests.apps import leaving
from tests.apps import surveyed_city as survey
from tests.fresh_databases import migrated_database as migrated_database

from ledtrad.apps.surveys import actions as surveys
from ledtrad.apps.surveys.keeping import answers_folder

CANARY = guarded.CANARY
ADDRESSES = (
    "/enkater/",
    "/enkater/trygghet/2019/",
    "/enkater/trygghet/2019/kvall/",
    "/enkater/trygghet/2019/besok/",
    "/enkater/trygghet/2019/tabell/",
    "/enkater/trygghet/2019/kvall/jamfor/",
    "/enkater/trygghet/2019/egna_ord/",
    f"/enkater/trygghet/2019/tabell/?fraga={CANARY.lower()}x",
    "/2019/indikator/1.2.1/",
    "/api/v1/observations?indicator=1.2.1",
    "/andringar.atom",
    *(f"/enkater/trygghet/2019/kvall/data/{kind}" for kind in leaving.FILES),
)


@pytest.fixture
def published(city, tmp_path, settings, caplog):
    settings.ANSWERS_DIR = tmp_path / "answers"
    caplog.set_level(logging.DEBUG)
    guarded.build()
    guarded.publish(guarded.people())


def is_in(data):
    return CANARY in (data if isinstance(data, str) else data.decode("utf-8", "replace"))


def database():
    """Everything that the database holds, as text: every cell of every table."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            yield from (str(row) for row in cursor.fetchall())


def test_an_answer_stands_in_the_answers_and_nowhere_else(published, caplog):
    (kept,) = answers_folder().rglob("*.parquet")
    assert CANARY in parquet.read_table(kept).column("egna_ord").to_pylist()
    assert not any(is_in(told) for told in database())
    for address in ADDRESSES:
        answer = Client().get(address)
        assert CANARY.lower() + "x" in address or not is_in(answer.content), address
    assert not is_in(caplog.text)


def test_an_answer_that_does_not_fit_is_told_of_without_being_repeated(published, caplog):
    data = guarded.csv_of(guarded.people()).replace(b";01;10;", f";{CANARY};10;".encode(), 1)
    with pytest.raises(surveys.Unfit) as refused:
        survey.receive(data, 2019, codebook=guarded.CODEBOOK)
    assert not is_in(str(refused.value))
    assert not is_in(repr(refused.value.misfits))
    assert not any(is_in(told) for told in database())
    assert not is_in(caplog.text)


def test_once_deleted_an_answer_is_nowhere(published, tmp_path):
    surveys.delete_answers(survey="trygghet", year=2019, why="Gallras enligt beslut.", by=survey.BUILDER, at=survey.AT)
    assert not [*answers_folder().rglob("*.parquet")]
    assert not [file for file in tmp_path.rglob("*") if file.is_file() and is_in(file.read_bytes())]
    assert not any(is_in(told) for told in database())


@pytest.mark.skipif(connection.vendor != "sqlite", reason="reads the files of SQLite, byte by byte")
def test_no_byte_of_an_answer_lies_in_the_database_file_or_its_log(migrated_database, tmp_path):
    """Nor in freed pages, nor in what has not been moved from the log: the process that published dies at once."""
    answers = tmp_path / "answers"
    places = {"LEDTRAD_VAR": str(tmp_path), "LEDTRAD_ANSWERS": str(answers), "DATABASE_URL": migrated_database}
    child = [sys.executable, "-m", "tests.apps.survey_in_a_file"]
    around = os.environ | places | {"DJANGO_SETTINGS_MODULE": "ledtrad.site.settings"}
    done = subprocess.run(child, env=around, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    raw = {one: one.read_bytes() for one in tmp_path.rglob("*") if one.is_file() and answers not in one.parents}
    log = next(data for one, data in raw.items() if one.name.endswith("-wal"))
    assert "Påhittad för proven.".encode() in log  # what is written there can be read there
    assert not [one.name for one, data in raw.items() if is_in(data)]
    assert not is_in(done.stdout + done.stderr)
