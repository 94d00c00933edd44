"""The whole city in one file: every table and every uploaded file, readable without the program.

A backup is an .xz-packed tar archive: `tables/<name>.jsonl` (a row a line), `files/<path>`, and last `manifest.json`
with the columns, numbers of rows and sums of all of it. It is restored into SQLite as well as PostgreSQL.
"""
