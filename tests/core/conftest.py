"""Generated tests of the core are not timed: a slow machine is no fault in the product."""

from hypothesis import settings

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
