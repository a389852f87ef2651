"""What do public forms share: numbered parts, an identifier that ages, a field nobody sees?

One page holds a whole form, on a phone as on a desk. One question a page was weighed, and refused
here: without JavaScript it needs a request for each step, so that what a young person types would
cross the network eight times before she decides to send it, and the telephone's own Back would
answer «resend the form?». On one page nothing leaves before the last button, Back loses nothing,
and the visit is one line in the history. Each part is short, numbered and apart, so that a phone
still shows about one thing at a time.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from spheres.followup.admission import actions as admission
from spheres.records import identifiers
from spheres.ui.forms import Form

OPEN_SECONDS = 24 * 3600
BAIT = "url"  # a field that only machines fill; people neither see, hear nor reach it


@dataclass(frozen=True)
class Part:
    """One thing asked, with one question or a few. `slug` is for the template."""

    slug: str
    title: Any
    names: tuple[str, ...]


class PublicForm(Form):
    """Questions in parts. Its identifier is signed with the hour the page was opened."""

    PARTS: ClassVar[tuple[Part, ...]] = ()
    LOOK_AT: ClassVar[tuple[str, ...]] = ()  # texts in which a name or a number is pointed out

    def __init__(self, *args: Any, **others: Any) -> None:
        self.is_old = False
        super().__init__(*args, **others)
        self.order_fields([name for part in self.PARTS for name in part.names])

    @classmethod
    def signer(cls) -> signing.TimestampSigner:
        return signing.TimestampSigner(salt=super().signer().salt)

    def read_id(self) -> None:
        """An old page keeps its identifier, so that one already sent still makes one record."""
        super().read_id()
        try:
            self.signer().unsign(self.data.get("form_id", ""), max_age=OPEN_SECONDS)
        except signing.SignatureExpired:
            self.is_old = True
        except signing.BadSignature:
            return  # said by `intact`

    def full_clean(self) -> None:
        super().full_clean()
        if self.is_bound and self.is_old:
            self.add_error(None, OLD)

    @property
    def number(self) -> str:
        """The acknowledgement number this form will have, whatever it makes."""
        return admission.number_of(self.record_id)

    @property
    def is_bait_taken(self) -> bool:
        return bool(self.data.get(BAIT, "").strip())

    def parts(self) -> Iterator[dict[str, Any]]:
        """The parts in order, with their place and their questions, ready to be drawn."""
        for place, part in enumerate(self.PARTS, start=1):
            yield {
                "slug": part.slug,
                "title": part.title,
                "place": place,
                "total": len(self.PARTS),
                "questions": [self[name] for name in part.names],
                "is_single": len(part.names) == 1,
            }

    def findings(self) -> list[identifiers.Finding]:
        """What in the texts looks like somebody's name, number or address."""
        return [
            finding
            for name in self.LOOK_AT
            for finding in identifiers.look(self.cleaned_data.get(name, ""))
        ]

    def looked_mark(self) -> str:
        """Sent back with the page: these words were pointed out, and are sent knowingly."""
        words = "|".join(finding.words for finding in self.findings())
        return hashlib.sha256(words.encode()).hexdigest()[:16]

    @property
    def must_look_again(self) -> bool:
        return bool(self.findings()) and self.data.get("looked") != self.looked_mark()

    def again(self, *, without: tuple[str, ...] = ()) -> PublicForm:
        """The same form, with all that was typed but these, as if it had not been sent yet."""
        kept = {name: value for name, value in self.typed().items() if name not in without}
        return type(self)(initial=kept, record_id=self.record_id)

    def leave(self, *, desk: UUID, by: Any, at: Any) -> None:
        """Do what sending this form does."""
        raise NotImplementedError


OLD = ValidationError(
    _(
        "This page was opened more than a day ago, so nothing was sent. "
        "Everything is still below: look at it, then send again."
    ),
    code="old",
)
