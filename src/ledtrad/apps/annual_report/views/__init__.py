"""The report's pages, one file each."""
