import django.db.models.deletion
from django.db import migrations, models

from ledtrad.apps.audit.append_only import KeepForever


class Migration(migrations.Migration):
    dependencies = [
        ("surveys", "0002_keep_forever"),
    ]

    operations = [
        migrations.CreateModel(
            name="PublishedDifference",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.CharField(max_length=200)),
                ("is_current", models.BooleanField(default=True)),
                ("invented", models.BooleanField(default=False)),
                ("levels", models.CharField(blank=True, default="", max_length=200)),
                ("first", models.CharField(max_length=60)),
                ("second", models.CharField(max_length=60)),
                ("difference", models.FloatField()),
                ("se", models.FloatField(null=True)),
                ("low", models.FloatField(null=True)),
                ("high", models.FloatField(null=True)),
                ("df", models.FloatField(null=True)),
                ("p", models.FloatField(null=True)),
                ("answers", models.CharField(max_length=64)),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="differences", to="surveys.question"
                    ),
                ),
                (
                    "supersedes",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="superseded_by",
                        to="surveys.publisheddifference",
                    ),
                ),
                (
                    "wave",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="differences", to="surveys.wave"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("is_current", True)),
                        fields=("wave", "question", "levels", "first", "second"),
                        name="surveys_one_current_difference",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("first", ""), _negated=True),
                            models.Q(("second", ""), _negated=True),
                            models.Q(("first", models.F("second")), _negated=True),
                        ),
                        name="surveys_difference_is_between_two",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ShownCells",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.CharField(max_length=200)),
                ("is_current", models.BooleanField(default=True)),
                ("invented", models.BooleanField(default=False)),
                ("answers", models.CharField(max_length=64)),
                ("cells", models.TextField()),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="shown_cells", to="surveys.question"
                    ),
                ),
                (
                    "supersedes",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="superseded_by",
                        to="surveys.showncells",
                    ),
                ),
                (
                    "wave",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="shown_cells", to="surveys.wave"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("is_current", True)),
                        fields=("wave", "question"),
                        name="surveys_one_current_set_of_cells",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("cells", ""), _negated=True), models.Q(("answers", ""), _negated=True)
                        ),
                        name="surveys_shown_cells_are_told",
                    ),
                ],
            },
        ),
        KeepForever("showncells", retirable=True),
        KeepForever("publisheddifference", retirable=True),
    ]
