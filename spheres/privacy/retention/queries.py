"""What has come to its day, what was asked, proposed, decided, sealed and held?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import get_language

from spheres.accounts.models import Organisation, Role, User
from spheres.core import context
from spheres.core.actor import Actor
from spheres.core.working_days import last_working
from spheres.records.documents import reference
from spheres.regions import queries as regions
from spheres.sharing.models import (
    Ending,
    ErasureRequest,
    ErasureWords,
    Hold,
    HoldWords,
    KeepingRule,
)
from spheres.sharing.models.keeping import KEEPERS, Sort
from spheres.sharing.reviewing import PUBLIC_KINDS
from spheres.vault import actions as vault

# What waits for those who keep the files: numbers, asked with my day.
TO_SEE: Final = "retention"
_KEEPS: Final = f"(select access.holds('{{{','.join(KEEPERS)}}}'))"
NUMBERS: Final = f"""
  select json_build_object(
    'due', (select count(distinct r.of_file) from access.to_review() r),
    'asked', (select count(*) from sharing_erasurerequest q
      where q.organisation_id = (select access.organisation()) and not exists (
        select from sharing_ending e where e.request_id = q.id and e.withdrawn_at is null)),
    'first_on', (select min(q.said_on) from sharing_erasurerequest q
      where q.organisation_id = (select access.organisation()) and not exists (
        select from sharing_ending e where e.request_id = q.id and e.withdrawn_at is null)),
    'waits', (select count(*) from sharing_ending e
      where e.organisation_id = (select access.organisation())
        and ((e.confirmed_at is null and e.withdrawn_at is null and e.proposed_by <> %(user)s)
          or (e.lift_asked_at is not null and e.lifted_at is null
            and e.lift_asked_by <> %(user)s))))
  where {_KEEPS}"""  # noqa: S608 -- every name is ours
ANSWERED_WITHIN: Final = timedelta(days=30)
CODES: Final = {Sort.THERAPY: "therapy", Sort.REGISTER: "consent_register"}


@dataclass(frozen=True)
class Rule:
    """How long one class is kept here, said by whom, on which basis."""

    sort: Sort
    years: int
    is_own: bool
    basis: str
    proposed: int | None
    said_by: str = ""
    said_at: datetime | None = None


@dataclass(frozen=True)
class Due:
    """One file whose day has come, without a name: which of its classes, since when, by which rule,
    and until when what is sealed was to be."""

    file_id: UUID
    sorts: tuple[Sort, ...]
    last_on: date
    years: tuple[int, ...]
    sealed_until: date | None

    @property
    def reference(self) -> str:
        return reference(self.file_id)

    @property
    def rules(self) -> list[tuple[str, int]]:
        return [
            (str(sort.label), years) for sort, years in zip(self.sorts, self.years, strict=True)
        ]


@dataclass(frozen=True)
class Line:
    """What is proposed or decided, in names of colleagues."""

    row: Ending
    proposed: str
    confirmed: str = ""
    withdrawn: str = ""
    lift_asked: str = ""
    lifted: str = ""
    # Whether a destruction is done is told to the officer alone: a hold that stops it is secret.
    is_told: bool = field(default=True, kw_only=True)

    @property
    def sorts(self) -> list[str]:
        return [str(Sort(sort).label) for sort in self.row.sorts]

    @property
    def reference(self) -> str:
        return reference(self.row.file_id)


@dataclass(frozen=True)
class Asked:
    """A request of hers: the day she said it, until when it is answered; never her words."""

    row: ErasureRequest
    answer_on: date
    answer: Ending | None = None
    words: ErasureWords | None = None

    @property
    def waits(self) -> bool:
        return self.answer is None or self.answer.confirmed_at is None

    @property
    def works_on(self) -> date:
        """The last working day before it, when nobody works that day."""
        return last_working(self.answer_on)

    @property
    def is_holiday(self) -> bool:
        return self.works_on != self.answer_on

    @property
    def reference(self) -> str:
        return reference(self.row.file_id)


@dataclass(frozen=True)
class Held:
    """A hold, its words still locked, and who said what."""

    row: Hold
    words: HoldWords | None
    placed: str
    end_asked: str = ""
    ended: str = ""


def _rows(question: str, values: Iterable[Any] = ()) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(question, list(values))
        return list(cursor.fetchall())


def ask(question: str, *values: Any, actor: Actor) -> Any:
    """One answer of a function of the database."""
    context.require(actor)
    marks = ", ".join(["%s"] * len(values))
    ((answer,),) = _rows(f"select access.{question}({marks})", values)
    return answer


def names(rows: Iterable[Any], *columns: str) -> dict[UUID, str]:
    """The names of those who said something in these rows."""
    people = {getattr(row, column) for row in rows for column in columns}
    return dict(User.objects.filter(pk__in=people - {None}).values_list("pk", "name"))


def rules(*, actor: Actor) -> list[Rule]:
    """One for each class: what the organisation said; else what the region proposes."""
    context.require(actor)
    here = Organisation.objects.get(pk=actor.organisation_id)
    is_public = here.kind in PUBLIC_KINDS
    codes = {**CODES, Sort.FOLLOW_UP: "followup_institution" if is_public else "followup"}
    proposed = {one.code: one for one in regions.retention_rules()}
    own: dict[str, KeepingRule] = {}
    for row in KeepingRule.objects.filter(organisation_id=actor.organisation_id).order_by(
        "-said_at", "pk"
    ):
        own.setdefault(row.sort, row)
    said_by = names(own.values(), "said_by")
    found = {
        sort: (years, is_own)
        for sort, years, is_own in _rows("select of_sort, years, is_own from access.keep_years()")
    }
    return [
        Rule(
            sort,
            *found[sort],
            basis=own[sort].basis if sort in own else _basis(proposed.get(codes[sort])),
            proposed=proposed[codes[sort]].keep_years if codes[sort] in proposed else None,
            said_by=said_by.get(own[sort].said_by, "") if sort in own else "",
            said_at=own[sort].said_at if sort in own else None,
        )
        for sort in Sort
        if sort in found
    ]


def _basis(rule: Any) -> str:
    if rule is None:
        return ""
    return str(rule.basis_en if get_language() == "en" else rule.basis_fr)


def due(*, actor: Actor) -> list[Due]:
    """Files whose day has come, those that waited longest first."""
    context.require(actor)
    by_file: dict[UUID, list[tuple[Any, ...]]] = {}
    for row in _rows(
        "select of_file, of_sort, last_on, years, sealed_until from access.to_review()"
    ):
        by_file.setdefault(row[0], []).append(row)
    return [
        Due(
            file_id,
            tuple(Sort(row[1]) for row in rows),
            rows[0][2],
            tuple(row[3] for row in rows),
            max((row[4] for row in rows if row[4]), default=None),
        )
        for file_id, rows in by_file.items()
    ]


def requests(*, actor: Actor) -> QuerySet[ErasureRequest]:
    """Those of the organisation, the oldest first."""
    context.require(actor)
    return ErasureRequest.objects.filter(organisation_id=actor.organisation_id).order_by(
        "asked_at", "pk"
    )


def unanswered(*, actor: Actor) -> list[Asked]:
    """Those to which nothing was proposed yet."""
    answer = Ending.objects.filter(request_id=OuterRef("pk"), withdrawn_at=None)
    found = requests(actor=actor).filter(~Exists(answer))
    return [Asked(row, row.said_on + ANSWERED_WITHIN) for row in found]


def endings(*, actor: Actor) -> QuerySet[Ending]:
    """What was proposed or decided in the organisation, the newest first."""
    context.require(actor)
    return Ending.objects.filter(organisation_id=actor.organisation_id).order_by(
        "-proposed_at", "pk"
    )


def to_decide(*, actor: Actor) -> list[Line]:
    """What waits for a second person: a yes, or that something sealed be opened again."""
    waits = Q(confirmed_at=None, withdrawn_at=None) | Q(lift_asked_at__isnull=False, lifted_at=None)
    return lines(endings(actor=actor).filter(waits), actor=actor)


def decided(*, actor: Actor, at: datetime) -> list[Line]:
    """What was decided in the last year, and what is sealed still."""
    recent = Q(confirmed_at__gt=at - timedelta(days=366)) | Q(
        exit=Ending.Exit.SEALED, confirmed_at__isnull=False, lifted_at=None
    )
    return lines(endings(actor=actor).filter(recent), actor=actor)


def lines(found: Iterable[Ending], *, actor: Actor) -> list[Line]:
    """The same, with the names of colleagues. Whether it is done is for the officer to say."""
    rows, is_told = list(found), actor.has(Role.PRIVACY_OFFICER)
    if not is_told:
        for row in rows:
            row.done_at = None
    said = names(rows, "proposed_by", "confirmed_by", "withdrawn_by", "lift_asked_by", "lifted_by")
    return [
        Line(
            row,
            *(
                said.get(who, "") if who else ""
                for who in (
                    row.proposed_by, row.confirmed_by, row.withdrawn_by, row.lift_asked_by,
                    row.lifted_by,
                )
            ),
            is_told=is_told,
        )
        for row in rows
    ]  # fmt: skip


def ending(ending_id: UUID, *, actor: Actor) -> Line | None:
    """One of them."""
    found = lines(endings(actor=actor).filter(pk=ending_id), actor=actor)
    return found[0] if found else None


def sorts_of(file_id: UUID, *, actor: Actor) -> list[Sort] | None:
    """Which classes there are of a file of the organisation; None when it is none of its files."""
    found = ask("sorts_of", file_id, actor=actor)
    return None if found is None else [sort for sort in Sort if sort in found]


def asked_of(file_id: UUID, *, actor: Actor) -> list[Asked]:
    """What was asked of one file, each with what was answered."""
    context.require(actor)
    answers: dict[UUID, Ending] = {}
    for row in Ending.objects.filter(file_id=file_id, withdrawn_at=None).order_by(
        "proposed_at", "pk"
    ):
        if row.request_id:
            answers[row.request_id] = row
    words = {row.pk: row for row in ErasureWords.objects.filter(file_id=file_id)}
    return [
        Asked(row, row.said_on + ANSWERED_WITHIN, answers.get(row.pk), words.get(row.pk))
        for row in ErasureRequest.objects.filter(file_id=file_id).order_by("-asked_at", "pk")
    ]


def hold_requests(file_id: UUID) -> None:
    """Two who write down at once what she asks do so one after the other."""
    _rows("select pg_advisory_xact_lock(hashtextextended('erasure ' || %s, 0))", [str(file_id)])


def is_waiting(file_id: UUID, asker: str, *, actor: Actor) -> bool:
    """Whether this person asks for it already, and two people have not decided yet."""
    context.require(actor)
    answered = Ending.objects.filter(
        request_id=OuterRef("pk"), withdrawn_at=None, confirmed_at__isnull=False
    )
    of_theirs = ErasureRequest.objects.filter(file_id=file_id, asker=asker)
    return of_theirs.filter(~Exists(answered)).exists()


def is_asked(request_id: UUID, *, actor: Actor) -> bool:
    """Whether this was written down already."""
    context.require(actor)
    return ErasureRequest.objects.filter(pk=request_id).exists()


def matter_called(reference: str, *, actor: Actor) -> UUID | None:
    """The file of the organisation, or the matter at its desk, that has this reference."""
    plain = "".join(reference.split()).lower()
    found: UUID | None = ask("matter_called", plain, actor=actor)
    return found


def holds(*, actor: Actor, file_id: UUID | None = None) -> list[Held]:
    """Those this person may know, opened; those that stand first."""
    context.require(actor)
    found = Hold.objects.order_by("-placed_at", "pk")
    rows = list(found.filter(file_id=file_id) if file_id else found)
    rows.sort(key=lambda row: row.ended_at is not None)
    words = {row.pk: row for row in HoldWords.objects.filter(pk__in=[row.pk for row in rows])}
    vault.open(list(words.values()), by=actor)
    said = names(rows, "placed_by", "end_asked_by", "ended_by")
    return [
        Held(
            row,
            words.get(row.pk),
            said.get(row.placed_by, ""),
            said.get(row.end_asked_by, "") if row.end_asked_by else "",
            said.get(row.ended_by, "") if row.ended_by else "",
        )
        for row in rows
    ]


def to_carry_out(*, actor: Actor) -> list[UUID]:
    """What two people decided to destroy, that nothing forbids and nobody has destroyed yet."""
    return list(ask("endings_to_carry_out", actor=actor))


def hold(hold_id: UUID, *, actor: Actor) -> Hold | None:
    """One that this person may know."""
    context.require(actor)
    return Hold.objects.filter(pk=hold_id).first()
