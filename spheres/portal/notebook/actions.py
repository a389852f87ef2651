"""What is done with a notebook: opened, raised, closed; its code given; entered, lowered, left."""

from __future__ import annotations

import re
import secrets
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F, Q

from spheres.accounts import limits
from spheres.accounts.sessions import doorkeeping, hash_of, new_key
from spheres.audit import actions as audit
from spheres.core import context
from spheres.core.actor import NOTEBOOK, PARTICIPANT, Actor
from spheres.core.once import create_once
from spheres.portal.notebook import policy, queries, rooms
from spheres.portal.notebook.models import Naming, Reply, Word
from spheres.portal.notebook.policy import Ready
from spheres.sharing.inside import Inside
from spheres.sharing.models import Notebook, NotebookKey, NotebookSession
from spheres.sharing.models.notebook import WRONG_TRIES
from spheres.sharing.notebooks import IDLE, LONGEST
from spheres.sharing.rules import CONTACT, RELATION
from spheres.vault import actions as vault
from spheres.vault import stretching

# Every try from one network, right or wrong; a whole shelter may share one. And of one number,
# whoever has it or nobody: two at once then wait for each other, known or not.
limits.add(
    notebook=limits.Limit(30),
    notebook_day=limits.Limit(120, within=timedelta(days=1)),
    notebook_code=limits.Limit(100, within=timedelta(days=1)),
)
NOTHING_BUT_FIGURES: Final = re.compile(r"\D+")


@dataclass(frozen=True)
class Asked:
    """What she chose with her worker: how far it opens, and who agreed."""

    id: UUID
    level: str
    kinds: frozenset[str] = field(default_factory=frozenset)
    agreed: str = Notebook.Agreed.HERSELF

    @property
    def faces(self) -> list[str]:
        return policy.faces_of(self.level, set(self.kinds))


@transaction.atomic
def open_together(file_id: UUID, asked: Asked, *, ready: Ready, by: Actor, at: datetime) -> None:
    """Open it with her, face to face, as far as she chose; or open it further. Once for one form.

    What stood before is over: the code that she has goes on, when she has one.
    """
    policy.can_open(by, ready).or_raise()
    policy.can_agree(ready, asked.agreed).or_raise()
    if Notebook.objects.filter(pk=asked.id).exists():
        return
    _end(file_id, by=by, at=at)
    _insert(file_id, asked, by=by, at=at)
    audit.record(
        "notebook.opened", by=by, file_id=file_id, sections=[RELATION], records=[asked.id],
        basis=asked.level,
    )  # fmt: skip


def _insert(file_id: UUID, asked: Asked, *, by: Actor, at: datetime) -> None:
    row = Notebook(
        id=asked.id,
        file_id=file_id,
        level=asked.level,
        faces=asked.faces,
        agreed=asked.agreed,
        opened_by=by.user_id,
        opened_at=at,
    )
    Notebook.objects.bulk_create([row])


@transaction.atomic
def close(file_id: UUID, *, by: Actor, at: datetime) -> bool:
    """Close it, at her word or to protect her: whoever is inside is out at the next page."""
    policy.can_accompany(by).or_raise()
    if not (ended := _end(file_id, by=by, at=at)):
        return False
    audit.record(
        "notebook.closed", by=by, file_id=file_id, sections=[RELATION], records=ended
    )  # fmt: skip
    return True


def end_of_representative(
    file_id: UUID, who: str, *, ends_all: bool, by: Actor, at: datetime
) -> None:
    """The rights of whoever agreed to it are suspended: it closes when her worker ends all that
    they had agreed to; else it stands, and no code is given to it any more."""
    if ends_all and queries.rests_on(file_id, {who}, actor=by):
        close(file_id, by=by, at=at)


def _end(file_id: UUID, *, by: Actor, at: datetime) -> list[UUID]:
    standing = Notebook.objects.filter(file_id=file_id, ended_at=None)
    ended = list(standing.values_list("pk", flat=True))
    standing.update(ended_at=at, ended_by=by.user_id)
    with doorkeeping():
        NotebookSession.objects.filter(file_id=file_id).delete()
    return ended


def new_code() -> str:
    """Sixteen figures that nobody can guess."""
    return "".join(str(secrets.randbelow(10)) for _ in range(policy.CODE_DIGITS))


@transaction.atomic
def give_code(
    file_id: UUID,
    code: str,
    pin: str,
    *,
    given_id: UUID,
    born: str = "",
    no_more: Collection[str] = (),
    by: Actor,
    at: datetime,
) -> bool:
    """Give her a code, with the PIN she has just typed on this device: in person, both of them.

    The one before opens nothing any more, and private pages that it opened go with it. False when
    this very form was already sent: a code is shown once.
    """
    stand = queries.stands(file_id, actor=by)
    policy.can_give_code(
        by,
        is_open=stand is not None and stand.is_open,
        rests_on_suspended=queries.rests_on(file_id, no_more, actor=by),
    ).or_raise()
    policy.can_choose_pin(pin, born=born).or_raise()
    key = NotebookKey(
        id=given_id,
        file_id=file_id,
        digest=digest_of(code),
        **_locked_with(code, pin, pages_key=stretching.new_pages_key()),
        given_by=by.user_id,
        given_at=at,
    )
    with doorkeeping():
        # Whoever is at the door with the numbers of before is in, and put out, or never comes in.
        others = NotebookKey.objects.filter(file_id=file_id).exclude(pk=given_id)
        others.update(wrong_tries=WRONG_TRIES)
        if not create_once(key):
            return False
        NotebookSession.objects.filter(file_id=file_id).delete()
        rooms.forget_with_code(file_id)
    audit.record(
        "notebook.code_given", by=by, file_id=file_id, sections=[RELATION], records=[given_id]
    )
    return True


def figures_of(typed: str) -> str:
    """However it was written down: the figures alone."""
    return NOTHING_BUT_FIGURES.sub("", typed)


def digest_of(code: str) -> bytes:
    """By what a code is found: nobody makes it without the key file, and slowly with it."""
    salt = vault.keyed_digest("notebook code salt", "")[: stretching.SALT]
    slow = stretching.stretch(code, "", salt=salt)
    return vault.keyed_digest("notebook code", slow.hex())


def _locked_with(code: str, pin: str, *, pages_key: bytes) -> dict[str, bytes]:
    """What is kept of both numbers: a salt, what the door compares, the key of her pages locked."""
    salt = stretching.new_salt()
    stretched = stretching.stretch(code, pin, salt=salt)
    return {
        "salt": salt,
        "verifier": stretching.verifier(stretched),
        "pages": stretching.wrap_pages_key(pages_key, stretched=stretched),
    }


@transaction.atomic
def come_in(code: str, pin: str, *, network: str, at: datetime) -> str:
    """Try a code and a PIN: the key of a new session, or nothing, and nothing says why.

    An unknown code, a wrong PIN, five tries, a closed notebook cost the same work: the same
    statements, and as much written. Raises limits.TooMany for one network or one number,
    before anything is looked up.
    """
    number = code or network
    allowed = [limits.allow(kind, network, at) for kind in ("notebook", "notebook_day")]
    if not all([*allowed, limits.allow("notebook_code", number, at)]):
        raise limits.TooMany
    with doorkeeping(), connection.cursor() as cursor:
        cursor.execute("select * from access.try_notebook(%s)", [digest_of(code)])
        row = cursor.fetchone()
    limits.write_again("notebook_code", number, unless=row is not None)
    salt, kept = (bytes(row[4]), bytes(row[5])) if row else (stretching.OF_NOBODY, b"")
    stretched = stretching.stretch(code, pin, salt=salt)
    is_hers = stretching.is_same(stretching.verifier(stretched), kept)
    if row is None or not is_hers:
        return ""
    key_id, file_id, participant, holder, _salt, _verifier, pages = row
    held = code.encode() + stretching.pages_key(bytes(pages), stretched=stretched)
    key = _begin(key_id, file_id, held, at=at)
    actor = Actor(participant, holder, frozenset({PARTICIPANT}), NOTEBOOK)
    with context.acting_as(actor):
        audit.record("notebook.entered", by=actor, file_id=file_id)
    return key


def _begin(key_id: UUID, file_id: UUID, held: bytes, *, at: datetime) -> str:
    """The try was no wrong one; whoever was inside is out, and a new session begins."""
    key = new_key()
    session = NotebookSession(
        key_hash=hash_of(key),
        id=UUID(bytes=secrets.token_bytes(16), version=4),
        file_id=file_id,
        sealed=stretching.hold(held, key=key),
        started_at=at,
        seen_at=at,
    )
    with doorkeeping():
        NotebookKey.objects.filter(pk=key_id).update(wrong_tries=F("wrong_tries") - 1)
        NotebookSession.objects.filter(file_id=file_id).delete()
        NotebookSession.objects.bulk_create([session])
    return key


@transaction.atomic
def leave(key: str) -> None:
    """She is out, on this device, whatever the page; nothing is said of when."""
    with doorkeeping():
        NotebookSession.objects.filter(pk=hash_of(key)).delete()


def sweep(*, by: Actor, at: datetime) -> int:
    """Sessions that opened nothing any more leave no row behind them; how many."""
    context.require(by)
    over = Q(seen_at__lt=at - IDLE) | Q(started_at__lte=at - LONGEST)
    return NotebookSession.objects.filter(over).delete()[0]


@transaction.atomic
def lower(inside: Inside, *, level: str, kinds: frozenset[str]) -> None:
    """She lowers what it opens, alone and at once; more is opened face to face."""
    faces = policy.faces_of(level, set(kinds))
    policy.can_lower(
        inside.actor, (inside.level, set(inside.faces)), (level, set(faces))
    ).or_raise()
    if _lower(inside, level, faces):
        audit.record(
            "notebook.lowered", by=inside.actor, file_id=inside.file_id,
            records=[inside.notebook_id], basis=level,
        )  # fmt: skip


@transaction.atomic
def close_alone(inside: Inside) -> None:
    """She closes it, alone and at once: only her worker and she open it again."""
    policy.can_lower(
        inside.actor, (inside.level, set(inside.faces)), (policy.Level.PRACTICAL, set())
    ).or_raise()
    audit.record(
        "notebook.closed", by=inside.actor, file_id=inside.file_id, records=[inside.notebook_id]
    )
    _lower(inside, "", [])


def _lower(inside: Inside, level: str, faces: list[str]) -> bool:
    context.require(inside.actor)
    with connection.cursor() as cursor:
        cursor.execute("select access.lower_notebook(%s, %s)", [level, faces])
        [done] = cursor.fetchone()
    return done is not None


@transaction.atomic
def proves(inside: Inside, pin: str, *, key: str, at: datetime) -> bool:
    """Whether this is her PIN, typed once more before what is shown to her alone.

    A wrong one counts as at the door: the fifth closes it, and she is put out at once.
    """
    code = queries.held(inside, key=key).code
    with doorkeeping(), connection.cursor() as cursor:
        cursor.execute("select * from access.try_notebook(%s)", [digest_of(code)])
        row = cursor.fetchone()
        if row is None:
            NotebookSession.objects.filter(pk=hash_of(key)).delete()
            return False
        key_id, _file, _participant, _holder, salt, kept, _pages = row
        stretched = stretching.stretch(code, pin, salt=bytes(salt))
        if not stretching.is_same(stretching.verifier(stretched), bytes(kept)):
            if NotebookKey.objects.filter(pk=key_id, wrong_tries__gte=WRONG_TRIES).exists():
                NotebookSession.objects.filter(pk=hash_of(key)).delete()
            return False
        NotebookKey.objects.filter(pk=key_id).update(wrong_tries=F("wrong_tries") - 1)
    return True


@transaction.atomic
def change_pin(
    inside: Inside, pin: str, new: str, *, key: str, born: str = "", at: datetime
) -> bool:
    """She chooses another PIN, alone, with the one she has: her private pages stay hers.

    The code stays the same. False when the PIN that she typed first is not hers: it counts.
    """
    policy.can_choose_pin(new, born=born).or_raise()
    if not proves(inside, pin, key=key, at=at):
        return False
    held = queries.held(inside, key=key)
    kept = _locked_with(held.code, new, pages_key=held.pages_key)
    with doorkeeping():
        NotebookKey.objects.filter(digest=digest_of(held.code)).update(**kept)
    audit.record(
        "notebook.pin_changed", by=inside.actor, file_id=inside.file_id, sections=[RELATION]
    )
    return True


@transaction.atomic(savepoint=False)
def name(inside: Inside, naming_id: UUID, *, notebook: str, appointment: str, at: datetime) -> None:
    """What she calls her notebook and her appointments; empty, as everybody. Sent twice, once."""
    row = Naming(
        id=naming_id, file_id=inside.file_id, written_by=inside.actor.user_id, written_at=at
    )
    _keep(inside, row, "notebook.named", notebook=notebook, appointment=appointment)


@transaction.atomic
def leave_word(inside: Inside, word_id: UUID, words: str, *, at: datetime) -> None:
    """She leaves a word; it waits for whoever accompanies her. Sent twice, it is left once."""
    if Word.objects.filter(pk=word_id).exists():
        return
    policy.can_leave_word(waiting=queries.waiting(inside)).or_raise()
    row = Word(id=word_id, file_id=inside.file_id, written_by=inside.actor.user_id, written_at=at)
    _keep(inside, row, "notebook.word_left", words=words)


def _keep(inside: Inside, row: Naming | Word, done: str, **texts: str) -> None:
    vault.lock(row, **texts)
    if create_once(row):
        audit.record(
            done,
            by=inside.actor,
            file_id=inside.file_id,
            sections=[CONTACT],
            records=[row.pk],
            digest=vault.digest(row),
        )


@transaction.atomic
def answer(word: Word, reply_id: UUID, words: str, *, by: Actor, at: datetime) -> None:
    """It was read, and answered in a few words or in person: that waits in her notebook. Once."""
    policy.can_accompany(by).or_raise()
    if queries.is_answered(word):
        return
    row = Reply(id=reply_id, file_id=word.file_id, word=word, written_by=by.user_id, written_at=at)
    vault.lock(row, words=words)
    if create_once(row):
        audit.record(
            "notebook.word_answered",
            by=by,
            file_id=word.file_id,
            sections=[CONTACT],
            records=[row.pk],
            digest=vault.digest(row),
        )


@transaction.atomic(savepoint=False)
def put_on_paper(file_id: UUID, *, by: Actor) -> None:
    """Say in her journal that what her notebook shows left on paper; nothing of what was on it."""
    policy.can_accompany(by).or_raise()
    audit.record("notebook.on_paper", by=by, file_id=file_id, sections=[CONTACT])
