"""What is open, in the forms that people and programs read."""
