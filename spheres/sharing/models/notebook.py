"""What is kept of her notebook's door: what it opens, what it is opened with, who is inside?"""

from __future__ import annotations

from typing import ClassVar, Final

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from spheres.accounts.models import DOORKEEPER
from spheres.core.words import FileSection, Own
from spheres.participants.models import NOW_ENDED
from spheres.sharing.rules import CONTACT, IDENTITY, IN_HER_NOTEBOOK
from spheres.vault.models import Kind as Class

# Opened now, by those who walk with her, after what keeps her safe was said and confirmed.
FACE_TO_FACE: Final = (
    "file_id = any((select access.amendable_relation_files())::uuid[]) "
    "and opened_at = (select access.moment()) and ended_at is null and lowered_at is null "
    "and access.may_open_notebook(file_id)"
)
# What the level of appointments and words to her worker opens, and no more.
PRACTICAL_FACES: Final = (IDENTITY, CONTACT)
EVERY_VERB: Final = ("select", "insert", "update", "delete")
WRONG_TRIES: Final = 5


class Notebook(models.Model):
    """Her notebook stands open: at which level, on which sections of her one file.

    Her worker opens it with her, face to face, and so does whoever raises it: another row. She
    lowers it, or closes it, alone and at once (`access.lower_notebook`). It closes by itself the
    moment it is noted that reaching her is not safe, and when her follow-up is over: the function
    that reads this row says so (`access.is_notebook_open`), no job does.
    """

    class Level(models.TextChoices):
        PRACTICAL = "PRACTICAL", _("Appointments, and a word for their worker")
        READ = "READ", _("Reading what they allowed too")
        WRITE = "WRITE", _("Writing there too")

    class Agreed(models.TextChoices):
        HERSELF = "HERSELF", _("The young person")
        PARENT = "PARENT", _("The person having parental authority, and the young person")
        TUTOR = "TUTOR", _("The tutor, and the young person")
        EXCEPTION = "EXCEPTION", _("The young person, by an exception whose reason is written")

    GOES_WITH: ClassVar[tuple[Class, str]] = (Class.FOLLOW_UP, "file_id")
    ENDS_ONCE: ClassVar[str] = "ended_at"
    access = FileSection(
        "relation",
        by="opened_by",
        adds=FACE_TO_FACE,
        amend=True,
        changes=("ended_at", "ended_by"),
        becomes=NOW_ENDED,
    )

    id = models.UUIDField(primary_key=True)
    file_id = models.UUIDField()
    level = models.CharField(max_length=12, choices=Level)
    faces = ArrayField(models.CharField(max_length=12))
    agreed = models.CharField(max_length=12, choices=Agreed)
    opened_by = models.UUIDField()
    opened_at = models.DateTimeField()
    lowered_at = models.DateTimeField(null=True)  # by herself: nobody else can
    ended_at = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)  # a worker, or herself

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(faces__contained_by=list(IN_HER_NOTEBOOK))
                & Q(faces__contains=[IDENTITY]),
                name="sharing_notebook_only_what_may_be_shown",
            ),
            models.CheckConstraint(
                condition=~Q(level="PRACTICAL") | Q(faces__contained_by=list(PRACTICAL_FACES)),
                name="sharing_notebook_practical_is_little",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="sharing_notebook_ended_by_whom",
            ),
            models.UniqueConstraint(
                fields=["file_id"],
                condition=Q(ended_at__isnull=True),
                name="sharing_notebook_one_a_file",
            ),
        ]
        indexes = [models.Index(fields=["file_id"], name="sharing_notebook_file")]

    def __str__(self) -> str:
        return f"{self.level} {self.id}"


class NotebookKey(models.Model):
    """What opens it: a code given by her worker, and a PIN that she chose, together.

    Neither is kept. Of the code, what Argon2id makes of it, as a digest that only the key file
    makes, to find this row; of both together, what Argon2id makes of them, hashed once more; and
    the key of her private pages, locked with both. Wrong tries are counted in all, for ever: the
    fifth closes it, and another is given in person. The newest of a file stands, and giving it
    closes those of before.
    """

    GOES_WITH: ClassVar[tuple[Class, str]] = (Class.FOLLOW_UP, "file_id")
    # The doorkeeper's alone. Whose row it is, the word asks of its identifier, which is nobody's.
    access = Own(
        column="id",
        append=False,
        also=dict.fromkeys(("select", "insert", "update"), (DOORKEEPER,)),
    )

    id = models.UUIDField(primary_key=True)
    file_id = models.UUIDField()
    digest = models.BinaryField(unique=True)
    salt = models.BinaryField()
    verifier = models.BinaryField()
    pages = models.BinaryField()  # the key of her private pages, locked with both numbers
    wrong_tries = models.PositiveSmallIntegerField(default=0)
    given_by = models.UUIDField()  # who gave it, having seen her
    given_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(wrong_tries__lte=WRONG_TRIES), name="sharing_notebookkey_tries_are_few"
            ),
        ]
        indexes = [models.Index(fields=["file_id", "-given_at"], name="sharing_notebookkey_newest")]

    def __str__(self) -> str:
        return str(self.id)


class NotebookSession(models.Model):
    """She is inside, on one device: for five minutes without a move, for thirty in all.

    Holds a hash of the key that her browser holds. What it needs of the code and the PIN while she
    is inside is locked under that key, which is not kept here: a copy of this table opens nothing.
    """

    GOES_WITH: ClassVar[tuple[Class, str]] = (Class.FOLLOW_UP, "file_id")
    access = Own(column="id", append=False, also=dict.fromkeys(EVERY_VERB, (DOORKEEPER,)))

    key_hash = models.CharField(max_length=64, primary_key=True)
    id = models.UUIDField(unique=True)
    file_id = models.UUIDField(unique=True)  # one at a time: a second sign-in ends the first
    sealed = models.BinaryField()
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.id)
