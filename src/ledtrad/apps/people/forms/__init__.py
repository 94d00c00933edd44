"""Reading what the pages on people send."""
