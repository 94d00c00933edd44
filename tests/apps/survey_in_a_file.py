"""Publishes the guarded survey in a database file and dies at once, so that all that SQLite wrote lies as it was left.

    python -m tests.apps.survey_in_a_file

The database, which has its tables and nothing in them, and the folders are those of the environment.
"""

import os


def main() -> None:
    import django

    django.setup()
    from tests import universe
    from tests.apps import guarded_survey as guarded
    from tests.apps import surveyed_city as survey

    from ledtrad.apps.surveys import actions as surveys

    universe.build_city()
    guarded.build()
    guarded.publish(guarded.people())
    wrong = guarded.csv_of(guarded.people()).replace(b";01;10;", f";{guarded.CANARY};10;".encode(), 1)
    try:
        survey.receive(wrong, 2019, codebook=guarded.CODEBOOK)
    except surveys.Unfit:
        os._exit(0)  # nothing is closed, and nothing is moved from the log into the database
    os._exit(1)  # an answer that fits no code was taken in


if __name__ == "__main__":
    main()
