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


def unregistered(*, actor: Actor) -> list[Handed]:
    """To whoever is in charge of privacy: how many requests of the law, made from notebooks, are in
    no register yet, and how many are past their day. Nobody's name, and not a word."""
    return [
        Handed(
            sentence=sentence,
            url=addresses.to("access_requests:desk"),
            verb=gettext_lazy("See them"),
            icon="book",
        )
        for sentence in in_notebooks(actor=actor)
    ]


def in_notebooks(*, actor: Actor) -> list[str]:
    """The same, above the requests that wait."""
    if not policy.can_see_unregistered(actor):
        return []
    found = queries.unregistered(actor=actor, at=clock.now())
    return [_in_no_register(found)] if found else []


def _in_no_register(found: queries.Unregistered) -> str:
    """How many, the first day, and those past it."""
    said = {"number": found.number, "late": found.late, "day": moments.day(found.first)}
    if found.late:
        return (
            ngettext(
                "%(number)s request made from a notebook is not in the register: its worker has "
                "not written it there, and the law’s day was %(day)s. See to it first.",
                "%(number)s requests made from notebooks are not in the register: their workers "
                "have not written them there. %(late)s past the law’s day, the first since "
                "%(day)s. See to it first.",
                found.number,
            )
            % said
        )
    return (
        ngettext(
            "%(number)s request made from a notebook is not in the register yet: it waits for its "
            "worker, to be answered by %(day)s.",
            "%(number)s requests made from notebooks are not in the register yet: they wait for "
            "their workers, the first to be answered by %(day)s.",
            found.number,
        )
        % said
    )


def _sentence(one: queries.Waiting) -> str:
    said = {"name": one.name, "what": str(Ask.Kind(one.kind).label)}
    if one.kind == Ask.Kind.TOOK_BACK:
        return _("%(name)s took back, from their notebook, something they shared.") % said
    if one.kind == Ask.Kind.NO_RESEARCH:
        return _("%(name)s said no to research, from their notebook: it holds already.") % said
    if one.due_on is None:
        return _("%(name)s asks, from their notebook: %(what)s") % said
    said["day"] = moments.day(one.due_on)
    if one.is_late:
        return (
            _(
                "%(name)s asked, from their notebook: %(what)s (the day to answer was %(day)s: see "
                "to it first)"
            )
            % said
        )
    return _("%(name)s asks, from their notebook: %(what)s (to answer by %(day)s)") % said
