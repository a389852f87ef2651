"""Which letters arrived where nobody reads files, to whom were they shown, which are answered?"""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.db import models

from spheres.core.words import Own, Roles
from spheres.participants.models import HERE
from spheres.privacy.access_requests.models.asked import OFFICERS, Asker, Wish
from spheres.vault.models import Kind as Class
from spheres.vault.models import Lockable, LockedText


class OfOfficer(Lockable):
    """A text of a privacy officer's desk: in no file, with its author's own key."""

    KIND = Class.ACCOUNT
    ABOUT_NOBODY = True

    id = models.UUIDField(primary_key=True)
    organisation_id = models.UUIDField()
    written_by = models.UUIDField()
    written_at = models.DateTimeField()

    class Meta:
        abstract = True

    @property
    def key_owner(self) -> UUID:
        return self.written_by


LETTERS: Final = "(select l.id from access_requests_letter l)"
# What is shown to a colleague is read where it was shown, for a week.
THIS_WEEK: Final = f"written_at > (select access.moment()) - interval '7 days' and {HERE}"
MINE_HERE: Final = f"written_by = (select access.actor()) and {HERE}"


class Letter(OfOfficer):
    """A request that arrived where nobody reads files: about whom it is, is a name and no more.

    It is acknowledged in the same words whoever it speaks of, and nobody is looked up by it.
    """

    access = Roles(
        also={"select": OFFICERS, "insert": OFFICERS},
        also_if={"select": HERE, "insert": MINE_HERE},
    )

    asker = models.CharField(max_length=8, choices=Asker)
    wish = models.CharField(max_length=8, choices=Wish)
    is_neutral = models.BooleanField(default=True)
    received_on = models.DateField()
    due_on = models.DateField()
    about = LockedText()  # the person it speaks of, as the letter names them
    sender = LockedText()
    address = LockedText()

    def __str__(self) -> str:
        return str(self.id)


class Passed(OfOfficer):
    """The same letter, shown to one colleague: does it speak of somebody they walk with?"""

    access = Own(
        column="to_user_id",
        append=False,
        opens=THIS_WEEK,
        also={"select": OFFICERS, "insert": OFFICERS},
        also_if={
            "select": HERE,
            "insert": f"{MINE_HERE} and to_user_id = any((select access.colleagues())::uuid[]) "
            f"and letter_id in {LETTERS}",
        },
    )

    letter_id = models.UUIDField()
    to_user_id = models.UUIDField()
    asker = models.CharField(max_length=8, choices=Asker)
    wish = models.CharField(max_length=8, choices=Wish)
    # As the letter was acknowledged: taken on, it is answered on the same paper, by the same day.
    is_neutral = models.BooleanField(default=True)
    received_on = models.DateField()
    due_on = models.DateField(null=True)
    about = LockedText()
    sender = LockedText()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["letter_id", "to_user_id"], name="access_requests_passed_once_to_each"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class LetterAnswer(models.Model):
    """The letter was answered, in words that confirm nothing: once."""

    access = Roles(
        also={"select": OFFICERS, "insert": OFFICERS},
        also_if={
            "select": HERE,
            "insert": f"answered_by = (select access.actor()) and {HERE} and id in {LETTERS}",
        },
    )

    id = models.UUIDField(primary_key=True)  # that of the letter
    organisation_id = models.UUIDField()
    answered_by = models.UUIDField()
    answered_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.id)
