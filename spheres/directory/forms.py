"""What may be asked of the directory, and what may be told of one of its resources?"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from spheres.directory import queries
from spheres.directory.models import Remark
from spheres.directory.queries import Wish
from spheres.ui.fields import ChecksField, NumberField, RadiosField, SelectField, TextField
from spheres.ui.forms import Form

SWITCHES = (("open_now", _("Open now")), ("free", _("Free")))


def _choices(vocabulary: str) -> list[tuple[str, str]]:
    return [(word.code, word.label) for word in queries.words(vocabulary)]


class WishForm(Form):
    """What is looked for: words, a domain, an age, a language, for whom. Every part may be left."""

    words = TextField(
        label=_("What are you looking for?"),
        hint=_("In French or in English: a bed, une clinique, papers…"),
        required=False,
        max_length=80,
    )
    domain = SelectField(label=_("Domain"), required=False)
    age = NumberField(label=_("Age of the person"), required=False, min_value=0, max_value=99)
    switches = ChecksField(label=_("Only what is"), required=False, choices=SWITCHES)
    language = SelectField(label=_("Service in"), required=False)
    safe_for = ChecksField(
        label=_("May go there safely"),
        hint=_("What a resource does not say is not known: it is left out."),
        required=False,
    )

    def __init__(self, *args: Any, **others: Any) -> None:
        super().__init__(*args, **others)
        anything = [("", _("All"))]
        self.choose_from("domain", [*anything, *_choices(queries.DOMAINS)])
        self.choose_from("language", [*anything, *_choices(queries.LANGUAGES)])
        self.choose_from("safe_for", _choices(queries.SAFE_FOR))

    def read_id(self) -> None:
        """It creates nothing: a button of another page may send it without its number."""

    @property
    def is_more_said(self) -> bool:
        """Whether something is asked that the first lines do not show."""
        return any(self[name].value() or self[name].errors for name in ("language", "safe_for"))

    def wish(self) -> Wish:
        """The valid answers; what was mistyped is left out, and its sentence stands by it."""
        said = getattr(self, "cleaned_data", {})
        switches = said.get("switches") or ()
        return Wish(
            words=said.get("words") or "",
            domain=said.get("domain") or "",
            language=said.get("language") or "",
            age=said.get("age"),
            open_now="open_now" in switches,
            free="free" in switches,
            safe_for=tuple(said.get("safe_for") or ()),
        )


class RemarkForm(Form):
    """«This is no longer right», in one line to choose."""

    what = RadiosField(label=_("What is no longer right?"), choices=Remark.What.choices)
