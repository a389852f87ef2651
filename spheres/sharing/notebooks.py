"""Which functions hold the door of her notebook: open or not, tried, entered, lowered by herself?

Her worker opens it with her, face to face, once what keeps her safe was said and confirmed. It is
closed the moment it is noted that reaching her is not safe, when she died or her follow-up is over,
when what was written was destroyed: each question asks it anew, and nothing opens it again but a
worker and she, face to face (ADR notebook).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from spheres.core.actor import NOBODY, NOTEBOOK, PARTICIPANT, SEAT
from spheres.core.context import DOOR
from spheres.sharing.functions import ACTING, _function
from spheres.sharing.models.notebook import WRONG_TRIES
from spheres.sharing.rules import CONTACT, IDENTITY, RELATION

IDLE: Final = timedelta(minutes=5)
LONGEST: Final = timedelta(minutes=30)
# How finely a move of hers is noted: she may be put out so much sooner, never later.
SEEN_EVERY: Final = timedelta(seconds=10)

# What the functions look at besides: never a text.
COLUMNS: Final = {
    "participants_safecontact": "id, file_id, unsafe_on, confirmed_on, written_at",
    "participants_followup": "id, file_id, opened_at",
    "participants_followupstatus": "follow_up_id, file_id, status",
}

# Not safe: at any moment since it was opened, in this file or in the one that is the same person's.
# What was noted before counts too, unless it was taken back by then: it may have been kept a second
# after, by somebody who began a second before. Taken back later, it does not open by itself.
_IS_OPEN = """
begin
  return not exists (
      select from participants_safecontact s
      where s.unsafe_on is not null and not exists (
          select from participants_safecontact a
          where a.file_id = s.file_id and a.written_at > s.written_at and a.written_at <= since)
        and (s.file_id = of_file or s.file_id in (
          select case of_file when j.kept_id then j.joined_id else j.kept_id end
          from sharing_joined j
          where of_file in (j.kept_id, j.joined_id)
            and j.starts_at <= now_at and (j.ends_at is null or j.ends_at > now_at))))
    and not exists (
      select from participants_followupstatus s where s.file_id = of_file and s.status = 'DIED')
    and coalesce((
      select s.status from participants_followup u
      join participants_followupstatus s on s.follow_up_id = u.id
      where u.file_id = of_file order by u.opened_at desc, u.id limit 1), '') <> 'ENDED'
    and not exists (select from vault_tombstone t where t.owner_id = of_file);
end"""

# The newest of how she is reached: safe, and confirmed with her.
_MAY_OPEN = f"""{ACTING}
begin
  if not of_file = any(access.amendable_relation_files()) then
    return false;
  end if;
  return coalesce((
      select s.unsafe_on is null and s.confirmed_on is not null
      from participants_safecontact s where s.file_id = of_file
      order by s.written_at desc, s.id limit 1), false)
    and access.is_notebook_open(of_file, for_at, for_at);
end"""  # noqa: S608 -- every name is ours

# How it stands, for those who walk with her: open or not, and whether it waits for another code.
# Never when she was there, nor what she read.
_STANDS = f"""{ACTING}
begin
  if not of_file = any(access.readable_relation_files()) then
    return;
  end if;
  return query
    select n.id, n.level::text, n.agreed::text, n.faces::text[], n.opened_by, n.opened_at,
      n.lowered_at, n.ended_at, n.ended_by,
      n.ended_at is null and access.is_notebook_open(n.file_id, n.opened_at, for_at),
      k.given_at, coalesce(k.wrong_tries >= {WRONG_TRIES}, false)
    from sharing_notebook n
    left join lateral (
      select w.given_at, w.wrong_tries from sharing_notebookkey w where w.file_id = n.file_id
      order by w.given_at desc, w.id limit 1) k on true
    where n.file_id = of_file
    order by n.ended_at is null desc, n.opened_at desc, n.id limit 1;
end"""  # noqa: S608 -- every name is ours

# One try with a code: counted before it is known whether the PIN is hers, so that no two tries at
# once count as one. An unknown code, a closed notebook, five tries: nothing, alike. Each question
# is asked whatever the one before it found, of nobody's file where there is none: how long it takes
# tells nothing either.
_TRY = f"""{ACTING}
  k record;
  f record;
  n record;
  is_last boolean;
  is_open boolean;
begin
  if not access.holds(array['service:doorkeeper']) then
    raise exception 'only the doorkeeper tries' using errcode = '42501';
  end if;
  select x.id, coalesce(x.file_id, one.nobody) as file_id, x.given_at into k
    from (select '{NOBODY}'::uuid as nobody) one
    left join sharing_notebookkey x on x.digest = of_digest;
  select x.participant_id, x.holder_id into f from participants_file x where x.id = k.file_id;
  select x.opened_at into n from sharing_notebook x
    where x.file_id = k.file_id and x.ended_at is null and x.opened_at <= for_at;
  is_last := not exists(
    select from sharing_notebookkey w
    where w.file_id = k.file_id and (w.given_at, w.id) > (k.given_at, k.id));
  is_open := access.is_notebook_open(k.file_id, coalesce(n.opened_at, for_at), for_at);
  return query
    update sharing_notebookkey x set wrong_tries = x.wrong_tries + 1
    where x.id = k.id and x.wrong_tries < {WRONG_TRIES}
      and is_last and is_open and n.opened_at is not null
    returning x.id, x.file_id, f.participant_id, f.holder_id, x.salt, x.verifier, x.pages;
end"""  # noqa: S608 -- every name is ours

# The door of each page: from the hash of a session's key to her signed context, in one statement.
_ENTER = f"""
declare
  pad access.context_key;
  at_moment timestamptz;
  body text;
  s sharing_notebooksession;
  n sharing_notebook;
  f participants_file;
begin
  perform pg_advisory_xact_lock_shared({DOOR});
  select * into strict pad from access.context_key;
  if encode(sha256(pad.opad || sha256(pad.ipad || convert_to(
       concat_ws('|', 'enter', session_hash, at_text, for_purpose, expires), 'UTF8'))), 'hex')
       is distinct from mac or to_timestamp(expires::bigint) < clock_timestamp()
       or for_purpose <> '{NOTEBOOK}' then
    raise exception 'forged entrance' using errcode = '42501';
  end if;
  at_moment := at_text::timestamptz;
  select * into s from sharing_notebooksession x
    where x.key_hash = session_hash
      and x.seen_at >= at_moment - interval '{int(IDLE.total_seconds())} s'
      and x.started_at > at_moment - interval '{int(LONGEST.total_seconds())} s';
  if s.id is null then return; end if;
  select * into n from sharing_notebook x
    where x.file_id = s.file_id and x.opened_at <= at_moment and x.ended_at is null
      and access.is_notebook_open(x.file_id, x.opened_at, at_moment);
  if n.id is null then return; end if;
  select * into strict f from participants_file x where x.id = s.file_id;
  if s.seen_at < at_moment - interval '{int(SEEN_EVERY.total_seconds())} s' then
    update sharing_notebooksession set seen_at = at_moment where key_hash = session_hash;
  end if;
  body := concat_ws('|', f.participant_id, f.holder_id, '{PARTICIPANT}', for_purpose,
    to_char(at_moment at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"+00:00"'), expires);
  perform set_config('spheres.context', body || '|' || encode(sha256(pad.opad ||
    sha256(pad.ipad || convert_to(body, 'UTF8'))), 'hex'), true);
  return query select f.participant_id, f.holder_id, f.id, n.id, n.level::text,
    n.agreed::text, n.faces::text[], n.opened_at, s.id, s.started_at, s.sealed;
end"""  # noqa: S608 -- every name is ours


@dataclass(frozen=True)
class Untold:
    """What somebody sits at and she may not be told of yet, in SQL about {matter}; and the lines of
    her register that would tell it, about {line}."""

    seat: str  # the kind of seat
    matter: str
    line: str
    reads: Mapping[str, tuple[str, ...]]  # table: the columns it looks at


UNTOLD: dict[str, Untold] = {}


def name_later(untold: Untold) -> None:
    """An upper area registers at which seats somebody is named to her only once she is told."""
    UNTOLD[untold.seat] = untold


# Whose names she reads in it, once she allowed who sees her file: those who may, those who opened
# it or wrote in it, those by whom or to whom something of hers is shared or told. A report to youth
# protection, what is kept from her for now, and a matter of which she is not told yet name nobody.
def _named() -> str:
    untold = " or ".join(
        f"(s.kind = '{one.seat}' and ({one.matter.format(matter='s.matter_id')}))"
        for one in UNTOLD.values()
    )
    lines = "".join(f" and not ({one.line.format(line='d.id')})" for one in UNTOLD.values())
    by_rule = "".join(
        f"""
    union select w.user_id from mine cross join lateral access.who_can(mine.id, '{face}') w
      where w.purpose <> '{SEAT}' or w.user_id not in (select u.user_id from untold u)"""  # noqa: S608 -- every name is ours
        for face in (RELATION, IDENTITY)
    )
    return f"""{ACTING}
begin
  if c[4] <> '{NOTEBOOK}' or c[3] <> '{PARTICIPANT}' then
    return '{{}}';
  end if;
  return array(
    with mine as materialized (select f.id from unnest(access.readable_journal_files()) f(id)),
    untold as materialized (
      select s.user_id, s.starts_at, least(coalesce(s.ended_at, s.ends_at), s.ends_at) as until
      from sharing_seat s join mine on s.file_id = mine.id where {untold or "false"}),
    told as materialized (
      select d.id, d.prepared_by, d.to_user_id
      from sharing_disclosure d join mine on d.file_id = mine.id
      where d.ground <> 'YOUTH_PROTECTION'{lines})
    select e.actor_id from audit_event e join mine on e.chain_id = mine.id
      where e.chain = 'FILE' and not (e.purpose = '{SEAT}' and exists (
        select from untold u
        where u.user_id = e.actor_id and e.at between u.starts_at and u.until)){by_rule}
    union select unnest(array[k.user_id, k.taken_by])
      from sharing_consent k join mine on k.file_id = mine.id
    union select unnest(array[told.prepared_by, told.to_user_id]) from told
    union select s.done_by from sharing_disclosurestep s join told on s.disclosure_id = told.id);
end"""  # noqa: S608 -- every name is ours


# She lowers what it opens, or closes it: alone, at once, and never the other way.
_LOWER = f"""{ACTING}
  place text[] := array['PRACTICAL', 'READ', 'WRITE'];
  done uuid;
begin
  if c[4] <> '{NOTEBOOK}' or c[3] <> '{PARTICIPANT}' then
    raise exception 'hers alone' using errcode = '42501';
  end if;
  update sharing_notebook n set
      level = case to_level when '' then n.level else to_level end,
      faces = case to_level when '' then n.faces
        when 'PRACTICAL' then array['{IDENTITY}', '{CONTACT}'] else to_faces end,
      lowered_at = case to_level when '' then n.lowered_at else for_at end,
      ended_at = case to_level when '' then for_at end,
      ended_by = case to_level when '' then for_user end
    from participants_file f
    where f.id = n.file_id and f.participant_id = for_user and f.holder_id = for_organisation
      and n.opened_at <= for_at and n.ended_at is null
      and access.is_notebook_open(n.file_id, n.opened_at, for_at)
      and (to_level = '' or (to_level = 'PRACTICAL')
           or (array_position(place, to_level) <= array_position(place, n.level::text)
               and to_faces <@ n.faces::text[]
               and to_faces @> array['{IDENTITY}', '{CONTACT}']))
    returning n.id into done;
  return done;
end"""  # noqa: S608 -- every name is ours

# She shares less of one thing, alone and at once: fewer parts, or a nearer end, never more. What
# she had said yes to is over, and what remains of it stands beside it, as it was said that day,
# written down by whom it was; sent twice, it is one. Of one absence, or given for her by another:
# she takes it back, or says it anew with her worker.
_SHARE_LESS = f"""{ACTING}
  before sharing_consent;
begin
  if c[4] <> '{NOTEBOOK}' or c[3] <> '{PARTICIPANT}' then
    raise exception 'hers alone' using errcode = '42501';
  end if;
  update sharing_consent k
    set withdrawn_at = for_at, withdrawer = 'HERSELF', withdrawn_by = for_user
    where k.id = of_consent and k.file_id = any(access.readable_{RELATION}_files())
      and k.withdrawn_at is null and k.starts_at <= for_at and k.ends_at > for_at
      and k.giver = 'HERSELF' and k.cover_id is null
      and to_sections <@ k.sections::text[] and to_sections @> array['{IDENTITY}']
      and to_end > for_at and to_end <= k.ends_at
      and (to_end < k.ends_at or not k.sections::text[] <@ to_sections)
    returning k.* into before;
  if before.id is null then
    return exists (
      select from sharing_consent n
      where n.id = new_id and n.renews_id = of_consent
        and n.file_id = any(access.readable_{RELATION}_files()));
  end if;
  insert into sharing_consent (
      id, file_id, organisation_id, user_id, purpose, sections, giver, form, language,
      text_version, taken_by, taken_at, starts_at, ends_at, renews_id, withdrawer, withdrawn_form)
    values (new_id, before.file_id, before.organisation_id, before.user_id, before.purpose,
      array(select distinct s from unnest(to_sections) s order by 1), before.giver, before.form,
      before.language, before.text_version, before.taken_by, before.taken_at, for_at, to_end,
      before.id, '', '');
  return true;
end"""  # noqa: S608 -- every name is ours

# Of whose private pages she is inside: of her one file, at the level where she writes, as long as
# nothing closes it.
_MY_OWN_PAGES = f"""{ACTING}
begin
  if c[4] <> '{NOTEBOOK}' or c[3] <> '{PARTICIPANT}' then
    return '{{}}';
  end if;
  return array(
    select n.file_id from sharing_notebook n
    where n.file_id = any(access.readable_{CONTACT}_files()) and n.level = 'WRITE'
      and n.opened_at <= for_at and n.ended_at is null);
end"""  # noqa: S608 -- every name is ours
# The same, as a policy says it.
OF_MY_OWN_PAGES: Final = "file_id = any((select access.my_own_pages())::uuid[])"


def statements() -> Iterator[str]:
    """The columns they look at, and the functions; after `reach`, which the door asks."""
    for table, columns in COLUMNS.items():
        yield f"create policy gate_keeps_notebooks on {table} for select to gate using (true)"
        yield f"grant select ({columns}) on {table} to gate"
    for table, read in [each for one in UNTOLD.values() for each in one.reads.items()]:
        yield f"create policy gate_names_later on {table} for select to gate using (true)"
        yield f"grant select ({', '.join(read)}) on {table} to gate"
    yield from _function("may_open_notebook(of_file uuid)", "boolean", _MAY_OPEN)
    yield from _function(
        "notebook_stands(of_file uuid)",
        "table(id uuid, of_level text, of_agreed text, of_faces text[], opener uuid, "
        "opening timestamptz, "
        "lowering timestamptz, ending timestamptz, ender uuid, is_open boolean, "
        "giving timestamptz, is_locked boolean)",
        _STANDS,
    )
    yield from _function("my_own_pages", "uuid[]", _MY_OWN_PAGES)
    yield from _function(
        "try_notebook(of_digest bytea)",
        "table(key_id uuid, of_file uuid, participant uuid, holder uuid, of_salt bytea, "
        "of_verifier bytea, of_pages bytea)",
        _TRY,
        volatility="volatile",
    )
    yield from _function(
        "enter_notebook(session_hash text, at_text text, for_purpose text, expires text, mac text)",
        "table(participant uuid, holder uuid, of_file uuid, notebook_id uuid, of_level text, "
        "of_agreed text, of_faces text[], opening timestamptz, session_id uuid, "
        "beginning timestamptz, of_sealed bytea)",
        _ENTER,
        volatility="volatile",
    )
    yield from _function(
        "share_less(of_consent uuid, new_id uuid, to_sections text[], to_end timestamptz)",
        "boolean",
        _SHARE_LESS,
        volatility="volatile",
    )
    yield from _function("named_to_her()", "uuid[]", _named())
    yield from _function(
        "lower_notebook(to_level text, to_faces text[])", "uuid", _LOWER, volatility="volatile"
    )


def is_open() -> Iterator[str]:
    """What `reach` itself asks: it stands before it."""
    yield from _function(
        "is_notebook_open(of_file uuid, since timestamptz, now_at timestamptz)",
        "boolean",
        _IS_OPEN,
        callers="gate",
    )
