"""How does the page of rights leave: as a PDF to sign, and as text kept with the code?"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from django.utils import translation
from django.utils.translation import gettext as _

from spheres.evaluation.rights import queries, words
from spheres.evaluation.rights.queries import Rights
from spheres.records import documents
from spheres.regions import queries as regions
from spheres.sharing.rules import Act
from spheres.ui import moments

PAPER: Final = Path(__file__).parent / "paper" / "rights.typ"
BLANK_ROWS: Final = 4  # besides a row for each partner


@dataclass(frozen=True)
class Made:
    """The paper as a browser receives it."""

    name: str
    content: bytes


def heads() -> dict[str, str]:
    """The titles of the page, the same on every support."""
    return {
        "title": _("Page of rights"),
        "lead": _(
            "Who may read and write what in the file of a person, by which link and what for. This "
            "page is made from the very rules that the database applies: nothing of it is written "
            "apart."
        ),
        "never": _("What nobody opens, or nearly nobody"),
        "above": _("What comes before every rule"),
        "sections": _("Section by section: who reads, who writes"),
        "sections_lead": _(
            "A file belongs to one person, in one organisation. Nobody who is not named under a "
            "section does anything with it."
        ),
        "ways": _("Way by way: who has a way to a file, and how far"),
        "ways_lead": _("Without one of these links, there is no way to a file."),
        "referral": _("Before there is a file: a referral"),
        "referral_lead": _("Who reads each part of it. It is forgotten if nothing comes of it."),
        "at_work": _("What is done, and by whom"),
        "at_work_lead": _("Among those who may already read, whether it may be done, and when."),
        "profiles": _("What each organisation is held to"),
        "signatures": _("Signatures"),
    }


def states(rights: Rights) -> list[str]:
    """Of which day, and by what a signed page is compared with what applies."""
    said = [_("Version of the rules: %(version)s") % {"version": rights.version}]
    if rights.profiles_version:
        said.append(
            _("Version of the organisations: %(version)s") % {"version": rights.profiles_version}
        )
    if rights.on is not None:
        said.insert(0, _("As of %(day)s") % {"day": moments.day(rights.on)})
    return said


def comparing() -> str:
    return _(
        "The version changes with the rules. A signed page whose version is the one shown in the "
        "software tells what applies; otherwise a rule changed since, and the page is signed anew."
    )


def make(rights: Rights, *, language: str) -> Made:
    """Letter paper, tagged for screen readers (PDF/UA-1); the same rules and day give it again."""
    region = regions.region()
    partners = [one.name for one in rights.profiles if one.is_partner]
    said: dict[str, Any] = {
        "heads": heads(),
        "language": language,
        "programme": region.programme_en if language == "en" else region.programme_fr,
        "states": states(rights),
        "comparing": comparing(),
        "signing": _(
            "Read and approved. Whoever signs says that these are the rules they were shown, on "
            "this day, under this version."
        ),
        "columns": [_("Organisation"), _("Name and function"), _("Date"), _("Signature")],
        "rows": [*partners, *([""] * BLANK_ROWS)],
        "table": [
            _("Section"),
            _("Who reads"),
            _("Who adds to it"),
            _("Who changes where it stands"),
        ],
        "verbs": [str(words.ACTS[act]) for act in Act],
        "nobody": _("Nobody"),
        "colon": "\u00a0:" if language == "fr" else ":",
        "footer": _("%(title)s · version %(version)s")
        % {"title": heads()["title"], "version": rights.version},
        **{
            name: [asdict(one) for one in getattr(rights, name)]
            for name in ("never", "above", "sections", "ways", "at_work", "profiles")
        },
        "referral": [list(pair) for pair in rights.referral],
    }
    name = _("page-of-rights")
    day = f"{rights.on:%Y-%m-%d}" if rights.on else ""
    return Made(f"{name}-{day}-{language}.pdf", documents.typeset(said, PAPER))


def written(language: str) -> str:
    """The same as text, without a day nor the organisations of any region: kept with the code."""
    with translation.override(language):
        rights, head = queries.rights(), heads()
        colon = "\u00a0:" if language == "fr" else ":"
        parts = [f"# {head['title']}\n", head["lead"], *states(rights), comparing()]
        for name in ("never", "above"):
            parts.append(f"## {head[name]}\n")
            for titled in getattr(rights, name):
                parts.append(f"**{titled.title}**\n\n" + _listed(titled.lines))
        parts += [f"## {head['sections']}\n", head["sections_lead"]]
        for section in rights.sections:
            parts.append(f"### {section.title}\n\n{section.holds}\n")
            parts += [f"{verb}{colon}\n\n{_listed(lines)}" for verb, lines in section.lines] or [
                _("Nobody")
            ]
        parts += [f"## {head['ways']}\n", head["ways_lead"]]
        for way in rights.ways:
            parts.append(f"### {way.title} ({way.roles})\n\n{way.about} {way.purpose}.\n")
            parts.append(_listed(f"{verb}{colon} {faces}" for verb, faces in way.lines))
        parts += [f"## {head['referral']}\n", head["referral_lead"]]
        parts.append(_listed(f"{what}{colon} {who}" for what, who in rights.referral))
        parts += [f"## {head['at_work']}\n", head["at_work_lead"]]
        for titled in rights.at_work:
            parts.append(f"**{titled.title}**\n\n" + _listed(titled.lines))
        return "\n\n".join(part.strip() for part in parts) + "\n"


def _listed(lines: Any) -> str:
    return "\n".join(f"- {line}" for line in lines)
