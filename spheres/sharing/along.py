"""Whose card of an outing does a worker of another organisation read, at this very moment?

The day of the outing alone, by the one worker she named, as long as she did not take it back. The
police never; a personal conflict and whatever she barred, of who she is, of who walks with her or
of what they do together, beat it; so does a seal, and an organisation that left, hers or the other
(design §10.2, §10.3, §10.6; ADR outings-together).
"""

from __future__ import annotations

from collections.abc import Iterator

from spheres.sharing.functions import ACTING, _function, _live_role, _vetoes
from spheres.sharing.rules import IDENTITY, RELATION, STEPS, WORKERS

# What she may have barred somebody from, that says who she is or where they go together.
BARRED = (IDENTITY, STEPS, RELATION)


def now_body() -> str:
    """`along_now`: the agreements that open a card to whoever acts."""
    vetoed = "".join(f"\n      and g.file_id not in {_vetoes(repr(face))}" for face in BARRED)
    return f"""{ACTING}
  for_since timestamptz := access.given_since(for_user, for_organisation, for_at);
begin
  if access.is_walled_off(for_organisation) or not {_live_role(WORKERS)} then
    return '{{}}';
  end if;
  return array(
    select g.id from sharing_along g
    join participants_file f on f.id = g.file_id
    join accounts_organisation h on h.id = f.holder_id
    join accounts_organisation o on o.id = g.organisation_id
    where g.user_id = for_user and g.organisation_id = for_organisation
      and h.is_partner and o.is_partner
      and g.starts_at >= for_since and g.starts_at <= for_at and g.ends_at > for_at
      and (g.withdrawn_at is null or g.withdrawn_at > for_at)
      and access.is_cleared(for_user, for_organisation, for_at){vetoed});
end"""  # noqa: S608 -- every name is ours


def statements() -> Iterator[str]:
    """`along_now`, and the files in whose journal the reading of a card is told."""
    yield from _function("along_now()", "uuid[]", now_body())
    yield from _function(
        "along_files()",
        "uuid[]",
        """
declare
  mine uuid[] := access.along_now();
begin
  return array(select distinct g.file_id from sharing_along g where g.id = any(mine));
end""",
    )
