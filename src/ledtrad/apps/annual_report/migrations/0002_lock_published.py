from django.db import migrations

from ledtrad.apps.annual_report.locking import LockPublished


class Migration(migrations.Migration):
    dependencies = (("annual_report", "0001_initial"),)

    operations = (
        LockPublished("edition", is_edition=True),
        LockPublished("part"),
        LockPublished("boundsection"),
        LockPublished("statement"),
        LockPublished("citation"),
        LockPublished("checkrun"),
        LockPublished("finding"),
        LockPublished("waiver"),
    )
