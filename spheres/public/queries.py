"""Which help lines does a page show, even without the database; and what does a receipt tell?"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.db import connection
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from spheres.core import context
from spheres.core.actor import Actor
from spheres.regions import queries as regions
from spheres.sharing import counting
from spheres.ui.text import dialled


@dataclass(frozen=True)
class Line:
    """One help line, ready to be dialled: a phone cannot guess what a number is."""

    name: str
    what_for: str
    hours: str
    call: str = ""
    text: str = ""
    web: str = ""

    @property
    def call_link(self) -> str:
        return f"tel:{dialled(self.call)}"

    @property
    def text_link(self) -> str:
        return f"sms:{dialled(self.text)}"


# The last lines shown, by language and reader: they outlive the database.
_shown: dict[tuple[str, bool], list[Line]] = {}


def help_lines(*, youth: bool) -> list[Line]:
    """The region's lines: those for young people, or all of them for whoever helps one."""
    lines = [
        Line(line.name, line.what_for, line.hours, line.call, line.text, line.web)
        for line in regions.help_lines(youth=True if youth else None)
    ]
    _shown[get_language() or "", youth] = lines
    return lines


def help_lines_without_database(*, youth: bool) -> list[Line]:
    """The last ones shown by this process; 911 at least."""
    return _shown.get((get_language() or "", youth)) or [
        Line(
            _("Emergency"),
            _("Someone is in danger right now."),
            _("Day and night, every day"),
            "911",
        )
    ]


def question_days() -> int:
    """How many days after its last word a question is erased, by the region's rule."""
    rules = {rule.code: rule for rule in regions.retention_rules()}
    rule = rules.get("question")
    return (rule.keep_days or 0) + 365 * (rule.keep_years or 0) if rule else 0


class Stands(StrEnum):
    """All that a number and its code may learn; never whether she said yes, nor to whom."""

    RECEIVED = "received"
    CONTACT = "contact"
    CLOSED = "closed"


# Before a worker has it, and afterwards: accepted, admitted, withdrawn or elsewhere are one word.
STANDS = counting.Answering(
    name="stands",
    query="select case when s.status in ('RECEIVED', 'OFFERED') then 'received' else 'contact' end "
    "from admission_referralstatus s where s.code = {held} and length(s.code) > 0",
    reads={"admission_referralstatus": ("code", "status")},
)


def stands(asked_by: bytes, *, actor: Actor) -> Stands:
    """How a referral stands, for whoever holds the number and code of its receipt.

    What is unknown is closed, alike.
    """
    context.require(actor)
    with connection.cursor() as cursor:
        cursor.execute("select access.stands(%s)", [asked_by])
        (found,) = cursor.fetchone()
    return Stands(found or Stands.CLOSED)
