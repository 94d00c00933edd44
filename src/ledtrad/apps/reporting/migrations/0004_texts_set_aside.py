from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("reporting", "0003_erasable_content"),)

    operations = (
        migrations.AddIndex(
            model_name="setaside",
            index=models.Index(
                condition=models.Q(settled_at__isnull=True), fields=["written_by"], name="reporting_waiting_text_of"
            ),
        ),
    )
