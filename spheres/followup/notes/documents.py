"""How does a note read outside this software, in the official file of an organisation?"""

from __future__ import annotations

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from spheres.followup.notes.actions import HandedOver
from spheres.followup.notes.models import CHANGE, Note
from spheres.records.documents import Corrected, Document, Fact, Words
from spheres.regions import queries as regions
from spheres.ui import moments


def of(handed: HandedOver) -> Document:
    """The whole note, opened: her words first. It names neither her nor the programme."""
    note = handed.note
    texts = texts_of(note)
    kind = Fact("kind", _("Kind of contact"), regions.label("contact_kinds", note.kind))
    return Document(
        id=note.pk,
        file_id=note.file_id,
        kind="note",
        title=_("Note of %(day)s") % {"day": moments.day(note.occurred_at)},
        language=(get_language() or "fr")[:2],
        organisation=handed.official.organisation,
        author=handed.author,
        occurred_at=note.occurred_at,
        signed_at=note.written_at,
        texts=tuple(each for each in texts if each.words),
        facts=(kind, *facts_of(note)),
        corrects=tuple(_corrected(each) for each in handed.before),
    )


def texts_of(note: Note) -> tuple[Words, ...]:
    """What an opened note says, each text under what was asked."""
    said = note.opened
    if note.guide == CHANGE:
        return (
            Words("her_words", _("What they said that matters"), said.her_words),
            Words("observation", _("What was affirmed"), said.observation),
            Words("given_back", _("The summary given back"), said.given_back),
            Words("support", _("The next small step"), said.support),
        )
    return (
        Words("her_words", _("In their words"), said.her_words),
        Words("observation", _("What was seen or done"), said.observation),
        Words("support", _("What helps next"), said.support),
    )


def _corrected(note: Note) -> Corrected:
    said = _("Corrects the note of %(day)s") % {"day": moments.day(note.occurred_at)}
    return Corrected(note.pk, said, note.occurred_at, note.written_at)


def facts_of(note: Note) -> list[Fact]:
    """Where, how long, who began, what about; nothing unknown is said as empty."""
    length = regions.label("contact_lengths", note.length) if note.length else ""
    if not length and note.minutes:
        length = ngettext("%(n)d minute", "%(n)d minutes", note.minutes) % {"n": note.minutes}
    place = regions.label("contact_places", note.place) if note.place else ""
    beginner = regions.label("contact_beginners", note.initiative) if note.initiative else ""
    about = ", ".join(regions.label("contact_tags", tag) for tag in note.tags or ())
    facts = (
        Fact("place", _("Where"), place),
        Fact("length", _("How long, about"), length),
        Fact("initiative", _("Who began it"), beginner),
        Fact("tags", _("What it was about"), about),
    )
    return [fact for fact in facts if fact.words]
