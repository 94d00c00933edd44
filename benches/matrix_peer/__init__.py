"""The peer of the matrix bench: the same page as it is commonly written, model objects in Django's own template."""
