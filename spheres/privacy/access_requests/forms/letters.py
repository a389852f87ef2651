"""What may be typed of a letter that arrived at the desk, where nobody reads files?"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from spheres.core import clock
from spheres.privacy.access_requests import queries
from spheres.privacy.access_requests.actions import Arrived
from spheres.privacy.access_requests.models import Asker, Wish
from spheres.ui.fields import (
    AgreeField,
    ChecksField,
    DayField,
    LongTextField,
    RadiosField,
    SelectField,
    TextField,
)
from spheres.ui.forms import Form

A_YEAR: Final = timedelta(days=366)


class LetterForm(Form):
    """A letter that arrived where nobody reads files."""

    asker = RadiosField(label=_("Who writes?"), choices=Asker.choices)
    wish = RadiosField(
        label=_("What is asked?"), choices=[one for one in Wish.choices if one[0] != Wish.RECTIFY]
    )
    about = TextField(
        label=_("The person it speaks of, as the letter names them"),
        hint=_("Nobody is looked up by this name, and nothing here says whether they are known."),
        max_length=200,
    )
    sender = TextField(label=_("Who writes, as they name themselves"), max_length=200)
    address = LongTextField(
        label=_("Where the answer is to be sent"), required=False, rows=3, max_length=400
    )
    received_on = DayField(label=_("Which day did it arrive?"))
    with_name = AgreeField(
        label=_("The name of the organisation may stand on the letters"),
        hint=_("Left unticked, nothing on paper says where it comes from."),
        required=False,
    )

    def __init__(self, *args: Any, **others: Any) -> None:
        others["initial"] = {"received_on": clock.today()} | dict(others.get("initial") or {})
        super().__init__(*args, **others)
        today: date = clock.today()
        day = self.fields["received_on"]
        assert isinstance(day, DayField)
        day.earliest, day.latest = today - A_YEAR, today

    def arrived(self) -> Arrived:
        said = self.cleaned_data
        return Arrived(
            id=self.record_id,
            asker=said["asker"],
            wish=said["wish"],
            received_on=said["received_on"],
            about=said["about"],
            sender=said["sender"],
            address=said["address"],
            is_neutral=not said["with_name"],
        )


class ShowForm(Form):
    """To which colleagues a letter is shown."""

    colleagues = ChecksField(label=_("To whom do you show it?"))

    def __init__(self, *args: Any, colleagues: queries.Choices, **others: Any) -> None:
        super().__init__(*args, **others)
        self.choose_from("colleagues", colleagues)


class TakeForm(Form):
    """Of whom a letter speaks, among those one walks with."""

    person = SelectField(label=_("Of whom does it speak?"))

    def __init__(self, *args: Any, people: list[tuple[str, str]], **others: Any) -> None:
        super().__init__(*args, **others)
        self.choose_from("person", [("", _("Choose")), *people])
