from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("goals", "0006_keep_forever"),)

    operations = (
        migrations.AddIndex(model_name="objective", index=models.Index(fields=["level"], name="goals_of_level")),
    )
