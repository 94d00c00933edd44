"""What is chosen and written on the neighbours' pages."""
