"""A report's page, ready to print: its frame, rows, steps and words."""
