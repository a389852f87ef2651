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


def moves_as_said(moves: Mapping[str, Set[str]]) -> str:
    """What a status may become, for the trigger that holds it to that, whoever asks."""
    return ", ".join(f"'{one}>{to}'" for one, tos in sorted(moves.items()) for to in sorted(tos))


def statements(all_models: Iterable[type[models.Model]]) -> Iterator[str]:
    """What the law asks is decided once: those statuses never move back, whoever asks."""
    yield from _function("moves_as_said()", "trigger", _MOVES, volatility="volatile", callers="")
    # The trigger is made by whoever owns the table, who must be let to name the function.
    yield "set local role gate"
    yield "grant execute on function access.moves_as_said() to owner"
    yield "reset role"
    for model in all_models:
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
