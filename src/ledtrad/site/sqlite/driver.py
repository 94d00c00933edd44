"""The SQLite that the product uses: one whose WAL keeps what it has committed (docs/decisions/0015).

Python carries whatever SQLite it was built with, often one with the WAL-reset bug, and without WAL a save waits for
the disk three or four times. pysqlite3 brings a recent SQLite. It takes the place of `sqlite3` in the whole process:
in Django's backend, in backups, and in what tests open themselves, since two SQLites with one file would not know of
what the other has mended. Where it is not installed Python's own is used, in the mode that is safe for it.
"""

import sys

try:
    import pysqlite3 as sqlite3
    import pysqlite3.dbapi2
except ImportError:
    import sqlite3
else:
    sys.modules["sqlite3"] = sqlite3
    sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2

__all__ = ["sqlite3"]
