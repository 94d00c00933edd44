from django.db import migrations

from ledtrad.apps.audit.append_only import KeepForever


class Migration(migrations.Migration):
    dependencies = (("goals", "0001_initial"),)

    operations = (
        KeepForever("wording", retirable=True),
        KeepForever("assessment", retirable=True),
        KeepForever("cityverdictrecord", retirable=True),
    )
