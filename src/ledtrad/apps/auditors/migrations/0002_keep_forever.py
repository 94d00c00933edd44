from django.db import migrations

from ledtrad.apps.audit.append_only import KeepForever


class Migration(migrations.Migration):
    dependencies = (("auditors", "0001_initial"),)

    operations = (
        KeepForever("opinion", retirable=True),
        KeepForever("answer", retirable=True),
    )
