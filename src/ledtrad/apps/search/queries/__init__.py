"""Searching."""

from ledtrad.apps.search.queries.searching import KINDS, Hit, Hits, search

__all__ = ["KINDS", "Hit", "Hits", "search"]
