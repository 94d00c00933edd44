"""What the report's pages show, worked out from the core's values."""
