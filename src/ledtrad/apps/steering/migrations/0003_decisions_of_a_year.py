from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("steering", "0002_keep_forever"),)

    operations = (
        migrations.AddIndex(
            model_name="plandecision", index=models.Index(fields=["year"], name="steering_decisions_of_year")
        ),
    )
