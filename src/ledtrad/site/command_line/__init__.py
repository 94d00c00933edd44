"""The command `ledtrad`: one module for each noun. What needs no database never loads Django."""

from ledtrad.site.command_line.application import main

__all__ = ["main"]
