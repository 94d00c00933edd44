"""Surveys: their waves, questions and designs, the answers that are kept apart, and the estimates made of them."""
