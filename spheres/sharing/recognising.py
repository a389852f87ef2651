"""Which function knows a person by her code word? Exact, never a search; it opens little, briefly.

The word itself is locked. Beside it stands a digest that only the key file can make: whoever says
the word to a worker of the organisation that holds her file is found by it, when nobody else there
has the same one. A wrong word, a word of two persons, a word of a file one must never see: the same
silence (design §10.10, ADR code-word).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from spheres.sharing import rules
from spheres.sharing.functions import ACTING, _function, _live_role, _vetoes

# How long what her word opened stays open: the time of a call and of what it asks for.
LASTS: Final = timedelta(hours=2)
DIGEST: Final = 32  # bytes


def statements() -> Iterator[str]:
    """`recognise`, and the three columns it looks at."""
    yield "create policy gate_recognises on participants_codeword for select to gate using (true)"
    yield "grant select (file_id, digest, written_at) on participants_codeword to gate"
    yield from _function(
        "recognise(of_digest bytea, new_id uuid)",
        "uuid",
        f"""{ACTING}
  found uuid[];
begin
  if access.is_walled_off(for_organisation) or not {_live_role(rules.WORKERS)}
     or length(of_digest) <> {DIGEST} then
    return null;
  end if;
  found := array(
    select w.file_id from participants_codeword w join participants_file f on f.id = w.file_id
    where w.digest = of_digest and f.holder_id = for_organisation
      and not exists (
        select from participants_codeword n
        where n.file_id = w.file_id and n.written_at > w.written_at)
    except {_vetoes()});
  if cardinality(found) <> 1 then
    return null;
  end if;
  perform access.may_be_given(for_user, for_organisation);
  insert into sharing_recognised (id, user_id, file_id, starts_at, ends_at)
    values (new_id, for_user, found[1], for_at,
            for_at + interval '{int(LASTS.total_seconds())} s');
  return found[1];
end""",  # noqa: S608 -- every name is ours
        volatility="volatile",
    )
