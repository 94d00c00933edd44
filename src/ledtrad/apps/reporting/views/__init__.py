"""Reporting's pages, one file each."""
