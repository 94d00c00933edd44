from django.db import migrations

from ledtrad.apps.audit.append_only import KeepForever


class Migration(migrations.Migration):
    dependencies = (("reporting", "0001_initial"),)

    operations = (
        KeepForever("step"),
        KeepForever("rowversion"),
        KeepForever("correction"),
    )
