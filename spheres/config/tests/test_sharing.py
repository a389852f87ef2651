"""Does a partner see exactly what she was shown before she agreed, whatever she ticked?"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import combinations
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from spheres.audit.models import Event
from spheres.config.tests.test_her_plan import made
from spheres.config.tests.test_page_costs import statements
from spheres.core import clock
from spheres.core.actor import SHARED, Actor
from spheres.followup.consents import queries, reading
from spheres.followup.consents.forms import OFFERED
from spheres.followup.consents.tests.factories import LATER, given, share, take_back
from spheres.followup.safety_net.models import Part
from spheres.followup.safety_net.tests import factories as safety
from spheres.followup.strengths.tests import factories as strengths
from spheres.followup.summary import actions as summary
from spheres.sharing.rules import IDENTITY, SHAREABLE
from tests.cast import MONDAY, Cast, acting, uuid_of
from tests.pages import signed_in, untranslated

pytestmark = pytest.mark.django_db
SUBSETS = [each for n in range(1, 6) for each in combinations(OFFERED, n)]
# One phrase of each section: none may be where it was not agreed.
PHRASES = {
    "contact": "signer « Café »",
    "summary": "Parle-moi doucement.",
    "safety": "On mange des sushis?",
    "plan": "Les clés de chez nous.",
    "steps": "Visiter un appartement.",
}
NEVER = ("J’ai dormi", "un lit pour jeudi", "J’ai faim.", "Mireille", "Je veux une place")
COST, MOST_STATEMENTS = 12, 14


def filled(cast: Cast) -> None:
    """Something in every section of Maya's file, and in those that never leave."""
    made(cast)
    with acting(cast.ines):
        file_id = cast.maya.file_id
        said = summary.Said(uuid_of("line"), 0, PHRASES["summary"], "HERS")
        summary.add(file_id, said, by=cast.ines, at=MONDAY)
        for part in (Part.NET, Part.CRISIS):
            safety.write(file_id, uuid_of(part), by=cast.ines, at=MONDAY, part=part)
        strengths.write(file_id, uuid_of("strength"), by=cast.ines, at=MONDAY)


def page_of(client: Client, consent: UUID) -> Any:
    return client.get(reverse("consents:shared", args=[consent]))


def main(response: Any) -> str:
    return str(response.content.decode().split("<main")[1].split("</main>")[0])


@pytest.mark.parametrize("sections", SUBSETS, ids="-".join)
def test_a_partner_reads_what_she_was_shown_and_nothing_else(
    cast: Cast, sections: tuple[str, ...]
) -> None:
    filled(cast)
    wanted = (IDENTITY, *sections)
    with acting(cast.ines, LATER):
        shown = reading.read(cast.maya.file_id, wanted, actor=cast.ines)
    consent = share(cast, sections=sections)

    partner = replace(cast.samir, purpose=SHARED)
    with acting(partner, LATER):
        seen = reading.read(cast.maya.file_id, wanted, actor=partner)
    with clock.at(LATER):
        page = main(page_of(signed_in(cast.samir, at=LATER), consent))

    assert told(shown) == told(seen)
    assert [part.section for part in seen.parts] == [
        s for s in SHAREABLE if s in sections and s != "contact"
    ]
    found = {section for section, phrase in PHRASES.items() if phrase in page}
    assert found == set(sections)
    assert not [phrase for phrase in NEVER if phrase in page]
    assert "/files/" not in page


def told(seen: Any) -> Any:
    """What a reading says, in words."""
    return [
        seen.name,
        seen.facts,
        seen.reach,
        seen.stands,
        [
            (part.section, part.is_empty, part.sheets, part.block and str(part.block.says))
            for part in seen.parts
        ],
    ]


def test_another_consent_to_the_same_partner_shows_only_its_own_part(cast: Cast) -> None:
    filled(cast)
    share(cast, "one", sections=("summary",))
    other = share(cast, "other", sections=("safety",), purpose="urgent_need")

    with clock.at(LATER):
        page = main(page_of(signed_in(cast.samir, at=LATER), other))

    assert PHRASES["safety"] in page
    assert PHRASES["summary"] not in page


@pytest.mark.parametrize("people", [1, 3])
def test_its_pages_cost_the_same_whatever_is_shared(cast: Cast, people: int) -> None:
    filled(cast)
    consents = [share(cast, f"consent {n}") for n in range(people)]
    samir = signed_in(cast.samir, at=LATER)

    with clock.at(LATER):
        one = statements(samir, lambda who: page_of(who, consents[0]).status_code, status=200)
        all_of_them = statements(
            samir, lambda who: who.get(reverse("consents:with_us")).status_code, status=200
        )

    assert (one, all_of_them) == (COST, 5)
    assert one <= MOST_STATEMENTS


@pytest.mark.parametrize("who", ["samir", "yanick", "karim", "louise", "roy", "nadia", "amrani"])
def test_not_shared_with_them_it_is_the_404_of_what_does_not_exist(cast: Cast, who: str) -> None:
    other = share(cast, organisation_id=cast.elsewhere.pk)
    take_back(cast, other, at=MONDAY)
    client = signed_in(getattr(cast, who), at=LATER)

    with clock.at(LATER):
        answers = [page_of(client, each) for each in (other, uuid_of("nothing"))]

    expected = 404 if who in {"samir", "yanick", "amrani"} else 403
    assert [each.status_code for each in answers] == [expected] * 2
    [one, two] = (re.sub(r"[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}", "", main(e)) for e in answers)
    assert one == two


def test_each_page_read_is_in_her_journal_and_says_by_which_consent(cast: Cast) -> None:
    consent = share(cast)

    with clock.at(LATER):
        page_of(signed_in(cast.samir, at=LATER), consent)

    with acting(cast.ines, LATER):
        [event] = Event.objects.filter(chain_id=cast.maya.file_id, purpose=SHARED)
    assert (event.action, event.basis) == (queries.OPENED, f"consent {consent}")
    assert event.actor_id == cast.samir.user_id


@pytest.mark.parametrize("language", ["fr", "en"])
def test_all_is_said_in_both_languages(cast: Cast, language: str) -> None:
    filled(cast)
    file_id = cast.maya.file_id
    kept = share(cast, sections=OFFERED)
    over = share(cast, "over", organisation_id=cast.elsewhere.pk)
    take_back(cast, over)

    def statuses(who: Actor, *urls: str) -> set[int]:
        client = signed_in(who, at=LATER, language=language)
        return {client.get(url).status_code for url in urls}

    with clock.at(LATER), untranslated() as missing:
        hers = [
            reverse(f"consents:{name}", args=[file_id]) for name in ("hers", "give", "take_back")
        ]
        here = (
            *hers,
            reverse("dossier:who", args=[file_id]),
            reverse("dossier:file", args=[file_id]),
        )
        assert statuses(cast.ines, *here, reverse("consents:card")) == {200}
        theirs = (reverse("consents:with_us"), reverse("consents:shared", args=[kept]), "/")
        assert statuses(cast.samir, *theirs) == {200}
    assert missing == set()


def test_who_can_see_counts_those_with_whom_she_shares(cast: Cast) -> None:
    def told() -> str:
        with clock.at(LATER):
            client = signed_in(cast.ines, at=LATER)
            return main(client.get(reverse("dossier:who", args=[cast.maya.file_id])))

    before = told()
    consent = share(cast)
    during = told()
    take_back(cast, consent)
    after = told()

    assert ["Samir" in each for each in (before, during, after)] == [False, True, False]


def test_the_form_gives_what_it_showed(cast: Cast) -> None:
    url = reverse("consents:give", args=[cast.maya.file_id])
    with clock.at(LATER):
        ines = signed_in(cast.ines, at=LATER)
        form_id = re.search(r'name="form_id" value="([^"]+)"', ines.get(url).content.decode())
        assert form_id
        said = given(cast)
        typed = {
            "form_id": form_id[1], "to": str(said.organisation_id), "sections": said.sections,
            "purpose": said.purpose, "ends_on": said.ends_on.isoformat(), "given_by": said.given_by,
            "form": said.form, "witness": said.witness, "language": said.language,
        }  # fmt: skip
        shown = ines.post(url, typed | {"step": "preview"})
        nothing_yet = signed_in(cast.samir, at=LATER).get("/sharing/")
        kept = [ines.post(url, typed | {"step": "confirm"}) for _again in range(2)]
        opened = signed_in(cast.samir, at=LATER).get("/sharing/")

    assert (shown.status_code, [one.status_code for one in kept]) == (200, [302, 302])
    assert ["Maya" in main(page) for page in (nothing_yet, opened)] == [False, True]
    assert opened.content.decode().count("/sharing/") > 0
