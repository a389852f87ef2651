"""Before admission, does what was entrusted go on with whoever walks with the person now?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import pytest
from django.test import Client

from spheres.accounts.models import User
from spheres.core import clock
from spheres.core.actor import Actor
from spheres.core.errors import WrongState
from spheres.followup.admission import actions as admission
from spheres.followup.admission import queries as referrals
from spheres.followup.admission.forms import AdmissionForm
from spheres.followup.admission.models import ReferralStatus, Referrer
from spheres.followup.handing_over import actions, queries
from spheres.followup.handing_over.actions import ME, Welcomed
from spheres.followup.handing_over.forms import ToldForm, WantedForm
from spheres.followup.handing_over.tests.factories import (
    HOUR,
    LATER,
    NEXT_MONTH,
    decide,
    leave,
    name,
    tell,
    told,
    welcome,
)
from spheres.followup.withdrawals import actions as withdrawals
from spheres.participants.models import FollowUpStatus
from spheres.sharing import actions as sharing
from spheres.sharing.models import Handler
from tests import pages
from tests.cast import LOADER, MONDAY, TUESDAY, Cast, acting, refer, uuid_of

OFFER = uuid_of("offer of Léa")


@pytest.fixture
def lea(cast: Cast) -> UUID:
    """Léa's referral: Inès has said yes, and has not reached her yet."""
    file_id = refer("Léa", desk=cast.institute.pk)
    with acting(cast.louise):
        admission.offer(file_id, to=cast.ines.user_id, offer_id=OFFER, by=cast.louise, at=MONDAY)
    with acting(cast.ines):
        admission.accept(OFFER, desk=cast.institute.pk, by=cast.ines, at=MONDAY)
    return file_id


def handed_over(cast: Cast, lea: UUID) -> None:
    tell(lea, by=cast.ines)
    handed_id = decide(lea, by=cast.ines, to=cast.yanick)
    with acting(cast.yanick, LATER):
        actions.meet(handed_id, by=cast.yanick, at=LATER)


def withdrawn(cast: Cast, lea: UUID) -> None:
    with acting(cast.ines, LATER):
        withdrawals.withdraw(
            lea,
            uuid_of("she withdraws"),
            goes_on_with=cast.yanick.user_id,
            desk=cast.institute.pk,
            by=cast.ines,
            at=LATER,
        )


def left_behind(cast: Cast, lea: UUID) -> None:
    leave(cast.ines, MONDAY)
    with acting(cast.karim, MONDAY + HOUR):
        actions.name_stand_in(
            uuid_of("cover"),
            for_user_id=cast.ines.user_id,
            user_id=cast.yanick.user_id,
            until=NEXT_MONTH,
            by=cast.karim,
            at=MONDAY + HOUR,
        )
    with acting(cast.yanick, LATER):
        said = Welcomed(uuid_of("welcome"), date(2026, 3, 2), ME)
        actions.welcome(lea, said, by=cast.yanick, at=LATER)


GONE_ON: dict[str, Callable[[Cast, UUID], None]] = {
    "handed over": handed_over,
    "withdrawn": withdrawn,
    "left behind": left_behind,
}


def meet(lea: UUID, who: Actor) -> None:
    with acting(who, TUESDAY):
        admission.meet(lea, by=who, at=TUESDAY)


def handles(lea: UUID, who: Actor) -> tuple[int, int]:
    """How many rows of where her referral stands, and of who wrote to us, this person reads."""
    with acting(who, TUESDAY):
        return (
            ReferralStatus.objects.filter(file_id=lea).count(),
            Referrer.objects.filter(file_id=lea).count(),
        )


@pytest.mark.parametrize("how", GONE_ON)
def test_whoever_walks_with_her_now_notes_the_first_contact(
    cast: Cast, lea: UUID, how: str
) -> None:
    GONE_ON[how](cast, lea)

    meet(lea, cast.yanick)

    with acting(cast.yanick, TUESDAY):
        assert referrals.standing(lea, actor=cast.yanick).get().status == "IN_CONTACT"


@pytest.mark.parametrize("how", GONE_ON)
def test_whoever_no_longer_walks_with_her_handles_nothing_of_it(
    cast: Cast, lea: UUID, how: str
) -> None:
    GONE_ON[how](cast, lea)

    assert (handles(lea, cast.ines), handles(lea, cast.yanick)) == ((0, 0), (1, 1))
    with pytest.raises(WrongState):
        meet(lea, cast.ines)


def test_before_they_have_met_nothing_of_the_referral_passes(cast: Cast, lea: UUID) -> None:
    tell(lea, by=cast.ines)
    decide(lea, by=cast.ines, to=cast.yanick, faces=("identity", "contact", "summary"))

    assert (handles(lea, cast.ines), handles(lea, cast.yanick)) == ((1, 1), (0, 0))


@pytest.mark.parametrize("how", GONE_ON)
def test_the_desk_reads_with_whom_it_is_now(cast: Cast, lea: UUID, how: str) -> None:
    def said() -> list[str]:
        with acting(cast.louise, TUESDAY):
            desk = referrals.desk(actor=cast.louise, at=TUESDAY)
        return [one.worker for one in desk.watched]

    before = said()
    GONE_ON[how](cast, lea)

    assert (before, said()) == (["Inès"], ["Yanick"])
    with acting(cast.yanick, TUESDAY):
        live = Handler.objects.filter(matter_id=lea, kind="ENTRUSTED", ends_at=None)
        assert [one.user_id for one in live] == [cast.yanick.user_id]


def test_when_she_is_alone_before_admission_a_lead_names_who_goes_on(cast: Cast, lea: UUID) -> None:
    with acting(LOADER):
        User.objects.filter(pk=cast.yanick.user_id).update(is_active=False)
    with acting(cast.ines, LATER):
        withdrawals.withdraw(
            lea,
            uuid_of("she withdraws"),
            goes_on_with=None,
            desk=cast.institute.pk,
            by=cast.ines,
            at=LATER,
        )
    with acting(LOADER):
        User.objects.filter(pk=cast.yanick.user_id).update(is_active=True)
    name(cast, cast.yanick, at=LATER + HOUR)
    welcome(cast, cast.yanick, file_id=lea, at=LATER + HOUR)

    meet(lea, cast.yanick)

    assert (handles(lea, cast.ines), handles(lea, cast.yanick)) == ((0, 0), (1, 1))


def test_of_somebody_who_said_not_now_nobody_new_is_told(cast: Cast, lea: UUID) -> None:
    with acting(cast.ines, LATER):
        admission.close(lea, to="NOT_NOW", reason="not_now", by=cast.ines, at=LATER)
        sharing.declare_conflict(lea, by=cast.ines, at=LATER)

    assert told(cast.karim, LATER + HOUR) == []


@dataclass
class Desk:
    """Somebody before her screen: she opens a page, and sends its form."""

    client: Client

    def read(self, url: str) -> str:
        answer = self.client.get(url)
        assert answer.status_code == 200, (url, answer.status_code)
        return str(answer.content.decode())

    def send(self, url: str, said: dict[str, object] | None = None) -> str:
        answer = self.client.post(url, said or {})
        assert answer.status_code == 302, (url, answer.status_code, answer.content.decode())
        return str(answer.headers["Location"])


def test_handed_over_before_admission_she_is_met_and_admitted_by_whoever_took_over(
    cast: Cast, lea: UUID
) -> None:
    file = f"/files/{lea}/"
    with clock.at(LATER):
        ines, yanick = (Desk(pages.signed_in(who, at=LATER)) for who in (cast.ines, cast.yanick))
        told, wanted = ToldForm(record_id=uuid_of("told")), WantedForm(proposed=[], may_pass=())
        ines.send(f"{file}handing-over/told/", {"form_id": told.signed_id, "told_on": "2026-03-02"})
        ines.send(
            f"{file}handing-over/",
            {
                "form_id": wanted.signed_id,
                "way": "COLLEAGUE",
                "colleague": str(cast.yanick.user_id),
                "step": "confirm",
            },
        )
        [handed_id] = handed_to(cast)
        opened = yanick.send(f"/handed/{handed_id}/met/")
        before = yanick.read(file)
        yanick.send(f"{file}met/")
        meanwhile = yanick.read(file)
        conversation = AdmissionForm(age_band="14-17")
        yanick.send(
            f"{file}admission/",
            {
                "form_id": conversation.signed_id,
                "recognition": "now",
                "agreed_by": "herself",
                "agreement_form": "oral",
                "card": "READ",
            },
        )
        after = yanick.read(file)

        assert opened == file
        assert f'action="{file}met/"' in before
        assert f'href="{file}admission/"' in meanwhile
        assert "admission/" not in after
        assert ines.client.get(file).status_code == 404
    with acting(cast.yanick, LATER):
        assert [one.status for one in FollowUpStatus.objects.filter(file_id=lea)] == ["ACTIVE"]


def handed_to(cast: Cast) -> list[UUID]:
    with acting(cast.yanick, LATER):
        return [one.handed_id for one in queries.received(actor=cast.yanick, at=LATER)]
