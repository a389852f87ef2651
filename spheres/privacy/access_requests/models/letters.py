"""Which letters arrived where nobody reads files, to whom were they shown, which are answered?"""

from __future__ import annotations

from typing import ClassVar, Final
from uuid import UUID

from django.db import models

from spheres.core.words import Own, Roles
from spheres.participants.models import HERE
from spheres.privacy.access_requests.models.asked import OFFICERS, Asker, RequestStatus, Wish
from spheres.vault.models import Kind as Class
from spheres.vault.models import Lockable, LockedText

# Which letters go with a file: those of which a request about it, and about no other, was made.
OF_HER_REQUESTS: Final = (
    "t.{row} in (select r.letter_id from access_requests_accessrequest r "
    "where r.file_id = {{owner}}) and not exists (select from access_requests_accessrequest o "
    "where o.letter_id = t.{row} and o.file_id <> {{owner}})"
)
_OPEN: Final = ", ".join(f"'{one}'" for one in RequestStatus.OPEN)
# A letter is kept, by the region's rule, from when it came; never before it was answered, nor while
# what was made of it is open, or of a file that is held.
IS_OVER: Final = (
    "case when exists (select from access_requests_letteranswer a where a.id = t.id) then true "  # noqa: S608 -- ours
    "else exists (select from access_requests_accessrequest r where r.letter_id = t.id) end "
    "and not exists (select from access_requests_accessrequest r "
    "join access_requests_requeststatus s on s.request_id = r.id where r.letter_id = t.id "
    f"and case when s.status in ({_OPEN}) then true "
    "else r.file_id = any(held) end)"
)


class OfOfficer(Lockable):
    """A text of a privacy officer's desk: in no file, with the key of the letter it is of, which
    goes when it goes."""

    KIND = Class.REGISTER
    ABOUT_NOBODY = True

    id = models.UUIDField(primary_key=True)
    organisation_id = models.UUIDField()
    written_by = models.UUIDField()
    written_at = models.DateTimeField()

    class Meta:
        abstract = True


LETTERS: Final = "(select l.id from access_requests_letter l)"
# What is shown to a colleague is read where it was shown, for a week.
THIS_WEEK: Final = f"written_at > (select access.moment()) - interval '7 days' and {HERE}"
MINE_HERE: Final = f"written_by = (select access.actor()) and {HERE}"


class Letter(OfOfficer):
    """A request that arrived where nobody reads files: about whom it is, is a name and no more.

    It is acknowledged in the same words whoever it speaks of, and nobody is looked up by it.
    """

    GOES_WITH: ClassVar[tuple[Class, str]] = (Class.FOLLOW_UP, OF_HER_REQUESTS.format(row="id"))
    KEEP: ClassVar[str] = "letter"
    KEPT_FROM: ClassVar[str] = "written_at"
    KEPT_UNLESS: ClassVar[str] = IS_OVER
    KEY_GOES: ClassVar[bool] = True
    access = Roles(
        also={"select": OFFICERS, "insert": OFFICERS},
        also_if={"select": HERE, "insert": MINE_HERE},
        dated="written_at",
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

    @property
    def key_owner(self) -> UUID:
        return self.id


class Passed(OfOfficer):
    """The same letter, shown to one colleague: does it speak of somebody they walk with?"""

    GOES_WITH: ClassVar[tuple[Class, str]] = (
        Class.FOLLOW_UP,
        OF_HER_REQUESTS.format(row="letter_id"),
    )
    KEEP: ClassVar[str] = "shown"
    KEPT_FROM: ClassVar[str] = "written_at"
    KEPT_UNLESS: ClassVar[str] = "true"
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
        dated="written_at",
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

    @property
    def key_owner(self) -> UUID:
        return self.letter_id


class LetterAnswer(models.Model):
    """The letter was answered, in words that confirm nothing: once."""

    GOES_WITH: ClassVar[tuple[Class, str]] = (Class.FOLLOW_UP, OF_HER_REQUESTS.format(row="id"))
    KEEP: ClassVar[str] = "letter"
    KEPT_FROM: ClassVar[str] = "answered_at"
    KEPT_UNLESS: ClassVar[str] = f"t.id not in {LETTERS}"
    access = Roles(
        also={"select": OFFICERS, "insert": OFFICERS},
        also_if={
            "select": HERE,
            "insert": f"answered_by = (select access.actor()) and {HERE} and id in {LETTERS}",
        },
        dated="answered_at",
    )

    id = models.UUIDField(primary_key=True)  # that of the letter
    organisation_id = models.UUIDField()
    answered_by = models.UUIDField()
    answered_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.id)
