"""Views of plans, one file for each page."""
