"""Which functions decide what becomes of what was written, seal it and open it again?

Nothing is destroyed by itself. One proposes, another of the same organisation says yes, one of the
two is its privacy officer, and the two did not both walk with the person. Whoever knows the person
outside work, or is kept out by the person, decides nothing of the file. A seal closes a file to
everybody at the next statement. What a hold forbids is told to the privacy officer alone: to others
the answer is the same as for any that waits (ADR retention).
"""

from __future__ import annotations

from collections.abc import Iterator

from spheres.accounts.models import Role
from spheres.sharing import destroying
from spheres.sharing.functions import ACTING, _function, told
from spheres.sharing.models.keeping import BY_RIGHT, CLOSES, kinds_of
from spheres.sharing.reviewing import DAY_NOW as _DAY
from spheres.sharing.reviewing import IS_OFFICER as _IS_OFFICER
from spheres.sharing.reviewing import IS_OVER as _IS_OVER
from spheres.sharing.reviewing import KEEPS as _KEEPS
from spheres.sharing.reviewing import OVER_STATUSES

DONE, UNKNOWN, CHANGED, SAME, LET_IN, OFFICER, WALKED = (
    "DONE", "UNKNOWN", "CHANGED", "SAME", "LET_IN", "OFFICER", "WALKED",
)  # fmt: skip
NOT_OVER, NOT_DUE, NO_REQUEST, PENDING, HELD, DAY = (
    "NOT_OVER", "NOT_DUE", "NO_REQUEST", "PENDING", "HELD", "DAY",
)  # fmt: skip
_OFFICER_NOW = f"""exists (
       select from accounts_membership m join accounts_user u on u.id = m.user_id
       where m.user_id = {{user}} and m.organisation_id = for_organisation and u.is_active
         and m.role = '{Role.PRIVACY_OFFICER}'
         and m.starts_at <= for_at and (m.ends_at is null or m.ends_at > for_at))"""
_WALKED = (
    "exists (select from participants_assignment a where a.file_id = {file} and a.user_id = {user})"
)


def _faces_of(sorts: str) -> str:
    parts = " union ".join(
        f"select f from unnest(array[{', '.join(repr(str(face)) for face in faces)}]) f "  # noqa: S608 -- ours
        f"where '{sort}' = any({sorts})"
        for sort, faces in CLOSES.items()
    )
    return f"array(select f from ({parts}) c order by f)"  # noqa: S608 -- ours


def statements() -> Iterator[str]:
    """Each move of what becomes of what was written."""
    yield "create policy eraser_carries_out on sharing_ending for update to eraser using (true)"
    yield "grant select, update (done_at) on sharing_ending to eraser"
    yield from _propose()
    yield from _confirm()
    yield from _carry_out()
    yield from _begins_again()
    yield from _lift()


def _propose() -> Iterator[str]:
    """One of those who keep proposes; what is refused says why in one word."""
    yield from _function(
        "propose_ending(new_id uuid, of_file uuid, of_sorts text[], of_exit text, of_why text, "
        "until_day date, of_request uuid)",
        "text",
        f"""{ACTING}
begin
  if not {_KEEPS} or access.is_walled_off(for_organisation) or of_file = any(access.no_hand_in())
     or not exists (select from participants_file f
                    where f.id = of_file and f.holder_id = for_organisation)
     or cardinality(of_sorts) = 0 or not of_sorts <@ access.sorts_of(of_file) then
    return '{UNKNOWN}';
  end if;
  perform pg_advisory_xact_lock(hashtextextended(of_file::text, 0));
  if exists (select from sharing_ending e
             where e.id = new_id and e.file_id = of_file and e.proposed_by = for_user) then
    return '{DONE}';
  end if;
  -- Nothing of somebody who is accompanied now.
  if of_exit <> 'KEPT' and not coalesce({_IS_OVER.format(file="of_file")}, false) then
    return '{NOT_OVER}';
  end if;
  if of_exit = 'SEALED' and until_day <= {_DAY} then
    return '{DAY}';
  end if;
  if of_why = 'TERM' and exists (
       select from unnest(of_sorts) w(sort) where not exists (
         select from access.to_review() r where r.of_file = propose_ending.of_file
           and r.of_sort = w.sort)) then
    return '{NOT_DUE}';
  end if;
  if of_why <> 'TERM' and not exists (
       select from sharing_erasurerequest q
       where q.id = of_request and q.file_id = of_file
         and {BY_RIGHT.format(asker="q.asker", file="of_file")}
         and q.organisation_id = for_organisation and not exists (
           select from sharing_ending e
           where e.request_id = q.id and e.exit = 'KEPT' and e.withdrawn_at is null)) then
    return '{NO_REQUEST}';
  end if;
  if exists (
       select from sharing_ending e
       where e.file_id = of_file and e.withdrawn_at is null and e.sorts::text[] && of_sorts
         and (e.confirmed_at is null or e.exit = 'DESTROYED'
           or (e.exit = 'SEALED' and of_exit = 'SEALED' and e.lifted_at is null
             and e.until_on > {_DAY}))) then
    return '{PENDING}';
  end if;
  -- To whoever may know. To others it is proposed as any, and waits as any.
  if of_exit = 'DESTROYED' and {_IS_OFFICER} and of_file = any(access.held_now()) then
    return '{HELD}';
  end if;
  insert into sharing_ending (id, file_id, organisation_id, request_id, sorts, exit, why, until_on,
      proposed_by, proposed_at, lift_ground)
    values (new_id, of_file, for_organisation,
      case of_why when 'TERM' then null else of_request end,
      array(select s from unnest(of_sorts) s order by s), of_exit, of_why,
      case of_exit when 'SEALED' then until_day end, for_user, for_at, '');{
            told("retention.proposed", record="new_id")
        }
  return '{DONE}';
end""",  # noqa: S608 -- every name is ours
        volatility="volatile",
    )
    yield from _function(
        "take_back_ending(of_ending uuid)",
        "boolean",
        f"""{ACTING}
  of_file uuid;
begin
  update sharing_ending set withdrawn_by = for_user, withdrawn_at = for_at
    where id = of_ending and organisation_id = for_organisation and {_KEEPS}
      and confirmed_at is null and withdrawn_at is null
    returning file_id into of_file;
  if of_file is null then
    return exists (select from sharing_ending
                   where id = of_ending and withdrawn_by = for_user);
  end if;{told("retention.taken_back", record="of_ending")}
  return true;
end""",  # noqa: S608 -- every name is ours
        volatility="volatile",
    )


def _confirm() -> Iterator[str]:
    """The second person. What is sealed is closed from this moment."""
    yield from _function(
        "confirm_ending(of_ending uuid)",
        "text",
        f"""{ACTING}
  e sharing_ending;
  of_file uuid;
  is_officer boolean := {_IS_OFFICER};
begin
  select * into e from sharing_ending
    where id = of_ending and organisation_id = for_organisation;
  if e.id is null or not {_KEEPS} or access.is_walled_off(for_organisation)
     or e.file_id = any(access.no_hand_in()) then
    return '{UNKNOWN}';
  end if;
  of_file := e.file_id;
  -- A hold that is being placed at this instant comes before or after, never between.
  perform pg_advisory_xact_lock(hashtextextended(of_file::text, 0));
  select * into e from sharing_ending where id = of_ending for update;
  if e.confirmed_by = for_user then
    return '{DONE}';
  end if;
  if e.confirmed_at is not null or e.withdrawn_at is not null then
    return '{CHANGED}';
  end if;
  if e.proposed_by = for_user then
    return '{SAME}';
  end if;
  if e.proposed_by = any(access.let_in()) then
    return '{LET_IN}';
  end if;
  if not is_officer and not {_OFFICER_NOW.format(user="e.proposed_by")} then
    return '{OFFICER}';
  end if;
  if {_WALKED.format(file="e.file_id", user="for_user")}
     and {_WALKED.format(file="e.file_id", user="e.proposed_by")} then
    return '{WALKED}';
  end if;
  if e.exit <> 'KEPT' and not coalesce({_IS_OVER.format(file="e.file_id")}, false) then
    return '{NOT_OVER}';
  end if;
  if e.request_id is not null and not exists (
       select from sharing_erasurerequest q
       where q.id = e.request_id and {BY_RIGHT.format(asker="q.asker", file="q.file_id")}) then
    return '{CHANGED}';
  end if;
  if e.exit = 'DESTROYED' and e.file_id = any(access.held_now()) then
    return case when is_officer then '{HELD}' else '{CHANGED}' end;
  end if;
  update sharing_ending set confirmed_by = for_user, confirmed_at = for_at where id = of_ending;
  if e.exit = 'SEALED' then
    insert into sharing_seal (id, file_id, organisation_id, faces, starts_at)
      values (of_ending, e.file_id, for_organisation, {_faces_of("e.sorts")}, for_at);
  end if;{told("retention.confirmed", record="of_ending", basis="e.exit")}
  return '{DONE}';
end""",  # noqa: S608 -- every name is ours
        volatility="volatile",
    )


def _carry_out() -> Iterator[str]:
    """What two people decided is destroyed by the service that alone can, unless a hold forbids."""
    yield from _function(
        "endings_to_carry_out",
        "uuid[]",
        f"""
declare
  held uuid[] := access.held_now();
begin
  {destroying.only("service:expiry")}
  return array(
    select e.id from sharing_ending e
    where e.exit = 'DESTROYED' and e.confirmed_at is not null and e.done_at is null
      and e.withdrawn_at is null
      and e.file_id <> all(held)
    order by e.confirmed_at, e.id);
end""",  # noqa: S608 -- every name is ours
        owner="eraser",
    )
    yield from _function(
        "carry_out(of_ending uuid, on_day date)",
        "table(of_file uuid, of_sorts text[])",
        f"""
declare
  e sharing_ending;
begin
  {destroying.only("service:expiry")}
  select * into e from sharing_ending
    where id = of_ending and exit = 'DESTROYED' and confirmed_at is not null
      and done_at is null and withdrawn_at is null for update;
  -- Done already; or held since it was decided, and it waits.
  if e.id is null or e.file_id = any(access.held_now()) then
    return;
  end if;
  perform access.erase(e.file_id, {kinds_of("e.sorts")}, 'retention.' || lower(e.why), on_day);
  update sharing_ending set done_at = (access.context())[5]::timestamptz where id = of_ending;
  return query select e.file_id, e.sorts::text[];
end""",  # noqa: S608 -- every name is ours
        volatility="volatile",
        owner="eraser",
    )


def _begins_again() -> Iterator[str]:
    """What was decided of a follow-up that is over falls when the person comes back: what is
    written from then on was never looked at, and two people decide anew."""
    standing = "e.exit = 'DESTROYED' and e.done_at is null and e.withdrawn_at is null"
    yield from _function(
        "let_decisions_fall",
        "trigger",
        f"""
declare
  fallen uuid;
  of_file uuid := new.file_id;
  same uuid[];
begin
  if new.status in ({OVER_STATUSES}) or not exists (
       select from sharing_ending e
       where {standing} and (e.file_id = of_file or exists (
         select from sharing_joined j
         where of_file in (j.kept_id, j.joined_id) and e.file_id in (
           select j.kept_id union select s.joined_id from sharing_joined s
           where s.kept_id = j.kept_id)))) then
    return new;
  end if;
  same := access.same_person(of_file);
  -- Whatever is being decided or destroyed at this instant comes before, whole.
  perform pg_advisory_xact_lock_shared(hashtextextended(f::text, 0)) from unnest(same) f order by f;
  for fallen, of_file in
    update sharing_ending e set withdrawn_by = new.status_by, withdrawn_at = new.status_at
      where e.file_id = any(same) and {standing} returning e.id, e.file_id
  loop
    declare{ACTING.replace("declare", "", 1)}
    begin{told("retention.fallen", record="fallen")}
    end;
  end loop;
  return new;
end""",  # noqa: S608 -- every name is ours
        volatility="volatile",
        callers="",
    )
    # The trigger is made by whoever owns the table, who must be let to name the function.
    yield "set local role gate"
    yield "grant execute on function access.let_decisions_fall() to owner"
    yield "reset role"
    yield (
        "create trigger begins_again before insert or update on participants_followupstatus "
        "for each row execute function access.let_decisions_fall()"
    )


def _lift() -> Iterator[str]:
    """What is sealed comes back on a legal ground, by two people."""
    found = "id = of_ending and organisation_id = for_organisation and exit = 'SEALED' " + (
        "and confirmed_at is not null"
    )
    yield from _function(
        "ask_to_lift(of_ending uuid, on_ground text)",
        "text",
        f"""{ACTING}
  of_file uuid;
begin
  if not {_KEEPS} or on_ground not in ('DEMAND', 'ACCESS', 'CLAIM') then
    return '{UNKNOWN}';
  end if;
  update sharing_ending
    set lift_asked_by = for_user, lift_asked_at = for_at, lift_ground = on_ground
    where {found} and lift_asked_at is null and file_id <> all(access.no_hand_in())
    returning file_id into of_file;
  if of_file is null then
    return case when exists (select from sharing_ending where {found}
                             and lift_asked_by = for_user) then '{DONE}'
      else '{UNKNOWN}' end;
  end if;{told("retention.lift_asked", record="of_ending", basis="on_ground")}
  return '{DONE}';
end""",  # noqa: S608 -- every name is ours
        volatility="volatile",
    )
    yield from _function(
        "lift_seal(of_ending uuid)",
        "text",
        f"""{ACTING}
  e sharing_ending;
  of_file uuid;
begin
  select * into e from sharing_ending where {found} for update;
  if e.id is null or not {_KEEPS} or e.lift_asked_at is null
     or e.file_id = any(access.no_hand_in()) then
    return '{UNKNOWN}';
  end if;
  if e.lifted_by = for_user then
    return '{DONE}';
  end if;
  if e.lifted_at is not null then
    return '{CHANGED}';
  end if;
  if e.lift_asked_by = for_user then
    return '{SAME}';
  end if;
  if e.lift_asked_by = any(access.let_in()) then
    return '{LET_IN}';
  end if;
  if not {_IS_OFFICER} and not {_OFFICER_NOW.format(user="e.lift_asked_by")} then
    return '{OFFICER}';
  end if;
  of_file := e.file_id;
  update sharing_ending set lifted_by = for_user, lifted_at = for_at where id = of_ending;
  update sharing_seal set ends_at = for_at where id = of_ending;{
            told("retention.lifted", record="of_ending", basis="e.lift_ground")
        }
  return '{DONE}';
end""",  # noqa: S608 -- every name is ours
        volatility="volatile",
    )
