"""Which words of a letter are kept: the region's, and an organisation's own?

Each row is written once: what is worded anew is another row, and the newest stands, so that a
letter of an earlier day still reads what stood that day.
"""

from __future__ import annotations

from typing import Final

from django.db import models
from django.db.models import Q

from spheres.accounts.models import Role
from spheres.core.words import Public, Roles
from spheres.regions.models import LOADER

EVERYBODY: Final = tuple(sorted(Role.values))
BODY: Final = "organisation_id = (select access.body())"
# Whoever acts for the body itself words its letters; whoever acts for a part of it reads them.
OF_THE_WHOLE: Final = f"{BODY} and organisation_id = (select access.organisation())"
MINE_NOW: Final = "adopted_by = (select access.actor()) and adopted_at = (select access.moment())"
BOTH_OR_NEITHER: Final = Q(fr="", en="") | (Q(fr__gt="") & Q(en__gt=""))


class RegionalWording(models.Model):
    """What the region's folder says in one paragraph of a letter, since a loading, in both
    languages; empty once the folder says nothing more of it. When a lawyer read it, the day."""

    access = Public(append=False, also={"insert": (LOADER,)})

    id = models.UUIDField(primary_key=True)
    letter = models.CharField(max_length=32)
    paragraph = models.CharField(max_length=32)
    fr = models.TextField(blank=True)
    en = models.TextField(blank=True)
    counsel_on = models.DateField(null=True)
    since_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=BOTH_OR_NEITHER, name="wording_regional_in_both"),
        ]

    def __str__(self) -> str:
        return f"{self.letter}.{self.paragraph}"


class Wording(models.Model):
    """One paragraph of a letter as an organisation words it, in both languages, by whom and since
    when; or that it goes back to its region's words.

    Kept at the body (an institution, with its units): its privacy officer speaks for the whole.
    """

    access = Roles(
        also={"select": EVERYBODY, "insert": (Role.PRIVACY_OFFICER,)},
        also_if={"select": BODY, "insert": f"{OF_THE_WHOLE} and {MINE_NOW}"},
    )

    id = models.UUIDField(primary_key=True)
    organisation_id = models.UUIDField()
    letter = models.CharField(max_length=32)
    paragraph = models.CharField(max_length=32)
    is_own = models.BooleanField()  # False: back to the region's words
    fr = models.TextField(blank=True)
    en = models.TextField(blank=True)
    counsel_on = models.DateField(null=True)
    adopted_by = models.UUIDField()
    adopted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=BOTH_OR_NEITHER, name="wording_own_in_both"),
            models.CheckConstraint(
                condition=Q(is_own=True) | Q(fr="", en="", counsel_on=None),
                name="wording_back_says_nothing",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation_id", "letter", "adopted_at"], name="wording_of")
        ]

    def __str__(self) -> str:
        return f"{self.letter}.{self.paragraph}"
