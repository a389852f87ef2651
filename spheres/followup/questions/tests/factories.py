"""What do these tests ask, answer and come back for?"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from spheres.core.actor import VISITOR, Actor, asker
from spheres.followup.questions import actions, queries
from tests.cast import MONDAY, Cast, acting, uuid_of

AN_HOUR_LATER = MONDAY + timedelta(hours=1)
WORDS = "Est-ce que je peux vous parler sans que mes parents le sachent?"


def ask(
    cast: Cast, name: str = "a question", *, words: str = WORDS, nickname: str = "Loup",
    at: datetime = MONDAY,
) -> UUID:  # fmt: skip
    """A visitor asks at Louise's desk; the matter it makes."""
    form_id = uuid_of(name)
    with acting(VISITOR, at):
        actions.ask(
            form_id,
            words=words,
            nickname=nickname,
            language="fr",
            desk=cast.institute.id,
            by=VISITOR,
            at=at,
        )
    return actions.matter_of(form_id)


def code_of(name: str = "a question") -> str:
    return actions.code_of(uuid_of(name))


def answer(
    matter: UUID, words: str, *, by: Actor, at: datetime = AN_HOUR_LATER, name: str = "an answer"
) -> None:
    with acting(by, at):
        actions.answer(matter, uuid_of(name), words=words, by=by, at=at)


def seen_under(code: str, at: datetime = MONDAY) -> list[str] | None:
    """What whoever holds this code reads, oldest first; None when it opens nothing."""
    with acting(VISITOR, at):
        matter = queries.matter_of(code, actor=VISITOR)
        her = asker(matter)
    with acting(her, at):
        thread = queries.thread(matter, actor=her)
    return None if thread is None else [one.words for one in thread.messages]
