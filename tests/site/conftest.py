"""What the tests of the site share."""

from tests.fresh_databases import fresh_database, migrated_database  # noqa: F401
