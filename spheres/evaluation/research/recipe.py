"""What may a table hold, and how is each part made? Codes, bands and quarters: nothing else.

No text, no name, no exact day, no gender, no origin: there is no part for them, so no protocol can
ask for one. A nation is in no table at all (law.md, OCAP; acceptance criterion 18).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from spheres.accounts.models import Organisation
from spheres.followup.accompaniments.models import Course
from spheres.followup.admission.models import AgeBand, Referral
from spheres.followup.life_plan.models import StepStatus
from spheres.followup.notes.models import NOT_HELD
from spheres.followup.restrictions.models import Refusal
from spheres.followup.restrictions.queries import ANY_THEME
from spheres.followup.urgent_needs.models import Answer as NeedAnswer
from spheres.participants.queries import OVER

Choices = Sequence[tuple[str, Any]]
HIDDEN: Final = "*"  # it would have told this person from the others
NOT_KNOWN: Final = ("unknown", _("Not noted"))
BANDS: Final[Choices] = (
    ("0", _("None")),
    ("1-4", _("One to four")),
    ("5-12", _("Five to twelve")),
    ("13-", _("Thirteen or more")),
)
NOT_MET: Final = ", ".join(f"'{kind}'" for kind in NOT_HELD)
ENDED: Final = ", ".join(f"'{status}'" for status in sorted(OVER))


@dataclass(frozen=True)
class Part:
    """One column: what it is called, what it says, and the question it comes from.

    `marks` says that, with others, it could tell one person from the rest: it is made coarser, or
    hidden, until enough are alike.
    """

    code: str
    label: Any
    says: Any
    query: str  # of the file `a.file_id`, of {until}
    reads: Mapping[str, tuple[str, ...]]
    choices: Choices = ()  # empty: quarters, as 2026-Q1, or years, as 2026
    marks: bool = False
    coarser: Callable[[str], str] | None = None


def _band(query: str) -> str:
    return (
        "(select case when n = 0 then '0' when n < 5 then '1-4' when n < 13 then '5-12' "  # noqa: S608 -- ours
        f"else '13-' end from ({query}) q(n))"
    )


def _of(query: str, what: str) -> str:
    """How many of something of the file, before the quarter that runs."""
    return _band(f"select count(*) from {query} and {what} < {{until}}")  # noqa: S608 -- ours


PARTS: Final = (
    Part(
        "age",
        _("Age"),
        _("The band of age that was noted last."),
        "(select b.age_band from participants_identity b where b.file_id = a.file_id "
        "order by b.written_at desc, b.id limit 1)",
        {"participants_identity": ("id", "file_id", "age_band", "written_at")},
        choices=AgeBand.choices,
        marks=True,
    ),
    Part(
        "came",
        _("Who referred them"),
        _("A professional, themselves, or somebody close to them."),
        "(select r.source from admission_referral r where r.file_id = a.file_id limit 1)",
        {"admission_referral": ("file_id", "source")},
        choices=(*Referral.Source.choices, NOT_KNOWN),
        marks=True,
    ),
    Part(
        "where",
        _("Kind of organisation"),
        _("Which kind of organisation accompanies them; never which one."),
        "(select o.kind from participants_file f join accounts_organisation o "
        "on o.id = f.holder_id where f.id = a.file_id)",
        {"participants_file": ("id", "holder_id"), "accounts_organisation": ("id", "kind")},
        choices=Organisation.Kind.choices,
        marks=True,
    ),
    Part(
        "since",
        _("First follow-up"),
        _("The quarter in which the first follow-up was opened."),
        "(select to_char(min(u.opened_at), 'YYYY\"-Q\"Q') from participants_followup u "
        "where u.file_id = a.file_id and u.opened_at < {until})",
        {"participants_followup": ("file_id", "opened_at")},
        marks=True,
        coarser=lambda quarter: quarter[:4],
    ),
    Part(
        "times",
        _("Follow-ups"),
        _("One, or several: coming back is part of the way."),
        "(select case when count(*) > 1 then '2-' else '1' end from participants_followup u "
        "where u.file_id = a.file_id and u.opened_at < {until})",
        {"participants_followup": ("file_id", "opened_at")},
        choices=(("1", _("One")), ("2-", _("Two or more"))),
        marks=True,
    ),
    Part(
        "stands",
        _("Where it stands"),
        _("Whether the last follow-up goes on. A pause and a return are part of the way."),
        f"(select case when s.status in ({ENDED}) then 'over' else 'on' end "  # noqa: S608 -- ours
        "from participants_followupstatus s "
        "join participants_followup u on u.id = s.follow_up_id "
        "where s.file_id = a.file_id order by u.opened_at desc, u.id limit 1)",
        {
            "participants_followupstatus": ("follow_up_id", "file_id", "status"),
            "participants_followup": ("id", "file_id", "opened_at"),
        },
        choices=(("on", _("Goes on")), ("over", _("Is over")), NOT_KNOWN),
    ),
    Part(
        "met",
        _("Contacts"),
        _("Contacts noted, missed meetings left out."),
        _of(
            f"notes_note n where n.file_id = a.file_id and n.corrects_id is null "
            f"and n.kind not in ({NOT_MET})",
            "n.written_at",
        ),
        {"notes_note": ("file_id", "kind", "written_at", "corrects_id")},
        choices=BANDS,
    ),
    Part(
        "steps",
        _("Small steps taken"),
        _("Steps said to be done towards what they want."),
        _of(
            f"life_plan_stepstatus s where s.file_id = a.file_id "
            f"and s.status = '{StepStatus.Status.DONE}'",
            "s.status_at",
        ),
        {"life_plan_stepstatus": ("file_id", "status", "status_at")},
        choices=BANDS,
    ),
    Part(
        "needs",
        _("Urgent needs met"),
        _("Each time an urgent need was noted as met."),
        _of(
            f"urgent_needs_outcome o where o.file_id = a.file_id "
            f"and o.came_to = '{NeedAnswer.Status.MET}'",
            "o.written_at",
        ),
        {"urgent_needs_outcome": ("file_id", "came_to", "written_at")},
        choices=BANDS,
    ),
    Part(
        "obtained",
        _("Proceedings that came to something"),
        _("Each time what was sought was noted as obtained."),
        _of(
            f"accompaniments_step t where t.file_id = a.file_id "
            f"and t.came_to = '{Course.Status.OBTAINED}'",
            "t.written_at",
        ),
        {"accompaniments_step": ("file_id", "came_to", "written_at")},
        choices=BANDS,
    ),
)  # fmt: skip
BY_CODE: Final = {part.code: part for part in PARTS}
LINE: Final = "line"

# Two files that she said are both hers are one person: the one that is kept.
HOME: Final = """select coalesce((
    select j.kept_id from sharing_joined j where j.joined_id = {file} and j.ends_at is null
  ), {file}) as file_id"""
# Who said yes when asked, is old enough to say it, and refuses no such research in any file.
CARDED: Final = f"""
  select distinct on (h.file_id) c.file_id,
    upper(substr(encode(sha256(convert_to(c.id::text, 'UTF8')), 'hex'), 1, 10)) as line
  from research_card c
  join research_protocol p on p.id = c.protocol_id
  cross join lateral ({HOME.format(file="c.file_id")}) h
  join lateral (
    select w.agrees, w.giver from research_answer w where w.digest = c.digest
    order by w.asked_at desc, w.id limit 1) w on w.agrees
  join lateral (
    select b.age_band from participants_identity b where b.file_id = c.file_id
    order by b.written_at desc, b.id limit 1) b
    on (b.age_band in ('{AgeBand.FROM_14}', '{AgeBand.FROM_18}') and w.giver = 'HERSELF')
    or (b.age_band = '{AgeBand.UNDER_14}' and w.giver = 'WITH_PARENT' and p.takes_under_14)
  where c.protocol_id = of_protocol and not exists (
    select from restrictions_refusal r cross join lateral ({HOME.format(file="r.file_id")}) g
    where g.file_id = h.file_id and r.kind = '{Refusal.Kind.RESEARCH}'
      and r.code in ('{ANY_THEME}', p.theme) and r.ended_at is null)
  order by h.file_id, c.written_at desc, c.id"""  # noqa: S608 -- every name is ours
CARDED_READS: Final[dict[str, tuple[str, ...]]] = {
    "research_card": ("id", "file_id", "protocol_id", "digest", "written_at"),
    "research_protocol": (
        "id", "theme", "takes_under_14", "researcher_id", "starts_on", "ends_on", "ended_at",
    ),
    "research_answer": ("id", "digest", "agrees", "giver", "asked_at"),
    "sharing_joined": ("kept_id", "joined_id", "ends_at"),
    "participants_identity": ("id", "file_id", "age_band", "written_at"),
    "restrictions_refusal": ("file_id", "kind", "code", "ended_at"),
}  # fmt: skip


def reads() -> dict[str, tuple[str, ...]]:
    """The columns of all of it, table by table."""
    found: dict[str, set[str]] = {table: set(names) for table, names in CARDED_READS.items()}
    for part in PARTS:
        for table, names in part.reads.items():
            found.setdefault(table, set()).update(names)
    return {table: tuple(sorted(names)) for table, names in sorted(found.items())}
