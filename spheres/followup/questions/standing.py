"""What do questions put at the desk, on a worker's day, beside a referral and in a file?"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from spheres.accounts.models import Role
from spheres.core import clock
from spheres.core.actor import Actor
from spheres.followup.questions import queries
from spheres.records.between import places
from spheres.records.between.places import Block, Handed
from spheres.ui import moments

TO_ANSWER: Final = "questions, to answer"
# Of each, since when it waits; a question that came with a referral is answered beside it.
WAITING: Final = """
select json_build_object('id', s.file_id, 'at', s.last_at, 'hers', s.is_with_referral)
from questions_questionstatus s where s.status = 'WAITING'"""
UNDER_CODE: Final = "question"
OF_FILE: Final = f"""
select '{UNDER_CODE}', s.file_id from questions_questionstatus s
where s.file_id = asked.file_id and s.status not in ('ERASED', 'EXPIRED')"""  # noqa: S608 -- ours


def _waiting(actor: Actor) -> list[dict[str, Any]]:
    return places.rows_of_day(TO_ANSWER, actor=actor, at=clock.now())


def at_desk(*, actor: Actor) -> list[Handed]:
    """How many questions wait, since when; one line, above the queue of referrals."""
    rows = _waiting(actor)
    if not rows:
        return []
    since = min(datetime.fromisoformat(row["at"]) for row in rows)
    return [
        Handed(
            sentence=ngettext(
                "%(number)s question asked under a code waits for an answer, for %(since)s.",
                "%(number)s questions asked under a code wait for an answer, the oldest for "
                "%(since)s.",
                len(rows),
            )
            % {"number": len(rows), "since": moments.how_long(since, clock.now())},
            url=reverse("questions:list"),
            verb=gettext_lazy("Read the questions"),
            icon="question",
            before_all=True,
        )
    ]


def handed(*, actor: Actor) -> list[Handed]:
    """The questions that a worker was asked to answer; the desk has its own page."""
    if actor.has(Role.COORDINATOR):
        return []
    rows = sorted(_waiting(actor), key=lambda row: (row["at"], row["id"]))
    sentences = {
        False: _("A young person’s question, asked under a code, waits for your answer."),
        True: _("Somebody you accompany waits for a word from you under their code."),
    }
    return [
        Handed(
            sentence=sentences[row["hers"]],
            url=reverse("questions:one", args=[row["id"]]),
            verb=gettext_lazy("Read and answer"),
            icon="question",
        )
        for row in rows
    ]


def beside_referral(file_id: UUID, *, actor: Actor) -> Block | None:
    """At the desk, that whoever referred herself comes back under a code, and where to answer."""
    found = queries.standing(file_id, actor=actor).first()
    return _block(file_id, waits=found.status == queries.Status.WAITING) if found else None


def on_file(file_id: UUID, *, actor: Actor) -> Block | None:
    """The same in the file that it became."""
    is_there = any(what == UNDER_CODE for what, _id in places.facts_of(file_id))
    return _block(file_id, waits=False, beside=True) if is_there else None


def _block(file_id: UUID, *, waits: bool, beside: bool = False) -> Block:
    says = {"question_id": file_id, "waits": waits}
    return Block("questions/beside.html", says, beside=beside)
