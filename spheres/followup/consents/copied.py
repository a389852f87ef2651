"""What of what she shares does a copy of her file hold: its words, and the register?"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from spheres.core.actor import Actor
from spheres.followup.consents import queries
from spheres.followup.consents.models import Said
from spheres.followup.consents.queries import Shared
from spheres.records.between import copying
from spheres.records.between.copying import Goes, Kind, Line, Part, Register
from spheres.ui import moments


def register(file_id: UUID, *, actor: Actor, at: datetime) -> Register:
    """What she shares and shared: with whom, what, what for, until when, what was opened."""
    shared = queries.of_file(file_id, actor=actor, at=at)
    shared.sort(key=lambda one: one.consent.taken_at, reverse=True)
    return Register(
        "consents",
        _("What you share"),
        make=lambda: [Line(one.consent.taken_at, tuple(_sentences(one))) for one in shared],
    )


def _sentences(one: Shared) -> list[str]:
    found = [
        str(_("With: %(who)s.")) % {"who": one.who},
        str(_("What: %(parts)s.")) % {"parts": ", ".join(one.parts)},
        str(_("What for: %(purpose)s.")) % {"purpose": one.purpose},
        str(_("%(by)s, %(how)s; written down by %(who)s.")) % {
            "by": one.given_by, "how": one.how, "who": one.taken_by,
        },
    ]  # fmt: skip
    if one.consent.withdrawn_at:
        found.append(str(_("Over since %(day)s.")) % {"day": moments.day(one.consent.withdrawn_at)})
    else:
        found.append(str(_("Until %(day)s.")) % {"day": moments.day(one.until)})
    if one.declined:
        day = moments.day(one.declined.written_at)
        found.append(str(_("Asked again on %(day)s: you said no.")) % {"day": day})
    found += [
        str(_("Opened on %(day)s, at %(where)s: %(parts)s."))
        % {"day": moments.day(opening.on), "where": opening.organisation, "parts": opening.parts}
        for opening in one.openings
    ]
    return found


copying.register(
    Kind(
        "consent_words",
        _("What was said when sharing was agreed to"),
        Said,
        (
            Part("giver", _("Who agreed for you"), is_hers=True),
            Part("witness", _("Who was there"), is_hers=True),
            Part("reason", _("Why no parent was asked")),
        ),
        goes=Goes.HERS,
        is_aloud=False,
    ),
)
copying.keep_register(register)
