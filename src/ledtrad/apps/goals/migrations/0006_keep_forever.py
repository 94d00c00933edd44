from django.db import migrations

from ledtrad.apps.audit.append_only import KeepForever


class Migration(migrations.Migration):
    # Tables with another column have been built anew on SQLite, and so lost their triggers.
    dependencies = (("goals", "0005_plans_and_copies"),)

    operations = (
        KeepForever("wording", retirable=True),
        KeepForever("activity", retirable=True),
        KeepForever("plancopy"),
    )
