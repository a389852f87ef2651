"""Who is refused before all is ready for a first person, and who opens? A demonstration is not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.conf import settings

from spheres.accounts.models import Organisation, Role
from spheres.core import clock
from spheres.core.actor import VISITOR, Actor
from spheres.core.errors import NotAllowed
from spheres.followup.admission import actions as admission
from spheres.partners.joining import actions, queries
from spheres.partners.joining.models import Charter, Confirmed, Opened
from spheres.records.between import readiness
from spheres.regions import queries as regions
from spheres.regions.models import Region
from tests.cast import LOADER, MONDAY, Cast, acting, add_person, uuid_of
from tests.pages import visitor

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(hours=3)


@pytest.fixture
def real(cast: Cast) -> Iterator[Cast]:
    """The same programme, in an installation that is no demonstration."""
    with acting(LOADER):
        Region.objects.update(is_demo=False)
    regions.forget()
    yield cast
    regions.forget()


def sent(name: str) -> admission.Sent:
    return admission.Sent(
        id=uuid_of(f"referral of {name}"), source="professional", channel="web", agreement="yes",
        age_band="14-17", language="fr", chosen_name=name, contact_channel="text",
        words="514 555-0100",
    )  # fmt: skip


def refer(cast: Cast, name: str) -> str:
    with acting(VISITOR):
        return admission.refer(sent(name), desk=cast.louise.organisation_id, by=VISITOR, at=MONDAY)


def made_ready(cast: Cast) -> None:
    """Each partner says what is done there; whoever leads accepts the charter."""
    of = Charter(
        id=uuid_of("charter"), number=1, since_on=MONDAY.date(), words_fr="Elle décide.",
        words_en="They decide.",
    )  # fmt: skip
    with acting(LOADER):
        Charter.objects.bulk_create([of])
        partners = list(Organisation.objects.filter(is_partner=True).order_by("pk"))
        people = [
            (add_person(f"Garde {one.slug}", one, Role.PRIVACY_OFFICER),
             add_person(f"Dirige {one.slug}", one, Role.ORGANISATION_MANAGER))
            for one in partners
        ]  # fmt: skip
    for officer, manager in people:
        with acting(manager):
            actions.accept(uuid_of(f"yes {manager.user_id}"), of, by=manager, at=MONDAY)
        with acting(officer):
            for kind in Confirmed.Kind.values:
                actions.confirm(
                    uuid_of(f"{kind} {officer.user_id}"), kind=kind, reference="2026-01",
                    by=officer, at=MONDAY,
                )  # fmt: skip


def open_it(who: Actor) -> None:
    with acting(who):
        actions.open_to_real_persons(uuid_of(f"open {who.user_id}"), by=who, at=MONDAY)


def test_a_demonstration_receives_and_is_asked_nothing(cast: Cast) -> None:
    assert refer(cast, "Noémie")
    with acting(cast.louise):
        assert readiness.refusal(cast.louise) == ""


def test_no_real_person_is_received_until_nothing_is_missing_and_the_coordination_opened(
    real: Cast,
) -> None:
    with acting(real.louise):
        why = readiness.refusal(real.louise)
    assert all(str(one) in why for one in (
        queries.ASSESSMENT, queries.PROFILE, queries.CHARTER,
    ))  # fmt: skip
    with pytest.raises(NotAllowed):
        refer(real, "Noémie")
    with pytest.raises(NotAllowed), acting(real.louise):
        admission.type_in(
            sent("Noémie"), desk=real.louise.organisation_id, by=real.louise, at=MONDAY
        )
    with pytest.raises(NotAllowed):
        open_it(real.louise)  # something is missing

    made_ready(real)

    with acting(real.louise):
        assert str(queries.OPENING) in readiness.refusal(real.louise)
    with pytest.raises(NotAllowed):
        refer(real, "Noémie")
    with pytest.raises(NotAllowed):
        open_it(real.karim)  # the coordination alone opens
    open_it(real.louise)
    open_it(real.louise)  # pressed twice
    assert refer(real, "Noémie")
    with acting(real.louise):
        assert Opened.objects.count() == 1


def test_the_public_pages_say_it_before_anything_is_typed_and_keep_nothing(real: Cast) -> None:
    with clock.at(LATER):
        for page in ("/for-me/", "/referral/", "/relative/"):
            answer = visitor(settings.YOUTH_HOST).get(page)
            assert answer.status_code == 403, page
            shown = answer.content.decode()
            assert "<form" not in shown.partition("<main")[2].partition("</main>")[0]
        assert (
            visitor(settings.YOUTH_HOST).post("/for-me/", {"chosen_name": "Noémie"}).status_code
            == 403
        )
