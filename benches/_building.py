"""Building the demo city of the size named on the command line, with time left to report from today."""

import sys


def main(size: str) -> None:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from ledtrad.core.calendar import city_day
    from ledtrad.site.command_line.connection import now
    from ledtrad.site.demo_city import build
    from ledtrad.site.demo_city.sizes import SIZES

    call_command("migrate", verbosity=0, interactive=False)
    build(size=SIZES[size], today=city_day(now()))
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


if __name__ == "__main__":
    main(sys.argv[1])
