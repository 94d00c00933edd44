"""What people hand in about reports."""
