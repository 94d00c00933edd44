"""Ledtråd: follow every figure from its cell or survey answer to the printed sentence and back."""

__version__ = "0.1.0"
