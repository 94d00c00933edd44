"""What the tests of durability share: databases of their own, in files or on a server."""

from tests.fresh_databases import fresh_database, migrated_database  # noqa: F401
