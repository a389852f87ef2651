"""What is done with a round: opened, answered, made longer, counted, settled, forgotten?"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID, uuid4, uuid5

from django.db import transaction

from spheres.audit import actions as audit
from spheres.core import context
from spheres.core.actor import VISITOR, Actor
from spheres.core.errors import WrongState
from spheres.core.once import create_once
from spheres.portal.advisory import policy, queries
from spheres.portal.advisory.models import (
    Change,
    Face,
    Given,
    Outcome,
    Question,
    Round,
    Sentence,
    Sheet,
)
from spheres.records.anonymous.sheets import at_least, shuffled
from spheres.regions import queries as regions
from spheres.vault import actions as vault
from spheres.vault import keys
from spheres.vault.models import Kind

SETTLED_LONG_AGO: Final = "round settled"
FEWEST_SHEETS: Final = 3


@dataclass(frozen=True)
class Said:
    """What one sheet says: a face for each question that was answered, a sentence if any."""

    faces: Mapping[str, str]
    words: str = ""

    @property
    def is_empty(self) -> bool:
        return not self.faces and not self.words

    def as_text(self) -> str:
        """Of one length for all, as far as faces go: what was skipped is said to be."""
        faces = {one.value: self.faces.get(one, "") for one in Question}
        return json.dumps({"faces": faces, "words": self.words})


@dataclass(frozen=True)
class Heard:
    """A thought of theirs in the programme's words, and what becomes of it; in both languages."""

    said_fr: str
    changed_fr: str
    said_en: str = ""
    changed_en: str = ""


def _desk() -> UUID | None:
    return regions.region().desk_organisation_id


@transaction.atomic
def open_round(round_id: UUID, *, ends_at: datetime, by: Actor, at: datetime) -> None:
    """It begins now, until the end of its last day. Sent twice, it is opened once."""
    standing = queries.newest(actor=by)
    if standing is not None and standing.pk == round_id:
        return
    policy.can_open(by, _desk(), standing).or_raise()
    row = Round(id=round_id, opened_by=by.user_id, opened_at=at, ends_at=ends_at)
    if create_once(row):
        # Its key is there before anybody answers: whoever could mint one could spoil the round.
        keys.first(round_id, Kind.COMMITTEE)
        audit.record("advisory.opened", by=by, records=[round_id])


@transaction.atomic
def make_longer(of: Round, *, ends_at: datetime, by: Actor, at: datetime) -> None:
    """Later than it was to end, as long as nothing of it was counted."""
    policy.can_run(by, _desk()).or_raise()
    of = _lock(of)
    if of.counted_at is not None or of.settled_at is not None or ends_at <= max(of.ends_at, at):
        raise WrongState
    Round.objects.filter(pk=of.pk).update(ends_at=ends_at)
    audit.record("advisory.made_longer", by=by, records=[of.pk])


@transaction.atomic(savepoint=False)
def give(of: Round, token_id: UUID, said: Said, *, by: Actor, at: datetime) -> bool:
    """Her sheet, from her notebook: written in nobody's name, and nothing in the journal says it.
    False when this notebook has answered already."""
    policy.can_answer(by, of, at).or_raise()
    with context.acting_as(VISITOR):
        return _keep(of, [(token_id, said)], from_paper=False)


@transaction.atomic(savepoint=False)
def type_in(of: Round, form_id: UUID, sheets: Sequence[Said], *, by: Actor, at: datetime) -> bool:
    """The sheets of one sealed envelope, all at once, as many as hide each of them. Once for one
    form; the journal says that an envelope was typed in, and nothing of its sheets."""
    policy.can_type_in(by, of, at).or_raise()
    if len(sheets) < least() or any(one.is_empty for one in sheets):
        raise WrongState
    tokens = [(uuid5(form_id, str(place)), one) for place, one in enumerate(sheets)]
    kept = _keep(of, tokens, from_paper=True)
    if kept:
        audit.record("advisory.envelope", by=by, records=[of.pk])
    return kept


def least() -> int:
    """How many sheets an envelope holds at least: as few as a figure may be made of here."""
    return at_least(FEWEST_SHEETS)


def _keep(of: Round, sheets: Sequence[tuple[UUID, Said]], *, from_paper: bool) -> bool:
    """Sheets bear numbers of chance, in an order of chance."""
    for token_id, _said in sheets:
        if not create_once(Given(id=token_id, round_id=of.pk, from_paper=from_paper)):
            return False
    rows = []
    for _token, said in shuffled(sheets):
        row = Sheet(id=uuid4(), round_id=of.pk, from_paper=from_paper)
        vault.lock(row, said=said.as_text())
        rows.append(row)
    Sheet.objects.bulk_create(rows)
    return True


@transaction.atomic
def count(of: Round, *, by: Actor, at: datetime) -> None:
    """Over, from eight answers: the faces are counted question by question, and the sentences put
    apart from them, in no order. Once."""
    of = _lock(of)
    if of.counted_at is not None:
        return
    enough = of.ends_at <= at and queries.has_enough(of, actor=by, at=at)
    policy.can_count(by, _desk(), of, enough=enough, at=at).or_raise()
    # From here on its end moves no more, and no sheet is read after this moment.
    answers = queries.answers(of, actor=by)
    Round.objects.filter(pk=of.pk).update(counted_by=by.user_id, counted_at=at, answers=answers)
    sheets = list(Sheet.objects.filter(round_id=of.pk).order_by("pk"))
    vault.open(sheets, by=by, action="advisory.counted")
    opened = [queries.read_sheet(one.opened.said) for one in sheets]
    faces = [(one.from_paper, each) for one, (each, _words) in zip(sheets, opened, strict=True)]
    Outcome.objects.bulk_create(_outcomes(of, faces))
    sentences = [words for _faces, words in opened if words]
    rows = [Sentence(id=uuid4(), round_id=of.pk) for _words in sentences]
    for row, words in zip(rows, shuffled(sentences), strict=True):
        vault.lock(row, words=words)
    Sentence.objects.bulk_create(rows)


def _lock(of: Round) -> Round:
    """As it stands now, whoever else presses the same button."""
    return Round.objects.select_for_update(of=("self",)).get(pk=of.pk)


def _outcomes(of: Round, sheets: Sequence[tuple[bool, Mapping[str, str]]]) -> list[Outcome]:
    """A question that fewer than eight answered has no figure; in notebooks by themselves too."""
    found = []
    for question in Question:
        chosen = Counter(
            (from_paper, faces[question]) for from_paper, faces in sheets if faces.get(question)
        )
        notebooks, paper = (
            sum(number for (is_so, _face), number in chosen.items() if is_so is which)
            for which in (False, True)
        )
        those = policy.readable(notebooks, paper)
        numbers = {face: sum(chosen[which, face.value] for which in those) for face in Face}
        found += [
            Outcome(id=uuid4(), round_id=of.pk, question=question, face=face, number=number)
            for face, number in numbers.items()
            if number
        ]
    return found


@transaction.atomic
def settle(of: Round, heard: Sequence[Heard], *, by: Actor, at: datetime) -> None:
    """What was heard, reworded, with what becomes of it, is said to everybody; or, when too few
    answered, the round ends with nothing. What is under lock is destroyed in the coming night."""
    of = _lock(of)
    if of.settled_at is not None:
        return
    enough = of.ends_at <= at and queries.has_enough(of, actor=by, at=at)
    policy.can_settle(by, _desk(), of, enough=enough, at=at).or_raise()
    changes = [
        Change(
            id=uuid4(),
            round_id=of.pk,
            place=place,
            said_fr=one.said_fr,
            said_en=one.said_en,
            changed_fr=one.changed_fr,
            changed_en=one.changed_en,
        )
        for place, one in enumerate(heard if of.counted_at else ())
    ]
    Change.objects.bulk_create(changes)
    Round.objects.filter(pk=of.pk).update(settled_by=by.user_id, settled_at=at)
    audit.record("advisory.settled", by=by, records=[of.pk])


def forget(round_id: UUID, *, by: Actor, at: datetime) -> None:
    """The sheets, who has answered, the sentences and their key, of a settled round."""
    if round_id in queries.to_forget(by=by):
        vault.erase(round_id, kinds=[Kind.COMMITTEE], basis=SETTLED_LONG_AGO, by=by, at=at)
