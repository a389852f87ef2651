"""Which functions say what a partner reads of its own part, and when it says what comes next?

What her worker shows of it, with her, as long as she shares something with that partner: on the
pages of what is shared, and on no other; what bars a reader from her name bars it too. Those who
walk with her read all of it with what they write of partners (ADR shared-pages).
"""

from __future__ import annotations

from collections.abc import Iterator

from spheres.core.actor import SHARED
from spheres.sharing.functions import ACTING, _function
from spheres.sharing.standing import _agreed

COLUMNS = "id, file_id, part_id, number, organisation_id, is_shown, is_from_there"


def statements() -> Iterator[str]:
    """`agreed_today`, `own_parts` and `says_next`."""
    yield "create policy gate_takes_part on parts_ownpart for select to gate using (true)"
    yield f"grant select ({COLUMNS}) on parts_ownpart to gate"
    yield from _function("agreed_today", "uuid[]", _agreed("0 days"), callers="gate")
    # For a partner, the newest text that its own part was shown with, and what it said since.
    yield from _function(
        "own_parts",
        "uuid[]",
        f"""{ACTING}
  named uuid[] := access.readable_identity_files();
  agreed uuid[];
begin
  if c[4] <> '{SHARED}' then
    return array(
      select p.id from parts_ownpart p where p.file_id = any(access.readable_notes_files()));
  end if;
  agreed := access.agreed_today();
  return array(
    with newest as (
      select distinct on (p.file_id, p.part_id) p.id, p.file_id, p.part_id, p.number, p.is_shown
      from parts_ownpart p
      where p.organisation_id = for_organisation and not p.is_from_there
        and p.file_id = any(named) and exists (
          -- Of one absence, somebody answers for a colleague: it is no part of a partner's.
          select from sharing_consent s
          where s.file_id = p.file_id and s.id = any(agreed) and s.cover_id is null)
      order by p.file_id, p.part_id, p.number desc)
    select n.id from newest n where n.is_shown
    union all
    select q.id from newest n join parts_ownpart q
      on q.file_id = n.file_id and q.part_id = n.part_id and q.number > n.number
    where n.is_shown);
end""",  # noqa: S608 -- every name is ours
    )
    yield from _function(
        "says_next(of_file uuid, of_part uuid, of_number integer)",
        "boolean",
        f"""{ACTING}
begin
  return c[4] = '{SHARED}' and exists (
    select from parts_ownpart p
    where p.id = any(access.own_parts()) and p.file_id = of_file and p.part_id = of_part
      and p.organisation_id = for_organisation and p.number = of_number - 1);
end""",
    )
