"""What the auditors' pages show."""
