"""The table that all processes share: codes that have been used, and how often something has been tried."""

from django.core.management import call_command
from django.db import migrations


def make(apps, schema_editor):
    call_command("createcachetable", "shared_cache", database=schema_editor.connection.alias, verbosity=0)


def drop(apps, schema_editor):
    schema_editor.execute("DROP TABLE shared_cache")


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0003_attempts"),
    ]

    operations = [migrations.RunPython(make, drop)]
