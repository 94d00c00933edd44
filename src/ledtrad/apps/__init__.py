"""What the city remembers: one Django app for each noun."""
