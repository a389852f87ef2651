"""What does what she asks put on the day of whoever accompanies her, and beside her file?"""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from spheres.accounts.models import Role
from spheres.core import clock
from spheres.core.actor import Actor
from spheres.portal.my_say import policy, queries
from spheres.portal.my_say.models import Ask
from spheres.records.between.places import Block, Handed
from spheres.sharing.inside import Inside
from spheres.ui import addresses, moments


def is_open(_inside: Inside) -> bool:
    """She may always ask; what she allowed decides the rest."""
    return True


def block(file_id: UUID, *, actor: Actor) -> Block | None:
    """The way to what they asked, and its paper twin: nothing is asked, nothing is counted."""
    if not policy.can_answer(actor):
        return None
    return Block("my_say/block.html", {}, beside=True)


def asked(*, actor: Actor) -> list[Handed]:
    """Somebody of mine asked something, or took something back; with the day of the law, if any."""
    if not policy.can_answer(actor):
        return []
    return [
        Handed(
            sentence=_sentence(one),
            url=addresses.to("my_say:page", one.file_id),
            verb=gettext_lazy("See what was asked"),
            icon="eye",
        )
        for one in queries.waiting(actor=actor, at=clock.now())
    ]


def unread(*, actor: Actor) -> list[Handed]:
    """Somebody waits for an answer, and nobody who walks with them is here to read it: to whoever
    names who answers. Nobody's name, and not a word."""
    if not policy.can_see_unread(actor):
        return []
    number = queries.unread(actor=actor, at=clock.now())
    if not number:
        return []
    leads = actor.has(Role.TEAM_LEAD)
    return [
        Handed(
            sentence=ngettext(
                "%(number)s person waits for an answer in their notebook, and no worker of theirs "
                "is here: somebody must be named.",
                "%(number)s people wait for an answer in their notebook, and no worker of theirs "
                "is here: somebody must be named.",
                number,
            )
            % {"number": number},
            url=addresses.to("handing_over:team" if leads else "workload:team"),
            verb=gettext_lazy("See to it"),
            icon="message",
        )
    ]


def _sentence(one: queries.Waiting) -> str:
    said = {"name": one.name, "what": str(Ask.Kind(one.kind).label)}
    if one.kind == Ask.Kind.TOOK_BACK:
        return _("%(name)s took back, from their notebook, something they shared.") % said
    if one.due_on is None:
        return _("%(name)s asks, from their notebook: %(what)s") % said
    said["day"] = moments.day(one.due_on)
    return _("%(name)s asks, from their notebook: %(what)s (to answer by %(day)s)") % said
