"""For whom is what came from the street?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from spheres.ui.fields import SelectField
from spheres.ui.forms import Form


class PlaceForm(Form):
    """One of my people; nobody is proposed first."""

    person = SelectField(label=_("In whose file?"))

    def __init__(self, *args: Any, people: Mapping[UUID, str], **others: Any) -> None:
        super().__init__(*args, **others)
        named = sorted((name, str(key)) for key, name in people.items())
        self.choose_from("person", [("", _("Choose")), *((key, name) for name, key in named)])
