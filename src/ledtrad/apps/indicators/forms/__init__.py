"""What is asked for on the indicators' pages."""
