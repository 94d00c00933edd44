from django.db import migrations

from ledtrad.apps.audit.append_only import KeepForever


class Migration(migrations.Migration):
    dependencies = (("surveys", "0001_initial"),)

    operations = (
        KeepForever("survey"),
        KeepForever("wave"),
        KeepForever("stratum"),
        KeepForever("scale"),
        KeepForever("question"),
        KeepForever("wording"),
        KeepForever("wavestate", retirable=True),
        KeepForever("wavedesign", retirable=True),
        KeepForever("measure", retirable=True),
        KeepForever("answerset", retirable=True),
        KeepForever("responsegroup", retirable=True),
        KeepForever("publishedestimate", retirable=True),
    )
