"""How may somebody stand to a disclosure? One function says it, for all that is kept of it.

Her workers prepare it and read it; others of their organisation decide; a recipient reads it, once
it was approved, until its end. A police account stands to nothing but what was told to it, by her
own word, for one meeting (design §10.3, ADR disclosures).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from spheres.accounts.models import Role
from spheres.core.actor import NOTEBOOK, ORDINARY
from spheres.sharing import rules
from spheres.sharing.functions import ACTING, _function, _live_role, _vetoes, told
from spheres.sharing.models import Consent
from spheres.sharing.models.disclosed import BY_HER_YES

# READING its words, or KNOWING of it: whoever reads legal matters of her file. BESIDE her, whoever
# changes them. PREPARING, its author. LOOKING, and DECIDING, those who look again. HANDING it over,
# once approved, outside. RECEIVING it, until its end; RECEIVED, while copies are to be seen to.
# WRITING, the author of a danger, as long as they work there: whoever answered that night too.
# WEIGHING what a psychotherapist would tell: by what right and to whom, never its words, which she
# alone reads beside whoever receives them; her colleagues know that it was told, and no more.
# HERS, in her notebook, of what was told by her yes, or asked and refused: what was told without
# it is read with whoever walks with her, who knows whether it was said to her and what may harm.
# A report to youth protection has no other standing than WRITING, LOOKING and DECIDING: a colleague
# of its author, and whoever reads the file from elsewhere, do not know that there is one
# (P-34.1, s. 44; design §10.12).
STANDINGS: Final = (
    "READING", "KNOWING", "BESIDE", "PREPARING", "LOOKING", "DECIDING", "HANDING", "RECEIVING",
    "RECEIVED", "WRITING", "WEIGHING", "HERS",
)  # fmt: skip
# What was told of a danger stays between its author and those who supervise (design §10.12); what
# the law requires is answered by whoever guards privacy (law.md §3.7).
OF_DANGER: Final = "d.ground in ('DANGER', 'YOUTH_PROTECTION')"
REQUIRED: Final = "d.ground in ('REQUIRED', 'ORDER')"
OF_THERAPY: Final = f"'{rules.TOLD_IN_SECRECY}' = any(d.sections)"
# Of a report nobody knows because they read the file; on the row itself, the same.
NO_REPORT: Final = "ground <> 'YOUTH_PROTECTION'"
SUPERVISORS: Final = frozenset({Role.TEAM_LEAD, Role.COORDINATOR})
GUARDS: Final = frozenset({Role.PRIVACY_OFFICER})
COPIES: Final = 90  # days during which a recipient is told what to do with copies


def _step(*kinds: str) -> str:
    wanted = ", ".join(f"'{kind}'" for kind in kinds)
    return (
        f"exists (select from sharing_disclosurestep s where s.disclosure_id = d.id "
        f"and s.kind in ({wanted}) and s.done_at <= for_at)"
    )


# Neither a conflict nor a restriction of anything that is told.
_KEPT_OUT = f"""exists (
        select from unnest(d.sections || '{{relation,{rules.LEGAL}}}'::varchar[]) f(face)
        where d.file_id in {_vetoes("f.face")})"""

# For a meeting she may let a whole organisation be there: those who sit for it, now, on a clinical
# committee that meets that day. Of the police, she names who it is.
_SITS_THAT_DAY = """exists (
        select from sharing_committeemeeting t
        join regions_committee k on k.id = t.committee_id and k.kind = 'CLINICAL'
        join sharing_committeemember x on x.committee_id = t.committee_id
        where t.held_on = d.meeting_on
          and t.cancelled_at is null
          and x.user_id = for_user and x.organisation_id = for_organisation
          and x.starts_at <= for_at and (x.ended_at is null or x.ended_at > for_at))"""

_TO_ME = f"""d.to_organisation_id = for_organisation
      and (d.to_user_id = for_user or (d.to_user_id is null and d.purpose = 'SURVIVOR')
        or (d.to_user_id is null and 'MEETING' = d.purpose and not is_police
          and {_SITS_THAT_DAY}))
      and exists (
        select from accounts_membership m
        join accounts_user u on u.id = m.user_id
        join accounts_organisation o on o.id = m.organisation_id
        where m.user_id = for_user and m.organisation_id = for_organisation
          and u.is_active and o.is_partner and m.role = any(for_roles)
          and m.starts_at <= for_at and (m.ends_at is null or m.ends_at > for_at)
          -- What was given to a person is not given back to whoever comes back.
          and (d.to_user_id is null or m.starts_at <= d.prepared_at)
          and case when is_police
            then m.role = '{rules.WALLED_OFF_ROLE}'
              and d.ground = 'CONSENT' and d.purpose in ('MEETING', 'SURVIVOR')
            else d.purpose <> 'SURVIVOR'
              and m.role in ({", ".join(f"'{role}'" for role in sorted(rules.ACCOMPANYING))}) end)
      and {_step("APPROVED")} and not {_KEPT_OUT}"""

_OPEN = f"d.ends_at > for_at and not {_step('WITHDRAWN')}"
_WAITS = f"""not d.is_refused and d.prepared_by <> for_user
      and not {_step("APPROVED", "REFUSED", "WITHDRAWN")}
      and (d.ends_at > for_at or d.made_at is not null)"""


def _looking() -> str:
    """Those of the organisation who look again: each at what is theirs."""
    return f"""d.organisation_id = for_organisation and not is_police
      and case when {OF_DANGER} then {_live_role(SUPERVISORS)}
        when {REQUIRED} then {_live_role(GUARDS | SUPERVISORS)}
        else {_live_role(rules.REVIEWERS)} end
      and not {OF_THERAPY} and not {_KEPT_OUT}"""


def _weighing() -> str:
    """Of a psychotherapy, whoever guards privacy there."""
    return f"""{OF_THERAPY} and d.organisation_id = for_organisation and not is_police
      and {_live_role(GUARDS)} and not {_KEPT_OUT}"""


def _branches() -> dict[str, str]:
    """By how one stands: which disclosures."""
    of_file = f"d.{NO_REPORT} and d.file_id"
    readable = f"{of_file} = any((select access.readable_{rules.LEGAL}_files())::uuid[])"
    beside = f"{of_file} = any((select access.amendable_{rules.LEGAL}_files())::uuid[])"
    hers = (
        f"d.prepared_by = for_user "
        f"and d.file_id = any((select access.appendable_{rules.THERAPY}_files())::uuid[])"
    )
    return {
        "READING": f"case when {OF_THERAPY} then {hers} "
        f"else {readable} and (not {OF_DANGER} or d.prepared_by = for_user) end",
        "KNOWING": readable,
        # What the person takes back, her worker takes back too, of whatever it was.
        "BESIDE": f"(({beside}) or ({OF_THERAPY} and {hers}))",
        "PREPARING": f"case when {OF_THERAPY} then {hers} "
        f"else {beside} and d.prepared_by = for_user end",
        "LOOKING": _looking(),
        "DECIDING": f"{_WAITS} and case when {OF_THERAPY} then {_weighing()} "
        f"when d.ground = 'CONSENT' "
        f"then ({beside}) or ({_looking()}) "
        f"when {REQUIRED} then ({_looking()}) and {_live_role(GUARDS)} "
        f"else {_looking()} end",
        "HANDING": f"case when {OF_THERAPY} then {hers} else {beside} end "
        f"and d.to_organisation_id is null and {_step('APPROVED')} "
        f"and d.made_at is null and {_OPEN}",
        "RECEIVING": f"{_TO_ME} and {_OPEN}",
        "RECEIVED": f"{_TO_ME} and d.ends_at > for_at - interval '{COPIES} days'",
        "WRITING": f"{OF_DANGER} and d.prepared_by = for_user "
        f"and d.organisation_id = for_organisation and not is_police "
        f"and {_live_role(rules.WORKERS)} and not {_KEPT_OUT}",
        "WEIGHING": _weighing(),
        "HERS": f"c[4] = '{NOTEBOOK}' and {BY_HER_YES} "
        f"and d.file_id = any((select access.readable_{rules.LEGAL}_files())::uuid[])",
    }


def statements() -> Iterator[str]:
    """`disclosed`, and the files of what one looks at or is told."""
    assert tuple(_branches()) == STANDINGS
    every = "\n    union ".join(
        f"select d.id from sharing_disclosure d where '{name}' = any(as_what)\n      and {where}"  # noqa: S608 -- ours
        for name, where in _branches().items()
    )
    yield from _function(
        "disclosed(as_what text[])",
        "uuid[]",
        f"""{ACTING}
  is_police boolean := access.is_walled_off(for_organisation);
begin
  if c[4] = '{NOTEBOOK}' then
    as_what := array(select w from unnest(as_what) w where w = 'HERS');
  elsif c[4] <> '{ORDINARY}' then
    return '{{}}';
  end if;
  return array({every});
end""",  # noqa: S608 -- every name is ours
    )
    yield from _function(
        "disclosed_of(as_what text[])",
        "text[]",
        # Each with its file, one after the other: what is written of it bears both.
        "begin return array(select d.id::text || d.file_id::text from sharing_disclosure d "
        "where d.id = any(access.disclosed(as_what))); end",
    )
    yield from _function(
        "end_told_beyond(of_file uuid, beyond timestamptz)",
        "void",
        # Her day of birth may be learnt by somebody who is kept from what is told of her; whoever
        # says it ends it, and learns nothing of it.
        f"""{ACTING}
  told uuid;
begin
  if of_file <> all(access.amendable_{rules.IDENTITY}_files()) then
    return;
  end if;
  for told in
    insert into sharing_disclosurestep (id, disclosure_id, file_id, kind, done_by, done_at)
      select gen_random_uuid(), d.id, d.file_id, 'WITHDRAWN', for_user, for_at
      from sharing_disclosure d
      where d.file_id = of_file and d.ground = 'CONSENT' and d.giver <> '{Consent.Giver.HERSELF}'
        and d.ends_at > greatest(for_at, beyond) and not {_step("REFUSED")}
      on conflict do nothing
      returning disclosure_id
  loop{told("disclosure.withdrawn", record="told", basis="'CONSENT'")}
  end loop;
end""",  # noqa: S608 -- every name is ours
        volatility="volatile",
    )
    yield from _function(
        "disclosed_files",
        "uuid[]",
        """
begin
  return array(
    select d.file_id from sharing_disclosure d
    where d.id = any(access.disclosed('{LOOKING,DECIDING,RECEIVING,WRITING,WEIGHING}')));
end""",
    )
