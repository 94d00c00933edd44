"""What people hand in about plans."""
