"""What the pages of surveys show, ready to print."""
