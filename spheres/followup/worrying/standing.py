"""What do worrying situations put on a day, before those who supervise, and in her register?"""

from __future__ import annotations

from collections.abc import Collection

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from spheres.core import clock
from spheres.core.actor import Actor
from spheres.followup.worrying import policy, queries
from spheres.followup.worrying.models import Addition, Situation
from spheres.followup.worrying.queries import Found
from spheres.participants import queries as participants
from spheres.records import spoken
from spheres.records.between.places import Handed
from spheres.records.between.telling import Kept, Said
from spheres.sharing.models import Disclosure
from spheres.ui import addresses, moments

About = Addition.About
# What she reads of it besides what was said; what was learnt is among those who work.
ALOUD = (About.SAID, About.SINCE, About.WISHES, About.SUPPORT)


def to_tell(*, actor: Actor) -> list[Handed]:
    """On its author's day, first of all: whom they are still to tell, or to look at again."""
    if not policy.can_be_beside(actor):
        return []
    found = spoken.to_tell(queries.TO_TELL, actor=actor, at=clock.now())
    names = dict(participants.names([one.file_id for one in found], actor=actor))
    return [
        Handed(
            sentence=_sentence(names.get(one.file_id, ""), moments.short_moment(one.made_at)),
            url=addresses.to("worrying:tell", one.file_id, one.id),
            verb=gettext_lazy("Tell them, or say when"),
            icon="message",
        )
        for one in found
    ]


def _sentence(name: str, day: str) -> str:
    """Neutral: somebody may look over a shoulder."""
    if not name:
        return _("Somebody you answered for: tell them of what you wrote on %(day)s") % {"day": day}
    return _("%(name)s: tell them of what you wrote on %(day)s") % {"name": name, "day": day}


def to_look_at(*, actor: Actor) -> list[Handed]:
    """To whoever supervises: that one waits to be looked at again, and until when."""
    if not policy.can_look(actor):
        return []
    since = spoken.to_look_at(queries.TO_LOOK_AT, actor=actor, at=clock.now())
    if not since:
        return []
    until = moments.short_moment(since[0] + spoken.LOOKED_AT_WITHIN)
    return [
        Handed(
            sentence=ngettext(
                "A worrying situation is to be looked at again with whoever wrote it, before "
                "%(until)s.",
                "%(number)s worrying situations are to be looked at again with whoever wrote them, "
                "the first before %(until)s.",
                len(since),
            )
            % {"number": len(since), "until": until},
            url=addresses.to("worrying:reviews"),
            verb=gettext_lazy("Look at it again together"),
            icon="eye",
        )
    ]


def told(rows: Collection[Disclosure], *, actor: Actor) -> Kept:
    """In her register, on a screen, beside whoever wrote it: once she is told, and without a name.

    Never on a paper; never before she is told, for whoever reads with her would learn it.
    """
    found = {one.row.pk: one for one in queries.kept(rows, actor=actor)}
    hers = {pk for pk, one in found.items() if one.is_told and one.row.prepared_by == actor.user_id}
    return Kept(
        rows=[row for pk, one in found.items() for row in one.rows if pk in hers],
        say=lambda pk: _said(found[pk], is_hers=pk in hers) if pk in found else None,
        not_for_her=frozenset(row.pk for row in rows if row.pk not in hers),
        not_on_paper=frozenset(row.pk for row in rows),
    )


def read_aloud(found: Found) -> tuple[str, ...]:
    """The same sentences, once its author has left: beside whoever supervises, on a screen."""
    return _said(found, is_hers=True).sentences


def _said(found: Found, *, is_hers: bool) -> Said:
    kept: Situation = found.words
    is_reported = kept.outcome == Situation.Outcome.REPORTED
    where = _("Youth protection") if is_reported else _("Weighed, and nobody was called")
    if not (is_hers and kept.is_open):
        return Said(where, (), is_nameless=True)
    moment = {"moment": moments.moment(found.when)}
    first = (
        _("On %(moment)s, youth protection was called.") % moment
        if is_reported
        else _("On %(moment)s, it was weighed whether to call youth protection: nobody was called.")
        % moment
    )
    pairs = (
        (_("What was said: %(words)s"), kept.opened.said),
        (_("Why: %(words)s"), kept.opened.because),
        (_("What you wished: %(words)s"), kept.opened.wishes),
        (_("What was offered to support you: %(words)s"), kept.opened.support),
    )
    sentences = [first, *(says % {"words": words} for says, words in pairs if words)]
    sentences += [
        _("Added on %(day)s: %(words)s")
        % {"day": moments.day(one.written_at), "words": one.opened.text}
        for one in found.additions
        if one.about in ALOUD and one.is_open
    ]
    sentences.append(_("The law protects whoever reports: no name is written here."))
    return Said(where, tuple(sentences), is_nameless=True)
