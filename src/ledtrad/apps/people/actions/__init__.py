"""Changing who is here, which roles they hold and what they answer for."""

from ledtrad.apps.people.actions.answering import NewResponsibility, hand_over, make_responsible
from ledtrad.apps.people.actions.leaving import Orphaned, deactivate, erase_person, reactivate
from ledtrad.apps.people.actions.registering import (
    NewPerson,
    note_invitation,
    register_people,
    rename_person,
    set_password,
)
from ledtrad.apps.people.actions.roles import NewGrant, end_role, give_roles

__all__ = [
    "NewGrant",
    "NewPerson",
    "NewResponsibility",
    "Orphaned",
    "deactivate",
    "end_role",
    "erase_person",
    "give_roles",
    "hand_over",
    "make_responsible",
    "note_invitation",
    "reactivate",
    "register_people",
    "rename_person",
    "set_password",
]
