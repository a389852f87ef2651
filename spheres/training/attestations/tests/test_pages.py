"""What is seen of who was trained, by whom, and at what cost?"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from spheres.accounts.models import Organisation
from spheres.core import clock
from spheres.training.attestations import actions, queries
from spheres.training.attestations.forms import (
    FindForm,
    InviteForm,
    OutsideForm,
    ShownForm,
    TakeBackForm,
)
from spheres.training.attestations.models import OUTSIDE, Attestation, Invited
from spheres.training.attestations.queries import Wish
from spheres.training.attestations.tests.factories import (
    OUTSIDER,
    asks,
    attest,
    attest_outside,
    teach,
)
from tests.cast import LOADER, MONDAY, Cast, acting, add_person, uuid_of
from tests.pages import signed_in, untranslated

pytestmark = pytest.mark.django_db
TODAY = MONDAY.date()
SOON = date(2025, 3, 22)  # of a topic that holds a year: it lapses in twenty days
LONG_AGO = date(2025, 1, 10)


@pytest.fixture
def taught(cast: Cast) -> Cast:
    teach()
    asks()
    attest("first of Inès", cast.ines, "first", date(2026, 2, 2), by=cast.louise)
    attest("danger of Inès", cast.ines, "danger", SOON, by=cast.louise)
    attest("danger of Yanick", cast.yanick, "danger", LONG_AGO, by=cast.louise)
    attest("first of Samir", cast.samir, "first", date(2026, 2, 2), by=cast.louise)
    attest_outside("of Mireille", "danger", LONG_AGO, by=cast.louise)
    return cast


def text_of(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def looked_at(who: Any, address: str, language: str = "fr") -> Any:
    with clock.at(MONDAY):
        return signed_in(who, language=language).get(address)


def sent(who: Any, address: str, form: Any = None, **said: Any) -> Any:
    with clock.at(MONDAY):
        number = {"form_id": form.signer().sign(uuid_of("form").hex)} if form else {}
        return signed_in(who).post(address, number | said)


def day(name: str, on: date) -> dict[str, int]:
    return {f"{name}_day": on.day, f"{name}_month": on.month, f"{name}_year": on.year}


def test_each_reads_what_she_was_trained_in_with_its_number(taught: Cast) -> None:
    page = looked_at(taught.ines, "/training/mine/")
    text = text_of(page)
    with acting(taught.ines):
        numbers = {one.number for one in queries.mine(actor=taught.ines)}

    assert page.status_code == 200
    assert all(words in text for words in ("Thème first", "Thème danger", *numbers))
    assert text.count("/paper/") == 2
    assert "Aucune formation" in text_of(looked_at(taught.amrani, "/training/mine/"))


def test_her_paper_is_hers_and_those_from_outside_receive_theirs_from_the_coordination(
    taught: Cast,
) -> None:
    def paper(who: Any, which: str) -> int:
        return int(sent(who, f"/training/attestations/{uuid_of(which)}/paper/").status_code)

    mine = sent(taught.ines, f"/training/attestations/{uuid_of('first of Inès')}/paper/")
    assert (mine.status_code, mine.content[:5]) == (200, b"%PDF-")
    assert mine["Content-Disposition"] == 'attachment; filename="attestation.pdf"'
    assert paper(taught.louise, "of Mireille") == 200
    for who, which in (
        (taught.louise, "first of Inès"), (taught.karim, "first of Inès"),
        (taught.yanick, "first of Inès"), (taught.ines, "of Mireille"), (taught.ines, "nothing"),
    ):  # fmt: skip
        assert paper(who, which) == 404


def test_of_two_hundred_and_one_from_outside_each_is_found_by_name_or_organisation(
    taught: Cast,
) -> None:
    where = "/training/outside/"
    with acting(taught.louise):
        for number in range(queries.MOST):
            said = actions.Shown(
                "first", MONDAY.date(), "fr", OUTSIDE, f"Colin {number}", "Arrêt-Source", "school"
            )
            actions.attest(uuid_of(f"Colin {number}"), said, by=taught.louise, at=MONDAY)
    assert "200 attestations sur 201 sont montrées" in text_of(looked_at(taught.louise, where))

    for words in ("mireille", "FÓRTIN mire", "rives"):
        found = sent(taught.louise, where, FindForm, words=words)
        assert found.status_code == 200
        assert re.findall(r"<strong>([MC].*?)</strong>", found.content.decode()) == [
            "Mireille Fortin"
        ]
        assert f"/{uuid_of('of Mireille')}/paper/" in found.content.decode()
    nobody = text_of(sent(taught.louise, where, FindForm, words="Zoé"))
    assert "Personne de l’extérieur à ce nom" in nobody
    assert sent(taught.ines, where, FindForm, words="mireille").status_code == 403


def test_what_was_taken_back_has_no_paper_any_more(taught: Cast) -> None:
    address = f"/training/attestations/{uuid_of('first of Inès')}"
    shown = looked_at(taught.louise, f"{address}/back/")
    wrong = sent(taught.louise, f"{address}/back/", TakeBackForm)
    done = sent(taught.louise, f"{address}/back/", TakeBackForm, reason="TWICE")
    again = sent(taught.louise, f"{address}/back/", TakeBackForm, reason="TWICE")

    assert [one.status_code for one in (shown, wrong, done, again)] == [200, 422, 302, 302]
    assert done["Location"] == f"/training/coverage/{taught.ines.user_id}/"
    assert sent(taught.ines, f"{address}/paper/").status_code == 404
    text = text_of(looked_at(taught.ines, "/training/mine/"))
    assert "Elle a été écrite deux fois" in text
    assert text.count("/paper/") == 1


def test_a_lead_sees_her_people_and_the_coordination_everybody(taught: Cast) -> None:
    of_lead = text_of(looked_at(taught.karim, "/training/coverage/"))
    of_all = text_of(looked_at(taught.louise, "/training/coverage/"))

    assert [name in of_lead for name in ("Inès", "Yanick", "Samir", "Dr Amrani")] == [
        True, True, False, False,
    ]  # fmt: skip
    assert all(name in of_all for name in ("Inès", "Yanick", "Samir", "Dr Amrani", "Roy"))
    assert "Mireille" not in of_all
    assert looked_at(taught.ines, "/training/coverage/").status_code == 403


def test_coverage_says_what_holds_what_lapses_and_what_is_still_to_follow(taught: Cast) -> None:
    with acting(taught.louise):
        found = queries.coverage(
            Wish(organisation="la-maison"), actor=taught.louise, at=MONDAY, on=TODAY
        )
    said = {
        one.name: (
            [(each.topic.slug, each.ends_on, each.has_lapsed, each.lapses_soon)
             for each in one.learned],
            [topic.slug for topic in one.missing],
        )
        for one in found.people
    }  # fmt: skip

    assert said["Inès"] == (
        [("first", date(2029, 2, 2), False, False), ("danger", date(2026, 3, 22), False, True)],
        [],
    )
    assert said["Yanick"] == ([("danger", date(2026, 1, 10), True, False)], ["first", "danger"])
    assert said["Karim"] == ([], ["first", "danger"])
    assert [(row.slug, number) for row, number in found.counted] == [
        ("first", 1), ("danger", 1), ("yearly", 0), ("for-good", 0),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("wish", "names"),
    [
        ({"organisation": "ailleurs"}, {"Samir"}),
        ({"role": "team_lead"}, {"Karim"}),
        ({"region": "region_13"}, {"Samir"}),
        ({"region": "region_13", "organisation": "la-maison"}, set()),
        ({"organisation": "la-maison", "topic": "danger"}, {"Karim", "Nadia", "Yanick"}),
        ({"organisation": "nowhere"}, set()),
    ],
)
def test_one_asks_of_a_region_an_organisation_a_role_or_who_does_not_hold_a_topic(
    wish: dict[str, str], names: set[str], taught: Cast
) -> None:
    with acting(LOADER):
        Organisation.objects.filter(slug="ailleurs").update(region="region_13")
    with acting(taught.louise):
        found = queries.coverage(Wish(**wish), actor=taught.louise, at=MONDAY, on=TODAY)

    assert {one.name for one in found.people} == names


def test_what_one_asks_is_sent_and_what_was_mistyped_is_told(taught: Cast) -> None:
    found = sent(taught.louise, "/training/coverage/", organisation="ailleurs")
    wrong = sent(taught.louise, "/training/coverage/", organisation="nowhere")

    assert (found.status_code, wrong.status_code) == (200, 422)
    assert ("Samir" in text_of(found), "Inès" in text_of(found)) == (True, False)


@pytest.mark.parametrize(
    "address", ["/training/coverage/", "/training/mine/", "/training/outside/"]
)
def test_a_page_costs_the_same_with_one_row_and_with_many(address: str, taught: Cast) -> None:
    def cost() -> int:
        with (
            clock.at(MONDAY),
            CaptureQueriesContext(
                connection,
            ) as seen,
        ):
            assert client.get(address).status_code == 200
        return len(seen)

    with clock.at(MONDAY):
        client = signed_in(taught.louise)
    attest_here(taught, 1)
    one = cost()
    attest_here(taught, 9)

    assert cost() == one


def attest_here(taught: Cast, until: int) -> None:
    for number in range(until - 1 if until == 1 else 1, until):
        with acting(LOADER):
            who = add_person(f"Renée {number}", taught.elsewhere, "youth_worker")
        attest(f"first {number}", who, "first", SOON, by=taught.louise)
        attest_outside(f"outside {number}", "first", SOON, by=taught.louise)


def test_the_coordination_writes_what_a_paper_says(taught: Cast) -> None:
    there = f"/training/coverage/{taught.yanick.user_id}/shown/"
    page = looked_at(taught.louise, there)
    ahead = sent(
        taught.louise, there, ShownForm, topic="first", **day("taken_on", date(2026, 3, 9))
    )
    kept = sent(taught.louise, there, ShownForm, topic="first", **day("taken_on", LONG_AGO))
    twice = sent(taught.louise, there, ShownForm, topic="first", **day("taken_on", LONG_AGO))

    assert [one.status_code for one in (page, ahead, kept, twice)] == [200, 422, 302, 302]
    with acting(taught.louise):
        row = Attestation.objects.get(user_id=taught.yanick.user_id, topic="first")
        assert (row.pk, row.taken_on, row.source) == (uuid_of("form"), LONG_AGO, "SHOWN")
    assert looked_at(taught.karim, there).status_code == 403
    assert (
        looked_at(taught.karim, f"/training/coverage/{taught.yanick.user_id}/").status_code == 200
    )
    hidden = (taught.samir.user_id, uuid_of("nobody"))
    for colleague in hidden:
        assert looked_at(taught.karim, f"/training/coverage/{colleague}/").status_code == 404


def test_nobody_writes_her_own(taught: Cast) -> None:
    there = f"/training/coverage/{taught.louise.user_id}/"

    assert "shown/" not in text_of(looked_at(taught.louise, there))
    assert looked_at(taught.louise, f"{there}shown/").status_code == 403


def test_the_coordination_writes_it_of_somebody_from_outside(taught: Cast) -> None:
    there = "/training/outside/shown/"
    said = OUTSIDER | {"topic": "first", "language": "en"} | day("taken_on", LONG_AGO)
    wrong = sent(taught.louise, there, OutsideForm, **said | {"environment": "nowhere"})
    kept = sent(taught.louise, there, OutsideForm, **said)
    text = text_of(looked_at(taught.louise, "/training/outside/"))

    assert (wrong.status_code, kept.status_code) == (422, 302)
    assert (text.count("Mireille Fortin"), "École des Rives" in text) == (2, True)
    for address in (there, "/training/outside/"):
        assert looked_at(taught.karim, address).status_code == 403


def test_whoever_is_to_renew_is_invited_once(taught: Cast) -> None:
    there = "/training/refreshers/"
    text = text_of(looked_at(taught.louise, there))
    chosen = f"{taught.ines.user_id} danger"
    none = sent(taught.louise, there, InviteForm)
    done = sent(taught.louise, there, InviteForm, invited=[chosen])
    with acting(taught.louise):
        found = queries.to_renew(actor=taught.louise, at=MONDAY, on=TODAY)
        invited = list(Invited.objects.values_list("user_id", "topic", "invited_by"))

    assert "Votre formation « Thème danger » est valide jusqu’au 22 mars 2026." in text.replace(
        "\xa0", " "
    )
    assert (none.status_code, done.status_code) == (422, 302)
    assert invited == [(taught.ines.user_id, "danger", taught.louise.user_id)]
    assert [(one.name, one.ends_on, one.invited_on) for one in found] == [
        ("Yanick", date(2026, 1, 10), None), ("Inès", date(2026, 3, 22), TODAY),
    ]  # fmt: skip
    assert looked_at(taught.karim, there).status_code == 403


def test_an_invitation_to_what_was_renewed_since_is_of_the_past(taught: Cast) -> None:
    sent(
        taught.louise,
        "/training/refreshers/",
        InviteForm,
        invited=[f"{taught.ines.user_id} danger"],
    )
    attest("again", taught.ines, "danger", TODAY, by=taught.louise)
    in_a_year = MONDAY + timedelta(days=350)
    with acting(taught.louise, in_a_year):
        found = queries.to_renew(actor=taught.louise, at=in_a_year, on=in_a_year.date())

    assert ("Inès", date(2027, 3, 2), None) in [
        (one.name, one.ends_on, one.invited_on) for one in found
    ]


def test_my_day_says_quietly_what_is_to_be_renewed(taught: Cast) -> None:
    mine = text_of(looked_at(taught.ines, "/"))

    assert "à refaire avant le 22 mars 2026" in mine.replace("\xa0", " ")
    assert "à refaire avant" not in text_of(looked_at(taught.yanick, "/"))


PAGES = (
    "mine/", "coverage/", "coverage/{}/", "coverage/{}/shown/", "outside/", "outside/shown/",
    "refreshers/", "attestations/{}/back/",
)  # fmt: skip


def test_every_page_is_said_in_both_languages(taught: Cast) -> None:
    with clock.at(MONDAY), untranslated() as missing:
        for page in PAGES:
            key: UUID = taught.ines.user_id
            if "back" in page:
                key = uuid_of("first of Inès")
            for language in ("fr", "en"):
                address = f"/training/{page.format(key)}"
                assert signed_in(taught.louise, language=language).get(address).status_code == 200
    assert missing == set()
