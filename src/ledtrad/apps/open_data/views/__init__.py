"""The addresses of open data: all can be read without signing in, from any page, and none writes anything."""
