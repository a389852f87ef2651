"""What may be typed of a year's offer?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from spheres.training.catalogue.models import Language
from spheres.training.catalogue.queries import Shown
from spheres.training.offer.models import Offered
from spheres.ui import moments
from spheres.ui.fields import RadiosField, SelectField
from spheres.ui.forms import Form

YEARS_AHEAD = 2


class OfferForm(Form):
    """One topic in one month, where and in which language."""

    topic = SelectField(label=_("Which topic?"))
    month = SelectField(label=_("In which month?"))
    year = SelectField(label=_("Of which year?"))
    place = RadiosField(label=_("Where?"), choices=Offered.Place.choices)
    language = RadiosField(label=_("In which language?"), choices=Language.choices)

    def __init__(self, *args: Any, taught: Sequence[Shown], on: date, **others: Any) -> None:
        super().__init__(*args, **others)
        choose = ("", _("Choose"))
        self.choose_from("topic", [choose, *((one.row.slug, one.row.title) for one in taught)])
        months = [(str(n), moments.month_name(date(on.year, n, 1))) for n in range(1, 13)]
        self.choose_from("month", [choose, *months])
        years = [(str(year), str(year)) for year in range(on.year, on.year + YEARS_AHEAD)]
        self.choose_from("year", years)
