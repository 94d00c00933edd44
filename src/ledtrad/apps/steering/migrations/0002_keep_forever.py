from django.db import migrations

from ledtrad.apps.audit.append_only import KeepForever


class Migration(migrations.Migration):
    dependencies = (("steering", "0001_initial"),)

    operations = (
        KeepForever("phase", retirable=True),
        KeepForever("plandecision"),
        KeepForever("plandecisionobject"),
    )
