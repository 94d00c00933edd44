"""What the system starts by itself."""
