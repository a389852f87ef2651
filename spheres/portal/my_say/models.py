"""What is kept of what she asks from her notebook, and of what was answered?"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from spheres.core.actor import PARTICIPANT
from spheres.core.words import FileSection
from spheres.participants.models import Kept
from spheres.portal.notebook.models import BY_HERSELF, FOR_WHO_ANSWERS
from spheres.sharing.rules import CONTACT
from spheres.vault.models import LockedText


class Ask(Kept):
    """Something she asks, or tells that she did, from her notebook: it waits for her workers.

    It is never carried out by itself: whoever holds her telephone could ask it too.
    """

    class Kind(models.TextChoices):
        BAR = "BAR", _("Somebody should not open their file")
        SHARE = "SHARE", _("Sharing something, or sharing it otherwise")
        CORRECT = "CORRECT", _("Commenting on what was written, or having it corrected")
        READ = "READ", _("Reading their file")
        COPY = "COPY", _("A copy of their file")
        ERASE = "ERASE", _("Having something erased")
        RESEARCH = "RESEARCH", _("Refusing that research uses anything of theirs")
        NAME = "NAME", _("Changing their name, their pronouns, or the words they use")
        REACH = "REACH", _("Changing how they are reached")
        REFERRAL = "REFERRAL", _("Seeing what was said when they were referred")
        SURVIVOR = "SURVIVOR", _("A meeting with somebody who lived through it")
        # Nobody asks these: they tell her workers that she did it herself.
        TOOK_BACK = "TOOK_BACK", _("They took back something they shared: it is over already")
        NO_RESEARCH = "NO_RESEARCH", _("They said no to research: it holds already")

    access = FileSection(
        CONTACT,
        by="written_by",
        opens=FOR_WHO_ANSWERS,
        append=False,
        also={"insert": (PARTICIPANT,)},
        also_if={"insert": BY_HERSELF},
        dated="written_at",
    )

    kind = models.CharField(max_length=12, choices=Kind)
    words = LockedText()

    class Meta:
        indexes = [models.Index(fields=["file", "-written_at"], name="my_say_ask_newest")]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"


class Answer(Kept):
    """Where it stands, said by one of her workers, and a few words that wait in her notebook."""

    class Stands(models.TextChoices):
        TAKEN_UP = "TAKEN_UP", _("I take care of it")
        DONE = "DONE", _("It is done, or settled with them")

    access = FileSection(
        CONTACT,
        by="written_by",
        dated="written_at",
        opens=FOR_WHO_ANSWERS,
        adds="(ask_id, file_id) in (select a.id, a.file_id from my_say_ask a)",
    )

    ask = models.ForeignKey(Ask, models.PROTECT, related_name="answers")
    stands = models.CharField(max_length=12, choices=Stands)
    words = LockedText()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ask", "stands"], name="my_say_answer_said_once"),
        ]

    def __str__(self) -> str:
        return f"{self.stands} {self.id}"
