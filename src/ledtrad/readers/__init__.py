"""Bytes in, rows out: one room for each kind of source."""
