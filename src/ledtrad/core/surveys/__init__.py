"""Surveys: from answers to figures that know their uncertainty and keep secrets. Plain calculation."""
