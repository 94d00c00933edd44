"""What is asked for on the neighbours' pages."""
