"""What does an organisation write before it uses this, and in its register of products? Two papers.

A product sheet (R-22.1, s. 107) and the draft of a privacy impact assessment (A-2.1, s. 63.5;
P-39.1, s. 3.3; R-22.1, s. 107), filled from the code as far as it knows. What only the organisation
knows is left blank, with its question.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import yaml
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from procrastinate.contrib.django import app as queue

from spheres.config.written import head, page, table
from spheres.core.words import FileSection, Handlers, OfOrganisation, OfRegion, Own, Public
from spheres.evaluation.rights import queries as rights
from spheres.evaluation.rights.words import FACES
from spheres.sharing import rules
from spheres.sharing.compile import our_models, word_of
from spheres.vault.models import Kind, Lockable

ROOT: Final = Path(__file__).resolve().parents[2]
REGION: Final = ROOT / "regions" / "montreal"

# What protects, and the test that shows it: a file that is no longer there fails the page.
SHOWN: Final[tuple[tuple[Any, str], ...]] = (
    (
        gettext_lazy(
            "Who may read a row is decided by the database, from one table of rules; the pages "
            "decide nothing of it."
        ),
        "spheres/sharing/tests/test_matrix.py",
    ),
    (
        gettext_lazy("A rule that is made a little wider, or taken away, is noticed."),
        "spheres/sharing/tests/test_mutants.py",
    ),
    (
        gettext_lazy("A table that is asked without saying who asks refuses to answer."),
        "spheres/sharing/tests/test_walls.py",
    ),
    (
        gettext_lazy("The police learn nothing of somebody they were not told of."),
        "tests/proofs/test_proof_police.py",
    ),
    (
        gettext_lazy("What a person takes back is closed at the next statement."),
        "tests/proofs/test_proof_sharing.py",
    ),
    (
        gettext_lazy("No text in clear is found in a copy, a file, a log, a queue or a session."),
        "tests/proofs/test_proof_vault_canary.py",
    ),
    (
        gettext_lazy("A text that was moved, changed or cut is refused, never shown in part."),
        "tests/proofs/test_proof_vault_cipher.py",
    ),
    (
        gettext_lazy("No text is opened without a line of the journal, of which a copy is signed."),
        "tests/proofs/test_proof_audit_pages.py",
    ),
    (
        gettext_lazy("What was destroyed does not come back with an older copy."),
        "tests/proofs/test_proof_vault_erasing.py",
    ),
    (
        gettext_lazy("Too many files opened in one day are noticed, then stopped."),
        "tests/proofs/test_proof_read_caps.py",
    ),
    (
        gettext_lazy("What was acknowledged is neither lost nor doubled when a machine stops."),
        "tests/proofs/test_proof_kill.py",
    ),
    (
        gettext_lazy("Nobody comes to a page without a door, and no page forgets its own."),
        "tests/architecture/test_doors.py",
    ),
)
# What could happen to her, what lessens it, and what remains: said, not measured.
RISKS: Final[tuple[tuple[Any, Any, Any], ...]] = (
    (
        gettext_lazy("Somebody who exploits a person looks at their telephone."),
        gettext_lazy(
            "Nothing is sent by itself; how to reach the person is theirs to say; the public "
            "pages are left at one press, and name nothing."
        ),
        gettext_lazy("The history of a browser, a shared account, a spying application."),
    ),
    (
        gettext_lazy("A colleague is curious, or knows the person."),
        gettext_lazy(
            "Only whoever walks with the person reads; each opening is written, and the person "
            "reads who opened; unusual ones are looked at each week."
        ),
        gettext_lazy("What somebody says aloud."),
    ),
    (
        gettext_lazy("A partner learns more than what the person agreed to."),
        gettext_lazy("Sharing is a consent: what, with whom, what for, until when; by section."),
        gettext_lazy("What was read before the person took it back."),
    ),
    (
        gettext_lazy("A file is asked for by a court, or by somebody who pretends to be entitled."),
        gettext_lazy("One way only, with two people, the minimum, and a line of the register."),
        gettext_lazy("What the law orders."),
    ),
    (
        gettext_lazy("Figures tell of somebody, for they are few."),
        gettext_lazy("Fixed periods, groups too small are not shown, no row leaves."),
        gettext_lazy("Several publications compared with each other: to be looked at each year."),
    ),
    (
        gettext_lazy("A telephone of a worker is lost, or an account is taken."),
        gettext_lazy(
            "Passkeys, a lock after minutes, sessions ended from elsewhere, nothing readable kept."
        ),
        gettext_lazy("What was on the screen at that moment."),
    ),
    (
        gettext_lazy("Whoever runs the server looks into the database."),
        gettext_lazy(
            "Names and texts are encrypted under keys kept apart, and the journal cannot be "
            "rewritten unseen."
        ),
        gettext_lazy("Whoever holds the key file and the server at once."),
    ),
)
# What only the organisation knows.
TO_SAY: Final = (
    gettext_lazy("Organisation, regime that applies to it, and who is in charge of privacy"),
    gettext_lazy("Who is consulted, and when: counsel, practitioners, young people"),
    gettext_lazy("Where the server and its copies are, who runs them, under which contract"),
    gettext_lazy("Which purposes are pursued here, and what is not recorded"),
    gettext_lazy("Is psychosocial accompaniment care, for this organisation? At which age alone?"),
    gettext_lazy("How long each kind of record is kept, and who approved it"),
    gettext_lazy("Agreements with the other partners, and who signs for the programme"),
    gettext_lazy("What remains of the risks, who accepts it, and when it is looked at again"),
)


def papers() -> dict[str, str]:
    """Both papers in both languages, by the name of their file."""
    found = {}
    for language in ("fr", "en"):
        with translation.override(language):
            found[f"product-sheet.{language}.md"] = sheet(language)
            found[f"impact-assessment.{language}.md"] = assessment(language)
    return found


def sheet(language: str) -> str:
    """One page for the register of technological products."""
    return page(
        _("Product sheet"),
        _(
            "For the register of technological products and services (R-22.1, s. 107). Not legal "
            "advice."
        ),
        _rows(
            (_("Product"), "Sphères"),
            (
                _("What it serves"),
                _(
                    "To accompany, on a voluntary basis, persons aged 12 to 24 who are or were "
                    "sexually exploited; several organisations act together, each with its own "
                    "files."
                ),
            ),
            (_("Licence"), "AGPL-3.0"),
            (_("Version of the rules of access"), rights.version()),
            (_("Where it runs"), _("On a server of the organisation or of the programme.")),
            (_("What it calls outside"), _("Nothing: no foreign service, no picture, no font.")),
            (_("What it sends"), _("No mail and no text message. A worker may read her own hours "
                                   "in her calendar, without a name.")),
            (_("Accounts"), _("Staff alone, by passkey; named roles, with an end.")),
            (_("Journal"), _("Every opening of a text and every act; chained, signed, never "
                             "rewritten.")),
            (_("Languages"), _("French and English")),
            (_("Accessibility"), _("WCAG 2.2 AA, in both languages; PDF/UA for papers.")),
            (_("Libraries"), ", ".join(_libraries())),
        ),
        head(_("To be said by the organisation")),
        _blank(TO_SAY[0], TO_SAY[2]),
    )  # fmt: skip


def assessment(language: str) -> str:
    """The draft of the assessment, in the order in which it is read."""
    return page(
        _("Privacy impact assessment: a draft filled from the code"),
        _(
            "Before acquiring, developing or overhauling a system (A-2.1, s. 63.5; P-39.1, s. 3.3; "
            "R-22.1). The code says what it knows; the organisation completes, decides and signs. "
            "Not legal advice."
        ),
        head(_("What is kept of a person, by section of a file"), 1),
        table((_("Section"), _("What it holds"), _("Tables"), _("Encrypted texts")), _sections()),
        head(_("What is kept elsewhere"), 2),
        table((_("Whose"), _("Tables"), _("Encrypted texts")), _elsewhere()),
        head(_("For which purposes"), 3),
        _("A file serves the follow-up. It is shared for these purposes, and each is agreed to:")
        + "\n",
        "".join(f"- {purpose}\n" for purpose in _purposes(language)),
        head(_("What comes in, what goes out"), 4),
        table((_("By which way"), _("What passes")), _flows()),
        head(_("Who reads"), 5),
        _("The page of rights, made from the rules, says it whole. Version: %(version)s.")
        % {"version": rights.version()}
        + "\n",
        head(_("How long"), 6),
        _("Proposals, to be set by each organisation. Nothing of a file is destroyed by itself.")
        + "\n",
        table((_("What"), _("How long"), _("Counted from"), _("Why")), _kept(language)),
        _("Texts of these kinds are locked under keys of their own: %(kinds)s.")
        % {"kinds": ", ".join(str(kind.label).lower() for kind in Kind)}
        + "\n",
        head(_("What protects, and where it is shown"), 7),
        table((_("What holds"), _("Shown by")), ((said, f"`{path}`") for said, path in SHOWN)),
        head(_("What could happen"), 8),
        table((_("Risk"), _("What lessens it"), _("What remains")), RISKS),
        head(_("What is done by itself"), 9),
        _("No decision about a person, no score, no profile, no place found. These jobs run:")
        + "\n",
        "".join(f"- `{name}`\n" for name in _jobs()),
        head(_("To be said by the organisation"), 10),
        _blank(*TO_SAY),
        head(_("Signatures"), 11),
        table((_("Name"), _("Title"), _("Day"), _("Signature")), [("…", "…", "…", "…")] * 3),
    )


def _sections() -> Iterator[tuple[str, ...]]:
    for section in rules.FACES:
        found = [
            model
            for model in our_models()
            if isinstance(word := word_of(model), FileSection) and word.section == section
        ]
        title, holds = FACES[section]
        yield str(title), str(holds), str(len(found)), str(_locked(found))


def _elsewhere() -> Iterator[tuple[str, ...]]:
    whose = (
        (Own, _("One account’s own")),
        (Handlers, _("Those who handle one matter")),
        (OfOrganisation, _("One organisation")),
        (OfRegion, _("All members of the programme")),
        (Public, _("Anybody: words, numbers and places of the region")),
    )
    for word, said in whose:
        found = [model for model in our_models() if isinstance(word_of(model), word)]
        yield said, str(len(found)), str(_locked(found))


def _locked(models: list[Any]) -> int:
    return sum(len(m.locked_fields()) for m in models if issubclass(m, Lockable))


def _flows() -> tuple[tuple[str, str], ...]:
    papers = len(list((ROOT / "spheres").glob("**/paper/*.typ")))
    return (
        (_("Public form"), _("A referral: what its eight questions ask, read by the desk alone.")),
        (_("A worker’s pages"), _("What is written with or about the person.")),
        (
            _("A partner’s pages"),
            _("What the person shares, by section; nothing is copied."),
        ),
        (
            _("Papers"),
            ngettext(
                "%(number)s kind of paper, made at a press, named by its kind alone.",
                "%(number)s kinds of paper, made at a press, named by their kind alone.",
                papers,
            )
            % {"number": papers},
        ),
        (_("A worker’s calendar"), _("Hours with neutral words, if she wishes.")),
        (_("Copies for safety"), _("Encrypted; keys apart, kept a shorter time.")),
        (_("Figures"), _("Counts of fixed periods; groups too small are not shown.")),
    )


def _purposes(language: str) -> list[str]:
    said = yaml.safe_load((REGION / "vocabularies.yaml").read_text(encoding="utf-8"))
    return [
        term[language]
        for vocabulary in said
        if vocabulary["slug"] == "sharing_purposes"
        for term in vocabulary["terms"]
    ]


def _kept(language: str) -> Iterator[tuple[str, ...]]:
    for rule in yaml.safe_load((REGION / "retention.yaml").read_text(encoding="utf-8")):
        yield rule["name"][language], _long(rule), rule["from"][language], rule["basis"][language]


def _long(rule: dict[str, Any]) -> str:
    if years := rule.get("keep_years"):
        return ngettext("%(number)s year", "%(number)s years", years) % {"number": years}
    days = rule["keep_days"]
    return ngettext("%(number)s day", "%(number)s days", days) % {"number": days}


def _jobs() -> list[str]:
    return sorted(name for name, task in queue.tasks.items() if hasattr(task.func, "service"))


def _libraries() -> list[str]:
    said = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return sorted(
        one.partition(";")[0].partition(">")[0].partition("[")[0].strip()
        for one in said["project"]["dependencies"]
    )


def _rows(*rows: tuple[str, str]) -> str:
    return table((_("Point"), _("What the code says")), rows)


def _blank(*questions: Any) -> str:
    return table((_("Question"), _("Answer")), ((question, "…") for question in questions))
