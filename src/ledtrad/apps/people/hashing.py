"""How passwords are stored."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2(Argon2PasswordHasher):
    """Argon2id with 19 MiB and two rounds on one lane, as OWASP asks at least.

    Django's own figures (100 MiB on eight lanes) would let a few dozen people who sign in at once, on the last
    morning, take all memory.
    """

    time_cost = 2
    memory_cost = 19_456
    parallelism = 1
