"""What the pages on people show."""
