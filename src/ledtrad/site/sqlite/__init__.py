"""Django's SQLite, in a mode that keeps what it has acknowledged: named as ENGINE by `site/database.py`."""
