"""Which functions destroy keys and texts, or wrap keys anew? Generated from the models.

They pass the triggers that keep rows as written, so each asks the signed context which service is
acting; nobody else can call them to an effect (ADR vault-and-audit).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.db import models

from spheres.sharing import functions
from spheres.sharing.models.keeping import kinds_of
from spheres.vault.models import Kind, Lockable

Model = type[models.Model]


HELD = "SP002"  # what the database says when a legal hold forbids to destroy
# What two people decide of, once somebody is or was accompanied.
DECIDED = (Kind.FOLLOW_UP, Kind.THERAPY, Kind.REGISTER)


class Stranded(Exception):
    """A row would outlive the text it hangs on: its table needs a `file_id`."""


def statements(all_models: Iterable[Model]) -> Iterator[str]:
    """What destroys, what tells the service that destroys, and `wrap_anew`; with least rights."""
    all_models = list(all_models)
    tables = {kind: _tables(kind, all_models) for kind in Kind}
    for kind in Kind:
        _nothing_stays_behind(kind, tables[kind], all_models)
    going = {model._meta.db_table for model in all_models if hasattr(model, "GOES_WITH")}
    going |= {model._meta.db_table for model in _kept_by_a_rule(all_models) if _is_forgotten(model)}
    for table in sorted(going.union(*tables.values())):
        yield f"create policy eraser_finds on {table} for select to eraser using (true)"
        yield f"create policy eraser_deletes on {table} for delete to eraser using (true)"
        yield f"grant select, delete on {table} to eraser"
    # What two people decided, where that is what a rule waits for: looked at, and left as it is.
    for model in all_models:
        if getattr(model, "DECIDES_WHAT_GOES", False):
            table = model._meta.db_table
            yield f"create policy eraser_looks on {table} for select to eraser using (true)"
            yield f"grant select on {table} to eraser"
    yield "create policy eraser_marks on vault_tombstone for insert to eraser with check (true)"
    yield "create policy eraser_tells on audit_event for insert to eraser with check (true)"
    yield "grant insert on vault_tombstone, audit_event to eraser"
    yield "grant select, delete on vault_datakey to eraser"
    yield from functions._function(
        "erase(of_owner uuid, of_kinds text[], for_basis text, on_day date)",
        "bigint",
        _erase_body(tables, all_models),
        volatility="volatile",
        owner="eraser",
    )
    yield from functions._function(
        "is_erased(of_owner uuid, of_kind text)",
        "boolean",
        "begin perform access.context(); return exists (select from vault_tombstone t "
        "where t.owner_id = of_owner and t.kind = of_kind); end",
    )
    yield from functions._function(
        "is_written_since(of_owner uuid, of_kinds text[], since timestamptz)",
        "boolean",
        _written_since_body(all_models),
        owner="eraser",
    )
    yield from functions._function(
        "due(of_rule text, before timestamptz)",
        "uuid[]",
        _due_body(all_models),
        owner="eraser",
    )
    yield from functions._function(
        "forget_due(of_rule text, before timestamptz)",
        "bigint",
        _forget_body(all_models),
        volatility="volatile",
        owner="eraser",
    )
    # Of which file a row is, for those who count readings: nothing of what it says.
    hanging = sorted({t for found in tables.values() for t in found} & _named(all_models))
    found = " union all ".join(
        f"select t.id, t.file_id from {table} t where t.id = any(of_rows)"  # noqa: S608 -- ours
        for table in hanging
    )
    yield from functions._function(
        "files_of(of_rows uuid[])",
        "table(of_row uuid, of_file uuid)",
        f"begin return query {found}; end",
        owner="eraser",
        callers="gate",
    )
    yield from functions._function(
        "wrap_anew(numbers bigint[], with_kek text, wrapped_keys bytea[])",
        "void",
        f"""
begin
  {only("service:rotation")}
  update vault_datakey k set kek_id = with_kek, wrapped = n.wrapped
    from unnest(numbers, wrapped_keys) as n(number, wrapped) where k.number = n.number;
end""",  # noqa: S608 -- every name is ours
        volatility="volatile",
    )


def _erase_body(tables: dict[Kind, list[str]], all_models: list[Model]) -> str:
    deletions = "".join(
        f"""
  if '{kind}' = any(of_kinds) then
  {_going_first(kind, all_models)}{"".join(_deletion(table) for table in found)}
  {_going_with(kind, all_models)}
  end if;"""
        for kind, found in tables.items()
        if found or _going_first(kind, all_models) or _going_with(kind, all_models)
    )
    return f"""
declare
  c text[] := access.context();
  removed bigint;
  destroyed bigint := 0;
begin
  {only("service:expiry")}
  -- Whoever mints a key for this owner waits until this is over (vault/migrations/0003).
  perform pg_advisory_xact_lock(hashtextextended(of_owner::text, 0));
  -- A legal hold blocks every destruction, whoever decided it.
  if of_owner = any(access.held_now()) then
    raise exception 'held' using errcode = '{HELD}';
  end if;
  -- What a colleague wrote for herself goes once she has left, and never under a hold.
  if exists (select from sharing_stay s where s.id = of_owner) then
    if access.is_stay_held(of_owner) then
      raise exception 'held' using errcode = '{HELD}';
    end if;
    if not access.is_stay_over(of_owner) then
      raise exception 'still here' using errcode = '42501';
    end if;
  end if;
  -- Of somebody who was accompanied, nothing goes that two people did not decide.
  if of_kinds && array[{", ".join(f"'{kind}'" for kind in DECIDED)}]
     and exists (select from participants_followup f where f.file_id = of_owner)
     and not exists (
       select from sharing_ending e
       where e.file_id = of_owner and e.exit = 'DESTROYED' and e.confirmed_at is not null
         and e.withdrawn_at is null
         and of_kinds <@ {kinds_of("e.sorts")}) then
    raise exception 'two people decide' using errcode = '42501';
  end if;
  insert into vault_tombstone (id, owner_id, kind, basis, erased_on, erased_by)
    select gen_random_uuid(), of_owner, k, for_basis, on_day, c[1]::uuid from unnest(of_kinds) k
    on conflict do nothing;{deletions}
  delete from vault_datakey where owner_id = of_owner and kind = any(of_kinds);
  -- What was written of a hold has a key of its own, and goes with the registers.
  delete from vault_datakey where kind = any(of_kinds)
    and owner_id in (select h.id from sharing_hold h where h.file_id = of_owner);
  insert into audit_event (id, at, chain, chain_id, actor_id, organisation_id, roles, purpose,
      action, sections, record_ids, digest, basis, session, network, transaction, number)
    -- Who, when and in which roles are stamped from the context, as for any event.
    select gen_random_uuid(), c[5]::timestamptz, 'FILE', of_owner, c[1]::uuid, c[2]::uuid,
      '{{}}', '', 'erased.' || lower(k), '{{}}', '{{}}', '', for_basis, '', '', 0, 0
    from unnest(of_kinds) k order by k;
  return destroyed;
end"""  # noqa: S608 -- every name is ours


def _going_first(kind: Kind, all_models: list[Any]) -> str:
    """What is found by a row that goes too: a letter, by the request that was taken from it."""
    return " ".join(
        f"{_keys_of(model, _of_owner(model))} "  # noqa: S608 -- every name is ours
        f"delete from {model._meta.db_table} t where {_of_owner(model)};"
        for model in all_models
        if getattr(model, "GOES_WITH", (None,))[0] == kind and "{owner}" in model.GOES_WITH[1]
    )


def _of_owner(model: Any) -> str:
    return str(model.GOES_WITH[1].format(owner="of_owner"))


def _keys_of(model: Any, which: str) -> str:
    """What has a key of its own loses it: no copy of the row is read any more."""
    if not getattr(model, "KEY_GOES", False):
        return ""
    return (
        f"delete from vault_datakey k where k.kind = '{model.KIND}' and k.owner_id in "  # noqa: S608 -- ours
        f"(select t.id from {model._meta.db_table} t where {which});"
    )


def _going_with(kind: Kind, all_models: list[Any]) -> str:
    """What says who was asked, or who knows her: it goes with the texts, and counts as none."""
    return " ".join(
        f"delete from {model._meta.db_table} where {model.GOES_WITH[1]} = of_owner "  # noqa: S608 -- every name is ours
        f"and {getattr(model, 'GOES_IF', 'true')};"
        for model in all_models
        if getattr(model, "GOES_WITH", (None,))[0] == kind and "{owner}" not in model.GOES_WITH[1]
    )


def _nothing_stays_behind(kind: Kind, texts: list[str], all_models: list[Any]) -> None:
    """What hangs on a row that goes with the texts of a kind goes with them too: a row left behind
    would forbid the whole destruction, for ever."""
    goes = {model for model in all_models if getattr(model, "GOES_WITH", (None,))[0] == kind}
    for other in all_models:
        if other in goes or other._meta.db_table in texts:
            continue
        for field in other._meta.concrete_fields:
            if isinstance(field, models.ForeignKey) and field.related_model in goes:
                raise Stranded(f"{other._meta.label} hangs on {field.related_model._meta.label}.")


def _due_body(all_models: list[Model]) -> str:
    """Texts that are their own owner, and are erased with their key, one by one."""
    answers = "".join(
        f"if of_rule = '{model.KEEP}' then return array(select id from {model._meta.db_table} "  # noqa: S608 -- every name is ours
        f"where {model.KEPT_FROM} <= before and id <> all(held) "
        f"order by {model.KEPT_FROM}, id); end if; "
        for model in _kept_by_a_rule(all_models)
        if not _is_forgotten(model)
    )
    return f"""
declare
  held uuid[] := access.held_now();
begin
  {only("service:expiry")}
  {answers}
  raise exception 'nothing is kept by this rule';
end"""


def _forget_body(all_models: list[Model]) -> str:
    """Texts that share the key of their file: the rows go, and what the key still locks stays. And
    those of a desk, with the key they have of their own."""
    rules: dict[str, list[Any]] = {}
    for model in _kept_by_a_rule(all_models):
        if _is_forgotten(model):
            rules.setdefault(model.KEEP, []).append(model)
    deletions = "".join(
        f"if of_rule = '{rule}' then {''.join(_forgets(model) for model in found)} "
        "return removed; end if; "
        for rule, found in rules.items()
    )
    return f"""
declare
  removed bigint := 0;
  gone bigint;
  held uuid[] := access.held_now();
begin
  {only("service:expiry")}
  {deletions}
  raise exception 'nothing is kept by this rule';
end"""


def _forgets(model: Any) -> str:
    owner = "file_id" if _hangs_on_a_file(model) else "id"
    which = (
        f"t.{model.KEPT_FROM} <= before and t.{owner} <> all(held) "
        f"and {getattr(model, 'KEPT_UNLESS', 'true')}"
    )
    return (
        f"{_keys_of(model, which)} delete from {model._meta.db_table} t where {which}; "  # noqa: S608 -- every name is ours
        "get diagnostics gone = row_count; removed := removed + gone; "
    )


def _is_forgotten(model: Any) -> bool:
    return _hangs_on_a_file(model) or hasattr(model, "KEPT_UNLESS")


def _kept_by_a_rule(all_models: list[Model]) -> list[Any]:
    """Models that say by which of the region's rules they are kept, and from which moment."""
    return [model for model in all_models if hasattr(model, "KEEP") and hasattr(model, "KEPT_FROM")]


def _written_since_body(all_models: list[Model]) -> str:
    """A yes or a no for the service that forgets: it learns neither what was written, nor by whom.

    The dates of writing are the columns `written_at` and `saved_at` of whatever hangs on a file.
    """
    tests = [
        f"if '{model.KIND}' = any(of_kinds) and exists (select from {model._meta.db_table} "
        f"where file_id = of_owner and {field.column} > since) then return true; end if;"
        for model in all_models
        if issubclass(model, Lockable) and _hangs_on_a_file(model)
        for field in model._meta.concrete_fields
        if field.column in {"written_at", "saved_at"}
    ]
    return f"""
begin
  {only("service:expiry")}
  {"".join(tests)}
  return false;
end"""


def _deletion(table: str) -> str:
    return f"""
    delete from {table} where file_id = of_owner;
    get diagnostics removed = row_count;
    destroyed := destroyed + removed;"""  # noqa: S608 -- every name is ours


def only(service: str) -> str:
    """The first line of a function that one service alone may call to an effect."""
    return (
        f"if not string_to_array((access.context())[3], ',') && array['{service}'] then "
        f"raise exception 'only {service} may do this' using errcode = '42501'; end if;"
    )


def _tables(kind: Kind, all_models: list[Model]) -> list[str]:
    """The tables of one kind's texts, after those that hang on them (a note's standing)."""
    going: list[Model] = [
        model
        for model in all_models
        if issubclass(model, Lockable) and kind == model.KIND and _hangs_on_a_file(model)
    ]
    for model in going:  # grows as it is walked: what hangs on what hangs on a text goes too
        for other in all_models:
            if other not in going and any(
                isinstance(field, models.ForeignKey) and field.related_model is model
                for field in other._meta.concrete_fields
            ):
                if not _hangs_on_a_file(other):
                    raise Stranded(f"{other._meta.label} hangs on {model._meta.label}.")
                going.append(other)
    return [model._meta.db_table for model in reversed(going)]


def _named(all_models: list[Model]) -> set[str]:
    """Tables whose rows the vault opens one by one, each under its own identifier."""
    return {
        model._meta.db_table
        for model in all_models
        if issubclass(model, Lockable) and model._meta.pk.column == "id"
    }


def _hangs_on_a_file(model: Model) -> bool:
    return any(field.column == "file_id" for field in model._meta.concrete_fields)
