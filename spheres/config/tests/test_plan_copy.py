"""Does what she agreed to of her plan leave for the official file, and nothing else of it?"""

from __future__ import annotations

import json
import re
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.urls import reverse
from pypdf import PdfReader

from spheres.accounts.models import Organisation
from spheres.audit.models import Event
from spheres.core import clock
from spheres.core.actor import Actor
from spheres.followup.life_plan import actions as life_plan
from spheres.followup.life_plan.models import Aim, Idea
from spheres.followup.passages import actions as passages
from spheres.followup.plan.forms import PlanCopyForm
from spheres.followup.plan.models import PlanHandOver
from tests.cast import LOADER, MONDAY, TUESDAY, Cast, acting, uuid_of
from tests.pages import Page, signed_in, untranslated

pytestmark = pytest.mark.django_db
PRESS = uuid_of("a press on the plan")
DREAM, STEP = "Les clés de chez nous.", "Visiter un appartement."
AGREED = {"parts": ["dreams"], "agreed": "on"}


@pytest.fixture
def with_a_plan(cast: Cast) -> Cast:
    """Maya dreams of her own keys and takes a step; La Maison keeps its official file elsewhere."""
    with acting(LOADER):
        keeps = Organisation.objects.filter(pk=cast.la_maison.pk)
        keeps.update(system_of_record="I-CLSC", copy_shape="PDF")
    with acting(cast.ines):
        dream = uuid_of("dream of keys")
        said = life_plan.Written(dream, Aim.Kind.DREAM, DREAM, MONDAY, Idea.HERS)
        life_plan.sign(cast.maya.file_id, said, by=cast.ines, at=MONDAY)
        step = life_plan.StepSaid(uuid_of("step to keys"), STEP, is_chosen=True)
        life_plan.add_step(cast.maya.file_id, dream, step, by=cast.ines, at=MONDAY)
    return cast


def where(cast: Cast) -> str:
    return reverse("plan:copy", args=[cast.maya.file_id])


def read_together(cast: Cast) -> str:
    """The page as Inès and Maya read it, and what it bears of the plan that it shows."""
    page = shown(cast, cast.ines, "plan:copy").content.decode()
    return Page(page).fields.get("read", "")


def sent(cast: Cast, by: Actor, shape: str, read: str | None = None, **said: Any) -> Any:
    """Somebody presses one of the three buttons, in English, on Tuesday."""
    seal = read_together(cast) if read is None else read
    with clock.at(TUESDAY):
        number = PlanCopyForm.signer().sign(PRESS.hex)
        pressed = {"form_id": number, "shape": shape, "read": seal, **said}
        return signed_in(by, at=TUESDAY, language="en").post(where(cast), pressed)


def shown(cast: Cast, by: Actor, at: str, language: str = "en") -> Any:
    with clock.at(TUESDAY):
        page = reverse(at, args=[cast.maya.file_id])
        return signed_in(by, at=TUESDAY, language=language).get(page)


def copies(cast: Cast) -> list[tuple[str, str]]:
    with acting(cast.ines, TUESDAY):
        return sorted(PlanHandOver.objects.values_list("shape", "system"))


def told(cast: Cast) -> list[tuple[str, list[str]]]:
    """What her journal says of copies: the shape, and the sections whose words left."""
    with acting(cast.ines, TUESDAY):
        events = Event.objects.filter(chain_id=cast.maya.file_id, action="plan.handed_over")
        return [(str(one.basis), sorted(one.sections)) for one in events]


def test_only_the_parts_she_chose_leave_and_her_journal_says_so(with_a_plan: Cast) -> None:
    answer = sent(with_a_plan, with_a_plan.ines, "JSON", **AGREED)

    said = json.loads(answer.content)
    assert [(one["code"], one["words"]) for one in said["texts"]] == [("dreams", DREAM)]
    assert (said["kind"], said["author"]) == ("plan", "Inès")
    assert STEP not in answer.content.decode()
    assert "Maya" not in answer.content.decode()
    assert copies(with_a_plan) == [("JSON", "I-CLSC")]
    assert told(with_a_plan) == [("JSON", ["plan"])]


def test_of_somebody_who_came_back_what_was_opened_with_her_may_leave(with_a_plan: Cast) -> None:
    cast, at = with_a_plan, TUESDAY + timedelta(hours=2)
    with acting(cast.ines, TUESDAY):
        passages.pass_to(cast.maya.file_id, "LEFT", by=cast.ines, at=TUESDAY)
        passages.come_back(cast.maya.file_id, by=cast.ines, at=TUESDAY + timedelta(hours=1))
    with clock.at(at):
        ines = signed_in(cast.ines, at=at, language="en")
        folded = ines.get(where(cast)).content.decode()
        opened = ines.get(where(cast) + "?earlier=yes").content.decode()
        action = re.findall(r'action="([^"]*/plan/copy/[^"]*)"', opened)
        number, seal = PlanCopyForm.signer().sign(PRESS.hex), Page(opened).fields["read"]
        pressed = {"form_id": number, "shape": "PDF", "read": seal, **AGREED}
        answer = ines.post(action[0], pressed)

    assert DREAM not in folded
    assert DREAM in opened
    assert answer.status_code == 200
    assert copies(cast) == [("PDF", "I-CLSC")]


def test_it_says_on_paper_that_she_agreed_and_when(with_a_plan: Cast) -> None:
    answer = sent(with_a_plan, with_a_plan.ines, "PDF", **AGREED)

    reader = PdfReader(BytesIO(answer.content))
    read = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    assert "agreed to this copy on" in read
    assert DREAM in read
    assert "Maya" not in read
    assert "Sph" not in read


def test_the_words_are_shown_and_may_be_taken_as_a_file_without_a_second_copy(
    with_a_plan: Cast,
) -> None:
    page = sent(with_a_plan, with_a_plan.ines, "TEXT", **AGREED).content.decode()
    taken = sent(with_a_plan, with_a_plan.ines, "TEXT", as_file="yes", **AGREED)

    assert DREAM in page
    assert 'name="parts" value="dreams"' in page
    assert 'name="agreed" value="on"' in page
    assert DREAM in taken.content.decode()
    assert copies(with_a_plan) == [("TEXT", "I-CLSC")]
    assert told(with_a_plan) == [("TEXT", ["plan"])]


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"parts": ["dreams"]}, "Without the person’s agreement of today"),
        ({"agreed": "on"}, "Choose with the person at least one part"),
        ({"parts": ["notes"], "agreed": "on"}, "The plan changed meanwhile"),
    ],
)
def test_without_her_agreement_or_a_part_of_her_plan_nothing_leaves(
    with_a_plan: Cast, said: dict[str, Any], why: str
) -> None:
    answer = sent(with_a_plan, with_a_plan.ines, "PDF", **said)

    assert answer.status_code == 422
    assert why in answer.content.decode()
    assert copies(with_a_plan) == []
    assert told(with_a_plan) == []


def test_what_was_added_since_they_read_it_does_not_leave_unread(with_a_plan: Cast) -> None:
    read = read_together(with_a_plan)
    with acting(with_a_plan.ines, TUESDAY):
        said = life_plan.Written(
            uuid_of("a dream told since"), Aim.Kind.DREAM, "Un chien.", TUESDAY, Idea.HERS
        )
        life_plan.sign(with_a_plan.maya.file_id, said, by=with_a_plan.ines, at=TUESDAY)

    first = sent(with_a_plan, with_a_plan.ines, "TEXT", read=read, **AGREED)
    again = sent(with_a_plan, with_a_plan.ines, "TEXT", **AGREED)

    assert first.status_code == 422
    assert "The plan changed meanwhile" in first.content.decode()
    assert "Un chien." in again.content.decode()
    assert copies(with_a_plan) == [("TEXT", "I-CLSC")]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_it_is_read_together_first_and_nothing_is_ticked(with_a_plan: Cast, language: str) -> None:
    with untranslated() as missing:
        page = shown(with_a_plan, with_a_plan.ines, "plan:copy", language).content.decode()

    assert missing == set()
    assert DREAM in page
    assert STEP in page
    assert (
        "checked"
        not in page[page.index("<form class") : page.rindex("</form>")].split("<dialog")[0]
    )


def test_her_plan_leads_there_only_where_an_official_file_is_kept_elsewhere(
    with_a_plan: Cast,
) -> None:
    before = shown(with_a_plan, with_a_plan.ines, "plan:page").content.decode()
    with acting(LOADER):
        Organisation.objects.filter(pk=with_a_plan.la_maison.pk).update(system_of_record="")
    after = shown(with_a_plan, with_a_plan.ines, "plan:page").content.decode()

    assert where(with_a_plan) in before
    assert where(with_a_plan) not in after
    refused = sent(with_a_plan, with_a_plan.ines, "PDF", **AGREED)
    assert refused.status_code == 403
    assert copies(with_a_plan) == []


def test_nobody_who_does_not_walk_with_her_finds_it(with_a_plan: Cast) -> None:
    answers = [
        sent(with_a_plan, who, "PDF", **AGREED).status_code
        for who in (with_a_plan.yanick, with_a_plan.nadia)
    ]

    assert answers == [404, 404]
    assert copies(with_a_plan) == []
