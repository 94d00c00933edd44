from django.db import migrations

from ledtrad.apps.audit.append_only import KeepForever


class Migration(migrations.Migration):
    """`Outcome` has new columns, which its triggers must hold too."""

    dependencies = (("indicators", "0006_margins_of_outcomes"),)

    operations = (KeepForever("outcome", retirable=True),)
