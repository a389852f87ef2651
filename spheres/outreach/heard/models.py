"""What is kept of how whoever refers heard of us? One answer of a quarter, and of nobody.

It hangs on no referral: the two share no identifier, no event of the journal says it, and nothing
finer than the quarter is kept. Nobody reads one; they are counted once the quarter is over.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from spheres.core.words import Roles


class Heard(models.Model):
    """One answer to « how did you hear of the programme? »."""

    class How(models.TextChoices):
        EVENT = "EVENT", _("A presentation or an event")
        TRAINING = "TRAINING", _("A training")
        COLLEAGUE = "COLLEAGUE", _("A colleague")
        WEB = "WEB", _("On the web")
        OTHER = "OTHER", _("Another way")
        UNSAID = "UNSAID", _("I prefer not to say")

    access = Roles(
        append=False,
        also={"insert": ("visitor",)},
        also_if={
            "insert": "organisation_id = (select access.desk()) "
            "and starts_on = date_trunc('quarter', (select access.today()))::date"
        },
    )

    id = models.UUIDField(primary_key=True)
    organisation_id = models.UUIDField()  # the desk at which the referral arrived
    starts_on = models.DateField()  # the first day of the quarter: nothing finer is kept
    how = models.CharField(max_length=12, choices=How)

    def __str__(self) -> str:
        return str(self.id)
