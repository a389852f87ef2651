"""What do tests of past trainings need: lists and workbooks, as people make them?"""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from datetime import date
from io import BytesIO
from uuid import NAMESPACE_DNS, uuid5
from xml.sax.saxutils import escape

from spheres.training.brought_in.lines import Known

HEADER = "Nom;Courriel;Organisme;Milieu;Thème;Date;Heures;Genre;Région"
MIREILLE = (
    "Mireille Fortin;mfortin@rives.example;École des Rives;Milieu scolaire;Thème first;"
    "2024-03-12;3,5;initiale;Montréal"
)
LOUISE, INES = uuid5(NAMESPACE_DNS, "louise"), uuid5(NAMESPACE_DNS, "ines")
TODAY = date(2026, 3, 2)


def known() -> Known:
    """A small region: two topics, two environments, two regions, two people with an account."""
    return Known(
        topics={"theme first": "first", "first": "first", "danger": "danger"},
        kinds_of={"first": "INITIAL", "danger": "ONGOING"},
        environments={"milieu scolaire": "school", "community sector": "community"},
        regions={"montreal": "region_06", "06": "region_06", "6": "region_06"},
        kinds={"initiale": "INITIAL", "initial": "INITIAL", "rappel": "REFRESHER"},
        languages={"francais": "fr", "english": "en"},
        people={"ines@maison.example": (INES, "en"), "louise@maison.example": (LOUISE, "fr")},
        oneself=LOUISE,
        today=TODAY,
    )


def listed(*lines: str, header: str = HEADER) -> bytes:
    return "\r\n".join([header, *lines]).encode()


def workbook(rows: Sequence[Sequence[str]], *, more: dict[str, bytes] | None = None) -> bytes:
    """A workbook as a spreadsheet writes it. `date:45363` is a day, `=A1` a formula."""
    texts: list[str] = []
    lines = []
    for number, row in enumerate(rows, start=1):
        cells = []
        for place, said in enumerate(row):
            where = f'r="{chr(65 + place)}{number}"'
            if said.startswith("date:"):
                cells.append(f'<c {where} s="1"><v>{said[5:]}</v></c>')
            elif said.startswith("="):
                cells.append(f"<c {where}><f>{escape(said[1:])}</f><v>7</v></c>")
            elif said.replace(".", "", 1).isdigit():
                cells.append(f"<c {where}><v>{said}</v></c>")
            else:
                cells.append(f'<c {where} t="s"><v>{len(texts)}</v></c>')
                texts.append(f"<si><t>{escape(said)}</t></si>")
        lines.append(f'<row r="{number}">{"".join(cells)}</row>')
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    links = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    parts = {
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{links}"><sheets>'
        '<sheet name="Feuille" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": "<Relationships>"
        '<Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/styles.xml": f'<styleSheet xmlns="{main}"><cellXfs><xf numFmtId="0"/>'
        '<xf numFmtId="14"/></cellXfs></styleSheet>',
        "xl/sharedStrings.xml": f'<sst xmlns="{main}">{"".join(texts)}</sst>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{"".join(lines)}'
        "</sheetData></worksheet>",
    }
    kept = BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as book:
        for name, text in parts.items():
            book.writestr(name, (more or {}).pop(name, text.encode()))
        for name, content in (more or {}).items():
            book.writestr(name, content)
    return kept.getvalue()
