"""How are the papers of a thing found, and what may be done with each now?"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet, Sum

from spheres.core import context
from spheres.core.actor import Actor
from spheres.core.decision import Decision
from spheres.papers import policy
from spheres.papers.models import Look, Paper, Part


@dataclass(frozen=True)
class Kept:
    """One paper, with what was found when it was looked at again."""

    paper: Paper
    found: frozenset[str] = frozenset()

    @property
    def is_harmful(self) -> bool:
        return Look.Found.HARMFUL in self.found

    @property
    def waits(self) -> bool:
        return self.paper.looked == Paper.Looked.WAITING and Look.Found.CLEAN not in self.found

    @property
    def may_be_taken(self) -> Decision:
        return policy.can_take(waits=self.waits, is_harmful=self.is_harmful)

    @property
    def pages(self) -> list[tuple[int, UUID]]:
        """Each page by its number, with the identifier of its picture."""
        return [(n, Part.id_of(self.paper.pk, n)) for n in range(1, self.paper.pages + 1)]

    @property
    def document(self) -> UUID | None:
        return Part.id_of(self.paper.pk, 0) if self.paper.has_document else None


def papers(file_id: UUID, *, actor: Actor) -> QuerySet[Paper]:
    """Those of one file, the newest first; still locked."""
    context.require(actor)
    return Paper.objects.filter(file_id=file_id).order_by("-written_at", "pk")


def of_thing(file_id: UUID, kind: str, about: UUID, *, actor: Actor) -> list[Kept]:
    """Those of one thing of a file, each with what was found."""
    return _with_looks(papers(file_id, actor=actor).filter(kind=kind, about=about))


def one(file_id: UUID, paper_id: UUID, *, actor: Actor) -> Kept | None:
    """One paper, when the database shows it."""
    return next(iter(_with_looks(papers(file_id, actor=actor).filter(pk=paper_id))), None)


def _with_looks(found: QuerySet[Paper]) -> list[Kept]:
    rows = list(found)
    waiting = [row.pk for row in rows if row.looked == Paper.Looked.WAITING]
    looks: dict[UUID, set[str]] = {}
    if waiting:
        told = Look.objects.filter(paper_id__in=waiting).order_by("written_at", "pk")
        for paper_id, said in told.values_list("paper_id", "found"):
            looks.setdefault(paper_id, set()).add(said)
    return [Kept(row, frozenset(looks.get(row.pk, ()))) for row in rows]


def parts(paper: Paper, *, actor: Actor) -> QuerySet[Part]:
    """Its parts in their order, still locked."""
    context.require(actor)
    return Part.objects.filter(file_id=paper.file_id, paper_id=paper.pk).order_by("number")


def size_of_all(file_id: UUID, *, actor: Actor) -> int:
    """How much the papers of one file weigh."""
    total = papers(file_id, actor=actor).order_by().aggregate(total=Sum("size"))["total"]
    return int(total or 0)


def is_kept(paper_id: UUID, *, actor: Actor) -> bool:
    """Whether this form was sent already."""
    context.require(actor)
    return Paper.objects.filter(pk=paper_id).exists()
