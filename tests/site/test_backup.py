"""The whole city in one file, and back: the same content in either database, or a refusal with a sentence."""

import json
import lzma
import random
import tarfile

import pytest
from django.db import connection
from tests.fresh_databases import new_database, python
from typer.testing import CliRunner

from ledtrad.site.backup import files
from ledtrad.site.backup.reading import examine
from ledtrad.site.backup.trouble import BackupTrouble
from ledtrad.site.command_line.application import app

CALL = "import sys; from ledtrad.site.command_line import main; sys.argv[0] = 'ledtrad'; main()"


def ledtrad(*arguments, address, folder):
    return python("-c", CALL, *arguments, address=address, folder=folder)


def run(*arguments, address, folder):
    """One of the programs of `backup_source`; answers what it says."""
    done = python("-m", "tests.site.backup_source", *arguments, address=address, folder=folder)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1]) if done.stdout else None


@pytest.fixture(scope="module")
def source(template, tmp_path_factory):
    """Lillköping in a database of its own: its address, its folder, and the backup that was made of it."""
    folder = tmp_path_factory.mktemp("source")
    with new_database(connection.vendor, folder, template=template) as address:
        run("fill", address=address, folder=folder)
        done = ledtrad("backup", folder / "one.xz", "--json", address=address, folder=folder)
        assert done.returncode == 0, done.stderr
        (folder / "one.xz").rename(folder.parent / "one.xz")
        yield address, folder, folder.parent / "one.xz", json.loads(done.stdout)


@pytest.fixture(scope="module")
def backup(source):
    return source[2]


def test_a_backup_tells_what_it_holds(source):
    address, folder, file, told = source
    now = run("content", address=address, folder=folder)
    assert told["sum"] == now["sum"]
    assert told["rows"] == sum(now["rows"].values()) > 500
    assert told["files"] == 2
    assert file.stat().st_mode & 0o077 == 0
    filled = [name for name, rows in now["rows"].items() if rows]
    assert len(filled) >= 25, filled


def test_it_can_be_read_without_the_program(backup):
    with lzma.open(backup) as unpacked, tarfile.open(fileobj=unpacked) as archive:
        names = archive.getnames()
        manifest = json.load(archive.extractfile("manifest.json"))
        entries = archive.extractfile("tables/audit_entry.jsonl").read().decode().splitlines()
    assert names[-1] == "manifest.json"
    assert "files/uploads/utfall å.xlsx" in names
    told = next(table for table in manifest["tables"] if table["name"] == "audit_entry")
    assert len(entries) == told["rows"]
    assert dict(zip(told["columns"], json.loads(entries[0]), strict=True))["number"] == 1
    assert not {"secret_key", "django_session"} & {name.rpartition("/")[2].removesuffix(".jsonl") for name in names}


def _restored(file, address, folder, sum_of_it):
    done = ledtrad("restore", file, "--json", address=address, folder=folder)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["sum"] == sum_of_it
    now = run("content", address=address, folder=folder)
    assert (now["sum"], now["whole"]) == (sum_of_it, True)
    return now


def test_what_is_restored_is_what_was_saved(source, fresh_database, tmp_path):
    _, _, file, told = source
    address = fresh_database()
    now = _restored(file, address, tmp_path, told["sum"])
    assert (tmp_path / "uploads" / "utfall å.xlsx").read_bytes() == b"PK\x03\x04" * 5000
    # Work goes on from there: new rows get numbers of their own, and the triggers are back.
    done = python("-c", GOING_ON, address=address, folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {"entries": now["entries"] + 1, "whole": True, "refused": 2}
    again = ledtrad("restore", file, address=address, folder=tmp_path)
    assert (again.returncode, again.stdout) == (2, "")
    assert "Databasen är inte tom" in again.stderr


GOING_ON = """
import json, django
django.setup()
from datetime import UTC, date, datetime
from django.db import IntegrityError, connection, transaction
from ledtrad.apps.audit.queries import verify
from ledtrad.apps.organisation import actions
from ledtrad.apps.organisation.models import UnitKind
new = actions.NewUnit("ny", "Nya nämnden", UnitKind.SPECIALIST_BOARD, date(2022, 1, 1))
actions.register_units(units=[new], by="Kim", at=datetime(2022, 6, 1, tzinfo=UTC))
refused = 0
change = "UPDATE annual_report_edition SET publisher = 'x' WHERE state = 'published'"
for sentence in ("DELETE FROM audit_entry", change):
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sentence)
    except IntegrityError:
        refused += 1
print(json.dumps({"entries": verify().entries, "whole": verify().is_whole, "refused": refused}))
"""


@pytest.mark.postgres
def test_from_postgresql_to_sqlite_and_back_nothing_is_changed(source, fresh_database, tmp_path):
    _, _, file, told = source
    for turn, kind in enumerate(("sqlite", "postgresql", "sqlite")):
        folder = tmp_path / str(turn)
        folder.mkdir()
        address = fresh_database(kind)
        _restored(file, address, folder, told["sum"])
        next_file = tmp_path / f"{turn}.xz"
        done = ledtrad("backup", next_file, "--json", address=address, folder=folder)
        assert json.loads(done.stdout)["sum"] == told["sum"], done.stderr
        file = next_file


def test_an_older_backup_is_restored_and_carried_over(migrated_database, fresh_database, tmp_path):
    old, new = tmp_path / "old", tmp_path / "new"
    old.mkdir(), new.mkdir()
    taken_back = run("an_age_back", tmp_path / "old.xz", address=migrated_database, folder=old)
    address = fresh_database()
    done = ledtrad("restore", tmp_path / "old.xz", address=address, folder=new)
    assert done.returncode == 0, done.stderr
    assert taken_back not in examine(tmp_path / "old.xz").migrations
    assert ledtrad("audit", "verify", address=address, folder=new).returncode == 0  # refuses an older age


# --- while others write ---------------------------------------------------------------------------


def test_a_backup_is_of_one_moment_while_others_write(migrated_database, fresh_database, tmp_path):
    said = run("under_load", tmp_path, address=migrated_database, folder=tmp_path)
    assert said["written"] >= 60
    for entries, links, _ in said["held"]:
        assert links == 2 * entries > 0
    assert [held[0] for held in said["held"]] == sorted({held[0] for held in said["held"]})
    folder = tmp_path / "restored"
    folder.mkdir()
    address = fresh_database()
    done = ledtrad("restore", tmp_path / "load2.xz", address=address, folder=folder)
    assert done.returncode == 0, done.stderr
    now = run("content", address=address, folder=folder)
    assert (now["whole"], now["entries"]) == (True, said["held"][2][0])


# --- damage ---------------------------------------------------------------------------------------


def refusal(file):
    with pytest.raises(BackupTrouble) as refused:
        examine(file)
    return str(refused.value)


def test_every_flipped_bit_is_found(backup, tmp_path):
    """Anywhere: in the packed rows, in the archive's own fields, in the first bytes and the last."""
    whole, chance, broken = backup.read_bytes(), random.Random(4), tmp_path / "broken.xz"
    places = [*range(24), *range(len(whole) - 40, len(whole)), *(chance.randrange(len(whole)) for _ in range(100))]
    for place in places:
        damaged = bytearray(whole)
        damaged[place] ^= 1 << chance.randrange(8)
        broken.write_bytes(damaged)
        assert "skadad" in refusal(broken), place
    assert examine(backup).rows > 500


def test_every_cut_is_found(backup, tmp_path):
    whole, chance, broken = backup.read_bytes(), random.Random(5), tmp_path / "broken.xz"
    for length in [0, 1, 12, len(whole) - 1, len(whole) - 12, *(chance.randrange(len(whole)) for _ in range(30))]:
        broken.write_bytes(whole[:length])
        assert "skadad" in refusal(broken), length


@pytest.mark.parametrize("tail", [b"\0", b"\0\0\0\0", b"more", "itself"])
def test_what_follows_the_end_is_found(backup, tmp_path, tail):
    whole = backup.read_bytes()
    (tmp_path / "longer.xz").write_bytes(whole + (whole if tail == "itself" else tail))
    assert "skadad" in refusal(tmp_path / "longer.xz")


@pytest.mark.parametrize("content", [b"", b"hello", b"SQLite format 3\0", lzma.compress(b"hello"), b"\xfd7zXZ\0"])
def test_another_file_is_no_backup(tmp_path, content):
    (tmp_path / "other").write_bytes(content)
    assert "ingen säkerhetskopia från Ledtråd" in refusal(tmp_path / "other")


def test_a_member_that_was_exchanged_is_found(backup, tmp_path):
    """Packed anew by somebody, so that the outer sums agree."""
    with (
        lzma.open(backup) as old,
        tarfile.open(fileobj=old) as archive,
        lzma.open(tmp_path / "forged.xz", "w") as new,
        tarfile.open(fileobj=new, mode="w") as forged,
    ):
        for member in archive:
            forged.addfile(member, archive.extractfile(member))
            if member.name == "tables/audit_entry.jsonl":
                forged.addfile(member, archive.extractfile(member))
    assert "skadad" in refusal(tmp_path / "forged.xz")


@pytest.mark.parametrize("path", ["../x", "/etc/x", "a/../../x", "", "a\\b", "a\0b"])
def test_no_file_is_laid_outside_the_programs_folder(path):
    assert files.place_for(path) is None
    assert files.place_for("uploads/a.xlsx") is not None


def test_trouble_is_one_sentence_and_exit_code_2(tmp_path, db):
    (tmp_path / "there.xz").write_bytes(b"x")
    for arguments, sentence in (
        (("restore", str(tmp_path / "none.xz")), "Det finns ingen fil"),
        (("restore", str(tmp_path / "there.xz")), "är skadad eller ingen säkerhetskopia"),
        (("restore", "--check", str(tmp_path / "there.xz")), "är skadad eller ingen säkerhetskopia"),
        (("restore", str(tmp_path)), "går inte att läsa"),
        (("backup", str(tmp_path / "there.xz")), "finns redan"),
        (("backup", str(tmp_path / "no" / "such" / "folder.xz")), "Det går inte att skriva"),
    ):
        done = CliRunner().invoke(app, arguments, prog_name="ledtrad")
        assert (done.exit_code, done.stdout) == (2, ""), done.output
        assert sentence in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["there.xz"]
