"""A device is lost: is all that was open on it ended, and is what could be seen said exactly?"""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from spheres.accounts import actions as accounts
from spheres.accounts.models import Device, Role, Session
from spheres.accounts.sessions import doorkeeping
from spheres.core import clock
from spheres.core.actor import Actor
from spheres.core.errors import NotAllowed
from spheres.privacy.incidents import exposed
from spheres.privacy.incidents.models import Incident
from tests.cast import LOADER, MONDAY, TUESDAY, Cast, acting, add_person
from tests.pages import Page, signed_in

pytestmark = pytest.mark.django_db
SOON = MONDAY + timedelta(minutes=4)
LATER = MONDAY + timedelta(hours=2)
A_WEEK = timedelta(days=7)


def device_of(actor: Actor) -> Device:
    with acting(actor):
        return Device.objects.filter(revoked_at=None).latest("first_seen_at")


def lose(actor: Actor, device: Device, at: Any = SOON) -> None:
    with acting(actor, at):
        accounts.remove_device(device.pk, session_id=None, by=actor, at=at)


def found(actor: Actor, device_id: UUID, at: Any = LATER) -> exposed.Exposed:
    with acting(actor, at):
        return exposed.on_mine(device_id, actor=actor, at=at)


def opens_maya(cast: Cast, client: Any, at: Any = MONDAY) -> None:
    with clock.at(at):
        assert client.get(reverse("dossier:file", args=[cast.maya.file_id])).status_code == 200


def page(client: Any, where: str, at: Any = LATER) -> tuple[int, str]:
    with clock.at(at):
        answer = client.get(where)
    words = unescape(answer.content.decode()).replace("\u00a0", " ")
    return answer.status_code, words


def test_removed_before_it_locks_it_shows_nothing_from_that_moment(cast: Cast) -> None:
    opens_maya(cast, signed_in(cast.ines))
    device = device_of(cast.ines)
    lose(cast.ines, device)

    seen = found(cast.ines, device.pk)
    assert seen.use is not None
    assert (seen.use.shows_nothing_from, seen.files) == (SOON, 1)


def test_removed_too_late_it_had_locked_by_itself_after_a_quarter_of_an_hour(cast: Cast) -> None:
    signed_in(cast.yanick)
    device = device_of(cast.yanick)
    lose(cast.yanick, device, at=LATER)

    seen = found(cast.yanick, device.pk)
    assert seen.use is not None
    assert seen.use.shows_nothing_from == MONDAY + timedelta(minutes=15)
    assert seen.files == 0


@pytest.mark.parametrize(("shared", "role", "minutes"), [
    (True, Role.YOUTH_WORKER, 5), (False, Role.COORDINATOR, 10), (False, Role.YOUTH_WORKER, 15),
])  # fmt: skip
def test_how_soon_it_locks_is_what_the_door_does(
    cast: Cast, shared: bool, role: str, minutes: int
) -> None:
    with acting(LOADER):
        rose = add_person("Rose", cast.la_maison, role)
    with clock.at(MONDAY):
        accounts.come_in(rose.user_id, at=MONDAY, way="test", shared=shared)
    device = device_of(rose)

    seen = found(rose, device.pk)
    assert seen.use is not None
    assert seen.use.shows_nothing_from == MONDAY + timedelta(minutes=minutes)


def test_what_could_be_seen_is_said_and_one_press_tells_it(cast: Cast) -> None:
    opens_maya(cast, signed_in(cast.ines))
    device = device_of(cast.ines)
    lose(cast.ines, device)
    ines = signed_in(cast.ines, at=LATER, language="en")
    removed = page(ines, reverse("accounts:device_removed", args=[device.pk]))[1]
    where = reverse("incidents:lost", args=[device.pk])

    assert f'href="{where}"' in removed
    status, said = page(ines, where)
    assert status == 200
    for words in (
        "Nothing readable is kept on the device", "from March 2, 2026, 9:04 a.m. on nothing more",
        "1 file was opened",
    ):  # fmt: skip
        assert words in said
    assert "Maya" not in said[said.index("<main") :]
    fields = Page(said).fields
    ready = re.search(r"<textarea[^>]*>\s*(.*?)</textarea>", said, re.S)
    assert ready is not None
    sent = {"form_id": fields["form_id"], "words": ready[1]}
    with clock.at(LATER):
        answer = ines.post(
            reverse("incidents:tell"), sent | {"happened": "LOST", "concerns": ["UNKNOWN"]}
        )
    assert answer.status_code == 302
    with acting(cast.nadia, LATER):
        [row] = Incident.objects.all()
        assert (row.happened, row.concerns) == ("LOST", ["UNKNOWN"])


def test_a_device_that_is_not_lost_or_not_mine_has_no_such_page(cast: Cast) -> None:
    signed_in(cast.ines)
    device = device_of(cast.ines)
    where = reverse("incidents:lost", args=[device.pk])

    assert page(signed_in(cast.ines, at=LATER), where)[0] == 404
    lose(cast.ines, device)
    assert page(signed_in(cast.yanick, at=LATER), where)[0] == 404


def test_a_manager_or_the_person_in_charge_ends_all_of_a_colleague_at_once(cast: Cast) -> None:
    with acting(LOADER):
        manager = add_person("Hélène", cast.la_maison, Role.ORGANISATION_MANAGER)
    for who in (cast.nadia, manager):
        phone = signed_in(cast.ines)
        opens_maya(cast, phone)
        client = signed_in(who, at=SOON, language="en")
        where = reverse("incidents:colleague")
        fields = Page(page(client, where, SOON)[1]).fields
        with clock.at(SOON):
            answer = client.post(
                where, {"form_id": fields["form_id"], "colleague": str(cast.ines.user_id)}
            )
        assert answer.url == reverse("incidents:lost_by", args=[cast.ines.user_id])
        with clock.at(SOON + timedelta(seconds=1)):
            assert phone.get("/").status_code == 302
        said = page(client, answer.url, SOON)[1]
        assert "Inès: a device is lost" in said
        assert ("1 file was opened" in said) == (who is cast.nadia)
        assert "Maya" not in said[said.index("<main") :]
    with acting(cast.ines, LATER):
        assert not Device.objects.filter(revoked_at=None).exists()
        assert set(Session.objects.values_list("ended_why", flat=True)) == {"LOST"}


def test_what_a_colleague_did_last_is_not_told_before_a_device_is_said_lost(cast: Cast) -> None:
    signed_in(cast.ines)
    where = reverse("incidents:lost_by", args=[cast.ines.user_id])

    assert page(signed_in(cast.nadia, at=SOON), where, SOON)[0] == 404
    with acting(cast.nadia, SOON):
        accounts.say_lost(cast.ines.user_id, by=cast.nadia, at=SOON)
    # What she does since, on another device, is not what is asked.
    signed_in(cast.ines, at=LATER)
    with acting(cast.nadia, LATER):
        seen = exposed.on_colleagues(cast.ines.user_id, actor=cast.nadia, at=LATER)
    assert seen is not None
    assert seen.use is not None
    assert seen.use.shows_nothing_from == SOON
    assert page(signed_in(cast.nadia, at=TUESDAY + A_WEEK), where, TUESDAY + A_WEEK)[0] == 404


def test_she_reads_why_at_the_door(cast: Cast) -> None:
    phone = signed_in(cast.ines)
    with acting(cast.nadia, SOON):
        accounts.say_lost(cast.ines.user_id, by=cast.nadia, at=SOON)

    with clock.at(SOON + timedelta(seconds=1)):
        answer = phone.get("/", follow=True)
    assert "un de vos appareils a été dit perdu" in unescape(answer.content.decode())


def test_nobody_else_ends_a_colleague_s_sessions_nor_elsewhere_nor_one_s_own(cast: Cast) -> None:
    where = reverse("incidents:colleague")
    assert page(signed_in(cast.karim, at=SOON), where, SOON)[0] == 403
    for by, of in ((cast.karim, cast.ines), (cast.nadia, cast.samir), (cast.nadia, cast.nadia)):
        with acting(by, SOON), pytest.raises(NotAllowed):
            accounts.say_lost(of.user_id, by=by, at=SOON)
        lost_by = reverse("incidents:lost_by", args=[of.user_id])
        assert page(signed_in(by, at=SOON), lost_by, SOON)[0] in {403, 404}


def test_the_database_counts_for_oneself_and_the_privacy_officer_alone(cast: Cast) -> None:
    opens_maya(cast, signed_in(cast.ines))

    def counted(by: Actor) -> int:
        with acting(by, SOON), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "select access.opened_meanwhile(%s, %s, %s)", [cast.ines.user_id, MONDAY, SOON]
            )
            return int(cursor.fetchone()[0])

    assert (counted(cast.ines), counted(cast.nadia)) == (1, 1)
    for by in (cast.karim, cast.yanick, cast.samir, cast.louise, cast.roy):
        with pytest.raises(DatabaseError):
            counted(by)


def test_nothing_known_of_it_any_more_is_said_so(cast: Cast) -> None:
    signed_in(cast.ines)
    device = device_of(cast.ines)
    lose(cast.ines, device)
    with doorkeeping():
        Session.objects.all().delete()

    seen = found(cast.ines, device.pk, at=TUESDAY)
    assert (seen.use, seen.files) == (None, 0)
