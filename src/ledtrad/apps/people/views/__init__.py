"""Signing in, one's own account, and the pages on people."""
