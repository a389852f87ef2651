"""What may be typed before going out alone? A place of five, an hour, a colleague, one line."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from spheres.records.naming.identifiers import Finding, look
from spheres.ui.fields import RadiosField, SelectField, TextField, TimeField
from spheres.ui.forms import Form
from spheres.worker_support.outings.actions import Begun
from spheres.worker_support.outings.models import Outing

LONGEST = timedelta(hours=12)
LINE = _("A line for this colleague only")
LINE_HINT = _("“The grey car” or “call me first”. Never whom you meet. Gone when you are back.")


class BuddyForm(Form):
    """Who is asked to watch, and what they alone are told."""

    buddy = SelectField(label=_("Who watches?"), hint=_("They must answer “I am watching”."))
    line = TextField(label=LINE, hint=LINE_HINT, required=False, max_length=120)

    def __init__(self, *args: Any, colleagues: Sequence[tuple[UUID, str]], **others: Any) -> None:
        super().__init__(*args, **others)
        self.choose_from(
            "buddy", [("", _("Choose")), *((str(pk), name) for pk, name in colleagues)]
        )

    def findings(self) -> list[Finding]:
        """What looks like a name, an address or a number, unless it was looked at again."""
        if not self.is_bound or self.data.get("looked_again"):
            return []
        return list(look(str(self.data.get("line") or "")))


class OutingForm(BuddyForm):
    """Where, in kind; until when; who watches."""

    place = RadiosField(label=_("What kind of place?"), choices=Outing.Place.choices)
    returns = TimeField(label=_("Back at what time?"), hint=_("Example: 16:30"))
    field_order = ("place", "returns", "buddy", "line")

    def __init__(self, *args: Any, at: datetime, **others: Any) -> None:
        super().__init__(*args, **others)
        self.at = at

    def clean_returns(self) -> datetime:
        """Today, or past midnight for whoever works at night; within twelve hours."""
        now = timezone.localtime(self.at)
        hour = self.cleaned_data["returns"]
        back = now.replace(hour=hour.hour, minute=hour.minute, second=0, microsecond=0)
        back = back if back > now else back + timedelta(days=1)
        if back - now > LONGEST:
            raise ValidationError(_("This hour has passed. Say when you expect to be back."))
        return back

    def begun(self) -> Begun:
        said = self.cleaned_data
        return Begun(
            id=self.record_id,
            place=said["place"],
            returns_at=said["returns"],
            buddy_id=UUID(said["buddy"]),
            line=said["line"],
        )
