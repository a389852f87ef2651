"""What do the pages show, offer and answer when the rights of a representative are suspended?"""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.urls import reverse

from spheres.config.tests.test_representatives import (
    LATER,
    SOON,
    THEN,
    WHY,
    answers,
    is_twelve,
    parent_says_yes,
    suspend,
    suspended,
)
from spheres.followup.accompaniments.forms import AgreementForm
from spheres.followup.activities.forms import AuthorisationForm
from spheres.followup.admission.forms import AdmissionForm
from spheres.followup.consents.forms import BackForm
from spheres.followup.consents.tests.factories import share
from spheres.followup.disclosures import actions as disclosures
from spheres.followup.dossier import journal
from spheres.followup.identity import actions as identity
from spheres.followup.representatives import actions, queries
from spheres.followup.restrictions.forms import SignedForm
from spheres.sharing.models import DisclosureStep
from tests.cast import Cast, acting, uuid_of
from tests.pages import Page, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def she_is_twelve(cast: Cast) -> None:
    is_twelve(cast)


def test_she_writes_it_on_a_page_of_its_own_and_it_is_kept_once(cast: Cast) -> None:
    ines, path = (
        signed_in(cast.ines, at=LATER),
        reverse("representatives:page", args=[cast.maya.file_id]),
    )
    sent = {
        "form_id": Page(answers(ines, path)[1]).fields["form_id"],
        "who": "PARENT",
        "ground": "DANGER",
        "reason": WHY,
    }

    short = answers(ines, path, **(sent | {"reason": "Non."}))
    assert (short[0], "deux phrases" in short[1]) == (422, True)
    assert [answers(ines, path, **sent) for _twice in range(2)] == [(302, path), (302, path)]
    page = answers(ines, path)[1]
    assert [words in page for words in (WHY, "Écrit par Inès", 'value="PARENT"')] == [
        True, True, False,
    ]  # fmt: skip
    with acting(cast.ines, LATER):
        [one] = queries.of_file(cast.maya.file_id, actor=cast.ines)

    end = Page(page).fields["form_id"]
    over = reverse("representatives:end", args=[cast.maya.file_id, one.row.pk])
    assert answers(ines, over, form_id=end) == (302, path)
    assert suspended(cast) == frozenset()


def test_the_suspended_is_not_offered_and_a_page_open_before_is_answered_why(cast: Cast) -> None:
    suspend(cast)
    ines, path = signed_in(cast.ines, at=LATER), reverse("consents:give", args=[cast.maya.file_id])
    page = answers(ines, path)[1]
    refused = answers(
        ines, path, form_id=Page(page).fields["form_id"], given_by="PARENT", step="preview"
    )

    offered = re.findall(r'name="given_by" value="(\w+)"', page)
    assert offered == ["TUTOR", "EXCEPTION"]
    assert refused[0] == 422
    assert "Les droits de cette personne sont suspendus" in refused[1]


def test_the_file_and_her_journal_say_nothing_of_whom_or_why(cast: Cast) -> None:
    suspend(cast, ends=True)
    ines = signed_in(cast.ines, at=LATER)
    file = answers(ines, reverse("dossier:file", args=[cast.maya.file_id]))[1]
    shared = answers(ines, reverse("consents:hers", args=[cast.maya.file_id]))[1]

    assert "Qui peut dire oui à sa place" in file
    assert reverse("representatives:page", args=[cast.maya.file_id]) in shared
    assert "suspen" not in file.casefold()
    assert str(journal.SENTENCES[actions.NOTED]) == "a noté qui peut parler en ton nom"


def test_a_representative_is_of_no_concern_once_she_decides_alone(cast: Cast) -> None:
    said = identity.Said(uuid_of("older"), "Maya", "elle", "fr", "", "", "", date(2010, 1, 1))
    with acting(cast.ines, SOON):
        identity.say(cast.maya.file_id, said, by=cast.ines, at=THEN)
    suspend(cast, at=THEN)
    ines = signed_in(cast.ines, at=LATER)

    file = answers(ines, reverse("dossier:file", args=[cast.maya.file_id]))[1]
    assert "Qui peut dire oui à sa place" not in file
    share(cast, at=LATER)


def test_a_disclosure_of_the_parent_that_waits_is_taken_back_once(cast: Cast) -> None:
    told = parent_says_yes(cast, SOON)
    with acting(cast.ines, LATER):
        for _twice in range(2):
            disclosures.end_of_representative(
                cast.maya.file_id, "PARENT", ends_all=False, by=cast.ines, at=LATER
            )
        steps = DisclosureStep.objects.filter(disclosure_id=told.pk)
        assert [step.kind for step in steps] == ["WITHDRAWN"]


FORMS = {
    "what is taken back": (lambda held: BackForm(live=[], suspended=held), "said_by",
                           ["HERSELF", "TEAM"]),
    "what leaves": (lambda held: AgreementForm(suspended=held), "whose_yes",
                    ["HERSELF", "EXCEPTION"]),
    "an activity": (lambda held: AuthorisationForm(suspended=held), "given",
                    ["HERSELF", "EXCEPTION", "OTHER_WAY"]),
    "the admission": (lambda held: AdmissionForm(age_band="12-13", suspended=held), "agreed_by",
                      ["herself", "exception"]),
    "a restriction": (lambda held: SignedForm(decides_alone=False, suspended=held), "decider",
                      ["TUTOR", "EXCEPTION"]),
}  # fmt: skip


@pytest.mark.parametrize("name", FORMS)
def test_no_form_offers_the_suspended(name: str) -> None:
    make, field, left = FORMS[name]
    asked = make({"PARENT"}).fields[field]

    assert [code for code, _label in asked.choices] == left
    assert "suspendus" in str(asked.error_messages["invalid_choice"])
    assert len(make(set()).fields[field].choices) == len(left) + 1
