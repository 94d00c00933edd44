"""Indicators: definitions, targets, outcomes with where they came from, forecasts and verdicts."""
