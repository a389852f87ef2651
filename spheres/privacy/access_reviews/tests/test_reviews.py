"""Is it looked at, once a year, who has access, by the privacy officer of that organisation?"""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from spheres.accounts.models import Role
from spheres.audit.models import Event
from spheres.core import clock
from spheres.core.actor import Actor
from spheres.core.errors import NotAllowed
from spheres.privacy.access_reviews import actions, policy, queries, standing
from spheres.privacy.access_reviews.models import AccessReview, Found
from tests.cast import LOADER, MONDAY, Cast, acting, add_person, uuid_of
from tests.pages import Page, signed_in, untranslated

pytestmark = pytest.mark.django_db
A_DAY = timedelta(days=1)
FINE, SEEN_TO = Found.FINE, Found.SEEN_TO


def looks(who: Actor, *, which: str = "a look", at=MONDAY) -> bool:
    with acting(who, at):
        return actions.review(
            uuid_of(which), accounts=FINE, roles=SEEN_TO, journal=FINE, by=who, at=at
        )


def asked_of(who: Actor, at) -> list[str]:
    with acting(who, at), clock.at(at):
        return [str(line.sentence) for line in standing.due(actor=who)]


@pytest.mark.parametrize("role", Role.values)
def test_the_privacy_officer_alone_looks_at_it(cast: Cast, role: str) -> None:
    actor = Actor(cast.ines.user_id, cast.la_maison.pk, frozenset({role}))

    assert bool(policy.can_review(actor)) is (role == Role.PRIVACY_OFFICER)


def test_everybody_with_a_role_here_is_shown_once_and_nobody_of_elsewhere(cast: Cast) -> None:
    with acting(LOADER):
        add_person("Zoé", cast.la_maison, Role.TRAINER, Role.FINANCE)
    with acting(cast.nadia):
        people = queries.people(actor=cast.nadia, at=MONDAY)

    assert [(one.name, len(one.roles)) for one in people] == [
        ("Inès", 1), ("Karim", 1), ("Nadia", 1), ("Yanick", 1), ("Zoé", 2),
    ]  # fmt: skip
    assert {one.until for one in people} == {None}


def test_what_was_said_is_kept_once_and_stands_in_the_journal(cast: Cast) -> None:
    said = [looks(cast.nadia), looks(cast.nadia)]

    with acting(cast.nadia):
        kept = AccessReview.objects.get()
        told = Event.objects.filter(action="access.reviewed").count()
    assert (said, told) == ([True, False], 1)
    assert (kept.people, kept.accounts, kept.roles, kept.journal) == (4, FINE, SEEN_TO, FINE)
    assert (kept.reviewed_by, kept.reviewed_at) == (cast.nadia.user_id, MONDAY)


def test_it_is_asked_at_once_then_a_month_before_a_year_has_passed(cast: Cast) -> None:
    never = asked_of(cast.nadia, MONDAY)
    looks(cast.nadia)
    year = MONDAY + queries.A_YEAR

    assert never == ["Personne n’a encore vérifié qui a accès ici."]
    assert asked_of(cast.nadia, year - queries.AHEAD - A_DAY) == []
    assert asked_of(cast.nadia, year - queries.AHEAD) == [
        "Qui a accès ici\u00a0: à revoir d’ici le 2 mars."
    ]
    assert asked_of(cast.ines, year) == []


def test_another_organisation_reads_nothing_of_it_and_a_worker_writes_none(cast: Cast) -> None:
    looks(cast.nadia)

    with acting(cast.samir):
        assert AccessReview.objects.count() == 0
    with pytest.raises(NotAllowed):
        looks(cast.ines, which="hers")
    # The page does not decide it: the database refuses as well.
    row = {
        "organisation_id": cast.la_maison.pk, "people": 4, "accounts": FINE, "roles": FINE,
        "journal": FINE, "reviewed_by": cast.ines.user_id, "reviewed_at": MONDAY,
    }  # fmt: skip
    with acting(cast.ines), pytest.raises(DatabaseError), transaction.atomic():
        AccessReview.objects.bulk_create([AccessReview(id=uuid_of("by hand"), **row)])


@pytest.mark.parametrize("language", ["fr", "en"])
def test_its_page_shows_who_asks_three_questions_and_keeps_what_was_answered(
    cast: Cast, language: str
) -> None:
    address = reverse("access_reviews:page")
    with clock.at(MONDAY), untranslated() as unsaid:
        nadia = signed_in(cast.nadia, language=language)
        shown = nadia.get(address).content.decode()
        number = Page(shown).fields["form_id"]
        missing = nadia.post(address, {"form_id": number, "accounts": FINE})
        sent = {"form_id": number, "accounts": FINE, "roles": FINE, "journal": SEEN_TO}
        done = nadia.post(address, sent)
        after = nadia.get(address).content.decode()
        office = nadia.get(reverse("office:page"))
        first = nadia.get("/")

    assert "Inès" in shown
    assert (missing.status_code, done.status_code) == (422, 302)
    chosen = re.findall(r"<input[^>]*checked[^>]*>", missing.content.decode())
    kept = [name for name in ("accounts", "roles") if any(f'name="{name}"' in c for c in chosen)]
    assert kept == ["accounts"]  # what was chosen is still there
    assert ("2 mars" in after, "March 2" in after) == (language == "fr", language == "en")
    assert unsaid == set()
    assert (office.status_code, first.status_code, first.headers["Location"]) == (
        200,
        302,
        reverse("office:page"),
    )
    assert address in office.content.decode()


def test_nobody_else_comes_to_it(cast: Cast) -> None:
    with clock.at(MONDAY):
        for who in (cast.ines, cast.karim, cast.louise, cast.roy, cast.samir):
            answers = [
                signed_in(who).get(reverse(name)).status_code
                for name in ("access_reviews:page", "office:page")
            ]
            assert answers == [403, 403]
