"""What does she do with a page of hers: kept, changed, given, deleted for good?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from spheres.audit import actions as audit
from spheres.core import clock
from spheres.core.errors import WrongState
from spheres.core.once import create_once
from spheres.followup.exercises import actions as exercises
from spheres.followup.exercises.models import Pen
from spheres.portal.notebook import queries as notebook
from spheres.portal.own_pages import policy, queries
from spheres.portal.own_pages.models import OwnPage
from spheres.sharing.inside import Inside
from spheres.sharing.rules import PRIVATE
from spheres.vault import hers


@dataclass(frozen=True)
class Written:
    """What she typed."""

    title: str
    text: str


@transaction.atomic
def keep(
    inside: Inside, page_id: UUID, written: Written, *, understood: bool, key: str, at: datetime
) -> None:
    """Keep a page that only her two numbers open. Sent twice, it is kept once."""
    policy.can_write(inside).or_raise()
    if OwnPage.objects.filter(pk=page_id, file_id=inside.file_id).exists():
        return
    count = queries.count(inside)
    policy.can_begin(has_pages=count > 0, understood=understood).or_raise()
    policy.can_keep(count=count).or_raise()
    row = OwnPage(
        id=page_id,
        file_id=inside.file_id,
        participant_id=inside.actor.user_id,
        written_on=clock.day_of(at),
    )
    _lock(inside, row, written, key=key)
    if create_once(row):
        _tell(inside, "own_page.kept")


@transaction.atomic
def change(
    inside: Inside, page: OwnPage, written: Written, *, version: int, key: str, at: datetime
) -> bool:
    """Put these words in place of those before, of which nothing stays.

    False when it was changed meanwhile, in another window: nothing is lost of either.
    """
    policy.can_write(inside).or_raise()
    row = OwnPage(id=page.pk, file_id=page.file_id, version=version + 1)
    _lock(inside, row, written, key=key)
    done = OwnPage.objects.filter(pk=page.pk, file_id=inside.file_id, version=version).update(
        title=row.title, text=row.text, version=row.version, written_on=clock.day_of(at)
    )
    if done:
        _tell(inside, "own_page.changed")
    return bool(done)


@transaction.atomic(savepoint=False)
def delete(inside: Inside, page_id: UUID) -> None:
    """Delete it for good. What she gave of it stays where she gave it."""
    policy.can_write(inside).or_raise()
    removed, _tables = OwnPage.objects.filter(pk=page_id, file_id=inside.file_id).delete()
    if removed:
        _tell(inside, "own_page.deleted")


@transaction.atomic(savepoint=False)
def give(inside: Inside, page: OwnPage, sheet_id: UUID, *, at: datetime) -> None:
    """Give her team this page, which she has just opened: a record of her plan, in her hand.

    It is then what any exercise of hers is, and the page stays hers. Sent twice, given once.
    """
    policy.can_give(inside).or_raise()
    asked = queries.given_as()
    if asked is None:
        raise WrongState("The region offers nothing that a given page fills in.")
    written = exercises.Written(
        sheet_id,
        asked.id,
        at,
        pen=Pen.HERSELF,
        was_read=True,
        answers={queries.QUESTION: page.opened.text},
        her_words=page.opened.title,
    )
    exercises.sign(asked.section, inside.file_id, written, by=inside.actor, at=at)
    OwnPage.objects.filter(pk=page.pk, file_id=inside.file_id).update(given_on=clock.day_of(at))


def forget(file_id: UUID) -> None:
    """Another code is being given: the doorkeeper destroys what the one before alone opened."""
    OwnPage.objects.filter(file_id=file_id).delete()


def _lock(inside: Inside, row: OwnPage, written: Written, *, key: str) -> None:
    pages_key = notebook.held(inside, key=key).pages_key
    hers.lock(row, key=pages_key, title=written.title, text=written.text)


def _tell(inside: Inside, done: str) -> None:
    # In her own chain, without saying which: nothing of it tells her team that there are pages.
    audit.record(done, by=inside.actor, sections=[PRIVATE])
