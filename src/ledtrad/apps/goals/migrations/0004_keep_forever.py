from django.db import migrations

from ledtrad.apps.audit.append_only import KeepForever


class Migration(migrations.Migration):
    dependencies = (("goals", "0003_reporting_year"),)

    operations = (
        KeepForever("assessment", retirable=True),  # SQLite rebuilt the table for its new columns
        KeepForever("activity", retirable=True),
        KeepForever("activityreport", retirable=True),
        KeepForever("objectiveforecast", retirable=True),
    )
