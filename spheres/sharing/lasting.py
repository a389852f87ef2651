"""Which triggers hold what is written: rows that never change, statuses that never move back?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set

from django.db import models

from spheres.core.states import StatusRow
from spheres.sharing.functions import _function

_MOVES = """
begin
  if old.status || '>' || new.status <> all(tg_argv) then
    raise exception 'row-level: it moves from % to % by nothing', old.status, new.status
      using errcode = '42501';
  end if;
  return new;
end"""

_ENDS_ONCE = """
begin
  if to_jsonb(old)->>tg_argv[0] is not null then
    raise exception 'row-level: it is ended already' using errcode = '42501';
  end if;
  return new;
end"""

# The first of its arguments is a moment that comes later, never nearer, and moves no more once one
# of the others was said; what was said is not said anew.
_GOES_ON = """
declare
  was jsonb := to_jsonb(old);
  becomes jsonb := to_jsonb(new);
  said text[] := tg_argv[1:];
  moves boolean := was->>tg_argv[0] is distinct from becomes->>tg_argv[0];
  one text;
begin
  if (becomes->>tg_argv[0])::timestamptz < (was->>tg_argv[0])::timestamptz then
    raise exception 'row-level: it comes no nearer' using errcode = '42501';
  end if;
  foreach one in array said loop
    if was->>one is not null and (moves or was->>one is distinct from becomes->>one) then
      raise exception 'row-level: % is said already', one using errcode = '42501';
    end if;
  end loop;
  return new;
end"""


def moves_as_said(moves: Mapping[str, Set[str]]) -> str:
    """What a status may become, for the trigger that holds it to that, whoever asks."""
    return ", ".join(f"'{one}>{to}'" for one, tos in sorted(moves.items()) for to in sorted(tos))


def statements(all_models: Iterable[type[models.Model]]) -> Iterator[str]:
    """What the law asks is decided once: those statuses never move back, whoever asks; what is
    ended is not ended again, on another day, by somebody else; what goes on comes no nearer."""
    triggers = {"moves_as_said": _MOVES, "ends_once": _ENDS_ONCE, "goes_on": _GOES_ON}
    for name, body in triggers.items():
        yield from _function(f"{name}()", "trigger", body, volatility="volatile", callers="")
        # The trigger is made by whoever owns the table, who must be let to name the function.
        yield "set local role gate"
        yield f"grant execute on function access.{name}() to owner"
        yield "reset role"
    for model in all_models:
        if column := getattr(model, "ENDS_ONCE", ""):
            yield (
                f"create trigger ends_once before update on {model._meta.db_table} for each "
                f"row execute function access.ends_once('{column}')"
            )
        if columns := getattr(model, "GOES_ON", ()):
            named = ", ".join(f"'{column}'" for column in columns)
            yield (
                f"create trigger goes_on before update on {model._meta.db_table} for each "
                f"row execute function access.goes_on({named})"
            )
        if issubclass(model, StatusRow) and model.HELD_TO_MOVES:
            yield (
                f"create trigger moves_as_said before update on {model._meta.db_table} for each "
                f"row execute function access.moves_as_said({moves_as_said(model.MOVES)})"
            )


def keep_as_written(table: str) -> Iterator[str]:
    """Nothing in this table changes or goes, whoever asks; erasing alone passes."""
    yield (
        f"create trigger kept_as_written before update or delete on {table} "
        "for each row execute function access.keep_as_written()"
    )
    yield (
        f"create trigger kept_as_written_whole before truncate on {table} "
        "for each statement execute function access.keep_as_written()"
    )
