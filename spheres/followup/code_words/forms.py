"""What is typed of a code word?"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from spheres.ui.fields import TextField
from spheres.ui.forms import Form


class WordForm(Form):
    """The word, as she says it."""

    word = TextField(
        label=_("The word they say"),
        hint=_("Accents, capitals and spaces do not matter."),
        max_length=80,
        width="half",
    )
