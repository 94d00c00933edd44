"""Open data: everything that is public, to take home or to read by program. Reads; stores nothing of its own."""
