"""Who says what a partner is and expects, who agrees for how long, what is signed, and reviewed?"""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.db import ProgrammingError, connection, transaction
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext

from spheres.accounts.models import Organisation, Role
from spheres.core import clock
from spheres.core.actor import Actor
from spheres.core.errors import NotAllowed
from spheres.partners.cards import actions, drawing, policy, queries, standing
from spheres.partners.cards.models import Agreed, Card, Expectation
from tests.cast import LOADER, MONDAY, TUESDAY, Cast, acting, add_person, uuid_of
from tests.pages import signed_in, untranslated

pytestmark = pytest.mark.django_db
A_YEAR = timedelta(days=365)
LATER = MONDAY + timedelta(hours=3)
SAID = {"mandate": "Accueillir.", "scope": "Un accueil de jour.", "limits": "Pas la nuit."}
WANTS = {"expects": "Un appel avant d’arriver.", "offers": "Un local le soir."}
TIE = uuid_of("la maison expects")


@pytest.fixture
def rachel(cast: Cast) -> Actor:
    """She leads the team elsewhere."""
    with acting(LOADER):
        return add_person("Rachel", cast.elsewhere, Role.TEAM_LEAD)


def expect(cast: Cast, number: str = "la maison expects", at=MONDAY, **said: str) -> None:  # type: ignore[no-untyped-def]
    with acting(cast.karim, at):
        towards = Organisation.objects.get(pk=cast.elsewhere.pk)
        actions.expect(uuid_of(number), towards, **(WANTS | said), by=cast.karim, at=at)


def agree(who: Actor, at=TUESDAY, number: str = "yes") -> None:  # type: ignore[no-untyped-def]
    with acting(who, at):
        actions.agree(uuid_of(number), Expectation.objects.get(pk=TIE), by=who, at=at)


def stands(who: Actor, at=TUESDAY) -> list[tuple[str, str, str]]:  # type: ignore[no-untyped-def]
    with acting(who, at):
        return [(one.whose, one.towards, one.stands) for one in queries.ties(actor=who, at=at)]


def test_whoever_leads_says_what_their_organisation_is_and_all_read_it(cast: Cast) -> None:
    for at, mandate in ((MONDAY, "Accueillir."), (TUESDAY, "Accueillir sans condition.")):
        with acting(cast.karim, at):
            actions.say(uuid_of(mandate), **(SAID | {"mandate": mandate}), by=cast.karim, at=at)
    for who in (cast.roy, cast.samir, cast.amrani):
        with acting(who, TUESDAY):
            found = queries.cards(cast.la_maison.pk, actor=who)
        assert [(row.mandate, by) for row, by in found] == [
            ("Accueillir sans condition.", "Karim"), ("Accueillir.", "Karim"),
        ]  # fmt: skip


@pytest.mark.parametrize("slug", ["ines", "roy", "louise"])
def test_nobody_else_says_it(cast: Cast, slug: str) -> None:
    """A worker; a member of the police’s programme; whoever leads what signed no agreement."""
    who = getattr(cast, slug)
    if slug == "louise":
        with acting(LOADER):
            Organisation.objects.filter(pk=cast.institute.pk).update(is_partner=False)
    with acting(who), pytest.raises(NotAllowed):
        actions.say(uuid_of("card"), **SAID, by=who, at=MONDAY)


def test_the_database_refuses_what_is_said_for_another(cast: Cast, rachel: Actor) -> None:
    def card(who: Actor, organisation: Organisation, writer: Actor) -> tuple[Actor, object]:
        said = {"organisation_id": organisation.pk, "written_by": writer.user_id}
        return who, Card(id=uuid_of("forged"), written_at=MONDAY, **SAID, **said)

    yes = Agreed(
        id=uuid_of("forged"), expectation_id=TIE, organisation_id=cast.elsewhere.pk,
        agreed_by=cast.karim.user_id, agreed_at=MONDAY,
    )  # fmt: skip
    for who, forged in (
        card(cast.karim, cast.elsewhere, cast.karim),
        card(cast.karim, cast.la_maison, rachel),
        card(cast.ines, cast.la_maison, cast.ines),  # she leads nobody
        (cast.karim, yes),
    ):
        with acting(who), pytest.raises(ProgrammingError), transaction.atomic():
            type(forged)._base_manager.bulk_create([forged])  # type: ignore[attr-defined]


def test_it_stands_for_a_year_once_both_said_yes(cast: Cast, rachel: Actor) -> None:
    expect(cast)
    between = ("La Maison", "Ailleurs")
    assert stands(cast.roy) == [(*between, "WAITS")]

    agree(rachel)

    assert stands(cast.roy) == [(*between, "AGREED")]
    # A year after the first of the two, it is talked about again; each says yes anew.
    assert stands(cast.roy, MONDAY + A_YEAR) == [(*between, "WAITS")]
    assert stands(cast.roy, TUESDAY + A_YEAR) == [(*between, "AGAIN")]
    agree(cast.karim, TUESDAY + A_YEAR, "karim again")
    agree(rachel, TUESDAY + A_YEAR, "rachel again")
    assert stands(cast.roy, TUESDAY + A_YEAR) == [(*between, "AGREED")]


def test_yes_is_said_by_the_two_and_once_a_year(cast: Cast, rachel: Actor) -> None:
    expect(cast)
    with acting(LOADER):
        other = add_person("Duquette", cast.police, Role.STEERING_MEMBER)
    for who in (other, cast.samir, cast.karim):  # another, a worker, and whoever said it
        with pytest.raises(NotAllowed):
            agree(who)
    agree(rachel)
    agree(rachel)  # pressed twice

    with acting(cast.roy, TUESDAY):
        assert Agreed.objects.count() == 2
    with pytest.raises(NotAllowed):
        agree(rachel, TUESDAY + timedelta(days=30), "too soon")


def test_what_is_said_anew_waits_for_the_other_and_what_was_said_stays(
    cast: Cast, rachel: Actor
) -> None:
    expect(cast)
    agree(rachel)
    expect(cast, "anew", TUESDAY, expects="Un appel la veille.")

    with acting(cast.roy, TUESDAY):
        [tie] = queries.ties(actor=cast.roy, at=TUESDAY)
    assert (tie.now.expects, tie.stands) == ("Un appel la veille.", "WAITS")
    assert [one.expects for one in tie.before] == ["Un appel avant d’arriver."]


def test_the_picture_draws_what_the_table_says(cast: Cast, rachel: Actor) -> None:
    expect(cast)

    def drawn() -> list[tuple[str, str, bool]]:
        with acting(cast.roy, TUESDAY):
            partners = queries.partners(actor=cast.roy)
            found = drawing.picture(partners, queries.ties(actor=cast.roy, at=TUESDAY))
        assert [dot.name for dot in found.dots] == [one.name for one in partners]
        return [(line.one.name, line.other.name, line.is_whole) for line in found.lines]

    assert drawn() == [("La Maison", "Ailleurs", False)]
    agree(rachel)
    assert drawn() == [("La Maison", "Ailleurs", True)]


def signed(cast: Cast, which: str, review_on: date, **other: object) -> actions.Signed:
    said = {
        "kind": "AGREEMENT", "title": "Entente", "signatories": "Les directions.",
        "organisations": [cast.la_maison.pk, cast.elsewhere.pk], "signed_on": date(2025, 3, 2),
        "review_on": review_on,
    }  # fmt: skip
    return actions.Signed(uuid_of(which), **(said | other))  # type: ignore[arg-type]


def test_an_agreement_is_reviewed_by_being_written_anew_and_the_desk_is_reminded(
    cast: Cast,
) -> None:
    soon, far = MONDAY.date() + timedelta(days=20), MONDAY.date() + A_YEAR
    with acting(cast.louise), clock.at(MONDAY):
        actions.sign(signed(cast, "soon", soon), by=cast.louise, at=MONDAY)
        actions.sign(signed(cast, "far", far), by=cast.louise, at=MONDAY)
        reminded = [one.sentence for one in standing.to_review(actor=cast.louise)]
        anew = signed(cast, "anew", far, replaces_id=uuid_of("soon"))
        actions.sign(anew, by=cast.louise, at=MONDAY)
        after = standing.to_review(actor=cast.louise)
        rows = [one.row.pk for one in queries.protocols(actor=cast.louise, on=MONDAY.date())]

    assert reminded == ["1 entente entre partenaires est à revoir."]
    assert after == []
    assert set(rows) == {uuid_of("far"), uuid_of("anew")}
    with acting(cast.ines), clock.at(MONDAY):
        assert standing.to_review(actor=cast.ines) == []
        with pytest.raises(NotAllowed):
            actions.sign(signed(cast, "hers", far), by=cast.ines, at=MONDAY)


@pytest.mark.parametrize(
    ("role", "leads"),
    [
        ("team_lead", True), ("organisation_manager", True), ("clinical_director", True),
        ("steering_member", True), ("coordinator", True), ("youth_worker", False),
        ("police_member", False), ("privacy_officer", False), ("technical_administrator", False),
    ],
)  # fmt: skip
def test_who_leads(role: str, leads: bool) -> None:
    who = Actor(uuid_of("who"), uuid_of("where"), frozenset({role}))
    ours = Organisation(id=who.organisation_id, is_partner=True)

    assert bool(policy.can_look(who))
    assert bool(policy.can_say(who, ours)) is leads
    assert bool(policy.can_keep_protocol(who)) is leads
    assert not policy.can_say(who, None)


def form_id(answer: HttpResponse) -> str:
    page = answer.content.decode()
    found = re.search(r'name="form_id" value="([^"]+)"', page[page.index("<main") :])
    assert found is not None
    return found[1]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_pages_say_everything_keep_what_is_typed_and_ask_again_of_a_name(
    cast: Cast, rachel: Actor, language: str
) -> None:
    there = f"/cards/{cast.elsewhere.pk}/"
    with clock.at(LATER), untranslated() as missing:
        karim = signed_in(cast.karim, at=LATER, language=language)
        sent = {"form_id": form_id(karim.get("/cards/ours/")), **SAID}
        named = {**sent, "limits": "Demander à Mélissa Tremblay."}
        assert karim.post("/cards/ours/", named).status_code == 422
        assert karim.post("/cards/ours/", {**sent, "scope": ""}).status_code == 422
        assert karim.post("/cards/ours/", sent).status_code == 302
        sent = {"form_id": form_id(karim.get(f"{there}expect/")), **WANTS}
        assert karim.post(f"{there}expect/", sent).status_code == 302
        ours = f"/cards/{cast.la_maison.pk}/"
        assert karim.get(f"{ours}expect/").status_code == 404
        lead = signed_in(rachel, at=LATER, language=language)
        with acting(rachel, LATER):
            tie = Expectation.objects.get()
        yes = {"form_id": form_id(lead.get(ours))}
        assert lead.post(f"/cards/expectations/{tie.pk}/agree/", yes).status_code == 302
        sent = {"form_id": form_id(karim.get("/cards/agreements/new/")), "kind": "SHARING"}
        assert karim.post("/cards/agreements/new/", sent).status_code == 422
        pages = ["/cards/", ours, there, "/cards/agreements/", "/committees/"]
        for who in (cast.karim, rachel, cast.roy):
            client = signed_in(who, at=LATER, language=language)
            assert [client.get(page).status_code for page in pages] == [200] * 5
        page = karim.get("/cards/").content.decode()

    assert "Un appel avant d’arriver." in page
    assert {"fr": "Les deux sont d’accord", "en": "Both agree"}[language] in page
    assert missing == set()


def test_it_costs_the_same_for_one_and_for_three(cast: Cast) -> None:
    def cost(page: str) -> int:
        client = signed_in(cast.roy, at=LATER)
        client.get(page)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(page).status_code == 200
        return len(asked)

    pages = ("/cards/", f"/cards/{cast.elsewhere.pk}/")
    expect(cast)
    with clock.at(LATER):
        once = [cost(page) for page in pages]
    for towards in (cast.police, cast.foundation):
        with acting(cast.karim):
            other = Organisation.objects.get(pk=towards.pk)
            actions.expect(uuid_of(str(towards)), other, **WANTS, by=cast.karim, at=MONDAY)
    with clock.at(LATER):
        assert [cost(page) for page in pages] == once
