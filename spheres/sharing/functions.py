"""Which functions stand in the database behind the policies? Generated from the rule table.

All live in the schema `access`, belong to the NOLOGIN role `gate`, have a fixed search path, and
are executable by `app` only where it asks them itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import product

from spheres.accounts.models import Role
from spheres.core.actor import ASKER, ORDINARY, PARTICIPANT, PURPOSES
from spheres.sharing import rules
from spheres.sharing.relations import ASSIGNED, Relation
from spheres.sharing.rules import Act

DROP_POLICIES = """
do $$
declare r record;
begin
  for r in select policyname, schemaname, tablename from pg_policies
           where schemaname in ('public', 'keys') loop
    execute format('drop policy %I on %I.%I', r.policyname, r.schemaname, r.tablename);
  end loop;
  for r in select t.tgname, t.tgrelid::regclass as tablename from pg_trigger t
           where t.tgname like 'kept_as_written%'
                 or t.tgname in (
                   'begins_again', 'watched', 'moves_as_said', 'ends_once', 'goes_on')
      loop
    execute format('drop trigger %I on %s', r.tgname, r.tablename);
  end loop;
  for r in select p.oid::regprocedure as name from pg_proc p
           where p.pronamespace = 'access'::regnamespace
             and obj_description(p.oid) = 'compiled' loop
    execute format('drop function %s', r.name);
  end loop;
end $$"""


# Who acts, where, in which roles, and when: what nearly every function begins with.
ACTING = """
declare
  c text[] := access.context();
  for_user uuid := c[1]::uuid;
  for_organisation uuid := c[2]::uuid;
  for_roles text[] := string_to_array(c[3], ',');
  for_at timestamptz := c[5]::timestamptz;"""


def told(action: str, *, record: str, basis: str = "''") -> str:
    """An event in the chain of `of_file`; who, when and in which roles are stamped from the
    context, as for any event."""
    return f"""
  insert into audit_event (id, at, chain, chain_id, actor_id, organisation_id, roles, purpose,
      action, sections, record_ids, digest, basis, session, network, transaction, number)
    values (gen_random_uuid(), for_at, 'FILE', of_file, for_user, for_organisation, '{{}}', '',
      '{action}', '{{}}', array[{record}], '', {basis}, '', '', 0, 0);"""  # noqa: S608 -- ours


def _function(
    signature: str,
    returns: str,
    body: str,
    *,
    volatility: str = "stable",
    owner: str = "gate",
    callers: str = "app",
) -> Iterator[str]:
    name = signature if signature.endswith(")") else f"{signature}()"
    # Callers name a function by its types; ours have no default and no output argument.
    types = ", ".join(
        part.strip().split(" ", 1)[1] for part in name[name.index("(") + 1 : -1].split(",") if part
    )
    bare = f"access.{name[: name.index('(')]}({types})"
    yield (
        f"create function access.{name} returns {returns} language plpgsql {volatility} "
        # Planned once for a connection: planning anew costs more than what is asked.
        "security definer set plan_cache_mode = force_generic_plan "
        f"set search_path = pg_catalog, public, keys, pg_temp as $body${body}$body$"
    )
    yield f"comment on function {bare} is 'compiled'"
    yield f"revoke all on function {bare} from public"
    if callers:
        yield f"grant execute on function {bare} to {callers}"
    yield f"alter function {bare} owner to {owner}"


_VERIFY = """
declare
  raw text := current_setting('spheres.context', true);
  part text[];
  pad access.context_key;
begin
  if raw is null or raw = '' then
    raise exception 'no context' using errcode = '42501';
  end if;
  part := string_to_array(raw, '|');
  if cardinality(part) <> 7 then
    raise exception 'malformed context' using errcode = '42501';
  end if;
  select * into strict pad from access.context_key;
  if encode(sha256(pad.opad || sha256(pad.ipad
       || convert_to(left(raw, length(raw) - length(part[7]) - 1), 'UTF8'))), 'hex') <> part[7] then
    raise exception 'forged context' using errcode = '42501';
  end if;
  if to_timestamp(part[6]::bigint) < clock_timestamp() then
    raise exception 'expired context' using errcode = '42501';
  end if;
  return part;
end"""


def _files(
    relation: Relation | rules.Veto,
    face: str = "for_face",
    user: str = "for_user",
    purpose: str = "for_purpose",
) -> str:
    return relation.files.format(
        user=user,
        organisation="for_organisation",
        since="for_since",
        at="for_at",
        face=face,
        purpose=purpose,
    )


def _vetoes(
    face: str = f"'{rules.RELATION}'",
    user: str = "for_user",
    purpose: str = f"'{ORDINARY}'",
    vetoes: Iterable[rules.Veto] | None = None,
) -> str:
    """All that is withdrawn, whatever else is granted: what `except` takes away.

    Of a matter as a whole, what is withdrawn is who walks with her: whoever is barred from that is
    barred from all.
    """
    vetoes = rules.VETOES if vetoes is None else tuple(vetoes)
    vetoed = "\n  union all ".join(
        f"({_files(veto, face, user, purpose)})" for veto in vetoes if veto.on_both
    )
    of_itself = "".join(
        f"\n  union all ({_files(veto, face, user, purpose)})"
        for veto in vetoes
        if not veto.on_both
    )
    return (
        f"(with vetoed as ({vetoed})\n  select v.file_id from vetoed v"  # noqa: S608 -- ours
        f"\n  union all ({rules.OTHER_FILE.format(at='for_at')}){of_itself})"
    )


# The roles claimed, and held now where she acts, with an open account.
_HELD = """accounts_membership m join accounts_user u on u.id = m.user_id
        where m.user_id = for_user and m.organisation_id = for_organisation and u.is_active
          and m.role = any(for_roles) and m.starts_at <= for_at
          and (m.ends_at is null or m.ends_at > for_at)"""


def _live_role(roles: frozenset[str]) -> str:
    return _live(f"m.role in ({_quoted(roles)})")


def _live(role: str) -> str:
    """A role claimed, and held now where she acts, with an open account."""
    return f"""exists (
        select from {_HELD}
          and {role})"""


def _quoted(roles: frozenset[str]) -> str:
    return ", ".join(f"'{role}'" for role in sorted(roles))


CONTEXT = (
    *_function("context", "text[]", _VERIFY, callers="gate, eraser"),
    *_function("actor", "uuid", "begin return (access.context())[1]::uuid; end"),
    *_function("organisation", "uuid", "begin return (access.context())[2]::uuid; end"),
    *_function("purpose", "text", "begin return (access.context())[4]; end"),
    *_function(
        "roles",
        "text[]",
        "begin return string_to_array((access.context())[3], ','); end",
    ),
    *_function(
        # The one matter of whoever holds its code; null for everybody else.
        "asked",
        "uuid",
        "declare c text[] := access.context(); "
        f"begin return case when c[3] = '{ASKER}' then c[1]::uuid end; end",
    ),
    *_function("present", "boolean", "begin perform access.context(); return true; end"),
    *_function(
        "is_staff",
        "boolean",
        # Said by what staff are, so that nobody becomes one for want of another name.
        "declare c text[] := access.context(); begin "
        "return c[1]::uuid <> '00000000-0000-0000-0000-000000000000' "
        "and c[3] not like '%service:%' "
        f"and string_to_array(c[3], ',') && array[{', '.join(repr(role.value) for role in Role)}]; "
        "end",
    ),
    *_function(
        "holds(wanted text[])",
        "boolean",
        "begin return string_to_array((access.context())[3], ',') && wanted; end",
    ),
    *_function(
        "owner_at_work",
        "boolean",
        "begin if current_setting('spheres.unforced', true) is distinct from 'yes' then "
        "raise exception 'the owner works in unforced() only' using errcode = '42501'; end if; "
        "return true; end",
        owner="owner",
        callers="",
    ),
    *_function(
        "handled(kinds text[])",
        "uuid[]",
        # A name on an offer is worth nothing without a worker's hat: whoever left sees no more,
        # and whoever came back sees what was given since. What was entrusted to one worker follows
        # the person: it is in the hands of whoever walks with her, for the holder.
        f"""{ACTING}
  for_since timestamptz := access.given_since(for_user, for_organisation, for_at);
begin
  if c[4] <> '{ORDINARY}' or access.is_walled_off(for_organisation) then
    return '{{}}';
  end if;
  return array(
    (select h.matter_id from sharing_handler h
     where h.kind = any(kinds)
       and h.starts_at <= for_at and (h.ends_at is null or h.ends_at > for_at)
       and ((h.user_id = for_user and h.starts_at >= for_since and h.kind <> 'ENTRUSTED'
             and {_live_role(rules.WORKERS)})
            or (h.organisation_id = for_organisation and {_live("m.role = h.role")}))
     union all
     select h.matter_id from sharing_handler h
     where 'ENTRUSTED' = any(kinds) and h.kind = 'ENTRUSTED'
       and h.starts_at <= for_at and (h.ends_at is null or h.ends_at > for_at)
       and h.matter_id in ({_files(ASSIGNED)}) and {_live_role(rules.WORKERS)})
    except {_vetoes()});
end""",  # noqa: S608 -- every name is ours
    ),
)


def opened_by(act: str, face: str) -> str:
    """The files that any grant opens for one act on one face, before the vetoes; empty: none."""
    who: dict[tuple[str, str], frozenset[str]] = {}
    for rule in rules.GRANTS:
        if act in rule.may and face in rule.on:
            one = _files(rule.when), rule.purpose
            who[one] = who.get(one, frozenset()) | rule.who
    return "\n  union all ".join(
        f"(select g.* from ({files}) g where held && array[{_quoted(roles)}]"  # noqa: S608 -- ours
        f" and for_purpose = '{purpose}')"
        for (files, purpose), roles in who.items()
    )


def reach_body() -> str:
    """`reach`: any grant and no veto, and the wall; the only place where rules are applied.

    A branch for each set of grants that opens something, so that a page never waits for the others;
    which roles are held is asked once.
    """
    branches: dict[str, list[str]] = {}
    for act, face in product(Act, rules.FACES):
        branches.setdefault(opened_by(act, face), []).append(f"'{act} {face}'")
    branches.pop("", None)
    cases = "\n".join(
        f"when asked in ({', '.join(wanted)}) then\n"
        f"  return query\n  ({opened})\n  except {_vetoes('for_face', purpose='for_purpose')};"
        for opened, wanted in branches.items()
    )
    return (
        "declare for_since timestamptz := access.given_since(for_user, for_organisation, for_at);\n"  # noqa: S608 -- ours
        f"  held text[] := array(select m.role::text from {_HELD})\n"
        # No membership makes her who she is: the row of her notebook does, in its relation.
        f"    || array(select r from unnest(for_roles) r where r = '{PARTICIPANT}');\n"
        "  asked text := for_act || ' ' || for_face;\n"
        "begin\n  if access.is_walled_off(for_organisation) then return; end if;\n"
        f"case\n{cases}\nelse return;\nend case;\nend"
    )


def reach_functions() -> Iterator[str]:
    """`reach`, `who_can` and the thin wrappers the policies call, once a statement each."""
    yield from _function(
        "reach(for_user uuid, for_organisation uuid, for_roles text[], for_purpose text, "
        "for_at timestamptz, for_act text, for_face text)",
        "setof uuid",
        reach_body(),
        callers="gate",
    )
    for face in rules.FACES:
        for act in Act:
            mine = (
                "access.reach(c[1]::uuid, c[2]::uuid, string_to_array(c[3], ','), c[4], "
                f"c[5]::timestamptz, '{act}', '{face}')"
            )
            yield from _function(
                f"{act}able_{face}_files",
                "uuid[]",
                f"declare c text[] := access.context(); begin return array(select {mine}); end",
            )
    for act in Act:
        files = f"access.{act}able_relation_files()"
        yield from _function(
            f"{act}able_relation_persons",
            "uuid[]",
            "begin return array(select f.participant_id from participants_file f "  # noqa: S608 -- every name is ours
            f"where f.id = any({files})); end",
        )
    yield from _function(
        "readable_chains",
        "uuid[]",
        "declare c text[] := access.context(); "
        # All visitors share one identifier: what is kept of one is not for the others. Whoever
        # holds a code reads a thread, not the journal of who opened it.
        f"begin if '{ASKER}' = any(string_to_array(c[3], ',')) then return '{{}}'; end if; "
        "return access.readable_journal_files() "
        "|| array_remove(array[c[1]::uuid], '00000000-0000-0000-0000-000000000000'); end",
    )
    scopes = " union all ".join(
        f"select sha256(convert_to(f || '|{face}', 'UTF8')) "  # noqa: S608 -- every name is ours
        f"from unnest(access.appendable_{face}_files()) f"
        for face in rules.SECTIONS
    )
    yield from _function("writable_scopes", "bytea[]", f"begin return array({scopes}); end")
    yield from _who_can()


def _who_can() -> Iterator[str]:
    """Whom each relation may lead to the file, for the purpose its grants serve; then, of those
    alone, `reach` decides."""
    may = " union ".join(
        f"(select k.*, '{purpose}'::text from ({_people(purpose)}) k "  # noqa: S608 -- ours
        f"where in_face in ({_quoted(frozenset(_faces(purpose)))}))"
        for purpose in PURPOSES
    )
    yield from _function(
        "who_can(of_file uuid, in_face text)",
        "table(user_id uuid, organisation_id uuid, role text, purpose text)",
        f"""
declare c text[] := access.context(); c_at timestamptz := c[5]::timestamptz;
begin
  -- Only someone who may see who walks with her may ask.
  if not of_file = any(access.readable_relation_files()) then
    return;
  end if;
  return query
    select m.user_id, m.organisation_id, m.role::text, p.purpose
    from ({may}) p(user_id, purpose) join accounts_membership m on m.user_id = p.user_id
    where m.starts_at <= c_at and (m.ends_at is null or m.ends_at > c_at)
      and of_file in (select access.reach(m.user_id, m.organisation_id, array[m.role::text],
                                          p.purpose, c_at, 'read', in_face));
end""",  # noqa: S608 -- every name is ours
    )


def _people(purpose: str) -> str:
    relations = dict.fromkeys(one.when.people for one in rules.GRANTS if one.purpose == purpose)
    return " union ".join(people.format(file="of_file", at="c_at") for people in relations)


def _faces(purpose: str) -> set[str]:
    return {face for one in rules.GRANTS if one.purpose == purpose for face in one.on}


def sequences_of(table: str) -> str:
    """Let `app` use the counters of a table it adds rows to."""
    return f"""
do $$ declare s text; begin
  for s in select pg_get_serial_sequence('{table}', a.attname) from pg_attribute a
           where a.attrelid = '{table}'::regclass and a.attnum > 0 and not a.attisdropped loop
    if s is not null then execute format('grant usage on sequence %s to app', s); end if;
  end loop;
end $$"""  # noqa: S608 -- every name is ours
