"""By which ways does more than one text of a file leave the house? A written list, and no other.

Whoever makes a document, a copy, or bytes to keep says here of what it is made. A new one fails
until somebody has written what leaves by it, and by what right.
"""

from __future__ import annotations

import ast
from typing import Final

import pytest

from tests.architecture.source import Module, modules

# What sets a sheet, copies texts, or sends bytes to keep.
MAKING: Final = {"typeset", "to_copy", "as_sheet", "seal_for"}
SENDING: Final = "Content-Disposition"

# More than one text of a person's file, and by what right.
MANY: Final = {
    "spheres/portal/notebook/documents.py": "all that her notebook shows, on paper, for her",
    "spheres/portal/notebook/views/staff.py": "all that her notebook shows, on paper, for her",
    "spheres/followup/reading/documents.py": "her own reading, on paper, at her wish",
    "spheres/followup/reading/views.py": "her own reading, on paper, at her wish",
    "spheres/followup/departure/views.py": "her copy, when the organisation leaves the programme",
    "spheres/privacy/access_requests/documents.py": "what an access request was granted",
    "spheres/privacy/access_requests/views/handling.py": "what an access request was granted",
    "spheres/privacy/legal_demands/documents.py": "what two people released to a legal demand",
    "spheres/privacy/legal_demands/views/producing.py": "what two people released to it",
}
# One text, or one thing made with her.
ONE: Final = {
    "spheres/followup/accompaniments/documents.py": "one letter she takes along",
    "spheres/followup/accompaniments/views/outgoing.py": "one letter she takes along",
    "spheres/followup/accompaniments/views/steps.py": "what to bring to one appointment",
    "spheres/followup/activities/views/shared.py": "one outing, for a calendar; costs of nobody",
    "spheres/followup/consents/documents.py": "one agreement, or the card of the first words",
    "spheres/followup/consents/views.py": "one agreement, or the card of the first words",
    "spheres/followup/disclosures/documents.py": "one communication; the register, read with her",
    "spheres/followup/disclosures/views/parcel.py": "one communication, sealed for one programme",
    "spheres/followup/disclosures/views/telling.py": "one communication; her register",
    "spheres/followup/exercises/papers.py": "one exercise",
    "spheres/followup/exercises/views/sheets.py": "one exercise",
    "spheres/followup/instruments/papers.py": "one questionnaire",
    "spheres/followup/instruments/views.py": "one questionnaire",
    "spheres/followup/plan/views.py": "her plan, as she agreed to each of its parts",
    "spheres/followup/restrictions/documents.py": "one notice she signs",
    "spheres/followup/restrictions/views.py": "one notice she signs",
    "spheres/followup/safety_net/documents.py": "her safety card",
    "spheres/followup/safety_net/views/sheets.py": "her safety card",
    "spheres/followup/strengths/views.py": "her strengths, for her",
    "spheres/papers/views.py": "one page of one scanned paper, or its document",
    "spheres/records/documents.py": "one signed text, to the official file of its author",
    "spheres/records/views.py": "one signed text, to the official file of its author",
}
# Nothing of anybody.
NOTHING: Final = {
    "spheres/records/spreadsheets.py": "what others hand it; each of them stands here",
    "spheres/evaluation/indicators/views.py": "the figures of one quarter, as the page shows them",
    "spheres/evaluation/reports/documents.py": "what is told of a year: figures, and words",
    "spheres/evaluation/reports/views.py": "what is told of a year: figures, and words",
    "spheres/evaluation/research/views/studies.py": "the same, and its twin, drawn by chance",
    "spheres/training/reach/views.py": "how many people trainings reached",
    "spheres/outreach/events/sheets.py": "where the programme was made known, and before how many",
    "spheres/interop/ical/views.py": "the hours of one meeting of a committee, and one word",
    "spheres/public/open_figures.py": "what was published of each year, for everybody",
    "spheres/public/trainings.py": "the hours of one training, and one word",
    "spheres/training/sessions/documents.py": "names of those who come to a training, on paper",
    "spheres/training/sessions/views.py": "the same; the hours of one training, and one word",
    "spheres/partners/meeting_papers/views.py": "one page of a paper of a meeting, or its document",
    "spheres/directory/papers.py": "addresses of resources",
    "spheres/directory/views.py": "addresses of resources",
    "spheres/evaluation/rights/papers.py": "the page of rights",
    "spheres/evaluation/rights/views.py": "the page of rights",
    "spheres/worker_support/own_notes/documents.py": "what its author wrote for herself alone",
    "spheres/worker_support/own_notes/views.py": "what its author wrote for herself alone",
    "spheres/privacy/incidents/documents.py": "a register without names, a notice, a letter",
    "spheres/privacy/incidents/views/entries.py": "a register without names, a notice, a letter",
    "spheres/privacy/undertakings/documents.py": "what a colleague signed",
    "spheres/privacy/undertakings/views.py": "what a colleague signed",
    "spheres/training/attestations/documents.py": "in what a colleague was trained, and a number",
    "spheres/training/attestations/views.py": "in what colleagues were trained, and a number",
    "spheres/training/kit/views.py": "what is taught and asked, and links; never by or of whom",
    "spheres/training/brought_in/views.py": "names of columns; where a list is wrong, without it",
    "spheres/privacy/retention/documents.py": "a letter, a certificate without content",
    "spheres/privacy/retention/views.py": "a letter, a certificate without content",
    "spheres/privacy/wording/views.py": "a letter of nobody, with invented days, to look at",
}


def makes(tree: ast.AST) -> bool:
    """Whether it sets a sheet, copies texts, or answers with bytes to keep."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = node.func
            if getattr(called, "attr", getattr(called, "id", "")) in MAKING:
                return True
        if isinstance(node, ast.Constant) and node.value == SENDING:
            return True
    return False


def ways_out() -> set[str]:
    return {module.name for module in modules() if makes(module.tree)}


def test_every_way_out_is_on_the_list_and_the_list_names_no_other() -> None:
    assert sorted(ways_out()) == sorted({**MANY, **ONE, **NOTHING})


def test_no_way_is_said_twice() -> None:
    assert len(MANY) + len(ONE) + len(NOTHING) == len({**MANY, **ONE, **NOTHING})


@pytest.mark.parametrize(
    "code",
    [
        "documents.typeset(said, PAPER)",
        "together.to_copy(f, actor=a)",
        "as_sheet(n, c, r)",
        f"answer['{SENDING}'] = n",
    ],
)
def test_a_new_way_is_seen(code: str) -> None:
    assert makes(ast.parse(code))
    assert not makes(ast.parse("queries.texts(f, actor=a)"))


def test_modules_are_read() -> None:
    assert isinstance(modules()[0], Module)
