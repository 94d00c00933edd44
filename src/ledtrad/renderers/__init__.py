"""A document in, bytes out: one room for each format."""
