"""The log (loggen): append-only, hash-chained; every action in every app writes to it."""
