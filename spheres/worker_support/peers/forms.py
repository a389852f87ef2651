"""What does whoever offers to be reached say of it?"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from spheres.records.forms import LookingForm
from spheres.regions import queries as regions
from spheres.ui.fields import ChecksField, LongTextField, TextField
from spheres.worker_support.peers.actions import Offered
from spheres.worker_support.peers.models import PeerOffer
from spheres.worker_support.peers.queries import LANGUAGES, THEMES


class OfferForm(LookingForm):
    """How one may be reached is needed; all else as one likes."""

    texts = ("words",)

    themes = ChecksField(label=_("About what may one come to you?"), required=False)
    languages = ChecksField(label=_("In which languages?"))
    ways = ChecksField(label=_("How may one reach you?"), choices=PeerOffer.Way.choices)
    reach = TextField(
        label=_("At which number or address?"),
        hint=_("That of your work, which all who work in the programme may read."),
        max_length=120,
    )
    hours = TextField(
        label=_("When, if you want to say?"),
        hint=_("For example: Tuesday and Thursday, after 3 p.m."),
        max_length=120,
        required=False,
    )
    words = LongTextField(
        label=_("A sentence to whoever hesitates, if you want"),
        rows=2,
        max_length=400,
        required=False,
    )

    def __init__(self, *args: Any, **others: Any) -> None:
        super().__init__(*args, **others)
        self.choose_from("themes", regions.choices(THEMES))
        self.choose_from("languages", regions.choices(LANGUAGES))

    def offered(self) -> Offered:
        said = self.cleaned_data
        return Offered(
            self.record_id, said["themes"], said["languages"], said["ways"], said["reach"],
            said["hours"], said["words"],
        )  # fmt: skip

    @staticmethod
    def values_of(row: PeerOffer) -> dict[str, object]:
        """What stands, to be said otherwise."""
        return {
            "themes": row.themes,
            "languages": row.languages,
            "ways": row.ways,
            "reach": row.opened.reach,
            "hours": row.opened.hours,
            "words": row.opened.words,
        }
