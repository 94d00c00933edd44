"""Which column tells who is the same from wave to wave. SQLite makes the table anew, so that its triggers are too."""

from django.db import migrations, models

from ledtrad.apps.audit.append_only import KeepForever


class Migration(migrations.Migration):
    dependencies = [("surveys", "0003_what_was_shown")]

    operations = [
        migrations.AddField(
            model_name="wavedesign",
            name="shared",
            field=models.CharField(blank=True, default="", max_length=100),
        ),
        KeepForever("wavedesign", retirable=True),
    ]
