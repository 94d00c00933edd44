from django.db import migrations

from ledtrad.apps.audit.append_only import KeepForever


class Migration(migrations.Migration):
    dependencies = (("indicators", "0001_initial"),)

    operations = (
        KeepForever("indicatorversion"),
        KeepForever("target", retirable=True),
        KeepForever("outcome", retirable=True),
        KeepForever("forecast", retirable=True),
        KeepForever("indicatorverdict", retirable=True),
    )
