"""What does her say bring to the paper of her notebook? What is not hers to read at her age is not
on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from spheres.followup.consents import queries as consents
from spheres.followup.consents.queries import Shared
from spheres.followup.disclosures.saying import Read
from spheres.followup.dossier import journal, opened, seeing
from spheres.followup.dossier.opened import Opened
from spheres.followup.dossier.seeing import Seer
from spheres.followup.restrictions import standing as restrictions
from spheres.followup.restrictions.standing import Hers
from spheres.portal.my_say import queries
from spheres.portal.my_say.forms import TO_HER
from spheres.portal.my_say.queries import Asked
from spheres.portal.notebook import documents
from spheres.portal.notebook.documents import For, Part, Piece, Section
from spheres.records.between import together
from spheres.ui import moments
from spheres.vault import actions as vault


def add_ours() -> None:
    asked = gettext_lazy("What they asked, and where it stands")
    documents.add(Part("asked", asked, 10, of_asked))
    looked = gettext_lazy("Who can see, what is shared, what was told, who opened it")
    documents.add(Part("say", looked, 20, of_say))


def of_asked(of: For) -> Iterator[Section]:
    """Each as she reads it; never what she typed, which is not shown back."""
    found = queries.hers(of.file_id, actor=of.actor)
    yield Section(_("Where my requests stand"), [_asked(one) for one in found])


def _asked(one: Asked) -> Piece:
    if one.is_done:
        stands = _("It is settled.")
    elif one.stands:
        stands = _("It was read. Your worker takes care of it.")
    else:
        stands = _("Sent. Nobody has read it yet.")
    said = tuple(answer.opened.words for answer in one.answers if answer.opened.words)
    return Piece(str(TO_HER[one.row.kind][0]), words=(stands, *said))


def of_say(of: For) -> Iterator[Section]:
    file_id, actor, at = of.file_id, of.actor, of.at
    stands = consents.of_file(file_id, actor=actor, at=at)
    mine = shared([one for one in stands if one.is_live or one.is_to_come])
    if not of.of_age:
        yield section(*mine)
        return
    [page] = [one for one in together.pages(of_age=True) if one.code == "told"]
    locked = together.rows_of(page, file_id, actor=actor, at=at)
    vault.open(locked.rows, by=actor)
    block = locked.block()
    yield section(*who(seeing.seers(file_id, actor=actor, at=at)))
    yield section(*mine)
    yield section(*kept(restrictions.hers(file_id, actor=actor)))
    title, lines = told(block.says["lines"] if block else [])
    here = _(
        "Here: what was told because you said yes, and what was refused. What was said because of "
        "a danger, or because the law asks for it, is not written here: you can read it with "
        "your worker, on their screen."
    )
    yield Section(title, [Piece(words=(here,), lines=tuple(lines))])
    yield section(*opened_by(opened.opened(file_id, actor=actor, at=at, on_paper=True)))


def section(title: str, lines: list[str]) -> Section:
    return Section(title, [Piece(lines=tuple(lines))])


def who(seers: Iterable[Seer]) -> tuple[str, list[str]]:
    lines = [
        line
        for one in seers
        for line in (f"{one.name}, {one.job_title or one.role}, {one.organisation}", _reads(one))
        if line
    ]
    return _("Who can see my file"), lines or [_("Nobody, for now.")]


def _reads(seer: Seer) -> str:
    """What this person reads in their work, as the page says it."""
    if seer.reads is None or seer.passes:
        return ""
    if seer.reads.is_all:
        return _("Reads the whole file, but what is said in psychotherapy and your private pages")
    return _("Reads: %(parts)s") % {"parts": seer.reads.parts}


def shared(stands: Iterable[Shared]) -> tuple[str, list[str]]:
    lines = [
        _("%(who)s, until %(day)s: %(parts)s")
        % {
            "who": one.who,
            "day": moments.day(one.until),
            "parts": journal.parts_of(one.consent.sections),
        }
        for one in stands
    ]
    return _("What I share"), lines or [_("You share nothing with another organisation.")]


def kept(found: Hers) -> tuple[str, list[str]]:
    nothing = _("You keep nobody from your file.")
    return _("Who must not see, and what I refuse"), found.lines or [nothing]


def told(lines: Iterable[Read]) -> tuple[str, list[str]]:
    """What her notebook holds of it: by her yes. The rest is read with her worker, never alone."""
    said = [
        f"{moments.day(one.at)} · {' '.join(one.sentences)}"
        for one in lines
        if one.is_by_her_yes and not one.is_never_on_paper
    ]
    nothing = _("Nothing was told about you outside, and nothing refused.")
    return _("What was told about me"), said or [nothing]


def opened_by(found: Opened) -> tuple[str, list[str]]:
    """The last seven days one by one, and how many times in each month before."""
    days = [
        f"{moments.day(day.at)} · {line.last.name}, {line.done}"
        for day in found.days
        for line in day.lines
    ]
    months = [f"{moments.month(month.at)} · {month.said}" for month in found.months]
    return _("Who opened it"), days + months or [_("Nobody, for now.")]
