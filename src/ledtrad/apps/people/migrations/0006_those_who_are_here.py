from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("people", "0005_tries_and_words"),)

    operations = (
        migrations.AddIndex(
            model_name="person",
            index=models.Index(condition=models.Q(is_active=True), fields=["erased_at"], name="people_who_are_here"),
        ),
    )
