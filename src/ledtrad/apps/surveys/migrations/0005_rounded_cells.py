"""Questions told of in rounded numbers, in place of hiding."""

import django.db.models.deletion
from django.db import migrations, models

from ledtrad.apps.audit.append_only import KeepForever


class Migration(migrations.Migration):
    dependencies = [
        ("surveys", "0004_who_is_the_same"),
    ]

    operations = [
        migrations.CreateModel(
            name="RoundedCells",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.CharField(max_length=200)),
                ("is_current", models.BooleanField(default=True)),
                ("invented", models.BooleanField(default=False)),
                ("multiple", models.PositiveSmallIntegerField()),
                ("adds_up", models.BooleanField()),
                ("off", models.PositiveIntegerField(default=0)),
                ("groups", models.CharField(blank=True, default="", max_length=40)),
                ("cells", models.TextField()),
                ("figures", models.TextField()),
                ("mark", models.CharField(max_length=64)),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="rounded_cells", to="surveys.question"
                    ),
                ),
                (
                    "supersedes",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="superseded_by",
                        to="surveys.roundedcells",
                    ),
                ),
                (
                    "wave",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="rounded_cells", to="surveys.wave"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("is_current", True)),
                        fields=("wave", "question"),
                        name="surveys_one_current_rounding",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("multiple__gte", 3), ("multiple__lte", 20)),
                        name="surveys_multiple_is_offered",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("cells", ""), _negated=True),
                            models.Q(("figures", ""), _negated=True),
                            models.Q(("mark", ""), _negated=True),
                        ),
                        name="surveys_rounded_cells_are_told",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("adds_up", False), ("off", 0), _connector="OR"),
                        name="surveys_what_adds_up_is_not_off",
                    ),
                ],
            },
        ),
        KeepForever("roundedcells", retirable=True),
    ]
