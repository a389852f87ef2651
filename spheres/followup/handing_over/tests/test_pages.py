"""What do Inès, Yanick and Karim see and press when somebody leaves?"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from spheres.accounts.models import Membership
from spheres.core import clock
from spheres.core.actor import Actor
from spheres.followup.handing_over import queries
from spheres.followup.handing_over.forms import (
    DeclineForm,
    StandInForm,
    ToldForm,
    WantedForm,
    WelcomeForm,
)
from spheres.followup.handing_over.models import MAY_PASS, Choice, Passing
from spheres.followup.handing_over.tests.factories import HOUR, hand_over, tell
from spheres.records import actions as records
from spheres.sharing import actions as sharing
from spheres.sharing.models import Cover, HandedOver
from tests import pages
from tests.cast import LOADER, MONDAY, Cast, acting, follow, uuid_of
from tests.pages import untranslated

LATER = MONDAY + 2 * HOUR
FRIDAY = MONDAY + timedelta(days=4)


def signed_in(actor: Actor) -> Client:
    return pages.signed_in(actor, at=LATER)


def read(client: Client, url: str, at: object = LATER) -> str:
    with clock.at(at):  # type: ignore[arg-type]
        answer = client.get(url)
    assert answer.status_code == 200, (url, answer.status_code)
    return answer.content.decode()


def send(client: Client, url: str, said: dict[str, object], at: object = LATER) -> tuple[int, str]:
    with clock.at(at):  # type: ignore[arg-type]
        answer = client.post(url, said)
    return answer.status_code, answer.headers.get("Location", "") or answer.content.decode()


def address(cast: Cast, rest: str = "") -> str:
    return f"/files/{cast.maya.file_id}/handing-over/{rest}"


def told(which: str = "told", **said: object) -> dict[str, object]:
    form = ToldForm(record_id=uuid_of(which))
    return {"form_id": form.signed_id, "told_on": "2026-03-02", "her_words": ""} | said


def wanted(cast: Cast, which: str = "choice", **said: object) -> dict[str, object]:
    form = WantedForm(record_id=uuid_of(which), proposed=[], may_pass=MAY_PASS)
    return {
        "form_id": form.signed_id,
        "way": "COLLEAGUE",
        "colleague": str(cast.yanick.user_id),
        "faces": ["identity"],
        "her_words": "",
    } | said


def leave(actor: Actor, at: object) -> None:
    with acting(LOADER):
        Membership.objects.filter(user_id=actor.user_id).update(ends_at=at)


def test_the_list_says_of_each_where_it_stands_and_when_access_ends(cast: Cast) -> None:
    lou = follow("Lou", desk=cast.institute.pk, louise=cast.louise, worker=cast.ines)
    follow("Nour", desk=cast.institute.pk, louise=cast.louise, worker=cast.ines)
    hand_over(cast, "identity")
    tell(lou.file_id, by=cast.ines, which="told lou")
    leave(cast.ines, FRIDAY)

    page = read(signed_in(cast.ines), "/handing-over/")

    order = [page.index(words) for words in ("Nour", "Lou", "Maya")]
    assert order == sorted(order)
    assert [page.count(words) for words in ("À prévenir", ">C’est dit<", "Décidé")] == [1, 1, 1]
    assert "Quelqu’un de l’équipe l’accompagne\xa0: Yanick, après leur rencontre" in page
    assert "Votre accès prend fin de lui-même le" in page
    assert "notes de psychothérapie" in page
    assert "Votre accès prend fin le" in read(signed_in(cast.ines), "/")


def test_drafts_are_to_be_signed_or_discarded_before_leaving(cast: Cast) -> None:
    with acting(cast.ines):
        records.save_draft(
            uuid_of("draft"),
            file_id=cast.maya.file_id,
            section="notes",
            record_type="notes",
            fields={"observation": "Elle rit."},
            by=cast.ines,
            at=MONDAY,
        )

    page = read(signed_in(cast.ines), "/handing-over/")

    assert "1 texte est commencé et non signé" in page
    assert "Elle rit" not in page


def test_she_is_told_then_what_passes_is_shown_then_it_passes(cast: Cast) -> None:
    client = signed_in(cast.ines)
    with clock.at(LATER):
        first = client.get(address(cast))
    assert (first.status_code, first.headers["Location"]) == (302, address(cast, "told/"))

    assert send(client, address(cast, "told/"), told()) == (302, address(cast))
    status, preview = send(client, address(cast), wanted(cast, faces=["identity", "contact"]))
    assert status == 200
    assert "Ce que verra Yanick" in preview
    assert preview.index("Qui est la personne") < preview.index("Yanick ne verra pas")
    assert preview.index("Yanick ne verra pas") < preview.index("Ce qui la protège")
    with acting(cast.ines, LATER):
        assert not HandedOver.objects.exists()

    confirm = wanted(cast, faces=["identity", "contact"], step="confirm")
    for _press in range(2):
        assert send(client, address(cast), confirm) == (302, "/handing-over/")
    with acting(cast.ines, LATER):
        assert [sorted(row.faces) for row in HandedOver.objects.all()] == [
            ["contact", "identity", "relation"]
        ]


def test_changing_the_answer_brings_back_all_that_was_typed(cast: Cast) -> None:
    client = signed_in(cast.ines)
    send(client, address(cast, "told/"), told())

    status, page = send(
        client, address(cast), wanted(cast, step="change", her_words="Pas le mardi.")
    )

    assert (status, "Pas le mardi." in page) == (200, True)
    assert 'name="way"' in page


@pytest.mark.parametrize(
    "said",
    [
        {"way": ""},
        {"colleague": ""},
        {"way": "BREAK"},
        {"way": "BREAK", "colleague": ""},
        {"colleague": str(uuid_of("samir"))},
        {"faces": ["notes"]},
        {"faces": ["relation"]},
        {"her_words": "Avec Julie Tremblay, au 514 555-0123."},
    ],
    ids=str,
)
def test_an_answer_that_cannot_be_is_said_and_nothing_is_lost(
    cast: Cast, said: dict[str, object]
) -> None:
    client = signed_in(cast.ines)
    send(client, address(cast, "told/"), told())

    status, page = send(
        client, address(cast), wanted(cast, **({"her_words": "Mes mots."} | said), step="confirm")
    )

    assert (status, str(said.get("her_words", "Mes mots.")) in page) == (422, True)
    with acting(cast.ines, LATER):
        assert not Choice.objects.exists()


@pytest.mark.parametrize("day", ["2026-03-03", "2024-01-01", "2026-02-30", "", "hier"])
def test_a_day_to_come_or_that_does_not_exist_is_refused(cast: Cast, day: str) -> None:
    status, _page = send(signed_in(cast.ines), address(cast, "told/"), told(told_on=day))

    assert status == 422
    with acting(cast.ines, LATER):
        assert not Passing.objects.exists()


def test_a_declared_conflict_and_a_form_changed_on_its_way_read_the_same(cast: Cast) -> None:
    client = signed_in(cast.ines)
    send(client, address(cast, "told/"), told())
    with acting(cast.yanick):
        sharing.declare_conflict(cast.maya.file_id, by=cast.yanick, at=MONDAY)

    status, page = send(client, address(cast), wanted(cast, step="confirm"))

    assert (status, "ne peut pas être proposée ici" in page) == (422, True)
    assert "conflit" not in page


@pytest.mark.parametrize("who", ["samir", "karim", "louise", "yanick", "nadia"])
def test_nobody_else_has_these_pages(cast: Cast, who: str) -> None:
    handed_id = hand_over(cast)
    client = signed_in(getattr(cast, who))
    asked = [address(cast, rest) for rest in ("", "told/", "welcome/")]
    if who != "yanick":
        asked += [f"/handed/{handed_id}/", f"/handed/{handed_id}/decline/"]

    with clock.at(LATER):
        answers = {client.get(page).status_code for page in asked}

    assert answers <= {403, 404}
    assert send(client, address(cast), wanted(cast, "forged", step="confirm"))[0] in {403, 404}


@pytest.mark.parametrize(
    ("passes", "shown", "hidden"),
    [
        ((), ["Inès vous confie une personne."], ["Maya", "15 h 30", "Café"]),
        (("identity",), ["Inès vous confie Maya."], ["15 h 30", "Café", "pas encore demandé"]),
        (("contact",), ["une personne", "15 h 30", "Café"], ["Maya"]),
        (("identity", "contact"), ["Maya", "15 h 30", "Jamais d’appel"], []),
    ],
)
def test_the_new_worker_sees_on_her_day_and_its_page_what_passes_alone(
    cast: Cast, passes: tuple[str, ...], shown: list[str], hidden: list[str]
) -> None:
    handed_id = hand_over(cast, *passes)
    client = signed_in(cast.yanick)

    day = read(client, "/")
    page = read(client, f"/handed/{handed_id}/")

    assert f"/handed/{handed_id}/" in day
    assert [words for words in shown if words not in day + page] == []
    assert [words for words in hidden if words in day + page] == []
    assert "J’ai dormi" not in day + page
    assert "Nous avons eu notre première rencontre" in page


def test_met_in_one_press_then_the_whole_file(cast: Cast) -> None:
    handed_id = hand_over(cast, "identity")
    client = signed_in(cast.yanick)

    pressed = [send(client, f"/handed/{handed_id}/met/", {}) for _ in range(2)]

    assert pressed == [(302, f"/files/{cast.maya.file_id}/")] * 2
    assert "J’ai dormi." in read(client, f"/files/{cast.maya.file_id}/")
    with clock.at(LATER):
        left = signed_in(cast.ines).get(f"/files/{cast.maya.file_id}/")
        gone = client.get(f"/handed/{handed_id}/")
    assert (left.status_code, gone.status_code) == (404, 404)


@pytest.mark.parametrize("reason", ["FULL", "KNOWS"])
def test_declined_with_a_coded_reason_it_goes_back(cast: Cast, reason: str) -> None:
    handed_id = hand_over(cast, "identity")
    client, page = signed_in(cast.yanick), f"/handed/{handed_id}/decline/"
    form = {"form_id": DeclineForm(record_id=uuid_of("no")).signed_id}

    assert send(client, page, form)[0] == 422
    assert send(client, page, form | {"reason": reason}) == (302, "/")
    assert "Maya" not in read(client, "/")
    listed = read(signed_in(cast.ines), "/handing-over/")
    why = "Je ne peux pas bien accompagner" if reason == "FULL" else "Je préfère ne pas le dire"
    assert (why in listed, "Yanick ne peut pas prendre le relais" in listed) == (True, True)
    assert "choisissez de nouveau" in read(signed_in(cast.ines), "/")


def test_her_page_of_who_can_see_names_the_new_worker_and_what_passes(cast: Cast) -> None:
    hand_over(cast, "contact")

    page = read(signed_in(cast.ines), f"/files/{cast.maya.file_id}/who/")

    assert "Jusqu’à votre rencontre, seulement\xa0: comment te joindre, qui t’accompagne" in page
    for sentence in (
        "t’a dit que quelqu’un d’autre marchera avec toi",
        "a écrit ce que tu veux pour la suite",
        "a laissé voir à un·e collègue ce que tu as permis",
    ):
        assert sentence in page


def gone(cast: Cast) -> Client:
    """Inès is gone; Karim names Yanick by his page."""
    leave(cast.ines, MONDAY)
    client = signed_in(cast.karim)
    form = StandInForm(record_id=uuid_of("cover"), gone=[], workers=[])
    said = {
        "form_id": form.signed_id,
        "gone": str(cast.ines.user_id),
        "user": str(cast.yanick.user_id),
        "until": "2026-04-01",
    }
    assert send(client, "/handing-over/team/", said) == (302, "/handing-over/team/")
    assert send(client, "/handing-over/team/", said)[0] in {302, 422}
    return client


def test_a_lead_reads_numbers_and_names_who_answers(cast: Cast) -> None:
    follow("Lou", desk=cast.institute.pk, louise=cast.louise, worker=cast.ines)
    leave(cast.ines, MONDAY)

    before = read(signed_in(cast.karim), "/handing-over/team/")
    after = read(gone(cast), "/handing-over/team/")

    assert "2 personnes étaient accompagnées par Inès, qui n’est plus là." in before
    assert "Yanick répond pour elles jusqu’au" in after
    assert not any(name in before + after for name in ("Maya", "Lou", str(cast.maya.file_id)))
    with acting(cast.karim, LATER):
        [row] = Cover.objects.all()
        assert (row.kind, row.user_id, row.named_by) == (
            "STAND_IN", cast.yanick.user_id, cast.karim.user_id,
        )  # fmt: skip


@pytest.mark.parametrize("until", ["2026-03-02", "2026-03-01", "2028-01-01", ""])
def test_a_last_day_in_the_past_or_too_far_is_refused(cast: Cast, until: str) -> None:
    leave(cast.ines, MONDAY)
    form = StandInForm(record_id=uuid_of("cover"), gone=[], workers=[])
    said = {
        "form_id": form.signed_id,
        "gone": str(cast.ines.user_id),
        "user": str(cast.yanick.user_id),
        "until": until,
    }

    assert send(signed_in(cast.karim), "/handing-over/team/", said)[0] == 422


def test_whoever_answers_sees_them_tells_each_and_takes_her_on(cast: Cast) -> None:
    gone(cast)
    client = signed_in(cast.yanick)

    day, left = read(client, "/"), read(client, "/handing-over/left/")
    assert "Inès n’est plus là" in day
    assert ("Maya" in left, "15 h 30" in left, "J’ai dormi" in left) == (True, True, False)

    form = WelcomeForm(record_id=uuid_of("welcome"))
    said = {"form_id": form.signed_id, "told_on": "2026-03-02", "way": "ANOTHER", "her_words": ""}
    for _press in range(2):
        assert send(client, address(cast, "welcome/"), said) == (302, address(cast))
    assert "J’ai dormi." in read(client, f"/files/{cast.maya.file_id}/")
    assert "Inès n’est plus là" not in read(client, "/handing-over/left/")


def test_only_a_lead_has_the_page_of_the_team(cast: Cast) -> None:
    for who in ("ines", "louise", "samir", "nadia"):
        with clock.at(LATER):
            assert signed_in(getattr(cast, who)).get("/handing-over/team/").status_code == 403


def test_every_page_is_said_in_french(cast: Cast) -> None:
    with untranslated() as missing:
        handed_id = hand_over(cast, "identity", "contact", "summary")
        ines, yanick = signed_in(cast.ines), signed_in(cast.yanick)
        for client, page in (
            (ines, "/handing-over/"),
            (ines, address(cast)),
            (ines, address(cast, "told/")),
            (yanick, f"/handed/{handed_id}/"),
            (yanick, f"/handed/{handed_id}/decline/"),
            (signed_in(cast.karim), "/handing-over/team/"),
            (yanick, "/handing-over/left/"),
        ):
            read(client, page)

    assert missing == set()


@pytest.mark.parametrize("number", [1, 3])
def test_the_lists_ask_as_much_for_one_as_for_three(
    cast: Cast, number: int, django_assert_num_queries
) -> None:
    for name in ("Lou", "Nour")[: number - 1]:
        one = follow(name, desk=cast.institute.pk, louise=cast.louise, worker=cast.ines)
        tell(one.file_id, by=cast.ines, which=f"told {name}")
    hand_over(cast, "identity")
    with acting(cast.ines, LATER), django_assert_num_queries(QUERIES["leaving"]):
        queries.leaving(actor=cast.ines, at=LATER)
    gone(cast)
    with acting(cast.karim, LATER), django_assert_num_queries(QUERIES["left_behind"]):
        queries.left_behind(actor=cast.karim, at=LATER)
    with acting(cast.yanick, LATER), django_assert_num_queries(QUERIES["left_to_me"]):
        queries.left_to_me(actor=cast.yanick, at=LATER)
    with acting(cast.yanick, LATER), django_assert_num_queries(1):
        queries.day(actor=cast.yanick, at=LATER)


QUERIES = {"leaving": 10, "left_behind": 3, "left_to_me": 7}
