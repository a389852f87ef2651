"""How does a table leave, and how is a twin of the same shape made of chance alone?

As a Frictionless data package: the lines, what each column says, in both languages, and how alike
its people are.
"""

from __future__ import annotations

import hashlib
import io
import json
import random
import zipfile
from collections.abc import Iterable, Sequence
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import override

from spheres.evaluation.research.anonymity import Made
from spheres.evaluation.research.models import Extract, Protocol
from spheres.evaluation.research.recipe import BY_CODE, HIDDEN, LINE, Part
from spheres.records.spreadsheets import CSV_TYPE, as_data

LANGUAGES: Final = ("fr", "en")
DATA: Final = "people.csv"
STILL: Final = (1980, 1, 1, 0, 0, 0)  # of every file of a package: the same bytes each time
OF_TWIN: Final = 60  # lines


def columns(protocol: Protocol) -> list[str]:
    return [LINE, *protocol.parts]


def table(protocol: Protocol, lines: Iterable[Sequence[str]]) -> bytes:
    """The lines: the same lines give the same bytes."""
    return as_data(columns(protocol), lines)


def digest(protocol: Protocol, lines: Iterable[Sequence[str]]) -> str:
    return hashlib.sha256(table(protocol, lines)).hexdigest()


def package(protocol: Protocol, extract: Extract, left: Made) -> bytes:
    """What is left of an extract, to take away: its table, its description, its dictionary in both
    languages."""
    about = {
        "people": len(left.lines),
        "leftOut": (extract.left_out or 0) + left.left_out,
        "fewestAlike": left.smallest,
        "expires": extract.expires_on.isoformat() if extract.expires_on else "",
    }
    name = f"extract-{extract.pk.hex[:8]}"
    return _zipped(protocol, name, table(protocol, left.lines), about, is_twin=False)


def twin(protocol: Protocol) -> bytes:
    """Lines drawn by chance from what each column may hold: of nobody, to try a programme on."""
    drawn = random.Random(protocol.pk.hex)  # noqa: S311 -- nothing secret: of nobody
    lines = [
        [f"TWIN{place:06}", *(_any_of(BY_CODE[code], drawn) for code in protocol.parts)]
        for place in range(1, OF_TWIN + 1)
    ]
    name = f"twin-{protocol.pk.hex[:8]}"
    return _zipped(protocol, name, table(protocol, lines), {}, is_twin=True)


def _any_of(part: Part, drawn: random.Random) -> str:
    if not part.choices:
        return f"{drawn.randint(2021, 2026)}-Q{drawn.randint(1, 4)}"
    return str(drawn.choice([code for code, _label in part.choices] + [HIDDEN] * part.marks))


def _zipped(
    protocol: Protocol, name: str, data: bytes, about: dict[str, Any], *, is_twin: bool
) -> bytes:
    described = {
        "profile": "tabular-data-package",
        "name": name,
        "title": protocol.title_fr,
        "titleEn": protocol.title_en,
        "ethics": protocol.ethics,
        "agreement": protocol.agreement,
        "isTwin": is_twin,
        **about,
        "resources": [
            {
                "profile": "tabular-data-resource",
                "name": "people",
                "path": DATA,
                "format": "csv",
                "mediatype": CSV_TYPE,
                "encoding": "utf-8",
                "bytes": len(data),
                "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
                "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "header": True},
                "schema": {
                    "fields": [_line_field(), *(_field(BY_CODE[code]) for code in protocol.parts)],
                    "primaryKey": [LINE],
                    "missingValues": [""],
                },
            }
        ],
    }
    files = {
        "datapackage.json": json.dumps(described, ensure_ascii=False, indent=2).encode(),
        DATA: data,
        **{
            f"dictionary.{language}.md": _dictionary(protocol, about, language, is_twin=is_twin)
            for language in LANGUAGES
        },
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as held:
        for path, content in files.items():
            held.writestr(zipfile.ZipInfo(path, STILL), content)
    return out.getvalue()


def _line_field() -> dict[str, Any]:
    return {"name": LINE, "type": "string", "constraints": {"required": True, "unique": True}}


def _field(part: Part) -> dict[str, Any]:
    said = {language: _said(part, language) for language in LANGUAGES}
    constraints: dict[str, Any] = {"required": True}
    if part.choices:
        codes = [code for code, _label in part.choices]
        constraints["enum"] = [*codes, HIDDEN] if part.marks else codes
    else:
        constraints["pattern"] = r"\d{4}(-Q[1-4])?|\*"
    return {
        "name": part.code,
        "type": "string",
        "title": said["fr"][0],
        "description": said["fr"][1],
        "titleEn": said["en"][0],
        "descriptionEn": said["en"][1],
        "constraints": constraints,
    }


def _said(part: Part, language: str) -> tuple[str, str]:
    with override(language):
        return str(part.label), str(part.says)


def _dictionary(
    protocol: Protocol, about: dict[str, Any], language: str, *, is_twin: bool
) -> bytes:
    """What each column says, and each of its codes; and how the table may be used."""
    with override(language):
        lines = [f"# {protocol.title}", ""]
        if is_twin:
            lines += [_("Drawn by chance: these lines are of nobody."), ""]
        else:
            lines += [*_rules(about), ""]
        for code in protocol.parts:
            part = BY_CODE[code]
            lines += [f"## {part.code}: {part.label}", "", str(part.says), ""]
            lines += [f"- `{value}`: {label}" for value, label in part.choices]
            if not part.choices:
                lines.append(_("- a quarter, as `2026-Q1`, or a year, as `2026`"))
            if part.marks:
                lines.append(_("- `*`: hidden, for it would have told somebody from the others"))
            lines.append("")
    return "\n".join(lines).encode()


def _rules(about: dict[str, Any]) -> list[str]:
    return [
        _("- One line a person. Its code is of this study alone, and leads to nobody."),
        _("- In what marks a person, each is like %(number)s at least.")
        % {"number": about["fewestAlike"]},
        _("- %(number)s persons were left out, for they would have stood alone.")
        % {"number": about["leftOut"]},
        _("- Counted until the last quarter that is over: nothing is dated by day."),
        _(
            "- Few people, even without a name, may be recognised by who knows them: it is neither "
            "published by line, nor joined with other tables, nor kept after %(day)s."
        )
        % {"day": about["expires"]},
        _("- A line that you are told to drop is taken out of every copy."),
    ]


def name_of(what: str, row_id: UUID) -> str:
    """The name of the file: it says nothing of what is in it."""
    return f"{what}-{row_id.hex[:8]}.zip"
