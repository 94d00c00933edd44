"""What changed is kept beside the chain, salted; objects get a register; drafts are told from what lasts.

Entries that are there keep their hashes and are walked by the recipe that they were written with (format 1).
"""

import json

from django.db import migrations, models

from ledtrad.apps.audit.append_only import KeepForever

_BATCH = 2000


def register_objects(apps, schema_editor):
    entries, register = apps.get_model("audit", "Entry"), apps.get_model("audit", "EntryObject")
    passed = 0
    while True:
        ahead = entries.objects.filter(number__gt=passed).order_by("number")
        rows = list(ahead.values_list("number", "objects_json")[:_BATCH])
        if not rows:
            return
        register.objects.bulk_create(
            [
                register(entry_id=number, object_id=touched)
                for number, objects in rows
                for touched in dict.fromkeys(json.loads(objects))
            ],
            batch_size=500,
        )
        passed = rows[-1][0]


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_keep_forever")]

    operations = [
        migrations.AddField("entry", "is_draft", models.BooleanField(default=False)),
        migrations.AddField("entry", "salt", models.CharField(default="", max_length=32)),
        migrations.AddField("entry", "change_hash", models.CharField(default="", max_length=64)),
        migrations.AddField("entry", "format", models.PositiveSmallIntegerField(default=1)),
        migrations.CreateModel(
            name="EntryObject",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("object_id", models.CharField(max_length=300)),
                (
                    "entry",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=models.deletion.PROTECT,
                        related_name="links",
                        to="audit.entry",
                    ),
                ),
            ],
            options={"ordering": ("id",)},
        ),
        migrations.RunPython(register_objects, migrations.RunPython.noop),
        migrations.AddConstraint(
            "entry",
            models.CheckConstraint(
                condition=models.Q(
                    models.Q(("change_hash", ""), ("format", 1)),
                    models.Q(("format", 2), models.Q(("change_hash", ""), _negated=True)),
                    _connector="OR",
                ),
                name="audit_entry_format_known",
            ),
        ),
        migrations.AddIndex(
            "entry",
            models.Index(condition=models.Q(("is_draft", False)), fields=["number"], name="audit_entry_lasting"),
        ),
        migrations.AddIndex("entry", models.Index(fields=["by", "number"], name="audit_entry_by")),
        migrations.AddIndex("entry", models.Index(fields=["action", "number"], name="audit_entry_action")),
        migrations.AddIndex("entry", models.Index(fields=["by", "action", "number"], name="audit_entry_by_action")),
        migrations.AddIndex("entry", models.Index(fields=["at", "number"], name="audit_entry_at")),
        migrations.AddIndex("entryobject", models.Index(fields=["object_id", "entry"], name="audit_object_entries")),
        KeepForever("entry", erasable=("salt", "change_json")),
        KeepForever("entryobject"),
    ]
