from django.db import migrations

from ledtrad.apps.audit.append_only import KeepForever


class Migration(migrations.Migration):
    dependencies = (("reporting", "0002_keep_forever"),)

    operations = (KeepForever("rowversion", erasable=("content",)),)
