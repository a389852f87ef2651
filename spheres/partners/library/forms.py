"""What may be looked for in the library, and what may be said of a link?"""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy as _

from spheres.partners.library.models import Component, Evidence, Language, LinkCheck, Theme
from spheres.partners.library.queries import Wish
from spheres.ui.fields import RadiosField, SelectField, TextField
from spheres.ui.forms import Form

ALL: Final = ("", _("All"))
OPENS: Final = (("yes", _("Yes, the work is there")), ("no", _("No, it is no longer there")))


class WishForm(Form):
    """What is looked for. It is sent, never written in the address."""

    words = TextField(
        label=_("Words of its title, of its authors, or of what it is about"),
        required=False,
        max_length=80,
    )
    theme = SelectField(label=_("What it is about"), required=False, choices=[ALL, *Theme.choices])
    component = SelectField(
        label=_("For which component"), required=False, choices=[ALL, *Component.choices]
    )
    evidence = SelectField(
        label=_("What kind of ground"), required=False, choices=[ALL, *Evidence.choices]
    )
    language = SelectField(
        label=_("Language of the work"), required=False, choices=[ALL, *Language.choices]
    )

    def read_id(self) -> None:
        """It creates nothing: it needs no number."""

    def wish(self) -> Wish:
        """The valid answers; what was mistyped is left out, and its sentence stands by it."""
        said = getattr(self, "cleaned_data", {})
        names = ("words", "theme", "component", "evidence", "language")
        return Wish(**{name: said.get(name) or "" for name in names})


class CheckForm(Form):
    """Whether a link opens, once one has opened it."""

    address = TextField(
        label=_("The address of the work"),
        hint=_("Open it yourself first, then copy it here: it begins with https://"),
        max_length=300,
    )
    opens = RadiosField(label=_("Does it open on this work today?"), choices=OPENS)

    def __init__(self, *args: Any, link: LinkCheck | None = None, **others: Any) -> None:
        begun = {"address": link.address} if link else {}
        super().__init__(*args, **{"initial": begun, **others})

    def clean_address(self) -> str:
        said: str = self.cleaned_data["address"]
        parts = urlsplit(said) if said.isprintable() and " " not in said else None
        if parts is None or parts.scheme != "https" or not parts.hostname or "@" in parts.netloc:
            self.add_error("address", _("Copy the whole address: it begins with https://"))
        return said
