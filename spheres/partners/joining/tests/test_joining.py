"""Who accepts the charter, and who says what is ready before a real person is received?"""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext

from spheres.accounts.models import Organisation, Role
from spheres.core import clock
from spheres.core.actor import Actor
from spheres.core.errors import NotAllowed
from spheres.partners.joining import actions, policy, queries, standing
from spheres.partners.joining.models import Accepted, Charter, Confirmed, Opened
from tests.cast import LOADER, MONDAY, Cast, acting, add_person, uuid_of
from tests.pages import signed_in, untranslated

pytestmark = pytest.mark.django_db
A_DAY = timedelta(days=1)
LATER = MONDAY + timedelta(hours=3)


def word(number: int = 1) -> Charter:
    row = Charter(
        id=uuid_of(f"charter {number}"), number=number, since_on=MONDAY.date(),
        words_fr="Elle décide.", words_en="They decide.",
    )  # fmt: skip
    with acting(LOADER):
        Charter.objects.bulk_create([row])
    return row


def accept(who: Actor, of: Charter, at: datetime = MONDAY, name: str = "yes") -> None:
    with acting(who, at):
        actions.accept(uuid_of(f"{name} {who.user_id} {of.number}"), of, by=who, at=at)


def told(who: Actor, at: datetime = LATER) -> list[str]:
    with acting(who, at), clock.at(at):
        return [one.sentence for one in standing.to_accept(actor=who)]


def test_each_accepts_in_their_own_name_and_stands_on_their_organisation_s_card(
    cast: Cast,
) -> None:
    of = word()
    assert len(told(cast.ines)) == 1

    accept(cast.ines, of)
    accept(cast.ines, of)  # pressed twice
    accept(cast.karim, of, LATER)

    assert told(cast.ines) == []
    with acting(cast.roy, LATER):
        block = standing.on_card(cast.la_maison.pk, actor=cast.roy)
        elsewhere = standing.on_card(cast.elsewhere.pk, actor=cast.roy)
    assert block is not None
    assert elsewhere is not None
    assert [(name, row.accepted_at) for row, name in block.says["who"]] == [
        ("Inès", MONDAY), ("Karim", LATER),
    ]  # fmt: skip
    assert elsewhere.says["who"] == []


def test_other_words_are_asked_of_everybody_anew_and_what_was_accepted_stays(cast: Cast) -> None:
    accept(cast.ines, word())

    second = word(2)

    assert len(told(cast.ines)) == 1
    accept(cast.ines, second, LATER)
    assert told(cast.ines) == []
    with pytest.raises(NotAllowed):
        accept(cast.ines, second, LATER + A_DAY, "again")
    with acting(cast.roy, LATER):
        assert Accepted.objects.count() == 2


def test_the_database_refuses_a_yes_of_another_a_second_one_and_a_charter_that_is_typed(
    cast: Cast,
) -> None:
    of = word()
    accept(cast.ines, of)

    def yes(who: Actor, **said: object) -> Accepted:
        row = {
            "id": uuid_of("forged"), "charter_id": of.pk, "organisation_id": who.organisation_id,
            "accepted_by": who.user_id, "accepted_at": MONDAY,
        }  # fmt: skip
        return Accepted(**(row | said))

    done = Confirmed(
        id=uuid_of("forged"), organisation_id=cast.la_maison.pk, kind="PROFILE", reference="x",
        confirmed_by=cast.karim.user_id, confirmed_at=MONDAY,
    )  # fmt: skip
    typed = Charter(id=uuid_of("typed"), number=9, words_fr="x", words_en="x", since_on=LATER)
    opened = Opened(id=uuid_of("forged"), opened_by=cast.karim.user_id, opened_at=MONDAY)
    for who, row in (
        (cast.ines, yes(cast.karim)),
        (cast.ines, yes(cast.ines, organisation_id=cast.elsewhere.pk)),
        (cast.ines, yes(cast.ines, accepted_at=LATER)),
        (cast.karim, done),
        (cast.karim, opened),
        (cast.louise, typed),
    ):
        with acting(who), pytest.raises(ProgrammingError), transaction.atomic():
            type(row)._base_manager.bulk_create([row])  # type: ignore[attr-defined]
    with acting(cast.ines), pytest.raises(IntegrityError), transaction.atomic():
        Accepted.objects.bulk_create([yes(cast.ines)])


def test_what_is_missing_is_said_partner_by_partner(cast: Cast) -> None:
    of = word()
    accept(cast.karim, of)

    with acting(cast.louise, LATER):
        lines = {one.partner.pk: one for one in queries.checklist(actor=cast.louise, at=LATER)}

    assert lines[cast.la_maison.pk].leaders == ["Karim"]
    assert str(queries.CHARTER) not in lines[cast.la_maison.pk].missing
    assert str(queries.CHARTER) in lines[cast.elsewhere.pk].missing
    assert str(queries.ASSESSMENT) in lines[cast.la_maison.pk].missing


def test_who_says_what() -> None:
    def who(role: str) -> Actor:
        return Actor(uuid_of("who"), uuid_of("where"), frozenset({role}))

    partner = Organisation(is_partner=True)
    part = Organisation(is_partner=False)
    assert policy.can_confirm(who(Role.PRIVACY_OFFICER), partner)
    assert not policy.can_confirm(who(Role.PRIVACY_OFFICER), part)
    assert not policy.can_confirm(who(Role.COORDINATOR), partner)
    said = {"is_desk": True, "is_open": False, "missing": ()}
    assert policy.can_open(who(Role.COORDINATOR), **said)  # type: ignore[arg-type]
    for other in ({"is_desk": False}, {"is_open": True}, {"missing": ("x",)}):
        assert not policy.can_open(who(Role.COORDINATOR), **(said | other))  # type: ignore[arg-type]
    assert not policy.can_open(who(Role.TEAM_LEAD), **said)  # type: ignore[arg-type]
    assert policy.can_follow(who(Role.TEAM_LEAD))
    assert not policy.can_follow(who(Role.YOUTH_WORKER))
    assert not policy.can_accept(
        Actor(uuid_of("who"), uuid_of("where"), frozenset()), is_done=False
    )


def form_id(answer: HttpResponse) -> str:
    page = answer.content.decode()
    found = re.search(r'name="form_id" value="([^"]+)"', page[page.index("<main") :])
    assert found is not None
    return found[1]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_pages_say_everything_and_keep_what_is_typed(cast: Cast, language: str) -> None:
    with acting(LOADER):
        officer = add_person("Mireille", cast.la_maison, Role.PRIVACY_OFFICER)
    with clock.at(LATER), untranslated() as missing:
        ines = signed_in(cast.ines, at=LATER, language=language)
        assert ines.get("/joining/").status_code == 200  # no charter yet
        word()
        yes = {"form_id": form_id(ines.get("/joining/"))}
        assert ines.post("/joining/", yes).status_code == 422
        assert ines.post("/joining/", {**yes, "agrees": "on"}).status_code == 302
        assert ines.get("/joining/ready/").status_code == 403
        assert ines.get("/joining/ready/assessment/").status_code == 403
        hers = signed_in(officer, at=LATER, language=language)
        for page in ("/joining/ready/assessment/", "/joining/ready/profile/"):
            typed = {"form_id": form_id(hers.get(page)), "reference": "ÉFVP-2026-3"}
            assert hers.post(page, {**typed, "reference": ""}).status_code == 422
            assert hers.post(page, typed).status_code == 302
        louise = signed_in(cast.louise, at=LATER, language=language)
        for client in (hers, louise):
            page = client.get("/joining/ready/")
            assert page.status_code == 200
            assert "ÉFVP-2026-3" in page.content.decode()
        card = ines.get(f"/cards/{cast.la_maison.pk}/").content.decode()
        assert "Inès" in card
        assert ines.get("/committees/").status_code == 200

    assert missing == set()


def test_it_costs_the_same_for_one_and_for_three(cast: Cast) -> None:
    def cost(page: str) -> int:
        client = signed_in(cast.louise, at=LATER)
        client.get(page)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(page).status_code == 200
        return len(asked)

    pages = ("/joining/", "/joining/ready/", f"/cards/{cast.la_maison.pk}/")
    of = word()
    accept(cast.karim, of)
    with clock.at(LATER):
        once = [cost(page) for page in pages]
    for who in (cast.ines, cast.samir, cast.roy):
        accept(who, of)
    with clock.at(LATER):
        assert [cost(page) for page in pages] == once
