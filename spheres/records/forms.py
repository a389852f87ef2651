"""What do the forms of records share: a second look at what seems to name somebody, and a copy?"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, Final
from uuid import UUID, uuid5

from django import forms
from django.utils.translation import gettext_lazy as _

from spheres.accounts.models import Organisation
from spheres.records.identifiers import Finding, look
from spheres.records.serving import Wanted
from spheres.regions import queries as regions
from spheres.ui.fields import ChecksField, SelectField
from spheres.ui.forms import Form

NOT_SAID: Final = ("", _("Not said"))


def refuse_the_suspended(
    form: forms.Form, name: str, why: object, suspended: Collection[str]
) -> None:
    """Whoever is no longer offered, for their rights to speak for her are suspended: a page that
    was open before is answered why."""
    if suspended and name in form.fields:
        form.fields[name].error_messages["invalid_choice"] = why  # type: ignore[assignment]


class LookingForm(Form):
    """A form whose free texts are looked at again when one seems to name somebody."""

    texts: tuple[str, ...] = ("her_words", "observation", "support")

    def findings(self) -> list[Finding]:
        """What looks like a name, an address or a number, unless the worker has looked again."""
        if not self.is_bound or self.data.get("looked_again"):
            return []
        return [found for name in self.texts for found in look(str(self.data.get(name) or ""))]


class ServingForm(LookingForm):
    """What a thing is for: needs, and perhaps one dream, goal or step of her plan."""

    needs = ChecksField(label=_("Which needs is it for?"), required=False)
    towards = SelectField(label=_("Does it go towards something of their plan?"), required=False)

    def __init__(self, *args: Any, wanted: Sequence[Wanted] = (), **others: Any) -> None:
        super().__init__(*args, **others)
        self.wanted = wanted
        self.choose_from("needs", regions.choices("needs"))
        self.choose_from("towards", [NOT_SAID, *((str(one.id), "") for one in wanted)])

    def name_wanted(self) -> None:
        """Say what may be chosen, once it is opened."""
        named = [(str(one.id), one.line()) for one in self.wanted]
        self.choose_from("towards", [NOT_SAID, *named])

    @property
    def is_for_something(self) -> bool:
        """Whether it is said what it is for, or wrongly: then it is shown unfolded."""
        return any(self[name].value() or self[name].errors for name in ("needs", "towards"))

    @staticmethod
    def values_for(record: Any) -> dict[str, object]:
        """What a record says it is for, to be corrected."""
        return {"needs": record.needs or [], "towards": str(record.towards_id or "")}

    def is_for(self) -> dict[str, Any]:
        """The valid answers, as an action takes them."""
        said = self.cleaned_data
        towards = said["towards"]
        return {"needs": said["needs"], "towards_id": UUID(towards) if towards else None}


class CopyForm(Form):
    """Three buttons, each a shape. The same page, sent twice, says one copy of each shape."""

    shape = forms.ChoiceField(choices=Organisation.CopyShape)
    # Words to copy are shown on a page; asked for as a file, they are the same copy.
    as_file = forms.BooleanField(required=False)

    @property
    def copy_id(self) -> UUID:
        return uuid5(self.record_id, self.cleaned_data["shape"])

    @property
    def is_page(self) -> bool:
        """Whether the words are shown, to be copied, rather than sent as a file."""
        is_text = self.cleaned_data["shape"] == Organisation.CopyShape.TEXT
        return is_text and not self.cleaned_data["as_file"]
