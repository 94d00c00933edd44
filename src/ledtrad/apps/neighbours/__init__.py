"""Figures from neighbours: Kolada and PxWebApi, subscribed to, with their definitions pinned."""
