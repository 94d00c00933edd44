"""What cannot be estimated, told as one sentence."""


class SurveyError(Exception):
    """Nothing was estimated, and the message says in Swedish why and what to do about it."""
