"""How is what she shares found: by those who walk with her, and by those with whom she shares?"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import connection
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from spheres.accounts import queries as accounts
from spheres.accounts.models import Membership, Organisation
from spheres.audit.models import Event
from spheres.core import clock, context
from spheres.core.actor import SHARED, Actor
from spheres.followup.consents import policy, reading
from spheres.followup.consents.models import Declined, Said
from spheres.participants.models import Identity
from spheres.records.between import places
from spheres.regions import queries as regions
from spheres.sharing import queries as sharing
from spheres.sharing.models import Consent, Form
from spheres.sharing.queries import basis_of as basis_of
from spheres.sharing.rules import ACCOMPANYING, SHAREABLE
from spheres.vault import actions as vault

OPENED: Final = "shared.opened"
HOW: Final = {
    "ORAL": _("said aloud, with a witness"),
    "WRITTEN": _("in writing"),
    "ON_SCREEN": _("together, on the screen"),
}
ROLES: Final = ", ".join(f"'{role}'" for role in sorted(ACCOMPANYING))
LIVE: Final = """c.starts_at <= (select access.moment()) and c.ends_at > (select access.moment())
  and (c.withdrawn_at is null or c.withdrawn_at > (select access.moment()))
  and not exists (
    select from sharing_cover v where v.id = c.cover_id and v.ends_at <= (select access.moment()))
  and c.organisation_id = any((select access.recipients())::uuid[])"""
# With her file, in the statement that asks who may see it.
SHARED_WITH: Final = "shared with"
OF_FILE: Final = f"""
select '{SHARED_WITH}'::text, c.organisation_id from sharing_consent c
where c.file_id = asked.file_id and {LIVE}"""  # noqa: S608 -- every name is ours
# On my day: what was shared with us.
WITH_US = "shared with us"
TO_US: Final = f"""
select json_build_object('file_id', c.file_id, 'is_live', {LIVE})
from sharing_consent c
where c.organisation_id = %(here)s and (c.user_id is null or c.user_id = %(user)s)
  and c.starts_at <= %(at)s and c.starts_at < least(c.ends_at, c.withdrawn_at,
    (select v.ends_at from sharing_cover v where v.id = c.cover_id))"""  # noqa: S608 -- ours
# Partners where somebody accompanies people, who does, and whether files may be given to them.
RECIPIENTS: Final = f"""
select o.id, o.name_fr, o.name_en, m.id, m.name,
  (m.id, o.id) in (select of_user, of_place from access.who_is_clear(null))
from accounts_organisation o join (select distinct m.organisation_id, u.id, u.name
      from accounts_membership m join accounts_user u on u.id = m.user_id
      where m.role in ({ROLES}) and u.is_active and m.starts_at <= (select access.moment())
        and (m.ends_at is null or m.ends_at > (select access.moment()))) m
  on m.organisation_id = o.id
where o.id = any((select access.recipients())::uuid[])
  and o.id <> (select access.organisation())
order by o.name_fr, o.id, m.name, m.id"""  # noqa: S608 -- every name is ours


@dataclass(frozen=True)
class Recipient:
    """A partner, or one person there; `id` is how a form names it."""

    organisation_id: UUID
    organisation: str
    user_id: UUID | None = None
    person: str = ""

    @property
    def id(self) -> str:
        there = str(self.organisation_id)
        return f"{there}/{self.user_id}" if self.user_id else there


@dataclass(frozen=True)
class Opening:
    """That somebody read it: from where, which parts, which day."""

    on: date
    organisation: str
    parts: str


@dataclass(frozen=True)
class Shared:
    """One thing she shares, or shared: as it is read aloud."""

    consent: Consent
    organisation: str
    person: str
    taken_by: str
    is_live: bool
    openings: list[Opening] = field(default_factory=list)
    is_renewed: bool = False
    is_to_come: bool = False  # of an absence that has not begun
    is_over_lately: bool = False  # by itself, and not said anew
    declined: Declined | None = None  # asked of her alone, she said no

    @property
    def who(self) -> str:
        return f"{self.organisation} · {self.person}" if self.person else self.organisation

    @property
    def recipient(self) -> str:
        """With whom, as a form names it."""
        one = self.consent
        return Recipient(one.organisation_id, "", one.user_id).id

    @property
    def parts(self) -> list[str]:
        return [str(reading.SHOWS[s]) for s in SHAREABLE if s in self.consent.sections]

    @property
    def purpose(self) -> str:
        return purpose_of(self.consent)

    @property
    def until(self) -> date:
        """The last day of it."""
        return last_day(self.consent)

    @property
    def never_began(self) -> bool:
        """Of an absence that was called off."""
        return self.consent.over_at <= self.consent.starts_at

    @property
    def waits_for_her(self) -> bool:
        """Given for her by another, and neither said anew nor taken back: once she is of the age
        to say it alone, it is asked of her, also when it is over."""
        one = self.consent
        return (
            one.giver in policy.NOT_YET_14
            and one.cover_id is None
            and not self.is_renewed
            and self.declined is None
            and one.withdrawer in {"", Consent.Withdrawer.TEAM}
        )

    @property
    def may_be_said_anew(self) -> bool:
        """As long as it stands, or lately ended by itself; or waits for her. Of an absence, it
        ends with it."""
        stands = (self.is_live or self.is_over_lately) and self.consent.cover_id is None
        return stands or self.waits_for_her

    @property
    def is_said_otherwise(self) -> bool:
        """What was read to her when she said yes is no longer what is read today."""
        return self.consent.text_version != regions.text("consent.version")

    @property
    def may_have_papers(self) -> bool:
        """Said in writing, or by another for her: there is a signed paper to keep."""
        return self.consent.form == Form.WRITTEN or self.consent.giver in policy.FOR_HER

    @property
    def given_by(self) -> str:
        return str(Consent.Giver(self.consent.giver).label)

    @property
    def how(self) -> str:
        return str(HOW[self.consent.form])

    @property
    def withdrawn_by(self) -> str:
        who = self.consent.withdrawer
        return str(Consent.Withdrawer(who).label) if who else ""


def recipients(*, actor: Actor) -> list[Recipient]:
    """With whom she may share: partners, never the police nor one's own; whole, then by name."""
    context.require(actor)
    with connection.cursor() as cursor:
        cursor.execute(RECIPIENTS)
        rows = cursor.fetchall()
    found: dict[str, Recipient] = {}
    for organisation_id, name_fr, name_en, user_id, person, is_clear in rows:
        whole = Recipient(organisation_id, _named(name_fr, name_en))
        found.setdefault(whole.id, whole)
        if is_clear:  # of the others, the database lets nobody read
            one = replace(whole, user_id=user_id, person=person)
            found[one.id] = one
    return list(found.values())


def of_file(file_id: UUID, *, actor: Actor, at: datetime) -> list[Shared]:
    """All she shares or shared of this file, the live first, then the newest."""
    of_hers = sharing.consents(actor=actor).filter(file_id=file_id)
    found = list(of_hers.order_by("-taken_at", "pk"))
    names, partners, people = _names(found)
    opened = openings(file_id, [one.pk for one in found], actor=actor)
    renewed = {one.renews_id for one in found}
    noes = {row.pk: row for row in Declined.objects.filter(file_id=file_id)}
    shared = [
        Shared(
            one,
            names.get(one.organisation_id, ""),
            people.get(one.user_id, "") if one.user_id else "",
            people.get(one.taken_by, ""),
            is_live(one, at) and one.organisation_id in partners,
            opened.get(one.pk, []),
            one.pk in renewed,
            at < one.starts_at < one.over_at and one.organisation_id in partners,
            one.withdrawn_at is None
            and one.ends_at <= at < one.ends_at + policy.LATELY
            and one.pk not in renewed
            and one.pk not in noes
            and one.organisation_id in partners,
            noes.get(one.pk),
        )
        for one in found
    ]
    return sorted(shared, key=lambda one: not one.is_live)


def not_over(file_id: UUID, *, actor: Actor, at: datetime) -> list[Consent]:
    """What stands now or will, whether the partner is still of the programme or not."""
    return list(sharing.consents(actor=actor).filter(file_id=file_id, over_at__gt=at))


def has_papers(file_id: UUID, consent_id: UUID, *, actor: Actor) -> bool:
    """Whether this consent stands in this file, or stood: its signed paper is kept with it."""
    return sharing.consents(actor=actor).filter(file_id=file_id, pk=consent_id).exists()


def one_of(file_id: UUID, consent_id: UUID, *, actor: Actor, at: datetime) -> Shared | None:
    """One of them, as long as it may be said anew."""
    found = [one for one in of_file(file_id, actor=actor, at=at) if one.may_be_said_anew]
    return next((one for one in found if one.consent.pk == consent_id), None)


def said(file_id: UUID, *, actor: Actor) -> list[Said]:
    """Who was there, who gave each for her; still locked."""
    context.require(actor)
    return list(Said.objects.filter(file_id=file_id).order_by("written_at", "pk"))


def openings(
    file_id: UUID, consents: Collection[UUID], *, actor: Actor
) -> dict[UUID, list[Opening]]:
    """Of each consent, what was opened by it: once a day for each organisation, newest first."""
    context.require(actor)
    by = {basis_of(one): one for one in consents}
    told_of = Event.objects.filter(
        chain_id=file_id, action=OPENED, purpose=SHARED, basis__in=list(by)
    )
    events = list(told_of.order_by("-number"))
    names = _organisations({event.organisation_id for event in events})
    told: dict[UUID, dict[tuple[object, ...], Opening]] = {}
    for event in events:
        parts = [str(reading.TITLES[s]) for s in SHAREABLE if s in event.sections]
        one = Opening(
            clock.day_of(event.at), names.get(event.organisation_id, ""), ", ".join(parts).lower()
        )
        told.setdefault(by[event.basis], {})[one.on, one.organisation, one.parts] = one
    return {consent: list(each.values()) for consent, each in told.items()}


def is_live(consent: Consent, at: datetime) -> bool:
    return consent.starts_at <= at < consent.over_at


def last_day(consent: Consent) -> date:
    return clock.day_of(consent.over_at - timedelta(microseconds=1))


def purpose_of(consent: Consent) -> str:
    """What it is for, in words: of an absence, whose."""
    if consent.cover_id is None:
        return regions.label("sharing_purposes", consent.purpose)
    return str(_("Answering while %(name)s is away")) % {"name": consent.away_name or ""}


# What is shared with us.


@dataclass(frozen=True)
class Received:
    """One thing that somebody shares with us: her name, what it is for, until when."""

    consent: Consent
    name: str

    @property
    def parts(self) -> str:
        parts = [str(reading.TITLES[s]) for s in SHAREABLE if s in self.consent.sections]
        return ", ".join(parts).lower()

    @property
    def purpose(self) -> str:
        return purpose_of(self.consent)

    @property
    def until(self) -> date:
        return last_day(self.consent)


@dataclass(frozen=True)
class WithUs:
    """What is open to me, by name; and the days on which something ended, without a name."""

    open: list[Received]
    ended: list[date]


def with_us(*, actor: Actor, at: datetime) -> WithUs:
    """What is shared with me or with us: who, in one list event; and what ended, nameless."""
    mine = _to_me(actor)
    live = [one for one in mine if is_live(one, at)]
    names = _names_of(live, actor)
    found = [Received(one, names[one.file_id]) for one in live if one.file_id in names]
    # What may still be read, by another word of hers, is not to be destroyed.
    ended = [one for one in mine if one not in live and not _is_still_open(one, live)]
    days = {clock.day_of(one.over_at) for one in ended}
    return WithUs(
        sorted(found, key=lambda one: (one.name.casefold(), one.consent.pk)),
        sorted(days, reverse=True),
    )


def _names_of(live: list[Consent], actor: Actor) -> dict[UUID, str]:
    """Their chosen names, in one statement and one event, which says by which consent."""
    rows = list(
        Identity.objects.filter(file_id__in={one.file_id for one in live})
        .distinct("file")
        .order_by("file", "-written_at", "pk")
    )
    basis = basis_of(live[0].pk) if len(live) == 1 else "consents"
    vault.open(rows, by=actor, action="list", only=("chosen_name",), basis=basis)
    return {row.file_id: row.opened.chosen_name for row in rows}


def _is_still_open(over: Consent, live: list[Consent]) -> bool:
    still = {s for one in live if one.file_id == over.file_id for s in one.sections}
    return set(over.sections) <= still


def to_me(consent_id: UUID, *, actor: Actor, at: datetime) -> Consent | None:
    """One thing shared with me, as long as it is."""
    return next((one for one in _to_me(actor) if one.pk == consent_id and is_live(one, at)), None)


def count_with_us(*, actor: Actor, at: datetime) -> tuple[int, int]:
    """On my day: how many persons share with us now; and how many shares ended lately."""
    rows = places.rows_of_day(WITH_US, actor=actor, at=at)
    live = {row["file_id"] for row in rows if row["is_live"]}
    return len(live), len({row["file_id"] for row in rows} - live)


def holders(consent: Consent, *, actor: Actor) -> tuple[str, list[str]]:
    """Whom to call: who wrote it down with her, and where that person worked that day."""
    context.require(actor)
    held = Membership.objects.filter(user_id=consent.taken_by, starts_at__lte=consent.taken_at)
    there = held.filter(Q(ends_at=None) | Q(ends_at__gt=consent.taken_at), role__in=ACCOMPANYING)
    where = there.exclude(organisation_id=actor.organisation_id)
    ids = set(where.values_list("organisation_id", flat=True))
    person = accounts.names_of([consent.taken_by]).get(consent.taken_by, "")
    return person, sorted(_organisations(ids).values())


def _to_me(actor: Actor) -> list[Consent]:
    """What the database lets me know of what is shared here, and lately was."""
    rows = sharing.consents(actor=actor).filter(
        Q(user_id=None) | Q(user_id=actor.user_id),
        organisation_id=actor.organisation_id,
        over_at__gt=F("starts_at"),  # taken back, or called off, before it began: nothing was
    )
    return list(rows.order_by("-starts_at", "pk"))


def _names(consents: list[Consent]) -> tuple[dict[UUID, str], set[UUID], dict[UUID, str]]:
    """The organisations by name, those that are partners today, and the people by name."""
    users = {one.user_id for one in consents if one.user_id} | {one.taken_by for one in consents}
    rows = _rows({one.organisation_id for one in consents})
    partners = {one.pk for one in rows if one.is_partner}
    return {one.pk: one.name for one in rows}, partners, accounts.names_of(users)


def _organisations(ids: set[UUID]) -> dict[UUID, str]:
    return {one.pk: one.name for one in _rows(ids)}


def _rows(ids: set[UUID]) -> list[Organisation]:
    return list(Organisation.objects.filter(pk__in=ids).order_by("pk")) if ids else []


def _named(name_fr: str, name_en: str) -> str:
    return name_en if get_language() == "en" else name_fr
