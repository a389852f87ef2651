"""Does whoever began a file alone do there what other people's workers do: say anew who the person
is, bring a colleague in, hand the person over?"""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from spheres.audit.models import Event
from spheres.core import clock
from spheres.core.actor import Actor
from spheres.core.errors import WrongState
from spheres.followup.handing_over import actions as handing_over
from spheres.followup.handing_over.models import Choice
from spheres.followup.identity.forms import IdentityForm
from spheres.followup.therapy_notes import actions as therapy
from spheres.followup.therapy_requests.tests.test_asking import agree, page
from spheres.followup.therapy_requests.tests.test_begun import LATER, accept, ask, colleague
from spheres.participants.models import Assignment, Identity
from spheres.sharing.models import HandedOver
from spheres.vault import actions as vault
from tests.cast import TUESDAY, Cast, acting, uuid_of
from tests.pages import signed_in

pytestmark = pytest.mark.django_db
AFTER = LATER + timedelta(hours=1)


@pytest.fixture
def begun(cast: Cast) -> UUID:
    """The file that began with Dr Amrani, at Maya's word."""
    agree(cast)
    ask(cast)
    begun = accept(cast.amrani)
    assert begun is not None
    return begun


def say(actor: Actor, file_id: UUID, name: str, *, at=LATER) -> int:
    form = IdentityForm(record_id=uuid_of(f"said {name}"))
    said = {"form_id": form.signed_id, "chosen_name": name, "language": "fr"}
    with clock.at(at):
        where = reverse("identity:say", args=[file_id])
        return signed_in(actor, at=at).post(where, said).status_code


def bring_in(cast: Cast, file_id: UUID, tran: Actor) -> None:
    with acting(cast.amrani, LATER):
        therapy.bring_in(file_id, tran.user_id, uuid_of("beside"), by=cast.amrani, at=LATER)


def hand_over(cast: Cast, file_id: UUID, to: Actor) -> UUID:
    """She was told, and lets her name and the ways to reach her pass."""
    told = handing_over.Told(uuid_of("told"), LATER.date())
    wanted = handing_over.Wanted(
        uuid_of("wanted"), Choice.Way.COLLEAGUE, to.user_id, ("identity", "contact")
    )
    with acting(cast.amrani, LATER):
        handing_over.tell(file_id, told, by=cast.amrani, at=LATER)
        handing_over.decide(file_id, wanted, by=cast.amrani, at=LATER)
    return wanted.id


def test_she_says_anew_who_the_person_is_and_whoever_is_beside_does_not(
    cast: Cast, begun: UUID
) -> None:
    tran = colleague(cast)
    bring_in(cast, begun, tran)
    link = reverse("identity:say", args=[begun])

    assert link in page(cast.amrani, reverse("dossier:file", args=[begun]), at=LATER)[1]
    assert "Premières Nations" not in page(cast.amrani, link, at=LATER)[1]
    assert [say(cast.amrani, begun, "May"), say(tran, begun, "Non")] == [302, 403]

    with acting(cast.amrani, LATER):
        rows = list(Identity.objects.filter(file_id=begun).order_by("-written_at"))
        vault.open(rows, by=cast.amrani)
        [event] = Event.objects.filter(action="identity.said")
    assert [row.opened.chosen_name for row in rows] == ["May", "Maya"]
    assert event.record_ids == [rows[0].pk]
    with pytest.raises(DatabaseError):
        forge(tran, begun)


def forge(actor: Actor, file_id: UUID) -> None:
    """The same row, straight to the database."""
    row = Identity(
        id=uuid_of("forged"), file_id=file_id, age_band="16-17", language="fr",
        written_by=actor.user_id, written_at=AFTER,
    )  # fmt: skip
    nothing = dict.fromkeys(("pronouns", "birth_date", "interpreter", "languages", "gender"), "")
    with acting(actor, AFTER), transaction.atomic():
        vault.lock(row, chosen_name="Non", **nothing)
        Identity.objects.bulk_create([row])


def test_she_brings_in_a_colleague_of_her_house_who_reads_none_of_her_notes(
    cast: Cast, begun: UUID
) -> None:
    tran, where = colleague(cast), reverse("therapy_notes:bring_in", args=[begun])
    assert where in page(cast.amrani, reverse("dossier:file", args=[begun]), at=LATER)[1]
    with clock.at(LATER):
        amrani = signed_in(cast.amrani, at=LATER)
        number = amrani.get(where).content.decode().split('name="form_id" value="')[1]
        sent = {"form_id": number.split('"')[0], "who": str(tran.user_id)}
        answers = [amrani.post(where, sent).status_code for _ in range(2)]

    assert answers == [302, 302]
    assert page(tran, reverse("dossier:file", args=[begun]), at=AFTER)[0] == 200
    # Brought in, she brings nobody in.
    assert page(tran, where, at=AFTER)[0] == 403
    assert page(cast.ines, where, at=AFTER)[0] == 404


def test_handed_over_with_her_word_the_file_is_kept_by_whoever_met_her(
    cast: Cast, begun: UUID
) -> None:
    tran = colleague(cast)
    handed_id = hand_over(cast, begun, tran)
    with acting(cast.amrani, LATER):
        [passes] = HandedOver.objects.filter(file_id=begun).values_list("faces", flat=True)
    assert passes == ["contact", "identity", "relation"]
    assert page(tran, reverse("dossier:my_day"), at=AFTER)[1].count("Maya") >= 1
    assert page(tran, reverse("handing_over:handed", args=[handed_id]), at=AFTER)[0] == 200
    assert say(tran, begun, "Trop tôt", at=AFTER) == 404

    with acting(tran, AFTER):
        handing_over.meet(handed_id, by=tran, at=AFTER)

    later = AFTER + timedelta(minutes=1)
    assert page(cast.amrani, reverse("dossier:file", args=[begun]), at=later)[0] == 404
    assert say(tran, begun, "May", at=later) == 302
    shown = page(tran, reverse("handing_over:leaving"), at=later)[1]
    assert reverse("handing_over:tell", args=[begun]) in shown
    with acting(tran, later):
        live = Assignment.objects.filter(file_id=begun, ends_at=None)
        assert [one.user_id for one in live] == [tran.user_id]


def test_whoever_cannot_gives_it_back_and_she_chooses_again(cast: Cast, begun: UUID) -> None:
    tran = colleague(cast)
    handed_id = hand_over(cast, begun, tran)

    with acting(tran, AFTER):
        handing_over.decline(handed_id, "FULL", knows_her=False, by=tran, at=AFTER)

    later = AFTER + timedelta(minutes=1)
    assert page(tran, reverse("handing_over:handed", args=[handed_id]), at=later)[0] == 404
    shown = page(cast.amrani, reverse("handing_over:leaving"), at=later)[1]
    assert reverse("handing_over:decide", args=[begun]) in shown


def test_a_psychotherapist_beside_hands_nobody_over(cast: Cast, begun: UUID) -> None:
    tran = colleague(cast)
    bring_in(cast, begun, tran)

    assert page(tran, reverse("handing_over:tell", args=[begun]), at=AFTER)[0] == 404
    assert "personne à confier" in page(tran, reverse("handing_over:leaving"), at=AFTER)[1]
    told = handing_over.Told(uuid_of("not hers"), TUESDAY.date())
    with acting(tran, AFTER), pytest.raises(WrongState), transaction.atomic():
        handing_over.tell(begun, told, by=tran, at=AFTER)
