"""What went wrong, as one sentence for the person at the keyboard; the exit code is then 2."""


class Trouble(Exception):
    """Nothing was done, and the message says in Swedish why and what to do about it."""
