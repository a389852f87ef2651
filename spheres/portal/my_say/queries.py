"""How old is she to the law, what did she ask, where does it stand, whose asks wait for me?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID, uuid5

from spheres.core import clock, context
from spheres.core.actor import Actor
from spheres.followup.consents.queries import Shared
from spheres.followup.disclosures import queries as disclosures
from spheres.followup.therapy_requests.policy import PURPOSE as THERAPY
from spheres.participants import queries as participants
from spheres.participants.models import Identity
from spheres.participants.queries import Known
from spheres.portal.my_say import policy
from spheres.portal.my_say.models import Answer, Ask
from spheres.portal.notebook.queries import I_ANSWER_FOR, not_read
from spheres.privacy.access_requests import policy as access_rules
from spheres.privacy.access_requests import queries as access_requests
from spheres.privacy.access_requests.models import Wish
from spheres.records.between import places
from spheres.records.between.begun import Begun
from spheres.regions import queries as regions
from spheres.sharing import naming
from spheres.sharing.inside import Inside
from spheres.sharing.models import Consent, Disclosure, DisclosureStep, Notebook
from spheres.sharing.rules import IDENTITY
from spheres.vault import actions as vault

SHOWN: Final = 20
WAITING: Final = "asked from notebooks"
KINDS_OF_LAW: Final = ", ".join(f"'{kind}'" for kind in sorted(policy.BY_LAW))
# What the law dates, and that stands in no register yet: neither settled nor written there, though
# somebody may have said that they take care of it. A correction is written by its own form.
IN_NO_REGISTER: Final = f"""k.kind in ({KINDS_OF_LAW})
  and not exists (
    select from my_say_answer d where d.ask_id = k.id and d.stands = '{Answer.Stands.DONE}')
  and not exists (select from sharing_erasurerequest e where e.id = k.id)
  and not exists (
    select from access_requests_accessrequest r where r.file_id = k.file_id
      and (r.id = k.id or r.wish = '{Wish.RECTIFY}' and k.kind = '{Ask.Kind.CORRECT}'
        and r.received_at >= k.written_at))"""  # noqa: S608 -- ours
# What nobody took care of yet; and what the law dates, as long as no register holds it.
OF_MY_PEOPLE: Final = f"""
select json_build_object('file_id', k.file_id, 'kind', k.kind, 'at', k.written_at,
  'is_read', exists (select from my_say_answer a where a.ask_id = k.id))
from my_say_ask k
where k.file_id in ({participants.MY_FILES} union {I_ANSWER_FOR})
  and (not exists (select from my_say_answer a where a.ask_id = k.id)
    or ({IN_NO_REGISTER}))"""  # noqa: S608 -- ours
# Told as moments to whoever is in charge of privacy: when, and nothing of whom.
IN_NOTEBOOKS: Final = "requests in notebooks"
OF_NO_REGISTER: Final = """
select json_build_object('at', asked_at) from access.in_no_register()"""
UNREGISTERED: Final = naming.Unregistered(
    "asks",
    f"select k.written_at from my_say_ask k where k.file_id = {{file}} and {IN_NO_REGISTER}",  # noqa: S608 -- ours
    {
        "my_say_ask": ("file_id", "id", "kind", "written_at"),
        "my_say_answer": ("ask_id", "stands"),
        "access_requests_accessrequest": ("file_id", "id", "received_at", "wish"),
    },
)

UNREAD: Final = "unread beside nobody"
BESIDE_NOBODY: Final = """
select json_build_object('number', how_many) from access.unread_beside_nobody()"""
# What waits for whoever accompanies her, told as a number to whoever leads when nobody reads it.
UNANSWERED: Final = (
    naming.Unanswered(
        "words",
        "exists (select from notebook_word w where w.file_id = {file} and not exists ("
        "select from notebook_reply r where r.word_id = w.id))",
        {"notebook_word": ("id", "file_id"), "notebook_reply": ("word_id",)},
    ),
    naming.Unanswered(
        "asks",
        "exists (select from my_say_ask k where k.file_id = {file} and not exists ("
        "select from my_say_answer o where o.ask_id = k.id))",
        {"my_say_ask": ("id", "file_id"), "my_say_answer": ("ask_id",)},
    ),
)


def unread(*, actor: Actor, at: datetime) -> int:
    """How many wait for an answer here with nobody beside them: a number, and nobody's name."""
    return sum(row["number"] for row in places.rows_of_day(UNREAD, actor=actor, at=at))


def is_of_age(inside: Inside, *, on: date) -> bool | None:
    """Whether she agrees alone, that day, and opened it so; None when who she is is closed to it.

    A notebook that somebody else agreed to, before the age, opens no more at that age than before:
    whoever agreed may know what opens it. She opens it anew, with her worker.
    """
    context.require(inside.actor)
    rows = Identity.objects.filter(file_id=inside.file_id).order_by("-written_at", "pk")
    newest = rows.first()
    if newest is None:
        return None
    vault.open([newest], by=inside.actor, sections=[IDENTITY])
    person = participants.header_of(Known(newest, None))
    alone = person.decides_alone(on=on, since_age=regions.region().self_from)
    return alone and inside.agreed == Notebook.Agreed.HERSELF


@dataclass(frozen=True)
class Asked:
    """One thing she asked, and where it stands."""

    row: Ask
    answers: tuple[Answer, ...]
    due_on: date | None

    @property
    def kind(self) -> str:
        return str(self.row.get_kind_display())

    @property
    def stands(self) -> str:
        """Empty: nobody said anything yet."""
        said = {one.stands for one in self.answers}
        return next((each for each in reversed(Answer.Stands.values) if each in said), "")

    @property
    def is_done(self) -> bool:
        return self.stands == Answer.Stands.DONE

    @property
    def holds(self) -> bool:
        """Whether she did it herself: it holds since then, whoever reads it."""
        return self.row.kind == Ask.Kind.NO_RESEARCH

    @property
    def is_pressed(self) -> bool:
        """Whether one press writes it in its register; otherwise a page is begun from it."""
        return self.row.kind in policy.PRESSED

    @property
    def is_registered(self) -> bool:
        """Whether that press was made."""
        return registered_id(self.row.pk) in {one.pk for one in self.answers}

    @property
    def is_to_register(self) -> bool:
        """What is not in its register yet, or whose page may still be begun."""
        if self.is_done:
            return False
        return not self.is_registered if self.is_pressed else self.row.kind in policy.BEGUN


def registered_id(ask_id: UUID) -> UUID:
    """The answer that the press of the register leaves."""
    return uuid5(ask_id, "register")


def begun(file_id: UUID, ask_id: UUID, *, actor: Actor) -> Begun | None:
    """One ask, opened: from which a page of her worker begins; None when it is not visible."""
    context.require(actor)
    row = Ask.objects.filter(file_id=file_id, pk=ask_id, kind__in=policy.BEGUN).first()
    if row is None:
        return None
    vault.open([row], by=actor)
    return Begun(row.pk, row.opened.words, clock.day_of(row.written_at))


def may_be_less(one: Shared) -> bool:
    """Whether she may share less of it alone: said yes to by herself, for no single absence; what
    a psychotherapist is asked stands on all of it."""
    consent = one.consent
    return (
        one.is_live
        and consent.giver == Consent.Giver.HERSELF
        and consent.cover_id is None
        and consent.purpose != THERAPY
    )


def meetings(file_id: UUID, *, actor: Actor, at: datetime) -> list[Disclosure]:
    """The survivor meetings that she said yes to, and that stand."""
    found = disclosures.of_file(file_id, actor=actor, at=at).lines
    over = {DisclosureStep.Kind.WITHDRAWN, DisclosureStep.Kind.REFUSED}
    return [
        line.row
        for line in found
        if line.row.purpose == Disclosure.Purpose.SURVIVOR
        and line.row.ground == Disclosure.Ground.CONSENT
        and (line.row.ends_at is None or line.row.ends_at > at)
        and not over & {step.kind for step in line.steps}
    ]


def asked(file_id: UUID, *, actor: Actor) -> list[Asked]:
    """The last things she asked, the newest first; still locked."""
    context.require(actor)
    rows = Ask.objects.filter(file_id=file_id).order_by("-written_at", "pk")[:SHOWN]
    found = list(rows)
    answers = list(Answer.objects.filter(ask__in=found).order_by("written_at", "pk"))
    waits = delays(actor=actor) if found else None
    return [
        Asked(
            row,
            tuple(one for one in answers if one.ask_id == row.pk),
            policy.due_on(row.kind, clock.day_of(row.written_at), delays=waits) if waits else None,
        )
        for row in found
    ]


def hers(file_id: UUID, *, actor: Actor) -> list[Asked]:
    """The same, as she reads it: what was answered, opened; not what she wrote, which somebody
    beside her could read."""
    found = [one for one in asked(file_id, actor=actor) if one.row.kind in policy.READ_AGAIN]
    vault.open([answer for one in found for answer in one.answers], by=actor)
    return found


def unread_answers(inside: Inside) -> int:
    """How many answers to what she asked she has not opened yet; none of them is opened by it."""
    context.require(inside.actor)
    rows = Ask.objects.filter(file_id=inside.file_id).order_by("-written_at", "pk")
    shown = [pk for pk, kind in rows.values_list("pk", "kind")[:SHOWN] if kind in policy.ASKED]
    answers = Answer.objects.filter(ask__in=shown).values_list("pk", flat=True)
    return len(not_read(set(answers), actor=inside.actor))


def rows_of(found: list[Asked]) -> list[Any]:
    """All that is opened with them."""
    return [row for one in found for row in (one.row, *one.answers)]


def answer_days(*, actor: Actor) -> int:
    """In how many days an access request is answered here."""
    return access_requests.organisation(actor.organisation_id, actor=actor).answer_days


def delays(*, actor: Actor) -> policy.Delays:
    """In how many days what is asked from a notebook is answered here."""
    return policy.Delays(answer_days(actor=actor), regions.region().notebook_answer_days)


@dataclass(frozen=True)
class Unregistered:
    """Of requests that the law dates, made from notebooks and in no register yet: how many, how
    many past their day, and the first day."""

    number: int
    late: int
    first: date


def unregistered(*, actor: Actor, at: datetime) -> Unregistered | None:
    """Of the organisation; None when there is none. Nobody's name, and not which kind."""
    rows = places.rows_of_day(IN_NOTEBOOKS, actor=actor, at=at)
    if not rows:
        return None
    days, today = answer_days(actor=actor), clock.day_of(at)
    asked_on = [clock.day_of(datetime.fromisoformat(row["at"])) for row in rows]
    due = sorted(access_rules.due_on(day, days) for day in asked_on)
    return Unregistered(len(due), sum(day < today for day in due), due[0])


@dataclass(frozen=True)
class Waiting:
    """Somebody of mine asked something that nobody took care of yet, or that no register holds."""

    file_id: UUID
    name: str
    kind: str
    at: datetime
    due_on: date | None
    is_late: bool = False


def waiting(*, actor: Actor, at: datetime) -> list[Waiting]:
    """Of my people, what waits: what the law dates first, then the oldest."""
    rows = places.rows_of_day(WAITING, actor=actor, at=at)
    names = dict(participants.names({UUID(row["file_id"]) for row in rows}, actor=actor))
    waits, found, today = delays(actor=actor) if rows else None, [], clock.day_of(at)
    for row in rows:
        file_id, asked_at = UUID(row["file_id"]), datetime.fromisoformat(row["at"])
        if file_id not in names or waits is None:
            continue
        due_on = policy.due_on(row["kind"], clock.day_of(asked_at), delays=waits)
        is_late = due_on is not None and due_on < today
        # Taken care of, it comes back the day after its own.
        if row["is_read"] and not is_late:
            continue
        found.append(Waiting(file_id, names[file_id], row["kind"], asked_at, due_on, is_late))
    return sorted(found, key=lambda one: (one.due_on or date.max, one.at, one.kind))
