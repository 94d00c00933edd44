"""People, the roles they are given, and what they answer for."""

import secrets
import unicodedata

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils.crypto import salted_hmac

from ledtrad.apps.organisation.models import Unit

_LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"


def new_key() -> str:
    """A short name that says nothing of who it stands for: it may stay in the log when the person is erased."""
    return "".join(secrets.choice(_LETTERS) for _ in range(12))


def new_feed_token() -> str:
    """The secret part of a calendar address."""
    return secrets.token_urlsafe(24)


def new_session_stamp() -> str:
    """What every session of a person carries: a new one ends them all at once."""
    return secrets.token_urlsafe(12)


class Role(models.TextChoices):
    """What a person may do for a unit. The values are the words of the glossary.

    A role given on a board holds for every unit beneath it. The last four are given on the council and hold for
    the whole city.
    """

    READER = "reader", "läsare"
    REPORTER = "reporter", "rapportör"
    BOARD_SECRETARY = "board_secretary", "nämndsekreterare"
    UNIT_HEAD = "unit_head", "enhetschef"
    CENTRAL_CONTROLLER = "central_controller", "central controller"
    EDITOR = "editor", "redaktör"
    AUDITOR = "auditor", "revisor"
    ADMINISTRATOR = "administrator", "administratör"


CITY_ROLES = (Role.CENTRAL_CONTROLLER, Role.EDITOR, Role.AUDITOR, Role.ADMINISTRATOR)


class PersonManager(BaseUserManager["Person"]):
    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(email=(username or "").strip().lower())


class Person(AbstractBaseUser):
    """Somebody who signs in. The log names `key`, never the name, so that a person can be erased."""

    key = models.CharField(max_length=12, unique=True, default=new_key, editable=False)
    # Their Swedish names are what a sentence about a weak password calls them.
    email = models.EmailField("e-postadressen", max_length=254, unique=True)
    name = models.CharField("namnet", max_length=200)
    sort_key = models.CharField(max_length=2000, editable=False, default="")
    search_text = models.TextField(editable=False, default="")
    is_active = models.BooleanField(default=True)
    deactivated_at = models.DateTimeField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)
    wants_mail = models.BooleanField(default=True)
    feed_token = models.CharField(max_length=40, unique=True, default=new_feed_token, editable=False)
    session_stamp = models.CharField(max_length=24, default=new_session_stamp, editable=False)
    date_joined = models.DateTimeField()
    invented = models.BooleanField(default=False)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ("name",)

    objects = PersonManager()

    class Meta:
        ordering = ("sort_key",)
        # Those who have left are many in time; the list is of those who are here.
        indexes = (models.Index(fields=("erased_at",), condition=Q(is_active=True), name="people_who_are_here"),)

    def __str__(self) -> str:
        return self.name

    def set_password(self, raw_password: str | None) -> None:
        super().set_password(raw_password and unicodedata.normalize("NFC", raw_password))

    def check_password(self, raw_password: str) -> bool:
        """Whether this is the password. Letters count as the same however the keyboard composes them."""
        return super().check_password(unicodedata.normalize("NFC", raw_password))

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Sessions hold for one password and one stamp: change either, and every session is over."""
        salt = "ledtrad.apps.people.models.Person.get_session_auth_hash"
        return salted_hmac(salt, self.password + self.session_stamp, secret=secret, algorithm="sha256").hexdigest()

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name


class RoleGrant(models.Model):
    """A person holds a role for a unit, from a day to a day. `valid_to` is the last day; None while it goes on."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="grants")
    role = models.CharField(max_length=30, choices=Role.choices)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="grants")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    given_by = models.CharField(max_length=200)
    given_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(role__in=Role.values), name="people_role_known"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="people_grant_ends_after_it_begins",
            ),
        )
        indexes = (models.Index(fields=("person", "valid_from"), name="people_grant_of_person"),)


class Answering(models.TextChoices):
    """In what way a person answers for something."""

    OWNER = "owner", "ansvarig"
    STAND_IN = "stand_in", "ersättare"


class Responsibility(models.Model):
    """A person answers for an object (`goal:…`, `indicator:…`, `activity:…`, `unit:…`), from a day to a day."""

    object_id = models.CharField(max_length=200)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="responsibilities")
    answering = models.CharField(max_length=10, choices=Answering.choices, default=Answering.OWNER)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    given_by = models.CharField(max_length=200)
    given_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("object_id", "answering"),
                condition=Q(valid_to__isnull=True),
                name="people_one_answers_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="people_responsibility_ends_after_it_begins",
            ),
            models.CheckConstraint(condition=Q(answering__in=Answering.values), name="people_answering_known"),
        )
        indexes = (models.Index(fields=("object_id",), name="people_responsibility_object"),)


class SignInAttempt(models.Model):
    """Somebody tried a wrong password. Kept for a day, as keyed hashes, to tell guessing from forgetting.

    `password_mark` is sixteen bits of a keyed hash: enough to see one password tried on many accounts, and too
    little to find out which. `browser` names one that has signed in to this account before.
    """

    at = models.DateTimeField()
    account = models.CharField(max_length=32)
    origin = models.CharField(max_length=32)
    password_mark = models.PositiveIntegerField()
    browser = models.CharField(max_length=32, blank=True, default="")

    class Meta:
        indexes = (
            models.Index(fields=("account", "at"), name="people_attempt_account"),
            models.Index(fields=("origin", "at"), name="people_attempt_origin"),
            models.Index(fields=("password_mark", "at"), name="people_attempt_password"),
            models.Index(fields=("at",), name="people_attempt_moment"),
        )
