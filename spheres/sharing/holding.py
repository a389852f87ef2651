"""How is a legal hold placed, and ended? By the database, which then destroys nothing of the file.

The privacy officer places it on a file of the organisation, or on a matter at its desk, and asks
that it end; another ends it. Nobody else learns that it is there: what the officer had proposed to
destroy is taken back as any proposal may be, and the file answers as without it. Whoever walks with
the person, and says that a legal demand concerns them, places one at that moment by `freeze`; the
officer ends it through `ask_to_end`, and another through `end`. As long as that demand is open,
neither can: what keeps a hold is said by the models above (`keeps_held`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import connection, transaction

from spheres.accounts.models import Role
from spheres.audit import actions as audit
from spheres.core import context
from spheres.core.actor import Actor
from spheres.core.once import create_once
from spheres.sharing import destroying
from spheres.sharing.functions import ACTING, _function, _live_role, told
from spheres.sharing.models.held import RELEASERS, Hold, HoldWords, KeepsHeld
from spheres.sharing.rules import LEGAL
from spheres.vault import actions as vault

DONE, UNKNOWN, SAME, LET_IN, OPEN = "DONE", "UNKNOWN", "SAME", "LET_IN", "OPEN"

_IS_OFFICER = _live_role(frozenset({Role.PRIVACY_OFFICER}))
_RELEASES = _live_role(frozenset(RELEASERS))
# A file of the organisation; at its desk, what is no file yet.
_OURS: Final = """(exists (select from participants_file f
       where f.id = {file} and f.holder_id = for_organisation)
     or exists (select from sharing_handler h
       where h.matter_id = {file} and h.kind in ('DESK', 'WATCH')
         and h.organisation_id = for_organisation))"""


def known() -> Iterator[str]:
    """Who knows of a hold: the policies of tables ask it."""
    yield from _function(
        "holds_known",
        "uuid[]",
        f"""{ACTING}
begin
  if access.is_walled_off(for_organisation) then
    return '{{}}';
  end if;
  return array(
    select h.id from sharing_hold h
    where h.organisation_id = for_organisation
      and ({_IS_OFFICER} or ({_RELEASES} and h.end_asked_at is not null)));
end""",  # noqa: S608 -- every name is ours
    )


def statements(all_models: Iterable[Any]) -> Iterator[str]:
    """Which matter has this reference, each move of a hold, and what a service may ask of it."""
    yield from _kept(all_models)
    yield from _function(
        "matter_called(reference text)",
        "uuid",
        f"""{ACTING}
  found uuid[];
begin
  if access.is_walled_off(for_organisation) or not {_IS_OFFICER} or length(reference) <> 8 then
    return null;
  end if;
  found := array(
    select f.id from participants_file f
    where f.holder_id = for_organisation and left(f.id::text, 8) = lower(reference)
      and f.id <> all(access.no_hand_in())
    union
    select h.matter_id from sharing_handler h
    where h.kind in ('DESK', 'WATCH') and h.organisation_id = for_organisation
      and left(h.matter_id::text, 8) = lower(reference));
  -- Two that begin alike: neither, rather than the wrong one.
  return case when cardinality(found) = 1 then found[1] end;
end""",  # noqa: S608 -- every name is ours
    )
    yield from _place()
    yield from _end()
    yield from _function(
        "is_held(of_owner uuid)",
        "boolean",
        f"""
begin
  {destroying.only("service:expiry")}
  return of_owner = any(access.held_now());
end""",
        owner="eraser",
    )


def _kept(all_models: Iterable[Any]) -> Iterator[str]:
    """Whether the matter that placed a hold is still open; the least rights to look at it."""
    said = [
        (model._meta.db_table, model.keeps_held)
        for model in all_models
        if isinstance(getattr(model, "keeps_held", None), KeepsHeld)
    ]
    for table, kept in said:
        yield f"create policy gate_keeps_held on {table} for select to gate using (true)"
        yield f"grant select ({', '.join(kept.reads)}) on {table} to gate"
    asked = [
        f"exists (select from {table} x where {kept.row.format(hold='of_hold')})"
        for table, kept in said
    ]
    yield from _function(
        "hold_is_kept(of_hold uuid)",
        "boolean",
        f"begin return {' or '.join(asked) or 'false'}; end",
        callers="gate",
    )


def _place() -> Iterator[str]:
    yield from _function(
        "place_hold(new_id uuid, of_file uuid, on_ground text)",
        "boolean",
        f"""{ACTING}
  taken uuid;
begin
  if access.is_walled_off(for_organisation)
     or not ({_IS_OFFICER} or of_file = any(access.amendable_{LEGAL}_files()))
     or not {_OURS.format(file="of_file")} or of_file = any(access.no_hand_in()) then
    return false;
  end if;
  -- Whatever is being destroyed at this instant is over, or waits and is refused.
  perform pg_advisory_xact_lock(hashtextextended(of_file::text, 0));
  if exists (select from sharing_hold h where h.id = new_id) then
    return exists (select from sharing_hold h
                   where h.id = new_id and h.placed_by = for_user and h.file_id = of_file);
  end if;
  insert into sharing_hold (id, file_id, organisation_id, ground, placed_by, placed_at)
    values (new_id, of_file, for_organisation, on_ground, for_user, for_at);
  -- What an officer proposed to destroy, and somebody else could still confirm.
  for taken in
    update sharing_ending e set withdrawn_by = for_user, withdrawn_at = for_at
      where e.file_id = of_file and e.exit = 'DESTROYED'
        and e.confirmed_at is null and e.withdrawn_at is null
        and exists (
          select from accounts_membership m
          where m.user_id = e.proposed_by and m.organisation_id = for_organisation
            and m.role = '{Role.PRIVACY_OFFICER}'
            and m.starts_at <= for_at and (m.ends_at is null or m.ends_at > for_at))
      returning e.id
  loop{told("retention.taken_back", record="taken")}
  end loop;
  return true;
end""",  # noqa: S608 -- every name is ours
        volatility="volatile",
    )


def _end() -> Iterator[str]:
    yield from _function(
        "ask_to_end_hold(of_hold uuid)",
        "boolean",
        f"""{ACTING}
begin
  update sharing_hold set end_asked_by = for_user, end_asked_at = for_at
    where id = of_hold and organisation_id = for_organisation and {_IS_OFFICER}
      and end_asked_at is null and file_id <> all(access.no_hand_in())
      and not access.hold_is_kept(of_hold);
  return found or exists (
    select from sharing_hold where id = of_hold and end_asked_by = for_user);
end""",  # noqa: S608 -- every name is ours
        volatility="volatile",
    )
    yield from _function(
        "end_hold(of_hold uuid)",
        "text",
        f"""{ACTING}
  h sharing_hold;
begin
  select * into h from sharing_hold
    where id = of_hold and organisation_id = for_organisation for update;
  if h.id is null or not {_RELEASES} or h.end_asked_at is null
     or h.file_id = any(access.no_hand_in()) then
    return '{UNKNOWN}';
  end if;
  if h.ended_at is not null then
    return '{DONE}';
  end if;
  if h.end_asked_by = for_user then
    return '{SAME}';
  end if;
  if h.end_asked_by = any(access.let_in()) then
    return '{LET_IN}';
  end if;
  if access.hold_is_kept(of_hold) then
    return '{OPEN}';
  end if;
  update sharing_hold set ended_by = for_user, ended_at = for_at where id = of_hold;
  return '{DONE}';
end""",  # noqa: S608 -- every name is ours
        volatility="volatile",
    )


# What is called from above. Its line of the journal is the actor's own: the file's says nothing.


@transaction.atomic
def place(
    hold_id: UUID, file_id: UUID, *, ground: str, words: str, by: Actor, at: datetime
) -> bool:
    """From now on nothing of this file, or matter, is destroyed. Sent twice, it is placed once.

    False when it is none of the organisation's: what does not exist answers the same.
    """
    context.require(by)
    if ground not in Hold.Ground.values:
        raise ValueError(f"{ground} is no ground of a hold.")
    if not by.has(Role.PRIVACY_OFFICER):  # whoever walks with them says no word of it: `freeze`
        return False
    with connection.cursor() as cursor:
        cursor.execute("select access.place_hold(%s, %s, %s)", [hold_id, file_id, ground])
        if not cursor.fetchone()[0]:
            return False
    row = HoldWords(id=hold_id, file_id=file_id, written_by=by.user_id, written_at=at)
    vault.lock(row, words=words)
    if create_once(row):
        audit.record(
            "hold.placed", by=by, records=[hold_id], basis=ground, digest=vault.digest(row)
        )
    return True


@transaction.atomic
def freeze(hold_id: UUID, file_id: UUID, *, ground: str, by: Actor) -> bool:
    """A legal demand concerns this person, says whoever walks with them: from now on nothing of
    their file is destroyed. They see nothing of the hold; sent twice, it is placed once."""
    context.require(by)
    if ground not in Hold.Ground.values:
        raise ValueError(f"{ground} is no ground of a hold.")
    with connection.cursor() as cursor:
        cursor.execute("select access.place_hold(%s, %s, %s)", [hold_id, file_id, ground])
        is_placed = bool(cursor.fetchone()[0])
    if is_placed:
        audit.record("hold.placed", by=by, records=[hold_id], basis=ground)
    return is_placed


@transaction.atomic
def ask_to_end(hold_id: UUID, *, by: Actor) -> bool:
    """The officer says that it may end; another person ends it. False as long as the demand that
    placed it is open."""
    context.require(by)
    with connection.cursor() as cursor:
        cursor.execute("select access.ask_to_end_hold(%s)", [hold_id])
        asked = bool(cursor.fetchone()[0])
    if asked:
        audit.record("hold.end_asked", by=by, records=[hold_id])
    return asked


@transaction.atomic
def end(hold_id: UUID, *, by: Actor) -> str:
    """The second person ends it: DONE, SAME when it is the one who asked, OPEN as long as the
    demand that placed it is, UNKNOWN else."""
    context.require(by)
    with connection.cursor() as cursor:
        cursor.execute("select access.end_hold(%s)", [hold_id])
        became = str(cursor.fetchone()[0])
    if became == DONE:
        audit.record("hold.ended", by=by, records=[hold_id])
    return became
