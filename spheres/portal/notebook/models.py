"""What is kept of her notebook besides its door: her own names for things, words to her worker?"""

from __future__ import annotations

from typing import Final

from django.db import models

from spheres.core.actor import NOTEBOOK, PARTICIPANT
from spheres.core.words import FileSection
from spheres.participants.models import Kept
from spheres.sharing.rules import CONTACT
from spheres.vault.models import LockedText

# She writes it now, at any level, from inside and of her one file; her workers read it.
BY_HERSELF: Final = (
    "written_by = (select access.actor()) and written_at = (select access.moment()) "
    "and file_id = any((select access.readable_contact_files())::uuid[])"
)
# It is for those who walk with her, and whoever answers for them, who add to how she is reached:
# not for a partner or a colleague to whom she lets this be read, nor whoever heard her code word.
FOR_WHO_ANSWERS: Final = (
    f"case when (select access.purpose()) = '{NOTEBOOK}' then true "
    "else file_id = any((select access.appendable_contact_files())::uuid[]) end"
)


class Naming(Kept):
    """What she calls her notebook and her appointments, if not as everybody; the newest stands.
    Nobody else names anything there."""

    access = FileSection(
        CONTACT,
        by="written_by",
        opens=FOR_WHO_ANSWERS,
        append=False,
        also={"insert": (PARTICIPANT,)},
        also_if={"insert": BY_HERSELF},
    )

    notebook = LockedText()
    appointment = LockedText()

    class Meta:
        indexes = [models.Index(fields=["file", "-written_at"], name="notebook_naming_newest")]

    def __str__(self) -> str:
        return str(self.id)


class Word(Kept):
    """A word she leaves for whoever accompanies her. It is answered in her notebook, or in person;
    nothing leaves by mail or text."""

    access = FileSection(
        CONTACT,
        by="written_by",
        opens=FOR_WHO_ANSWERS,
        append=False,
        also={"insert": (PARTICIPANT,)},
        also_if={"insert": BY_HERSELF},
    )

    words = LockedText()

    class Meta:
        indexes = [models.Index(fields=["file", "-written_at"], name="notebook_word_newest")]

    def __str__(self) -> str:
        return str(self.id)


class Reply(Kept):
    """It was read, and what is answered, if anything: it waits in her notebook."""

    access = FileSection(
        CONTACT,
        by="written_by",
        dated="written_at",
        opens=FOR_WHO_ANSWERS,
        adds="(word_id, file_id) in (select w.id, w.file_id from notebook_word w)",
    )

    word = models.OneToOneField(Word, models.PROTECT, related_name="reply")
    words = LockedText()

    def __str__(self) -> str:
        return str(self.id)
