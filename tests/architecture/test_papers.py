"""Is every sheet of paper that leaves readable by a screen reader, as a second checker sees it?

The typesetter holds itself to PDF/UA-1; a checker that is not the typesetter reads what it made.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final
from uuid import UUID

import pdfua
import pytest
import typst
from django.utils import translation
from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject

from spheres.accounts.models import Undertaking, UndertakingText
from spheres.directory import papers as directory
from spheres.evaluation.reports import documents as reports
from spheres.evaluation.reports.tests import factories as reported
from spheres.evaluation.rights import papers as committee
from spheres.evaluation.rights import queries as rights
from spheres.followup.consents import documents as consents
from spheres.followup.disclosures import documents as disclosures
from spheres.followup.exercises import papers as exercises
from spheres.followup.exercises import prompts, queries
from spheres.followup.instruments import papers as asked
from spheres.followup.instruments import queries as instruments
from spheres.followup.plan import views as plan
from spheres.followup.restrictions import documents as restrictions
from spheres.followup.safety_net import documents as safety
from spheres.followup.safety_net.models import Part
from spheres.followup.safety_net.tests import factories as net
from spheres.portal.notebook import documents as notebook
from spheres.privacy.access_requests import documents as requested
from spheres.privacy.access_requests.tests.test_papers import decided
from spheres.privacy.access_requests.tests.test_papers import head as letter_head
from spheres.privacy.incidents import documents as incidents
from spheres.privacy.legal_demands import documents as demanded
from spheres.privacy.retention import documents as retention
from spheres.privacy.undertakings import documents as signing
from spheres.records import documents, wording
from spheres.records.wording import ours
from spheres.training.attestations import documents as training
from spheres.training.attestations.models import Attestation
from spheres.training.attestations.queries import Held
from spheres.training.catalogue.models import Topic
from spheres.vault.models import Opened
from spheres.worker_support.own_notes import documents as own_notes
from spheres.worker_support.own_notes.models import OwnNote
from tests.architecture.source import ROOT
from tests.region import demo_words

pytestmark = pytest.mark.django_db

AT: Final = datetime(2026, 3, 2, 14, 5, tzinfo=UTC)
LANGUAGES: Final = ("fr", "en")
Made = Iterator[tuple[str, bytes]]


def signed_texts(language: str) -> Made:
    """A note, as it is copied to the official file."""
    made = documents.Document(
        id=UUID(int=5 << 120), file_id=UUID(int=6), kind="note", title="Note du 2 mars 2026",
        language=language, organisation="La Maison", author="Inès", occurred_at=AT, signed_at=AT,
        texts=(documents.Words("observation", "Ce qui a été vu", "Elle rit.\n\nPuis part."),),
        facts=(documents.Fact("place", "Où", "Dans la rue"),),
        corrects=(documents.Corrected(UUID(int=9), "Corrige la note du 1er mars", AT, AT),),
    )  # fmt: skip
    yield "signed text", documents.as_pdf(made)


def sheets(language: str) -> Made:
    """What she takes along, a letter that is handed over, her strengths: one sheet, its parts."""
    parts = [{"title": "Ce que tu apportes", "lines": ["Ta carte", "Un crayon"]}]
    for name, held in (("whole", parts), ("empty", [])):
        said = {"title": "À avoir avec toi", "language": language, "parts": held}
        yield f"sheet, {name}", documents.typeset(said, documents.PAPER / "sheet.typ")


def notebook_pages(language: str) -> Made:
    """All that her notebook shows: words, lines, a title of their own or none; and nothing yet."""
    pieces = [
        {"title": "Mes rêves", "words": [], "lines": ["Revoir la mer (choisi)"]},
        {"title": "", "words": ["Une journée.\n\nPuis une autre."], "lines": []},
    ]
    for name, held in (("whole", [{"title": "Mon plan", "pieces": pieces}]), ("empty", [])):
        said = {"title": "Pages, 2 mars 2026", "language": language, "parts": held}
        yield f"notebook, {name}", documents.typeset(said, notebook.TEMPLATE)


def exercise_sheets(language: str) -> Made:
    """Every exercise of the region, to fill in by hand; and one of each question, filled."""
    for one in queries.offered():
        yield f"blank {one.slug}", exercises.blank(one.asks, language)
        said = [
            {"label": str(prompt.label), "hint": "", "blocks": blocks}
            for prompt in one.asks.prompts
            if (
                blocks := exercises._said(prompts.Told(prompt, words="Dit.", lines=("Une", "Deux")))
            )
        ]
        day = "2 mars 2026"
        yield (
            f"filled {one.slug}",
            exercises._typeset(one.asks, language, said, day, is_blank=False),
        )


def first_words(language: str) -> Made:
    """What is read aloud at the start."""
    yield "information", consents.card()


def told(language: str) -> Made:
    """What goes to somebody outside, with room to sign; a register without a line."""
    parts = [("Le nom choisi", ["Maya"]), ("Ses mots", ["Un lit.", "Du calme."])]
    yield "told", disclosures._paper("Communication", parts, "AB12 CD34", ["Reçu par"])
    yield "register, empty", disclosures.register([])


def plans(language: str) -> Made:
    for name, held, blank in (
        ("whole", [{"title": "Mes petits pas", "lines": ["Appeler", "Y aller"]}], []),
        ("empty", [], ["Ce dont je rêve"]),
    ):
        said = {
            "title": "Mon plan", "language": language, "day": "2 mars 2026", "sheets": held,
            "blank": blank, "words": "C’est à moi.",
        }  # fmt: skip
        yield f"plan, {name}", documents.typeset(said, plan.PAPER)


def cards(language: str) -> Made:
    for name, answers in (("whole", {"knots": net.KNOTS}), ("empty", {})):
        yield f"card, {name}", safety.card(safety.Card(answers, {}), language)


def safety_sheets(language: str) -> Made:
    for part in Part:
        for name, answers in (("whole", {"knots": net.KNOTS}), ("empty", {})):
            yield f"{part}, {name}", safety.sheet(part, answers, language)


def notices(language: str) -> Made:
    for name, lines, blank in (
        ("whole", ["Yanick", "Deux\nlignes"], ""),
        ("blank", [], "À remplir :"),
    ):
        said = {
            "title": "Avis", "language": language, "about": "Loi.",
            "parts": [{"title": "Qui ne doit pas voir", "lines": lines, "blank": blank}],
            "signs": ["Signature", "Date"], "footer": "Confidentiel",
        }  # fmt: skip
        yield f"notice, {name}", documents.typeset(said, restrictions.PAPER)


def incidents_told(language: str) -> Made:
    """A register without a line; a notice with what is known, what is to be filled, who signs."""
    yield "register, empty", incidents.register([], "La Maison", today=date(2026, 3, 2))
    parts = [
        {"title": "Inscription AB12 CD34", "level": 2, "lines": ["Connu depuis aujourd’hui"]},
        {"title": "Les renseignements visés", "level": 3, "lines": ["Un nom", "Deux\nlignes"]},
        {"title": "Ce qui s’est passé", "level": 2, "lines": [], "blank": "À remplir :"},
    ]
    yield "notice", incidents._paper("Avis", "Loi.", parts, "AB12 CD34", ["Signature"])


def letters(language: str) -> Made:
    """Both letters of a request, and the answer that confirms nothing."""
    yield "received", requested.acknowledgement(letter_head(), ours(requested.RECEIVED))
    refused = decided("LATER", "HARM", "Pour sa sécurité.", date(2026, 6, 1))
    yield "answer", requested.decision(letter_head(), refused, ours(requested.ANSWERED))
    named = letter_head(is_neutral=False)
    yield "nothing confirmed", requested.confirming_nothing(named, ours(requested.ANSWERED))


def questionnaires(language: str) -> Made:
    """Every questionnaire of the region, to fill in by hand; and one of each question, answered."""
    for one in instruments.all_versions().values():
        yield f"blank {one.title}", asked.blank(one, language)
        said = [
            asked._said(item, [{"kind": "paragraph", "words": "Dit."}] if item.is_answered else [])
            for item in one.asks.items
        ]
        yield (
            f"filled {one.title}",
            asked._typeset(one, language, said, "2 mars 2026", is_blank=False),
        )


def booklets(language: str) -> Made:
    made = directory.make([], language=language, on=date(2026, 3, 2), with_lines=True)
    yield "booklet, its lines", made.content
    said = {
        "title": "Adresses", "language": language, "state": "Au 2 mars", "colon": ":",
        "groups": [{"title": "Dormir", "resources": [
            {"name": "La Maison", "provider": "Le Réseau", "about": "Un lit.",
             "facts": [["Téléphone", "555 0100"]], "verified": "Vérifié en mars"},
        ]}],
        "lines_title": "", "lines": [], "note": "Rien d’autre.",
    }  # fmt: skip
    yield "booklet, its resources", directory.typeset(said)


def undertakings(language: str) -> Made:
    """As it was signed: its paragraphs, who, when."""
    row = Undertaking(id=UUID(int=7 << 120), language=language, signed_at=AT)
    text = UndertakingText(words_fr="Je garde.\n\nPour moi.", words_en="I keep.\n\nTo myself.")
    made = {"name": "Inès", "organisation": "La Maison"}
    yield "undertaking", signing.paper(row, text, **made)


def own_notes_taken(language: str) -> Made:
    """Those of whoever leaves: with a pseudonym, without, in several paragraphs."""
    notes = []
    for pseudonym, words in (("", "Attendre."), ("Hirondelle", "Moins vite.\n\nÉcouter\nd’abord.")):
        note = OwnNote(id=UUID(int=8 << 120), written_at=AT)
        note.__dict__["_opened"] = Opened(pseudonym=pseudonym, text=words)
        notes.append(note)
    yield "own notes", own_notes.paper(notes)


def rights_to_sign(language: str) -> Made:
    """The page of rights, with what an organisation is held to and room to sign."""
    pairs = (("Loi", "P-39.1"), ("Garde", "5 ans"))
    kept = replace(
        rights.rights(on=date(2026, 3, 2)),
        profiles=(rights.Profile("La Maison", True, pairs),),
        profiles_version="0000 0000 0000",
    )
    yield "rights", committee.make(kept, language=language).content


def reports_of_years(language: str) -> Made:
    """One that is written, and one that is locked, with words everywhere."""
    told = reported.SAMPLE
    yield "open", reports.paper(told)
    yield "locked", reports.paper(reported.locked_sample())


def kept_and_erased(language: str) -> Made:
    """A letter and a certificate, with all their parts."""
    for kind, letter in retention.LETTERS.items():
        words = ours(letter).with_these("also", ("Aussi.", "Also."))
        yield kind, letter.sample(words)


def demands_answered(language: str) -> Made:
    """A production, stamped, on several pages; a letter of objection."""
    long = [{"title": f"Note {n}", "lines": ["Dit ce jour-là. " * 40]} for n in range(9)]
    for name, stamp, parts in (("production", "0a1b2c3d " * 8, long), ("letter", "", long[:1])):
        said = {
            "title": "Communication", "language": language, "lines": ["La Maison", "Direction"],
            "parts": parts, "signs": ["Préparée par", "Autorisée par"], "stamp": stamp,
            "small": "" if stamp else "Pas un avis juridique.", "footer": "Confidentiel",
            "page": "page", "of": "de",
        }  # fmt: skip
        yield name, documents.typeset(said, demanded.PAPER / "answer.typ")


def attestations_of_training(language: str) -> Made:
    """Of somebody from outside, which lapses; of a colleague, which does not."""
    for name, house, until in (
        ("outside", "École des Rives", date(2029, 3, 2)),
        ("here", "", None),
    ):
        row = Attestation(
            id=UUID(int=9 << 120), language=language, organisation=house, topic="first",
            taken_on=date(2026, 3, 2), ends_on=until, number="0" * 20,
        )  # fmt: skip
        topic = Topic(slug="first", title_fr="Nommer", title_en="Naming", minutes=210)
        held = Held(row, topic, "Mireille Fortin")
        yield name, training.paper(held, address="jeunes.exemple.org/attestation/")


# Each template, and what draws with it all that it can draw.
TEMPLATES: Final[dict[str, Callable[[str], Made]]] = {
    "spheres/records/paper/document.typ": signed_texts,
    "spheres/records/paper/sheet.typ": sheets,
    "spheres/portal/notebook/paper/pages.typ": notebook_pages,
    "spheres/followup/exercises/paper/exercise.typ": exercise_sheets,
    "spheres/followup/instruments/paper/questionnaire.typ": questionnaires,
    "spheres/followup/consents/paper/card.typ": first_words,
    "spheres/followup/disclosures/paper/told.typ": told,
    "spheres/followup/plan/paper/plan.typ": plans,
    "spheres/privacy/incidents/paper/incident.typ": incidents_told,
    "spheres/followup/safety_net/paper/card.typ": cards,
    "spheres/followup/safety_net/paper/sheet.typ": safety_sheets,
    "spheres/followup/restrictions/paper/notice.typ": notices,
    "spheres/privacy/access_requests/paper/letter.typ": letters,
    "spheres/privacy/legal_demands/paper/answer.typ": demands_answered,
    "spheres/privacy/retention/paper/letter.typ": kept_and_erased,
    "spheres/directory/paper/directory.typ": booklets,
    "spheres/privacy/undertakings/paper/undertaking.typ": undertakings,
    "spheres/training/attestations/paper/attestation.typ": attestations_of_training,
    "spheres/worker_support/own_notes/paper/own_notes.typ": own_notes_taken,
    "spheres/evaluation/rights/paper/rights.typ": rights_to_sign,
    "spheres/evaluation/reports/paper/report.typ": reports_of_years,
}


def faults(content: bytes, folder: Path) -> list[str]:
    """What the checker finds, as short lines."""
    path = folder / "paper.pdf"
    path.write_bytes(content)
    return sorted(
        f"{found.rule_id}: {found.message}" for found in pdfua.validate(str(path)).findings
    )


def test_no_template_of_paper_escapes_the_second_checker() -> None:
    assert sorted(TEMPLATES) == sorted(
        path.relative_to(ROOT).as_posix() for path in ROOT.glob("spheres/**/*.typ")
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("template", TEMPLATES)
def test_every_paper_is_read_by_a_screen_reader(
    template: str, language: str, tmp_path: Path
) -> None:
    with demo_words(), translation.override(language):
        made = dict(TEMPLATES[template](language))

    assert made
    assert {name: found for name, each in made.items() if (found := faults(each, tmp_path))} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_letter_that_an_organisation_words_is_read_too(language: str, tmp_path: Path) -> None:
    """Each that a folder declares, whole, with all its parts: a new one joins by itself."""
    also = ("Aussi, {organisation}.", "Also, {organisation}.")
    with translation.override(language):
        made = {
            letter.code: letter.sample(ours(letter).with_these(wording.ALSO.code, also))
            for letter in wording.letters()
        }

    assert len(made) >= 8
    assert {name: found for name, each in made.items() if (found := faults(each, tmp_path))} == {}


def without(content: bytes, *names: str) -> bytes:
    """The same paper, whose catalogue lost something."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(content)))
    for name in names:
        del writer._root_object[NameObject(name)]
    kept = io.BytesIO()
    writer.write(kept)
    return kept.getvalue()


def set_freely(words: str) -> bytes:
    """A paper that is not held to the standard."""
    made = typst.compile(words.encode(), ignore_system_fonts=True)
    assert isinstance(made, bytes)
    return made


SQUARE: Final = '<svg xmlns=\\"http://www.w3.org/2000/svg\\" width=\\"9\\" height=\\"9\\"/>'


def test_the_second_checker_sees_what_is_broken(tmp_path: Path) -> None:
    whole = next(sheets("fr"))[1]
    picture = set_freely(f'#set document(title: "T")\n#image(bytes("{SQUARE}"), format: "svg")')
    broken = {
        "untagged": without(whole, "/StructTreeRoot", "/MarkInfo"),
        "no language": without(whole, "/Lang"),
        "title unseen": without(whole, "/ViewerPreferences"),
        "no title": set_freely("Sans titre."),
        "no alternative": picture,
    }

    seen = {
        name: [line.split(":")[0] for line in faults(each, tmp_path)]
        for name, each in broken.items()
    }

    assert faults(whole, tmp_path) == []
    assert seen == {
        "untagged": ["UA-01-002", "UA-01-005"],
        "no language": ["UA-06-001"],
        "title unseen": ["UA-07-002"],
        "no title": ["UA-07-001", "UA-07-002", "UA-28-004"],
        "no alternative": ["UA-07-002", "UA-13-004", "UA-28-004"],
    }
