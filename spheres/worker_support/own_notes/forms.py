"""What may be typed in an own note? A text, and a pseudonym; never somebody's name."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from spheres.records.naming.identifiers import Finding, look
from spheres.ui.fields import LongTextField, TextField
from spheres.ui.forms import Form
from spheres.worker_support.own_notes.actions import Written


class OwnNoteForm(Form):
    """A memory aid, a thought for supervision."""

    pseudonym = TextField(
        label=_("A pseudonym, if you want one"),
        hint=_("A word that only you connect with somebody: a colour, a bird. Never a name."),
        required=False,
        max_length=40,
    )
    text = LongTextField(
        label=_("For me"),
        hint=_("What you want to think over, or to bring to supervision."),
        max_length=10_000,
    )

    def findings(self) -> list[Finding]:
        """What looks like a name, an address or a number, unless it was looked at again."""
        if not self.is_bound or self.data.get("looked_again"):
            return []
        typed = (str(self.data.get(name) or "") for name in ("pseudonym", "text"))
        return [finding for words in typed for finding in look(words)]

    def written(self) -> Written:
        said = self.cleaned_data
        return Written(self.record_id, said["text"], said["pseudonym"])
