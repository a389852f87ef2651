"""What do incidents put on one's day, beside a person's file, and in what she can read?"""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from spheres.core import clock
from spheres.core.actor import Actor
from spheres.participants import queries as participants
from spheres.privacy.incidents import policy, queries, saying
from spheres.records.between import places
from spheres.records.between.places import Block, Handed
from spheres.records.between.telling import Besides
from spheres.ui import addresses, moments

# With a file, in the statement that asks who may see it.
CONCERNED = "incident"
OF_FILE = f"""
select '{CONCERNED}'::text, c.id from incidents_concerned c
where c.file_id = asked.file_id"""  # noqa: S608 -- every name is ours


def to_handle(*, actor: Actor) -> list[Handed]:
    """To the person in charge of privacy: how many ask for something, and since when."""
    if not policy.can_keep(actor):
        return []
    found = queries.to_handle(actor=actor, at=clock.now())
    if not found:
        return []
    says = {"number": len(found), "day": moments.day(found[0].aware_on)}
    return [
        Handed(
            sentence=ngettext(
                "%(number)s incident is to be looked after, known since %(day)s.",
                "%(number)s incidents are to be looked after, the first known since %(day)s.",
                len(found),
            )
            % says,
            url=addresses.to("incidents:list"),
            verb=gettext_lazy("Open the register"),
            icon="shield",
        )
    ]


def to_review(*, actor: Actor) -> list[Handed]:
    """To those who keep the files: what is past its time, and what waits for a second person."""
    if not policy.can_review(actor):
        return []
    found = queries.to_review(actor=actor, at=clock.now())
    sentences = []
    if found["due"] and policy.can_keep(actor):
        sentences.append(
            ngettext(
                "%(number)s incident of the register is past its time: keep it longer, or delete "
                "it.",
                "%(number)s incidents of the register are past their time: keep them longer, or "
                "delete them.",
                found["due"],
            )
            % {"number": found["due"]}
        )
    if found["waits"]:
        sentences.append(
            ngettext(
                "%(number)s decision about the register of incidents waits for a second person.",
                "%(number)s decisions about the register of incidents wait for a second person.",
                found["waits"],
            )
            % {"number": found["waits"]}
        )
    return [
        Handed(
            sentence=sentence,
            url=addresses.to("incidents:reviews"),
            verb=gettext_lazy("See what waits"),
            icon="clock",
        )
        for sentence in sentences
    ]


def to_tell(*, actor: Actor) -> list[Handed]:
    """On my day: whom of mine I am still to tell that something of theirs may have been seen."""
    if not policy.can_be_beside(actor):
        return []
    found = queries.to_tell(actor=actor, at=clock.now())
    names = dict(participants.names([file_id for file_id, _at in found], actor=actor))
    return [
        Handed(
            sentence=_("%(name)s: to be told of the incident noted on %(day)s")
            % {"name": names[file_id], "day": moments.day(at)},
            url=addresses.to("incidents:beside", file_id),
            verb=gettext_lazy("Tell them, or say when"),
            icon="message",
        )
        for file_id, at in found
        if file_id in names
    ]


def block(file_id: UUID, *, actor: Actor) -> Block | None:
    """Beside her file, only when something concerns her: the way to it."""
    if not policy.can_be_beside(actor):
        return None
    number = sum(what == CONCERNED for what, _id in places.facts_of(file_id))
    if not number:
        return None
    return Block("incidents/block.html", {"number": number, "file_id": file_id}, beside=True)


def besides(file_id: UUID, *, actor: Actor) -> list[Besides]:
    """In her register: what happened, what it concerned, when she was told; once she was told."""
    found = queries.of_file(file_id, actor=actor, today=clock.today())
    return [Besides(one.row.said_at, saying.sentences(one)) for one in found if one.is_told]
