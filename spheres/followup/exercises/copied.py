"""What of a filled exercise does a copy of her file hold?"""

from __future__ import annotations

import json

from django.utils.translation import gettext_lazy as _

from spheres.followup.exercises import prompts, queries
from spheres.followup.exercises.models import SLUGS, Sheet
from spheres.followup.exercises.prompts import Kind, Prompt
from spheres.records.between import copying
from spheres.records.between.copying import OfRecord, Part, Told

# Of these, nothing said is a code: they read the same in every language.
TYPED = frozenset({Kind.TEXT, Kind.LIST, Kind.TWO_COLUMNS, Kind.FOUR_COLUMNS})


def answers(sheet: Sheet) -> list[Told]:
    """Each answer under its question; one that no version asks any more, as it was kept."""
    kept = queries.answers(sheet)
    asked = queries.version_of(sheet)
    known = {prompt.id: prompt for prompt in (asked.asks.prompts if asked else ())}
    found = [one for name in known if name in kept for one in _answer(known[name], kept[name])]
    return found + [
        Told(name, _("An answer"), said if isinstance(said, str) else json.dumps(
            said, ensure_ascii=False
        ))
        for name, said in kept.items()
        if name not in known
    ]  # fmt: skip


def _answer(prompt: Prompt, said: object) -> list[Told]:
    told = prompts.told(prompt, said)
    title = str(prompt.label)
    if prompt.kind == Kind.MAP:
        return [
            Told(f"{prompt.id}.{place}", f"{title} {label}", "\n".join(lines))
            for place, (label, lines) in zip(
                (word.id for word in prompt.words if word.id in said),  # type: ignore[operator]
                told.groups,
                strict=True,
            )
        ]
    rows = (" · ".join(filter(None, row)) for row in told.rows)
    groups = (f"{label} · {' · '.join(lines)}" for label, lines in told.groups)
    words = "\n".join(filter(None, [told.words, *told.lines, *rows, *groups]))
    return [Told(prompt.id, title, words, is_whole=prompt.kind not in TYPED)]


for slug in SLUGS.values():
    copying.of_record(
        slug, OfRecord(parts=(Part("answers", _("What was answered"), is_hers=True, read=answers),))
    )
