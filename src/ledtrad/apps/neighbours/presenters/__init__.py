"""What the neighbours' pages show, ready to print."""
