"""Which functions let a psychotherapist begin, in a file of her own organisation, with somebody who
asked for it from another one?

The person agreed to it: what the partner may read is read there by that word, and a file that is
the partner's own begins with her name and the ways to reach her. Its number is drawn by the
database from the word itself, so that it begins once; no row says of which other file it came, and
nobody names one (ADR a-file-of-their-own).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from spheres.core.actor import ORDINARY, SHARED
from spheres.sharing import rules
from spheres.sharing.functions import ACTING, _function, _live_role, _vetoes
from spheres.sharing.relations import BEGUN
from spheres.sharing.rules import CONTACT, IDENTITY

# What the person must be showing there, at that very moment.
SHOWN: Final = (IDENTITY, CONTACT)
OPENED, HERS, TAKEN, CLOSED = "OPENED", "HERS", "TAKEN", "CLOSED"


@dataclass(frozen=True)
class Word:
    """How a person agreed that a file begins elsewhere, in SQL about {consent}."""

    query: str
    reads: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


WORDS: dict[str, Word] = {}


def begin_by(name: str, word: Word) -> None:
    """An upper area registers by what word of hers a file may begin at a partner's."""
    if WORDS.setdefault(name, word) != word:
        raise ValueError(f"Two words are called {name!r}.")


def begun_body() -> str:
    """`begun`: the files that whoever acts keeps alone: her pages offer there what her workers do
    elsewhere. Barred from a part of what she writes there, she is offered none of it."""
    kept = BEGUN.files.format(
        user="for_user", organisation="for_organisation", since="for_since", at="for_at"
    )
    vetoed = " and ".join(f"k.file_id not in {_vetoes(repr(face))}" for face in rules.BRIEF)
    return f"""{ACTING}
  for_since timestamptz := access.given_since(for_user, for_organisation, for_at);
begin
  if c[4] <> '{ORDINARY}' or access.is_walled_off(for_organisation)
     or not {_live_role(rules.THERAPISTS)} then
    return '{{}}';
  end if;
  return array(select k.file_id from ({kept}) k where {vetoed});
end"""  # noqa: S608 -- every name is ours


def therapy_body() -> str:
    """`begin_therapy`: the file, whose it is, and who walks with her; twice is once."""
    agreed = " or ".join(f"({one.query.format(consent='of_consent')})" for one in WORDS.values())
    shown = "".join(
        f"""
      and s.file_id in (select access.reach(for_user, for_organisation, for_roles,
        '{SHARED}', for_at, 'read', '{face}'))"""
        for face in SHOWN
    )
    return f"""{ACTING}
  pad access.context_key;
  new_file uuid;
  new_person uuid := gen_random_uuid();
begin
  if c[4] <> '{ORDINARY}' or not of_consent = any(access.agreed_now()) or not ({agreed or "false"})
     or not exists (
       select from sharing_consent s
       where s.id = of_consent and '{CONTACT}' = any(s.sections){shown}) then
    return query select null::uuid, '{CLOSED}';
    return;
  end if;
  -- Two at the same instant: the second sees that the first has begun.
  perform pg_advisory_xact_lock(hashtextextended(of_consent::text, 0));
  select * into strict pad from access.context_key;
  new_file := encode(substring(sha256(pad.opad || sha256(pad.ipad || convert_to(
    'begun|' || of_consent::text, 'UTF8'))) from 1 for 16), 'hex')::uuid;
  if exists (select from vault_tombstone t where t.owner_id = new_file) or exists (
       select from participants_file f where f.id = new_file) then
    return query select case when h.hers then new_file end,
        case when h.hers then '{HERS}' else '{TAKEN}' end
      from (select new_file = any(access.begun()) as hers) h;
    return;
  end if;
  insert into participants_participant (id) values (new_person);
  insert into participants_file (id, participant_id, holder_id, opened_at)
    values (new_file, new_person, for_organisation, for_at);
  insert into participants_assignment (id, file_id, user_id, part, starts_at)
    values (gen_random_uuid(), new_file, for_user, 'PIVOT', for_at);
  return query select new_file, '{OPENED}';
end"""  # noqa: S608 -- every name is ours


# Whoever knows the person knows her in both files: the one she shares something of, and the one
# that began here from it. Of either, the other closes too, unseen: no row says which it is.
_KNOW_BOTH: Final = f"""{ACTING}
  pad access.context_key;
begin
  select * into strict pad from access.context_key;
  insert into sharing_conflict (id, user_id, file_id, declared_at, is_unseen)
    select distinct on (t.other) gen_random_uuid(), for_user, t.other, for_at, true from (
      select case when n.begun = of_file then c.file_id else n.begun end as other
      from sharing_consent c cross join lateral (
        select encode(substring(sha256(pad.opad || sha256(pad.ipad || convert_to(
          'begun|' || c.id::text, 'UTF8'))) from 1 for 16), 'hex')::uuid as begun) n
      where c.organisation_id = for_organisation and of_file in (c.file_id, n.begun)
        and exists (select from participants_file f where f.id = n.begun)) t;
  return true;
end"""  # noqa: S608 -- every name is ours


def statements() -> Iterator[str]:
    """`begun`, which pages ask; `begin_therapy`, and what it looks at above; `know_both`."""
    yield from _function("know_both(of_file uuid)", "boolean", _KNOW_BOTH, volatility="volatile")
    yield from _function("begun", "uuid[]", begun_body())
    for word in WORDS.values():
        for table, columns in word.reads.items():
            yield f"create policy gate_begins on {table} for select to gate using (true)"
            yield f"grant select ({', '.join(columns)}) on {table} to gate"
    yield from _function(
        "begin_therapy(of_consent uuid)",
        "table(of_file uuid, says text)",
        therapy_body(),
        volatility="volatile",
    )
