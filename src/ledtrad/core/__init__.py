"""What is true: plain Python values and functions; no Django, file, clock or network."""
