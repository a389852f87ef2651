"""What leaves, and how: the production, frozen, numbered and stamped; a letter of objection.

The production is made of what a second person released, and of nothing else; the same content gives
the same bytes. A letter names nobody, and is no legal advice: counsel may have it changed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from spheres.accounts.models import Organisation
from spheres.core.actor import Actor
from spheres.privacy.legal_demands.models import Demand, Kind, Matter, Production, Step
from spheres.privacy.legal_demands.policy import CONFIRMING_NOTHING
from spheres.privacy.legal_demands.queries import Answered
from spheres.records import documents, wording
from spheres.records.between.together import Copied
from spheres.records.wording import Paragraph, Words
from spheres.ui import moments

PAPER: Final = Path(__file__).parent / "paper"
SHAPE, VERSION = "production", 1
WHAT: Final = {
    Kind.SUBPOENA: gettext_lazy("The subpoena received on %(day)s."),
    Kind.WARRANT: gettext_lazy("The warrant received on %(day)s."),
    Kind.ORDER: gettext_lazy("The production order received on %(day)s."),
    Kind.PROTECTION: gettext_lazy("The request of youth protection received on %(day)s."),
    Kind.CORONER: gettext_lazy("The request of the coroner received on %(day)s."),
    Kind.OVERSIGHT: gettext_lazy("The request received on %(day)s."),
}


def frozen(texts: Sequence[Copied], matter_id: UUID) -> tuple[str, str]:
    """What would be produced, as data, and its digest (SHA-256): word for word, masked already."""
    said = {
        "shape": SHAPE,
        "version": VERSION,
        "matter": str(matter_id),
        "texts": [_frozen(one) for one in texts],
    }
    content = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return content, digest_of(content)


def digest_of(content: str) -> str:
    return hashlib.sha256(content.encode()).hexdigest()


def spelt(digest: str) -> str:
    """As a person compares it, eight letters at a time."""
    return " ".join(digest[start : start + 8] for start in range(0, len(digest), 8))


def _frozen(one: Copied) -> dict[str, Any]:
    # What she said of a text is hers: it is not produced with it.
    return {
        "id": str(one.id),
        "kind": one.kind,
        "title": one.title,
        "on": moments.local(one.at).date().isoformat(),
        "author": one.author,
        "parts": [
            {
                "title": title,
                "pieces": [{"words": words, "hidden": reason} for words, reason in pieces],
            }
            for _code, title, pieces in one.texts
        ],
    }


def parts_of(production: Production) -> list[dict[str, Any]]:
    """An opened production, as it is read on a page or on paper: titles and lines."""
    found = []
    for one in json.loads(production.opened.content)["texts"]:
        day = moments.day(date.fromisoformat(one["on"]))
        lines = [_("Written by %(name)s") % {"name": one["author"]}] if one["author"] else []
        for part in one["parts"]:
            words = " ".join(
                " ".join((piece["hidden"], piece["words"])).strip() for piece in part["pieces"]
            )
            title = _("%(title)s: ") % {"title": part["title"]} if part["title"] else ""
            lines.append(f"{title}{words}")
        found.append({"title": f"{one['title']}, {day}", "lines": lines})
    return found


def production(
    answered: Answered, one: Production, organisation: Organisation, asked: Step
) -> bytes:
    """On paper: each page has its number, of how many, the demand’s reference and the digest."""
    scope = answered.newest(Step.Kind.SCOPE)
    apart = scope.apart if scope else 0
    first = [
        _about(answered.row.kind, answered.row.received_on),
        *asked.opened.who.split("\n"),
        ngettext(
            "It holds %(number)s text, and nothing else of what is written.",
            "It holds %(number)s texts, and nothing else of what is written.",
            len(one.records),
        )
        % {"number": len(one.records)},
        _("What concerns other persons is masked, and the mask says so."),
    ]
    if apart:
        first.append(
            ngettext(
                "%(number)s text named in the demand is not produced by this way: it needs an "
                "order of its own.",
                "%(number)s texts named in the demand are not produced by this way: they need an "
                "order of their own.",
                apart,
            )
            % {"number": apart}
        )
    parts = [{"title": _("What this production answers"), "lines": first}, *parts_of(one)]
    return _typeset(
        organisation,
        title=_("Production"),
        reference=documents.reference(answered.row.pk),
        parts=parts,
        stamp=spelt(one.digest),
        signs=[_("Prepared by"), _("Released by a second person")],
    )


@dataclass(frozen=True)
class Letterhead:
    """What a letter needs to know of a demand, whether a file answers it or not."""

    id: UUID
    kind: str
    received_on: date


def of_demand(row: Demand) -> Letterhead:
    return Letterhead(row.pk, row.kind, row.received_on)


def of_matter(row: Matter) -> Letterhead:
    """That of the demand: whoever demands it never learns that there is a matter besides."""
    return Letterhead(row.demand_id, row.kind, row.received_on)


def answer_words(at: datetime, *, actor: Actor) -> Words:
    """Those that stood when it was answered."""
    return wording.words(ANSWER, actor=actor, at=at)


def objection(answered: Answered, one: Step, organisation: Organisation, words: Words) -> bytes:
    """Why what is demanded is not produced, so that a judge may hear it; opened already. When
    nothing obliges to answer, it is the answer that confirms nothing."""
    head = of_matter(answered.row)
    if one.code in CONFIRMING_NOTHING:
        return confirming_nothing(head, organisation, words)
    parts = [
        {
            "title": _("What was demanded"),
            "lines": [_about(head.kind, head.received_on)],
        },
        {
            "title": _("Our objection"),
            "lines": [
                _("Nothing is produced for now. Its main ground: %(ground)s.")
                % {"ground": one.get_code_display().lower()},
                *one.opened.words.split("\n"),
            ],
        },
        *_follows(organisation, words),
    ]
    return _letter(organisation, head.id, parts)


def confirming_nothing(head: Letterhead, organisation: Organisation, words: Words) -> bytes:
    """The answer that says the same whether anything is held here or not."""
    parts = [
        {"title": _("What was demanded"), "lines": [_about(head.kind, head.received_on)]},
        {
            "title": _("Our answer"),
            "lines": words.lines("nothing", organisation=organisation.name),
        },
        *_follows(organisation, words),
    ]
    return _letter(organisation, head.id, parts)


def _follows(organisation: Organisation, words: Words) -> list[dict[str, Any]]:
    ends = ((_("What follows"), "follows"), (str(wording.ALSO.title), "also"))
    parts = [
        {"title": title, "lines": words.lines(code, organisation=organisation.name)}
        for title, code in ends
    ]
    return [part for part in parts if part["lines"]]


def _about(kind: str, received_on: date) -> str:
    return str(WHAT[Kind(kind)]) % {"day": moments.day(received_on)}


def _letter(organisation: Organisation, of: UUID, parts: list[dict[str, Any]]) -> bytes:
    return _typeset(
        organisation,
        title=_("Answer to a legal demand"),
        reference=documents.reference(of),
        parts=parts,
        stamp="",
        signs=[_("The person in charge of the protection of personal information"), _("Date")],
    )


def _typeset(
    organisation: Organisation,
    *,
    title: str,
    reference: str,
    parts: list[dict[str, Any]],
    stamp: str,
    signs: list[str],
) -> bytes:
    is_english = get_language() == "en"
    officer = organisation.privacy_officer_en if is_english else organisation.privacy_officer_fr
    said: dict[str, Any] = {
        "title": title,
        "language": (get_language() or "fr")[:2],
        "lines": [organisation.name, officer],
        "parts": parts,
        "signs": signs,
        "stamp": _("SHA-256 of the whole: %(digest)s") % {"digest": stamp} if stamp else "",
        "small": "" if stamp else _("This letter is not legal advice."),
        "footer": _("Confidential · demand %(reference)s") % {"reference": reference},
        "page": _("page"),
        "of": _("of"),
    }
    return documents.typeset(said, PAPER / "answer.typ")


def is_whole(production: Production) -> bool:
    """Whether what was frozen is still, byte for byte, what its digest says."""
    return digest_of(production.opened.content) == production.digest


def _sample(words: Words) -> bytes:
    """An answer to a demand of nobody: an invented day and reference."""
    head = Letterhead(UUID(int=0x1A2B3C4D << 96), Kind.ORDER, date(2026, 3, 2))
    return confirming_nothing(head, wording.sample_organisation(), words)


# Which of its paragraphs an organisation words itself. The ground of an objection is written each
# time; a production is made of what was released, and of nothing else.
ANSWER: Final = wording.Letter(
    "demand",
    gettext_lazy("Letter: the answer to a legal demand"),
    (
        Paragraph(
            "nothing",
            gettext_lazy("An answer that confirms nothing"),
            gettext_lazy(
                "Sent when nothing obliges you to answer: it is the same whether a file is held, "
                "or not."
            ),
            ours=(
                gettext_lazy(
                    "With what it says, nothing can be produced. To protect the persons who may "
                    "turn to us, we neither confirm nor deny that we hold information about "
                    "anybody."
                ),
            ),
            places=wording.ORGANISATION,
        ),
        Paragraph(
            "follows",
            gettext_lazy("What follows"),
            gettext_lazy("After an objection, and after an answer that confirms nothing."),
            ours=(
                gettext_lazy(
                    "What is held, if anything is, is kept as it is until this is settled."
                ),
                gettext_lazy(
                    "Whoever demands it may have a court decide. We answer what it orders, and no "
                    "more."
                ),
            ),
            places=wording.ORGANISATION,
        ),
        wording.ALSO,
    ),
    _sample,
    may_be_neutral=False,
)
