"""Which functions give wrapped keys, and mint them? The table itself is open to nobody.

A wrapped key is useless without the key file, so whoever names a key's number and its owner is
given it. A new one is written under conditions: a key that opens nothing, in front of a true one,
would stop every writing (ADR walls).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from spheres.core.actor import PARTICIPANT, SEAT
from spheres.sharing import rules
from spheres.sharing.functions import _function

KEY = (
    "table(number bigint, owner_id uuid, kind text, generation integer, kek_id text, wrapped bytea)"
)
COLUMNS = "k.number, k.owner_id, k.kind::text, k.generation, k.kek_id::text, k.wrapped"
ROTATION = "service:rotation"
# A nonce, a key and a tag (spheres/vault/cipher.py).
WRAPPED = 12 + 32 + 16
# What is written in a file by whoever writes in a section of it.
KINDS_WRITTEN: Final = {
    face: {
        rules.THERAPY: ("FOLLOW_UP", "DRAFT", "THERAPY", "REGISTER"),
        rules.LEGAL: ("FOLLOW_UP", "DRAFT", "REGISTER"),
        rules.RELATION: ("FOLLOW_UP", "DRAFT", "REGISTER"),
    }.get(face, ("FOLLOW_UP", "DRAFT"))
    for face in rules.FACES
}


def statements() -> Iterator[str]:
    """`keys`, `newest_key`, `mint_key`; and what the service of rotation wraps and mints."""
    yield from _function(
        "keys(of_numbers bigint[], of_owners uuid[])",
        KEY,
        f"""
begin
  perform access.context();
  return query select {COLUMNS} from vault_datakey k
    where k.number = any(of_numbers) and k.owner_id = any(of_owners);
end""",  # noqa: S608 -- every name is ours
    )
    yield from _function(
        "newest_key(of_owner uuid, of_kind text)",
        KEY,
        f"""
begin
  perform access.context();
  return query select {COLUMNS} from vault_datakey k
    where k.owner_id = of_owner and k.kind = of_kind order by k.generation desc limit 1;
end""",  # noqa: S608 -- every name is ours
    )
    yield from _function(
        "keys_to_wrap(with_kek text, at_most bigint)",
        KEY,
        f"""
begin
  if not access.holds(array['{ROTATION}']) then
    raise exception 'only {ROTATION} may do this' using errcode = '42501';
  end if;
  return query select {COLUMNS} from vault_datakey k
    where k.kek_id <> with_kek order by k.number limit at_most;
end""",  # noqa: S608 -- every name is ours
    )
    yield from _rotated()
    yield from _function(
        "may_mint(of_owner uuid, of_kind text)",
        "boolean",
        _may_mint_body(),
        callers="gate",
    )
    yield from _function(
        "mint_key(new_number bigint, of_owner uuid, of_kind text, after_generation integer, "
        "with_kek text, new_wrapped bytea)",
        "void",
        f"""
declare
  c text[] := access.context();
begin
  if length(new_wrapped) <> {WRAPPED} then
    raise exception 'not a wrapped key' using errcode = '42501';
  end if;
  -- Where texts were erased, the table's own trigger says so, whoever asks.
  if not exists (
       select from vault_tombstone t where t.owner_id = of_owner and t.kind = of_kind)
     and not access.holds(array['{ROTATION}'])
     and (after_generation <> 0 or not access.may_mint(of_owner, of_kind)) then
    raise exception 'not yours to lock' using errcode = '42501';
  end if;
  -- The next one and no other; nothing when somebody else has just minted it.
  insert into vault_datakey (number, owner_id, kind, generation, kek_id, wrapped, minted_at)
    select new_number, of_owner, of_kind, after_generation + 1, with_kek, new_wrapped,
      c[5]::timestamptz
    where after_generation = (
      select coalesce(max(k.generation), 0) from vault_datakey k
      where k.owner_id = of_owner and k.kind = of_kind)
    on conflict do nothing;
end""",  # noqa: S608 -- every name is ours
        volatility="volatile",
    )


def _rotated() -> Iterator[str]:
    """A new key for what will be written, of every owner whose newest is old; never where texts
    were erased, and never in the place of one that somebody has just minted."""
    only = f"""
  if not access.holds(array['{ROTATION}']) then
    raise exception 'only {ROTATION} may do this' using errcode = '42501';
  end if;"""
    yield from _function(
        "newest_keys(minted_before timestamptz, at_most bigint)",
        KEY,
        f"""
begin{only}
  return query select {COLUMNS} from vault_datakey k
    where k.minted_at < minted_before
      and not exists (
        select from vault_datakey n
        where n.owner_id = k.owner_id and n.kind = k.kind and n.generation > k.generation)
      and not exists (
        select from vault_tombstone t where t.owner_id = k.owner_id and t.kind = k.kind)
    order by k.number limit at_most;
end""",  # noqa: S608 -- every name is ours
    )
    yield from _function(
        "mint_next(new_numbers bigint[], of_owners uuid[], of_kinds text[], "
        "after_generations integer[], with_kek text, new_wrapped bytea[])",
        "void",
        f"""
declare
  c text[] := access.context();
begin{only}
  insert into vault_datakey (number, owner_id, kind, generation, kek_id, wrapped, minted_at)
    select w.number, w.owner_id, w.kind, w.generation + 1, with_kek, w.wrapped, c[5]::timestamptz
    from unnest(new_numbers, of_owners, of_kinds, after_generations, new_wrapped)
      as w(number, owner_id, kind, generation, wrapped)
    where length(w.wrapped) = {WRAPPED} and w.generation = (
      select max(k.generation) from vault_datakey k
      where k.owner_id = w.owner_id and k.kind = w.kind)
    order by w.number
    on conflict do nothing;
end""",  # noqa: S608 -- every name is ours
        volatility="volatile",
    )


def _may_mint_body() -> str:
    """The first key of an owner: oneself; a file, a matter, a committee to which one may write,
    from a seat too; one just arriving, of whomever. Of a file, of the kinds that one writes there:
    a first key that opens nothing stops every writing of its kind."""
    files = "\n    or ".join(
        f"(of_kind = any(array[{_listed(kinds)}]) "
        f"and of_owner = any(access.appendable_{face}_files()))"
        for face, kinds in KINDS_WRITTEN.items()
    )
    services = ", ".join(f"'{name}'" for name in rules.MINTERS)
    return f"""
declare
  c text[] := access.context();
begin
  if c[3] = 'visitor' then
    -- All visitors share one identifier; a referral brings a matter that nobody has yet.
    return of_kind = 'REFERRAL' and access.may_arrive(of_owner)
      and not exists (select from sharing_handler h where h.matter_id = of_owner);
  end if;
  if c[3] = '{PARTICIPANT}' and of_kind <> 'FOLLOW_UP' then
    return false;
  end if;
  return of_owner = c[1]::uuid or access.holds(array[{services}])
    or of_owner = any(access.files_asked()) or of_owner = any(access.holds_known())
    or of_owner = any(access.my_stays())
    or of_owner = any(access.committees('{{BRINGING}}'))
    or of_owner = any(access.handled('{{DESK,OFFERED,ENTRUSTED}}'))
    -- What arrives in no file, and is about nobody yet: a letter, a demand.
    or (access.is_staff() and access.may_arrive(of_owner) and not exists (
      select from sharing_handler h where h.matter_id = of_owner))
    or (c[4] = '{SEAT}' and of_owner = any(access.readable_{rules.LEGAL}_files()))
    or {files};
end"""  # noqa: S608 -- every name is ours


def _listed(kinds: tuple[str, ...]) -> str:
    return ", ".join(f"'{kind}'" for kind in kinds)
