"""Which requests for training wait, until when, and what was asked before from the same places?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import OuterRef, Subquery

from spheres.accounts.models import User
from spheres.core import context
from spheres.core.actor import Actor
from spheres.records import codes
from spheres.regions import queries as regions
from spheres.sharing import counting
from spheres.training.catalogue import queries as catalogue
from spheres.training.catalogue.models import Topic
from spheres.training.requests.models import Answer, TrainingRequest
from spheres.vault import actions as vault

ENVIRONMENTS: Final = "environments"  # the region's vocabulary
TO_ANSWER: Final = "requests for training, to answer"
WAITING: Final = """
select json_build_object('id', r.id, 'by', r.due_on) from requests_trainingrequest r
where not exists (select from requests_answer a where a.request_id = r.id)"""

# One request, for whoever holds the code of its receipt; nothing for an unknown or a wrong one.
ASKED = counting.Answering(
    name="training_request_of",
    query="select r.id::text from requests_trainingrequest r "
    "where r.code = {held} and length(r.code) > 0",
    reads={"requests_trainingrequest": ("code", "id")},
)


@dataclass(frozen=True)
class Told:
    """One answer, and who gave it."""

    row: Answer
    who: str


@dataclass(frozen=True)
class Asked:
    """One request, with what was answered, the newest first."""

    row: TrainingRequest
    answers: list[Told]
    topics: Sequence[Topic] = ()

    @property
    def last(self) -> Answer | None:
        return self.answers[0].row if self.answers else None

    @property
    def said_last(self) -> str:
        """What was added to the newest answer, once it is opened."""
        return str(self.last.opened.words) if self.last else ""

    @property
    def begins(self) -> dict[str, Any]:
        """With what a session that answers this begins: nothing of who asks."""
        row, last = self.row, self.last
        said = {"language": row.language, "places": row.people}
        if row.place == row.Place.ONLINE:
            said["mode"] = "ONLINE"
        if last and last.proposed_on:
            said["held_on"] = last.proposed_on.isoformat()
        return said

    @property
    def ways(self) -> list[tuple[str, str]]:
        """A session to plan for each topic that is asked, or for one still to choose."""
        topics = [(one.title, {"topic": str(one.pk)}) for one in self.topics] or [("", {})]
        return [(title, urlencode(of | self.begins)) for title, of in topics]

    @property
    def environment(self) -> str:
        return regions.label(ENVIRONMENTS, self.row.environment)

    def is_late(self, on: date) -> bool:
        """Whether nothing was answered, and the day to answer has passed."""
        return self.last is None and self.row.due_on < on


@dataclass(frozen=True)
class From:
    """What was asked from one environment, the newest first."""

    environment: str
    asked: list[Asked]


def requests(*, actor: Actor) -> list[Asked]:
    """All of them, the oldest first; only who asks is opened, in one list event."""
    context.require(actor)
    rows = list(TrainingRequest.objects.order_by("received_at", "number"))
    found = _with_answers(rows)
    vault.open(rows, by=actor, action="list", only=("organisation",))
    return found


def by_environment(found: Iterable[Asked]) -> list[From]:
    """Those that were answered, by environment in the order of the region's files."""
    by_code: dict[str, list[Asked]] = {}
    for one in found:
        by_code.setdefault(one.row.environment, []).insert(0, one)
    order = [code for code, _label in regions.choices(ENVIRONMENTS)]
    codes = [*(code for code in order if code in by_code), *sorted(by_code.keys() - order)]
    return [From(by_code[code][0].environment, by_code[code]) for code in codes]


def request(training_request_id: UUID, *, actor: Actor) -> Asked | None:
    """One request and its answers, opened in one event; None when it is out of reach."""
    context.require(actor)
    row = TrainingRequest.objects.filter(pk=training_request_id).first()
    if row is None:
        return None
    (found,) = _with_answers([row])
    vault.open([row, *(one.row for one in found.answers)], by=actor)
    taught = {one.row.slug: one.row for one in catalogue.topics(actor=actor)}
    return Asked(row, found.answers, [taught[slug] for slug in row.topics if slug in taught])


def digest_of(code: str) -> bytes:
    """All that is kept of a code: its keyed digest, however it was typed."""
    return codes.digest_of("training request under code", code)


def request_of(code: str, *, actor: Actor) -> UUID:
    """The request that this code opens, or one that is nobody’s."""
    return codes.opened(ASKED, digest_of(code), actor=actor)


def under_code(training_request_id: UUID, *, actor: Actor) -> Asked | None:
    """What whoever holds the code of a receipt reads: what was answered, and for which days and
    which place they asked. Neither who they are nor who answers stands there."""
    context.require(actor)
    row = TrainingRequest.objects.filter(pk=training_request_id).first()
    said = list(
        Answer.objects.filter(request_id=training_request_id).order_by("-answered_at", "pk")
    )
    if row is None:
        return None
    vault.open([row, *said], by=actor, only=("dates", "where", "words"))
    return Asked(row, [Told(one, "") for one in said])


def answers(training_request_id: UUID, *, actor: Actor) -> list[Answer]:
    """What was answered to one request, the newest first; still locked."""
    context.require(actor)
    found = Answer.objects.filter(request_id=training_request_id)
    return list(found.order_by("-answered_at", "pk"))


def _with_answers(rows: Sequence[TrainingRequest]) -> list[Asked]:
    name = User.objects.filter(pk=OuterRef("answered_by")).values("name")
    given: dict[UUID, list[Told]] = {}
    answers = Answer.objects.filter(request_id__in=[row.pk for row in rows])
    for one in answers.annotate(who=Subquery(name)).order_by("-answered_at", "pk"):
        given.setdefault(one.request_id, []).append(Told(one, one.who or ""))
    return [Asked(row, given.get(row.pk, [])) for row in rows]
