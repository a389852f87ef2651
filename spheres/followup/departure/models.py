"""What does each person say, when the organisation that accompanies her leaves the programme?"""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from spheres.core.words import FileSection
from spheres.participants.models import Kept
from spheres.vault.models import LockedText


class Say(Kept):
    """What she wants next, in her words; or that she could not be reached that day.

    The newest stands; those before stay readable. Nothing of her file moves by itself.
    """

    class Way(models.TextChoices):
        ANOTHER = "ANOTHER", _("Goes on with another partner of the programme")
        STAYS = "STAYS", _("Stays with this organisation, outside of the programme")
        CLOSES = "CLOSES", _("Stops here, with a letter")
        NOT_REACHED = "NOT_REACHED", _("Could not be reached today")

    access = FileSection("summary", by="written_by", dated="written_at")

    departure_id = models.UUIDField()
    way = models.CharField(max_length=12, choices=Way)
    to_organisation_id = models.UUIDField(null=True)
    said_on = models.DateField()
    her_words = LockedText()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(way="ANOTHER", to_organisation_id__isnull=False)
                | (~Q(way="ANOTHER") & Q(to_organisation_id__isnull=True)),
                name="departure_say_names_whom",
            ),
        ]
        indexes = [
            models.Index(fields=["departure_id", "file"], name="departure_say_newest"),
        ]

    def __str__(self) -> str:
        return self.way
