from django.db import migrations

from ledtrad.apps.audit.append_only import KeepForever


class Migration(migrations.Migration):
    """`IndicatorVersion` was rebuilt on SQLite by the migration before, which drops its triggers."""

    dependencies = (("indicators", "0004_figures_in_and_out"),)

    operations = (
        KeepForever("indicatorversion"),
        KeepForever("batch"),
        KeepForever("observation", retirable=True),
        KeepForever("collectioncost", retirable=True),
    )
