"""Which functions destroy keys and texts, or wrap keys anew? Generated from the models.

They pass the triggers that keep rows as written, so each asks the signed context which service is
acting; nobody else can call them to an effect (ADR vault-and-audit).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.db import models

from spheres.sharing import functions
from spheres.vault.models import Kind, Lockable

Model = type[models.Model]


class Stranded(Exception):
    """A row would outlive the text it hangs on: its table needs a `file_id`."""


def statements(all_models: Iterable[Model]) -> Iterator[str]:
    """`erase`, `is_erased`, `is_written_since` and `wrap_anew`, with the least rights they need."""
    all_models = list(all_models)
    tables = {kind: _tables(kind, all_models) for kind in Kind}
    for table in sorted({table for found in tables.values() for table in found}):
        yield f"create policy eraser_finds on {table} for select to eraser using (true)"
        yield f"create policy eraser_deletes on {table} for delete to eraser using (true)"
        yield f"grant select, delete on {table} to eraser"
    yield "create policy eraser_marks on vault_tombstone for insert to eraser with check (true)"
    yield "create policy eraser_tells on audit_event for insert to eraser with check (true)"
    yield "grant insert on vault_tombstone, audit_event to eraser"
    yield "grant select, delete on vault_datakey to eraser"
    yield from functions._function(
        "erase(of_owner uuid, of_kinds text[], for_basis text, on_day date)",
        "bigint",
        _erase_body(tables),
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
        "wrap_anew(numbers bigint[], with_kek text, wrapped_keys bytea[])",
        "void",
        f"""
begin
  {_only("service:rotation")}
  update vault_datakey k set kek_id = with_kek, wrapped = n.wrapped
    from unnest(numbers, wrapped_keys) as n(number, wrapped) where k.number = n.number;
end""",  # noqa: S608 -- every name is ours
        volatility="volatile",
    )


def _erase_body(tables: dict[Kind, list[str]]) -> str:
    deletions = "".join(
        f"""
  if '{kind}' = any(of_kinds) then{"".join(_deletion(table) for table in found)}
  end if;"""
        for kind, found in tables.items()
        if found
    )
    return f"""
declare
  c text[] := access.context();
  removed bigint;
  destroyed bigint := 0;
begin
  {_only("service:expiry")}
  -- Whoever mints a key for this owner waits until this is over (vault/migrations/0003).
  perform pg_advisory_xact_lock(hashtextextended(of_owner::text, 0));
  insert into vault_tombstone (id, owner_id, kind, basis, erased_on, erased_by)
    select gen_random_uuid(), of_owner, k, for_basis, on_day, c[1]::uuid from unnest(of_kinds) k
    on conflict do nothing;{deletions}
  delete from vault_datakey where owner_id = of_owner and kind = any(of_kinds);
  insert into audit_event (id, at, chain, chain_id, actor_id, organisation_id, roles, purpose,
      action, sections, record_ids, digest, basis, session, network, transaction, number)
    -- Who, when and in which roles are stamped from the context, as for any event.
    select gen_random_uuid(), c[5]::timestamptz, 'FILE', of_owner, c[1]::uuid, c[2]::uuid,
      '{{}}', '', 'erased.' || lower(k), '{{}}', '{{}}', '', for_basis, '', '', 0, 0
    from unnest(of_kinds) k order by k;
  return destroyed;
end"""  # noqa: S608 -- every name is ours


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
  {_only("service:expiry")}
  {"".join(tests)}
  return false;
end"""


def _deletion(table: str) -> str:
    return f"""
    delete from {table} where file_id = of_owner;
    get diagnostics removed = row_count;
    destroyed := destroyed + removed;"""  # noqa: S608 -- every name is ours


def _only(service: str) -> str:
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


def _hangs_on_a_file(model: Model) -> bool:
    return any(field.column == "file_id" for field in model._meta.concrete_fields)
