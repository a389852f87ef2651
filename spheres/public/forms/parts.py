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
from typing import Any, ClassVar
from uuid import UUID

from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from spheres.followup.admission.forms import Questions
from spheres.records.naming import identifiers

OPEN_SECONDS = 24 * 3600
BAIT = "e2"  # only machines fill it: unseen, out of reach, and a name that no browser completes


class PublicForm(Questions):
    """Questions in parts. Its identifier is signed with the hour the page was opened."""

    LOOK_AT: ClassVar[tuple[str, ...]] = ()  # texts in which a name or a number is pointed out
    COUNTED: ClassVar[tuple[str, ...]] = ("referral", "referral_day")  # lines of `guard`

    def __init__(self, *args: Any, **others: Any) -> None:
        self.is_old = False
        super().__init__(*args, **others)

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
    def is_bait_taken(self) -> bool:
        return bool(self.data.get(BAIT, "").strip())

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

    def leave(self, *, desk: UUID, by: Any, at: Any) -> None:
        """Do what sending this form does."""
        raise NotImplementedError


FILLED = ValidationError(
    _(
        "Nothing was sent: a program that fills forms wrote in a field that nobody sees. It is "
        "empty again, and everything else is below: send it once more."
    ),
    code="filled",
)
OLD = ValidationError(
    _(
        "This page was opened more than a day ago, so nothing was sent. "
        "Everything is still below: look at it, then send again."
    ),
    code="old",
)
