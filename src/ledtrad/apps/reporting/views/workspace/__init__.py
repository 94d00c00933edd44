"""A report's page and everything that is sent from it, one file each."""
