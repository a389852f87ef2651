"""What does it mean, in numbers, that a partner leaves; where do people stand, without a name?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from spheres.core import context
from spheres.core.actor import Actor
from spheres.followup.departure.models import Say
from spheres.participants import queries as participants
from spheres.sharing import counting, parting

TRIES: Final = 3  # days on which somebody was looked for, before nobody looks any more
OVER: Final = ", ".join(f"'{status}'" for status in sorted(participants.OVER))
TO_ASK, TO_TRY, SETTLED, WAS_OVER = "TO_ASK", "TO_TRY", "SETTLED", "WAS_OVER"
NOT_REACHED, ANOTHER, STAYS, CLOSES = Say.Way.NOT_REACHED, "ANOTHER", "STAYS", "CLOSES"

# Everybody whose file the organisation holds, and where each stands. Whose follow-up was over
# before anybody was asked is left in peace: nobody looks for them again.
PEOPLE: Final = f"""
  select f.id as file_id, case
      when (s.status in ({OVER}) or (s.status is null and not is_watched)) and y.way is null
        then '{WAS_OVER}'
      when s.status in ({OVER}) or (s.status is null and not is_watched) then '{SETTLED}'
      when y.way is null then '{TO_ASK}'
      when y.way = '{NOT_REACHED}' and y.tries < {TRIES} then '{TO_TRY}'
      else y.way end as state
  from participants_file f
  left join lateral (
    select e.status from participants_followupstatus e where e.file_id = f.id
    order by e.status_at desc, e.status limit 1) s on true
  cross join lateral (
    select exists (
      select from sharing_handler h
      where h.matter_id = f.id and h.kind = 'WATCH' and {parting.live("h")}) as is_watched) w
  left join lateral (
    select n.way::text, (
      select count(distinct t.said_on) from departure_say t
      where t.departure_id = n.departure_id and t.file_id = f.id
        and t.way = '{NOT_REACHED}') as tries
    from departure_say n where n.file_id = f.id and n.departure_id = {{departure}}
    order by n.written_at desc, n.id limit 1) y on true
  where f.holder_id = {{organisation}}
    and not exists (select from sharing_joined j where j.joined_id = f.id and {parting.live("j")})
    and not exists (select from vault_tombstone t where t.owner_id = f.id)"""  # noqa: S608 -- ours
READS: Final = {
    "participants_followupstatus": ("file_id", "status", "status_at"),
    "departure_say": ("departure_id", "file_id", "id", "said_on", "way", "written_at"),
}
WAITS: Final = (TO_ASK, TO_TRY, ANOTHER, STAYS, CLOSES)
MEASURES: Final = tuple(
    parting.Measure(
        state,
        f"select count(*) from ({PEOPLE}) p where p.state = '{state}'",  # noqa: S608 -- ours
        waits=state in WAITS,
        reads=READS,
    )
    for state in (*WAITS, str(NOT_REACHED), SETTLED, WAS_OVER)
)
OF_PARTNER: Final = """(select d.id from sharing_departure d
  where d.organisation_id = of_one and d.cancelled_at is null order by d.asked_at desc limit 1)"""
# To its manager and the coordination, those who are not settled: how many of each state and
# language. No name, no identifier.
LINES: Final = counting.Finding(
    "people_departing",
    "access.sees_departure(of_one)",
    "of_state text, of_language text, is_alone boolean, counted bigint",
    f"""
  select p.state, i.language::text, a.is_alone, count(*)
  from ({PEOPLE.format(organisation="of_one", departure=OF_PARTNER, at="access.moment()")}) p
  left join lateral (
    select w.language from participants_identity w where w.file_id = p.file_id
    order by w.written_at desc limit 1) i on true
  cross join lateral (
    select not exists (
      select from participants_assignment a
      where a.file_id = p.file_id and a.starts_at <= access.moment()
        and (a.ends_at is null or a.ends_at > access.moment())
        and access.is_here(a.user_id, of_one, access.moment())) as is_alone) a
  where p.state not in ('{SETTLED}', '{WAS_OVER}')
  group by p.state, i.language, a.is_alone""",  # noqa: S608 -- ours
    {**READS, "participants_identity": ("file_id", "language", "written_at")},
)

# What each number says, aloud.
SENTENCES: Final[dict[str, Any]] = {
    TO_ASK: ngettext_lazy(
        "%(number)s person was not asked yet what they want.",
        "%(number)s people were not asked yet what they want.",
        "number",
    ),
    TO_TRY: ngettext_lazy(
        "%(number)s person could not be reached yet: they are looked for on three days at least.",
        "%(number)s people could not be reached yet: they are looked for on three days at least.",
        "number",
    ),
    ANOTHER: ngettext_lazy(
        "%(number)s person goes on with another partner, and has not parted here yet.",
        "%(number)s people go on with another partner, and have not parted here yet.",
        "number",
    ),
    STAYS: ngettext_lazy(
        "%(number)s person stays with the organisation, and has not parted with the programme yet.",
        "%(number)s people stay with the organisation, and have not parted with the programme yet.",
        "number",
    ),
    CLOSES: ngettext_lazy(
        "%(number)s person stops here: their letter is still to be written.",
        "%(number)s people stop here: their letters are still to be written.",
        "number",
    ),
    str(NOT_REACHED): ngettext_lazy(
        "%(number)s person could not be reached. They stay in the coordination’s list.",
        "%(number)s people could not be reached. They stay in the coordination’s list.",
        "number",
    ),
    SETTLED: ngettext_lazy(
        "%(number)s person was asked, and has parted here.",
        "%(number)s people were asked, and have parted here.",
        "number",
    ),
    WAS_OVER: ngettext_lazy(
        "%(number)s follow-up was over before: nobody is looked for again.",
        "%(number)s follow-ups were over before: nobody is looked for again.",
        "number",
    ),
    "URGENT": ngettext_lazy(
        "%(number)s urgent need is open: it comes first.",
        "%(number)s urgent needs are open: they come first.",
        "number",
    ),
    "OPEN_NOW": ngettext_lazy(
        "%(number)s file is open at this moment because a life may be in danger.",
        "%(number)s files are open at this moment because a life may be in danger.",
        "number",
    ),
    "TO_REVIEW": ngettext_lazy(
        "%(number)s exceptional access was not looked at again yet.",
        "%(number)s exceptional accesses were not looked at again yet.",
        "number",
    ),
    "OFFERED": ngettext_lazy(
        "%(number)s referral is on offer there: it is answered, or the desk takes it back.",
        "%(number)s referrals are on offer there: they are answered, or the desk takes them back.",
        "number",
    ),
    "TO_DECIDE": ngettext_lazy(
        "%(number)s disclosure waits for a second person: it is approved or not, or taken back "
        "with the person.",
        "%(number)s disclosures wait for a second person: they are approved or not, or taken back "
        "with the person.",
        "number",
    ),
    "TO_HAND": ngettext_lazy(
        "%(number)s disclosure is approved and was not handed over: it is handed over, or taken "
        "back with the person.",
        "%(number)s disclosures are approved and were not handed over: they are handed over, or "
        "taken back with the person.",
        "number",
    ),
    "THERAPY": ngettext_lazy(
        "%(number)s request for psychotherapy has no answer yet: a psychotherapist answers it, or "
        "it is taken back with the person.",
        "%(number)s requests for psychotherapy have no answer yet: a psychotherapist answers them, "
        "or they are taken back with the person.",
        "number",
    ),
    "ACCOUNTS": ngettext_lazy(
        "%(number)s person works there: that access ends.",
        "%(number)s people work there: their access ends.",
        "number",
    ),
    "ELSEWHERE": ngettext_lazy(
        "%(number)s of them works for another partner too, and goes on there.",
        "%(number)s of them work for another partner too, and go on there.",
        "number",
    ),
    "SHARED_BY": ngettext_lazy(
        "%(number)s thing shared from its files ends.",
        "%(number)s things shared from its files end.",
        "number",
    ),
    "SHARED_WITH": ngettext_lazy(
        "%(number)s thing that others share with it is closed.",
        "%(number)s things that others share with it are closed.",
        "number",
    ),
}
LANGUAGES: Final = {"fr": _("French"), "en": _("English"), "other": _("Another language")}
STATES: Final[dict[str, Any]] = {
    TO_ASK: _("To be asked"),
    TO_TRY: _("Not reached yet"),
    str(NOT_REACHED): _("Not reached"),
    ANOTHER: _("Goes on with another partner"),
    STAYS: _("Stays with the organisation"),
    CLOSES: _("Stops here"),
    SETTLED: _("Has parted"),
}


@dataclass(frozen=True)
class Numbers:
    """What leaving means, in numbers: what must be seen to, where people stand, what ends."""

    counted: dict[str, int]

    def _said(self, names: tuple[str, ...]) -> list[str]:
        return [
            str(SENTENCES[name] % {"number": self.counted[name]})
            for name in names
            if self.counted.get(name)
        ]

    @property
    def first(self) -> list[str]:
        """What comes before anything ends, besides what people say."""
        return self._said(
            ("OPEN_NOW", "URGENT", "TO_REVIEW", "TO_DECIDE", "TO_HAND", "OFFERED", "THERAPY")
        )

    @property
    def people(self) -> list[str]:
        return self._said((*WAITS, str(NOT_REACHED), SETTLED, WAS_OVER))

    @property
    def ends(self) -> list[str]:
        return self._said(("ACCOUNTS", "ELSEWHERE", "SHARED_BY", "SHARED_WITH"))

    @property
    def waits(self) -> int:
        return sum(self.counted.get(one.name, 0) for one in parting.MEASURES.values() if one.waits)

    @property
    def not_reached(self) -> int:
        return self.counted.get(str(NOT_REACHED), 0)


@dataclass(frozen=True)
class Line:
    """Some of those who are not settled: where they stand, in which language; never who."""

    state: str
    language: Any
    is_alone: bool
    number: int

    @property
    def label(self) -> Any:
        return STATES[self.state]


def numbers(organisation_id: UUID, *, actor: Actor) -> Numbers:
    """To its manager and to the coordination alone: the database refuses anybody else."""
    context.require(actor)
    with connection.cursor() as cursor:
        cursor.execute("select * from access.departing(%s)", [organisation_id])
        return Numbers(dict(cursor.fetchall()))


def lines(organisation_id: UUID, *, actor: Actor) -> list[Line]:
    """Those who are not settled, those to be asked first."""
    context.require(actor)
    with connection.cursor() as cursor:
        cursor.execute("select * from access.people_departing(%s)", [organisation_id])
        rows = cursor.fetchall()
    found = [
        Line(state, LANGUAGES.get(said, ""), is_alone, number)
        for state, said, is_alone, number in rows
    ]
    order = list(STATES)
    return sorted(found, key=lambda one: (order.index(one.state), one.is_alone, -one.number))
