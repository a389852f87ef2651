"""At 14, is it asked of her alone whether she goes on, and is her yes kept?"""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest

from spheres.audit.models import Event
from spheres.core import clock
from spheres.core.actor import Actor
from spheres.followup.admission import actions as admission
from spheres.followup.admission.models import AgreedAnew
from spheres.followup.identity import actions as identity
from tests.cast import MONDAY, TUESDAY, Cast, acting, refer, uuid_of
from tests.pages import Page, signed_in, untranslated

pytestmark = pytest.mark.django_db
FOURTEEN, THIRTEEN = date(2012, 2, 1), date(2012, 12, 1)
ASKED = "ask the young person alone whether they want to go on"
LATER = MONDAY + timedelta(hours=1)
ADMITTED = uuid_of("the conversation with Léa")


def admitted(cast: Cast, *, by: str = "tutor", born: date = FOURTEEN) -> UUID:
    """Léa came at 13, and somebody agreed for her; then she is this old."""
    lea, offer = refer("Léa", desk=cast.institute.id), uuid_of("offer of Léa")
    ground = "youth_protection" if by == "exception" else ""
    talk = admission.Conversation(ADMITTED, "now", by, "written", exception=ground)
    with acting(cast.louise):
        admission.offer(lea, to=cast.ines.user_id, offer_id=offer, by=cast.louise, at=MONDAY)
    with acting(cast.ines):
        admission.accept(offer, desk=cast.institute.id, by=cast.ines, at=MONDAY)
        admission.meet(lea, by=cast.ines, at=MONDAY)
        admission.admit(lea, talk, by=cast.ines, at=MONDAY)
    said = identity.Said(uuid_of("said"), "Léa", "elle", "fr", "", "", "", born)
    with acting(cast.ines, LATER):
        identity.say(lea, said, by=cast.ines, at=LATER)
    return lea


def top_of_file(cast: Cast, lea: UUID) -> str:
    with clock.at(TUESDAY):
        client = signed_in(cast.ines, at=TUESDAY, language="en")
        return client.get(f"/files/{lea}/").content.decode()


def answers(cast: Cast, lea: UUID, *, form: str = "oral", actor: Actor | None = None) -> int:
    url = f"/files/{lea}/own-agreement/"
    with clock.at(TUESDAY):
        client = signed_in(actor or cast.ines, at=TUESDAY, language="en")
        form_id = Page(client.get(url).content.decode()).fields.get("form_id", "")
        return client.post(url, {"form_id": form_id, "form": form}).status_code


@pytest.mark.parametrize("by", ["tutor", "exception"])
def test_it_is_asked_until_she_said_it_herself_and_kept_once(cast: Cast, by: str) -> None:
    lea = admitted(cast, by=by)
    before = top_of_file(cast, lea)
    sent = [answers(cast, lea) for _twice in range(2)]
    after = top_of_file(cast, lea)

    assert ([ASKED in page for page in (before, after)], sent) == ([True, False], [302, 302])
    with acting(cast.ines, TUESDAY):
        kept = [(one.pk, one.form, one.written_by) for one in AgreedAnew.objects.all()]
        told = Event.objects.filter(chain_id=lea, action="referral.agreed_anew")
        assert [one.record_ids for one in told] == [[ADMITTED]]
    assert kept == [(ADMITTED, "oral", cast.ines.user_id)]


@pytest.mark.parametrize(
    ("by", "born", "status"),
    [("herself", FOURTEEN, 404), ("tutor", THIRTEEN, 403)],
)
def test_it_is_not_asked_of_whoever_said_it_or_is_not_14(
    cast: Cast, by: str, born: date, status: int
) -> None:
    lea = admitted(cast, by=by, born=born)

    assert ASKED not in top_of_file(cast, lea)
    assert answers(cast, lea) == status
    with acting(cast.ines, TUESDAY):
        assert not AgreedAnew.objects.exists()


def test_nobody_but_her_own_workers_writes_it(cast: Cast) -> None:
    lea = admitted(cast)

    others = (cast.samir, cast.roy, cast.karim, cast.louise)
    assert [answers(cast, lea, actor=one) for one in others] == [404] * 4
    assert answers(cast, lea, form="by pigeon") == 422
    with acting(cast.ines, TUESDAY):
        assert not AgreedAnew.objects.exists()


def test_it_is_read_in_french(cast: Cast) -> None:
    lea = admitted(cast)
    with untranslated() as missing, clock.at(TUESDAY):
        client = signed_in(cast.ines, at=TUESDAY)
        page = client.get(f"/files/{lea}/own-agreement/").content.decode()
        top = client.get(f"/files/{lea}/").content.decode()

    assert missing == set()
    assert "Continuer ou non, en son propre nom" in page
    assert f'href="/files/{lea}/closing/"' in page
    assert "demandez à la jeune personne seule si elle veut continuer" in top
